package history

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPrompts_ComeBackInTheirOrder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	p := OpenPrompts(dir)
	if got := loadPrompts(t, p, 10); len(got) != 0 {
		t.Errorf("at first there is %q", got)
	}
	texts := []string{"one", "two\nlines\n", "<b> & \"ü\" \u2028 😀", "one"}
	appendAll(t, p, texts...)
	if diff := cmp.Diff(texts, loadPrompts(t, OpenPrompts(dir), 10)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(texts[2:], loadPrompts(t, p, 2)); diff != "" {
		t.Error(diff)
	}
	if got := loadPrompts(t, p, -1); len(got) != 0 {
		t.Errorf("less than none is %q", got)
	}
}

func TestPrompts_KeepNothingTwiceInARow(t *testing.T) {
	dir := t.TempDir()
	p := OpenPrompts(dir)
	appendAll(t, p, "a", "a", "b", "a", " \n", "", strings.Repeat("x", maxPrompt+1))
	next := OpenPrompts(dir)
	loadPrompts(t, next, 1)
	appendAll(t, next, "a")
	if got := contentOf(t, p.path); got != "{\"text\":\"a\"}\n{\"text\":\"b\"}\n{\"text\":\"a\"}\n" {
		t.Errorf("the file is %q", got)
	}
}

func TestPrompts_PassOverBrokenLines(t *testing.T) {
	p := OpenPrompts(t.TempDir())
	text := "{\"text\":\"a\"}\nnonsense\n\n[]\n{\"text\":5}\n{\"text\":\"b\"}\n{\"text\":\"cut of"
	if err := os.WriteFile(p.path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	// What a crash cut off must not swallow the next one.
	appendAll(t, p, "c")
	if diff := cmp.Diff([]string{"a", "b", "c"}, loadPrompts(t, p, 10)); diff != "" {
		t.Error(diff)
	}
}

func TestPrompts_CutALongFile(t *testing.T) {
	p := OpenPrompts(t.TempDir())
	var lines strings.Builder
	for i := range manyPrompts + 1 {
		fmt.Fprintf(&lines, "{\"text\":\"p%d\"}\n", i)
	}
	if err := os.WriteFile(p.path, []byte(lines.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	got := loadPrompts(t, p, 5000)
	if len(got) != keptPrompts || got[0] != "p1001" || got[keptPrompts-1] != "p2000" {
		t.Fatalf("%d prompts, from %s", len(got), got[0])
	}
	if diff := cmp.Diff(got, parsePrompts([]byte(contentOf(t, p.path)))); diff != "" {
		t.Error(diff)
	}
	if info, err := os.Stat(p.path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode is %v, %v", info.Mode(), err)
	}
}

func TestPrompts_ReadOnlyTheEndOfAHugeFile(t *testing.T) {
	p := OpenPrompts(t.TempDir())
	appendAll(t, p, "first")
	if err := os.Truncate(p.path, 2*maxPrompts); err != nil {
		t.Fatal(err)
	}
	appendAll(t, p, "last")
	if diff := cmp.Diff([]string{"last"}, loadPrompts(t, p, 10)); diff != "" {
		t.Error(diff)
	}
	if info, err := os.Stat(p.path); err != nil || info.Size() > 100 {
		t.Errorf("the file has %d bytes, %v", info.Size(), err)
	}
}

func TestPrompts_OfTwoWritersDoNotMix(t *testing.T) {
	dir := t.TempDir()
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			p := OpenPrompts(dir)
			for i := range 50 {
				if err := p.Append(fmt.Sprintf("%d %d %s", w, i, strings.Repeat("x", i*20))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	if got := loadPrompts(t, OpenPrompts(dir), 1000); len(got) != 200 {
		t.Errorf("%d prompts", len(got))
	}
}

func TestPrompts_RefuseALink(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(dir, "outside")
	p := OpenPrompts(filepath.Join(dir, "state"))
	if err := os.Mkdir(filepath.Dir(p.path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, p.path); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if err := p.Append("x"); err == nil {
		t.Error("a prompt went through the link")
	}
	if _, err := os.Stat(outside); err == nil {
		t.Error("the link's target was made")
	}
}

func appendAll(t *testing.T, p *Prompts, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if err := p.Append(text); err != nil {
			t.Fatal(err)
		}
	}
}

func loadPrompts(t *testing.T, p *Prompts, limit int) []string {
	t.Helper()
	got, err := p.Load(limit)
	if err != nil {
		t.Fatal(err)
	}
	return got
}
