package history_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"groqchat/chat"
	"groqchat/history"
)

func cacheKey(n int) string { return fmt.Sprintf("%064x", n) }

func answer(text string) chat.Message {
	return chat.Message{Model: "m", Content: text, Reasoning: "hm", FinishReason: "stop", Usage: chat.Usage{PromptTokens: 3, CompletionTokens: 2}}
}

func put(t *testing.T, c *history.Answers, n int, text string) {
	t.Helper()
	if err := c.Put(cacheKey(n), answer(text)); err != nil {
		t.Fatal(err)
	}
}

func TestAnswers_GivesBackWhatItKept(t *testing.T) {
	dir, now := t.TempDir(), time.Now()
	c := history.OpenAnswers(dir, time.Hour, 1<<20, func() time.Time { return now })
	if _, ok := c.Get(cacheKey(1)); ok {
		t.Error("an empty cache has an answer")
	}
	put(t, c, 1, "four \u001b[2J <b>")
	got, ok := c.Get(cacheKey(1))
	want := answer("four \u001b[2J <b>")
	if !ok || got.Content != want.Content || got.Reasoning != want.Reasoning || got.Model != want.Model || got.Usage != want.Usage || got.FinishReason != "stop" || got.State != chat.Complete {
		t.Errorf("%+v, %t", got, ok)
	}
	if err := c.Put("../x", answer("a")); err != nil {
		t.Error(err)
	}
	if found, _ := filepath.Glob(filepath.Join(dir, "*")); len(found) != 1 {
		t.Errorf("outside its folder: %v", found)
	}
	info, err := os.Stat(filepath.Join(dir, "answers", cacheKey(1)+".json"))
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v, %v", info, err)
	}
	now = now.Add(2 * time.Hour)
	if _, ok := c.Get(cacheKey(1)); ok {
		t.Error("what is too old is given")
	}
	if held, err := c.Held(); held.Answers != 0 || err != nil {
		t.Errorf("what is too old is still there: %+v, %v", held, err)
	}
}

// TestAnswers_RemovesWhatIsDamaged when it is asked for it.
func TestAnswers_RemovesWhatIsDamaged(t *testing.T) {
	dir := t.TempDir()
	c := history.OpenAnswers(dir, 0, 1<<20, time.Now)
	path := filepath.Join(dir, "answers", cacheKey(1)+".json")
	put(t, c, 1, "the answer is four")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"cut":             string(whole[:len(whole)/2]),
		"empty":           "",
		"zeros":           strings.Repeat("\x00", 100),
		"another text":    strings.Replace(string(whole), "four", "five", 1),
		"another key":     strings.Replace(string(whole), cacheKey(1), cacheKey(2), 1),
		"a newer version": strings.Replace(string(whole), `"version": 1`, `"version": 2`, 1),
		"a later time":    strings.Replace(string(whole), `"created": "20`, `"created": "90`, 1),
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, ok := c.Get(cacheKey(1)); ok {
			t.Errorf("%s: %+v is given", name, got)
		}
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s: the file is still there", name)
		}
	}
	put(t, c, 1, "anew")
	if got, ok := c.Get(cacheKey(1)); !ok || got.Content != "anew" {
		t.Errorf("%+v, %t", got, ok)
	}
}

// TestAnswers_KeepsToItsLimits the oldest go first, and what is no answer stays.
func TestAnswers_KeepsToItsLimits(t *testing.T) {
	dir, now := t.TempDir(), time.Now()
	c := history.OpenAnswers(dir, 0, 10_000, func() time.Time { return now })
	folder := filepath.Join(dir, "answers")
	for n := range 20 {
		put(t, c, n, strings.Repeat("x", 1000))
		at := now.Add(time.Duration(n-60) * time.Minute)
		if err := os.Chtimes(filepath.Join(folder, cacheKey(n)+".json"), at, at); err != nil {
			t.Fatal(err)
		}
	}
	for name, age := range map[string]time.Duration{"notes.txt": 0, ".a.tmp": 0, ".b.tmp": 2 * time.Hour} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, now.Add(-age), now.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	gone, err := c.Prune()
	held, heldErr := c.Held()
	if err != nil || heldErr != nil || gone.Answers+held.Answers != 20 || held.Bytes > 10_000 || held.Answers < 5 {
		t.Errorf("removed %+v, left %+v; %v, %v", gone, held, err, heldErr)
	}
	if !gone.Newest.Before(held.Oldest) {
		t.Errorf("younger ones were removed: %v, and left %v", gone.Newest, held.Oldest)
	}
	put(t, c, 99, strings.Repeat("x", 20_000))
	if _, ok := c.Get(cacheKey(99)); ok {
		t.Error("an answer larger than the cache was kept")
	}
	if gone, err = c.Clear(); err != nil || gone.Answers != held.Answers {
		t.Errorf("%+v, %v", gone, err)
	}
	left, _ := filepath.Glob(filepath.Join(folder, "*"))
	hidden, _ := filepath.Glob(filepath.Join(folder, ".*"))
	if len(left) != 1 || len(hidden) != 0 {
		t.Errorf("left %v %v", left, hidden)
	}
}

// TestAnswers_SeveralAtOnce write and read the same answers, and one clears them:
// what is given is always whole.
func TestAnswers_SeveralAtOnce(t *testing.T) {
	dir := t.TempDir()
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			c := history.OpenAnswers(dir, time.Hour, 1<<20, time.Now)
			for n := range 10 {
				text := strings.Repeat(fmt.Sprint(n), 5000)
				if err := c.Put(cacheKey(n), answer(text)); err != nil {
					t.Error(err)
				}
				if got, ok := c.Get(cacheKey(n)); ok && got.Content != text {
					t.Errorf("answer %d is %.20q", n, got.Content)
				}
			}
		})
	}
	all.Go(func() {
		c := history.OpenAnswers(dir, time.Hour, 1<<20, time.Now)
		for range 50 {
			if _, err := c.Clear(); err != nil {
				t.Error(err)
			}
		}
	})
	all.Wait()
}
