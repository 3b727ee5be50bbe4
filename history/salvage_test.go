package history

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"groqchat/chat"
)

// chain is a session of n messages.
func chain(n int) chat.Conversation {
	conv := chat.Conversation{ID: idOne, Title: "A long talk", Created: noon(), Updated: noon(), Model: chat.DefaultModel}
	for i := range n {
		role := chat.User
		if i%2 == 1 {
			role = chat.Assistant
		}
		m := chat.Message{ID: fmt.Sprint("m", i+1), Parent: conv.Head, Role: role, Created: noon(), Content: fmt.Sprintf("message \"%d\"\n", i+1), State: chat.Complete}
		conv.Messages, conv.Head = append(conv.Messages, m), m.ID
	}
	return conv
}

// aside is the one file in quarantine.
func aside(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "quarantine", "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("in quarantine are %v, %v", files, err)
	}
	return files[0]
}

// A file of 50 messages is cut at every byte: all whole messages come back.
func TestSalvage_KeepsWhatIsWholeOfAFileCutAnywhere(t *testing.T) {
	t.Parallel()
	text := textOf(t, chain(50))
	for n := range len(text) - 1 {
		conv, _ := recoverable([]byte(text[:n]))
		whole := strings.Count(text[:n], `"}`+"\n") + strings.Count(text[:n], `"},`)
		if n > 0 && strings.HasSuffix(text[:n], `"}`) {
			whole++ // whole, but for the end of its line
		}
		if len(conv.Messages) != whole {
			t.Fatalf("cut at byte %d: %d messages of %d", n, len(conv.Messages), whole)
		}
		if whole > 0 && (conv.Title != "A long talk" || conv.Head != conv.Messages[whole-1].ID) {
			t.Fatalf("cut at byte %d: title %q, head %q", n, conv.Title, conv.Head)
		}
	}
	step := max(1, len(text)/40)
	for n := 0; n < len(text)-1; n += step {
		dir := t.TempDir()
		s := Open(dir)
		place(t, s, idOne+".json", text[:n])
		mustSave(t, s, short(idTwo, "another"))
		session, err := s.Resume(idOne, noon())
		var damaged *Damaged
		switch {
		case errors.As(err, &damaged) && damaged.moved:
		case err != nil:
			t.Fatalf("cut at byte %d: %v", n, err)
		case session.Title != "A long talk (recovered)" || session.ID == idOne || session.ReadOnly != "" || !strings.Contains(session.Notice, "quarantine"):
			t.Fatalf("cut at byte %d: %q in %s, %q", n, session.Title, session.ID, session.Notice)
		}
		path := aside(t, dir)
		if contentOf(t, path) != text[:n] || contentOf(t, path+".reason.txt") == "" {
			t.Fatalf("cut at byte %d: in quarantine is something else", n)
		}
		if list, err := s.List(t.Context()); err != nil || len(list.Problems) != 0 || len(list.Summaries) == 0 {
			t.Fatalf("cut at byte %d: the list is %+v, %v", n, list, err)
		}
		s.ReleaseAll()
	}
}

// One wrong byte costs one message at most.
func TestSalvage_LosesNoMoreThanWhatIsBroken(t *testing.T) {
	t.Parallel()
	text := textOf(t, chain(30))
	random := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		b := []byte(text)
		b[random.IntN(len(b))] ^= byte(1 + random.IntN(255))
		conv, _ := recoverable(b)
		if n := len(conv.Messages); n < 29 || n > 30 {
			t.Fatalf("%d messages were made of 30:\n%s", n, b)
		}
		if err := checkTree(conv.Messages); err != nil {
			t.Fatalf("what was recovered is no tree: %v", err)
		}
	}
}

func TestSalvage_MakesATreeOfWhatIsNone(t *testing.T) {
	text := func(messages ...string) string {
		return `{"version":1,"app":"groqchat","id":"` + idOne + `","title":"x","created":"2026-11-22T12:00:00Z","updated":"2026-11-22T12:00:00Z","count":3,"messages":[` + "\n" +
			strings.Join(messages, ",\n") + "\n]}\n"
	}
	m := func(id, parent, content string) string {
		return fmt.Sprintf(`{"id":%q,"parent":%q,"role":"user","content":%q}`, id, parent, content)
	}
	for name, c := range map[string]struct {
		text  string
		count int
	}{
		"twice the same":          {text(m("m1", "", "a"), m("m1", "", "a"), m("m2", "m1", "b")), 2},
		"twice with other words":  {text(m("m1", "", "a"), m("m1", "", "b")), 2},
		"a circle":                {text(m("m1", "m3", "a"), m("m2", "m1", "b"), m("m3", "m2", "c")), 3},
		"its own parent":          {text(m("m1", "m1", "a")), 1},
		"a message without an id": {text(m("", "", "a"), m("m2", "", "b")), 1},
		"a number for a message":  {text("7", m("m2", "", "b")), 1},
	} {
		dir := t.TempDir()
		s := Open(dir)
		place(t, s, idOne+".json", c.text)
		session, err := s.Resume(idOne, noon())
		if err != nil || len(session.Messages) != c.count || session.Title != "x (recovered)" {
			t.Errorf("%s: %q, %d messages, %v", name, session.Title, len(session.Messages), err)
		}
		if contentOf(t, aside(t, dir)) != c.text {
			t.Errorf("%s: in quarantine is something else", name)
		}
		s.ReleaseAll()
	}
}

// The answer under way when the file was damaged comes along, and is accounted for.
func TestSalvage_TakesTheJournalAlong(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	conv := asked(t, s)
	stream(t, s, &conv, chat.Delta{Text: "half"})
	dies(s)
	text := contentOf(t, s.Path(idOne))
	place(t, s, idOne+".json", text[:len(text)-2])
	var lost []Lost
	back := Open(dir).OnLost(func(l Lost) { lost = append(lost, l) })
	session, err := back.Resume(idOne, noon())
	if err != nil {
		t.Fatal(err)
	}
	if len(lost) != 1 || lost[0].Request != idOne+"/m2" || len(lost[0].Asked.Messages) != 1 {
		t.Errorf("accounted for %+v", lost)
	}
	if len(session.Messages) != 2 || session.Messages[1].Content != "half" || session.Head != "m2" {
		t.Errorf("recovered: head %s, %+v", session.Head, session.Messages)
	}
	if left := namesIn(t, s.dir); len(left) != 1 {
		t.Errorf("the folder holds %v", left)
	}
}

func TestDoctor_SaysAndMends(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	whole := textOf(t, chain(4))
	ids := []string{NewID(noon()), NewID(noon()), NewID(noon()), NewID(noon())}
	place(t, s, ids[0]+".json", whole[:len(whole)-10])
	place(t, s, ids[1]+".json", "")
	newer := strings.Replace(whole, `"version":1`, `"version":2`, 1)
	place(t, s, ids[2]+".json", newer)
	place(t, s, "notes.json", "{}")
	place(t, s, "readme.txt", "not ours")
	place(t, s, ids[3]+".json", strings.Replace(newer, `"messages":[`, `"messages":{`, 1)+"}")
	conv := asked(t, s)
	stream(t, s, &conv, chat.Delta{Text: "half"})
	if found, err := s.Examine(t.Context()); err != nil || len(found) != 5 {
		t.Errorf("while a session is open: %+v, %v", found, err)
	}
	dies(s)
	found, err := s.Examine(t.Context())
	if err != nil || len(found) != 6 {
		t.Fatalf("found %+v, %v", found, err)
	}
	repairs, err := s.Mend(t.Context(), noon())
	done := map[string]string{}
	for _, r := range repairs {
		if r.Err != nil {
			t.Errorf("%s: %v", r.File, r.Err)
		}
		done[r.File] = r.Done
	}
	for file, want := range map[string]string{
		ids[0] + ".json": "3 of 4 messages", ids[1] + ".json": "it is empty", ids[2] + ".json": "", "notes.json": "",
		ids[3] + ".json": "", journalName(idOne): "is back",
	} {
		if got := done[file]; !strings.Contains(strings.ToLower(got), strings.ToLower(want)) || want == "" && got != "" {
			t.Errorf("%s: done is %q, want %q (%v)", file, got, want, err)
		}
	}
	if again, err := s.Examine(t.Context()); err != nil || len(again) != 3 {
		t.Errorf("after mending: %+v, %v", again, err)
	}
	if got := mustLoad(t, s, idOne); got.Messages[1].Content != "half" {
		t.Errorf("the answer is %+v", got.Messages)
	}
	for _, name := range []string{ids[2] + ".json", "notes.json", "readme.txt"} {
		if _, err := os.Lstat(filepath.Join(s.dir, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestBackup_KeepsWhatAnotherHandWrote(t *testing.T) {
	ours := textOf(t, short(idOne, "x"))
	byHand := strings.Replace(ours, `"app":"groqchat",`, ` "app" : "groqchat",`, 1)
	for text, want := range map[string]int{ours: 0, byHand: 1} {
		dir := t.TempDir()
		s := Open(dir)
		place(t, s, idOne+".json", text)
		conv := mustLoad(t, s, idOne).Conversation
		for range 2 {
			conv.Rev = mustSave(t, s, conv)
		}
		files, _ := filepath.Glob(filepath.Join(dir, "backups", idOne+".v1.*.json"))
		if len(files) != want || want == 1 && contentOf(t, files[0]) != text {
			t.Errorf("backups are %v, want %d", files, want)
		}
	}
}
