package ui

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
	"groqchat/history"
)

func stored(t *testing.T, store *history.Store, id string) history.Session {
	t.Helper()
	s, err := store.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// hears takes messages until a notice says the text; a notice does not stay for
// long.
func (s *screen) hears(text string) {
	s.t.Helper()
	s.until(text, func() bool { return strings.Contains(s.m.notice.text, text) })
}

func TestManage_RenamesPinsAndExportsFromThePicker(t *testing.T) {
	t.Chdir(t.TempDir())
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		id := seed(t, o.Store, "old title", "question", "reply")
		<-time.After(time.Minute)
		seed(t, o.Store, "newer", "question", "reply")
		s := open(t, o)
		s.settle()
		s.press("ctrl+s")
		s.settle()
		s.write("old")
		s.press("ctrl+r")
		s.shows("── Rename", "old title")
		s.write(" and new")
		s.shows("rename it to “old title and new”")
		s.press("enter")
		s.settle()
		s.shows("── Sessions", "old title and new", "newer")
		s.write("old")
		s.press("ctrl+t")
		s.settle()
		if got := stored(t, o.Store, id); got.Title != "old title and new" || !got.Pinned {
			t.Errorf("%+v", got)
		}
		s.press("ctrl+u")
		text := s.text()
		if pinned, other := strings.Index(text, "*old title"), strings.Index(text, "newer"); pinned < 0 || other < pinned {
			t.Errorf("the pinned one is not first:\n%s", text)
		}
		s.press("ctrl+o")
		s.hears("Exported to")
		s.shows("Exported to")
		files, err := filepath.Glob("*-old-title-and-new-*.md")
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		s.press("ctrl+o")
		s.hears("Nothing was exported")
		s.shows("Nothing was exported", "is a file of that name")
	})
}

func TestManage_DeletesAndBringsBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("the answer"))
		id := seed(t, o.Store, "to be deleted", "question", "reply")
		before, err := os.ReadFile(o.Store.Path(id))
		if err != nil {
			t.Fatal(err)
		}
		s := open(t, o)
		s.settle()
		s.press("ctrl+s")
		s.settle()
		s.press("ctrl+_")
		s.hears("Nothing was deleted here")
		s.shows("Nothing was deleted here")
		s.press("ctrl+x")
		s.hears("Moved to the trash")
		s.shows("Moved to the trash: to be deleted; ctrl+_ brings it back.", "there are no saved sessions yet")
		if _, err := os.Stat(o.Store.Path(id)); !errors.Is(err, os.ErrNotExist) {
			t.Error("the file is still there")
		}
		s.press("ctrl+x", "ctrl+t", "ctrl+r", "ctrl+o", "ctrl+f") // nothing is selected
		s.press("ctrl+_")
		s.hears("It is back.")
		s.shows("It is back.", "to be deleted")
		after, err := os.ReadFile(o.Store.Path(id))
		if err != nil || string(after) != string(before) {
			t.Errorf("it came back as %q, %v", after, err)
		}
	})
}

// What was found is gone with its session, and comes back with it.
func TestManage_DeletesWhatWasFound(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		seed(t, o.Store, "Haystack", "the needle", "reply")
		s := open(t, o)
		s.settle()
		s.press("ctrl+s")
		s.settle()
		s.write("needle")
		s.settle()
		s.press("ctrl+x")
		s.hears("Moved to the trash: Haystack")
		s.lacks("the needle")
		s.press("ctrl+_")
		s.settle()
		s.shows("Haystack › the needle")
	})
}

// A session that is open and deleted is not saved again by what follows.
func TestManage_DeletingThePresentSessionBeginsAnother(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("the answer"))
		s := open(t, o)
		s.write("the question")
		s.press("enter")
		s.settle()
		id := s.m.conv.ID
		s.press("ctrl+s")
		s.settle()
		s.press("ctrl+x")
		s.settle()
		s.press("esc")
		s.lacks("the answer")
		if s.m.conv.ID == id {
			t.Error("the deleted session is still open")
		}
		if err := s.m.finish(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(o.Store.Path(id)); !errors.Is(err, os.ErrNotExist) {
			t.Error("the deleted session was saved again")
		}
		s.press("ctrl+s")
		s.settle()
		s.press("ctrl+_")
		s.settle()
		s.press("enter")
		s.settle()
		s.shows("the question", "the answer")
	})
}

func TestManage_NotWhileItsAnswerStreams(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.m.turn.live = true
		if cmd := s.m.deleteSession(s.m.conv.ID, "x"); cmd == nil {
			t.Error("nothing is said")
		}
		s.shows()
		if !strings.Contains(s.m.notice.text, "An answer is under way") {
			t.Error(s.m.notice.text)
		}
		s.m.turn.live = false
	})
}

func TestManage_CommandsForThePresentSession(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("reply"))
		s := open(t, o)
		for _, line := range []string{"question", "/rename A better title", "/tag #Go trees", "/tag -trees"} {
			s.write(line)
			s.press("enter")
			s.settle()
		}
		s.write("/pin")
		s.press("enter")
		s.hears("Pinned")
		s.shows("Pinned: it stays at the top of the list.")
		got := stored(t, o.Store, s.m.conv.ID)
		if diff := cmp.Diff([]string{"go"}, got.Tags); diff != "" || got.Title != "A better title" || !got.Pinned {
			t.Errorf("%+v\n%s", got, diff)
		}
		s.write("/tag")
		s.press("enter")
		s.shows("Tags: go.")
		s.write("/pin")
		s.press("enter")
		s.settle()
		s.write("/rename")
		s.press("enter")
		s.shows("❯ /rename A better title")
		s.press("ctrl+c", "ctrl+s")
		s.settle()
		s.shows("●A better title #go") // not pinned, so that the mark is that of the open one
		s.press("ctrl+r")
		s.write("!")
		s.press("enter")
		s.settle()
		if got := stored(t, o.Store, s.m.conv.ID); got.Title != "A better title!" || got.Pinned {
			t.Errorf("%+v", got)
		}
	})
}

func TestManage_ReadOnlySessionsStayAsTheyAre(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		id := seed(t, o.Store, "title", "question", "reply")
		o.Session = stored(t, o.Store, id)
		o.Session.ReadOnly = "it is of another time"
		s := open(t, o)
		s.settle()
		s.write("/rename other")
		s.press("enter")
		s.hears("This session is read-only.")
		s.shows("This session is read-only.")
		if s.m.conv.Title != "title" || stored(t, o.Store, id).Title != "title" {
			t.Error("it was renamed")
		}
		s.press("ctrl+s")
		s.settle()
		s.press("ctrl+r", "enter")
		s.settle()
		s.shows("── Sessions", "title")
	})
}

func TestManage_SaysWhatFailed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		id := seed(t, o.Store, "title", "question", "reply")
		s := open(t, o)
		s.settle()
		s.press("ctrl+s")
		s.settle()
		if err := os.Remove(o.Store.Path(id)); err != nil {
			t.Fatal(err)
		}
		s.press("ctrl+x")
		s.hears("There is no session")
		s.shows("There is no session")
	})
}

func TestPurge_AtTheStartLeavesAClockThatLeapt(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		old, fresh := seed(t, o.Store, "old", "q"), seed(t, o.Store, "fresh", "q")
		for id, age := range map[string]time.Duration{old: 31 * day, fresh: 29 * day} {
			if _, err := o.Store.Delete(id, time.Now().Add(-age)); err != nil {
				t.Fatal(err)
			}
		}
		s := open(t, o)
		s.settle()
		trash, err := o.Store.Trash(t.Context())
		if err != nil || len(trash) != 1 || trash[0].ID != fresh {
			t.Errorf("%+v, %v", trash, err)
		}
		later := o
		later.Now = func() time.Time { return time.Now().AddDate(10, 0, 0) }
		s = open(t, later)
		for s.m.notice.text == "" && s.pending > 0 {
			s.step()
		}
		s.shows("The clock has moved by more than a year")
		if trash, err = o.Store.Trash(t.Context()); err != nil || len(trash) != 1 {
			t.Errorf("%+v, %v", trash, err)
		}
	})
}

// A temporary chat leaves nothing on disk, whatever is done in it.
func TestTemporary_LeavesNoTrace(t *testing.T) {
	home := t.TempDir()
	bubble(t, func(t *testing.T) {
		o := options(t, answer("a secret reply"))
		o.Store = history.Open(home)
		id := seed(t, o.Store, "kept", "question", "reply")
		if _, err := o.Store.Delete(seed(t, o.Store, "deleted", "q"), time.Now().AddDate(0, -3, 0)); err != nil {
			t.Fatal(err)
		}
		before := untouched(t, home)
		o.Store, o.Prompts, o.ModelCache = nil, history.OpenPrompts(home), nil
		s := open(t, o)
		for _, line := range []string{"a secret question", "/rename secret", "/tag secret", "/pin", "/search secret", "/resume", "another"} {
			s.write(line)
			s.press("enter")
			s.settle()
		}
		s.press("ctrl+s", "esc", "ctrl+n")
		s.settle()
		if err := s.m.finish(); err != nil {
			t.Error(err)
		}
		synctest.Wait()
		if diff := cmp.Diff(before, untouched(t, home)); diff != "" {
			t.Errorf("session %s and its folder changed:\n%s", id, diff)
		}
	})
}

func TestExport_CommandsWriteEveryFormat(t *testing.T) {
	t.Chdir(t.TempDir())
	bubble(t, func(t *testing.T) {
		o := options(t, answer("The **reply** <script>alert(1)</script>"))
		s := open(t, o)
		s.write("/export")
		s.press("enter")
		s.shows("There is nothing to export yet.")
		s.write("question <b>")
		s.press("enter")
		s.settle()
		for line, want := range map[string]string{
			"/export markdown a.md": "# question", "/export html b.html": "<strong>reply</strong>", "/export c.json": `"app":"groqchat"`,
			"/export text d.txt": "You:\nquestion <b>", "/export e.html": "&lt;script&gt;",
		} {
			s.write(line)
			s.press("enter")
			s.settle()
			name := line[strings.LastIndexByte(line, ' ')+1:]
			text, err := os.ReadFile(name)
			if err != nil || !strings.Contains(string(text), want) {
				t.Errorf("%s: %v\n%s", line, err, text)
			}
		}
		s.write("/export html a.md")
		s.press("enter")
		s.hears("Nothing was exported")
		s.shows("Nothing was exported", "there is a file")
		s.write("/export hmtl")
		s.press("enter")
		s.shows("There is no format hmtl; did you mean html?")
		var want strings.Builder
		if err := history.Transcript(&want, &s.m.conv); err != nil {
			t.Fatal(err)
		}
		s.write("/export markdown -")
		s.press("enter")
		s.hears("Copied")
		s.shows("Copied")
		if _, err := os.Stat("-"); !errors.Is(err, os.ErrNotExist) {
			t.Error("a file named - was made")
		}
	})
}

func TestExport_APageIsCompleteAndHarmless(t *testing.T) {
	conv := chat.Conversation{Title: "<script>\x1b]0;x\a", Created: time.Unix(0, 0), Head: "m2", Messages: []chat.Message{
		{ID: "m1", Role: chat.User, Content: "<img src=x>\u202e", Attachments: []chat.Attachment{
			{Name: "\"><script>", Type: "text/plain", Text: "</pre><script>"},
			{Name: "p.png", Type: "image/png", Data: []byte{1, 2}},
			{Name: "p.svg", Type: "image/svg+xml", Data: []byte("<svg onload=x>")},
		}},
		{ID: "m2", Parent: "m1", Role: chat.Assistant, Model: "m", Reasoning: "<hm>", Content: "![t](http://tracker/x.png)", State: chat.Interrupted, Error: "<cut>"},
	}}
	f, ok := FindExportFormat("HTML")
	if !ok {
		t.Fatal("no HTML")
	}
	var b strings.Builder
	if err := f.Write(&b, conv, conv); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, bad := range []string{"<script", "<img src=x", "src=\"http", "onload=x>\"", "\x1b", "\u202e", "<hm>", "<cut>", "url("} {
		if strings.Contains(page, bad) {
			t.Errorf("%q is in the page", bad)
		}
	}
	for _, good := range []string{"default-src 'none'", "prefers-color-scheme: dark", "data:image/png;base64,AQI=", "&lt;hm&gt;", "This answer was cut off: &lt;cut&gt;", "(image)", "Attached: p.svg"} {
		if !strings.Contains(page, good) {
			t.Errorf("%q is not in the page", good)
		}
	}
	if strings.Count(page, "<article>") != 2 || strings.Count(page, "<html") != 1 {
		t.Error("two sessions are not one page")
	}
}

// Of many sessions the newest are shown before the others are read.
func TestSessions_ShowsTheNewestAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		const many = firstSessions + 5
		oldest := ""
		for i := range many {
			conv := chat.Conversation{ID: history.NewID(time.Now()), Title: "session", Created: time.Now(), Updated: time.Now(), Pinned: i == 0}
			conv.Ask("question", nil, time.Now())
			if _, err := o.Store.Save(conv); err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				oldest = conv.ID
			}
			old := time.Now()
			if err := os.Chtimes(o.Store.Path(conv.ID), old, old); err != nil {
				t.Fatal(err)
			}
			<-time.After(time.Minute)
		}
		s := open(t, o)
		s.settle()
		s.press("ctrl+s")
		p, _ := s.m.over.(*picker)
		s.until("the newest", func() bool { return len(p.choices) == firstSessions })
		s.press("down")
		chosen := p.selected().key
		s.until("all", func() bool { return len(p.choices) == many })
		if p.choices[0].key != oldest {
			t.Error("the pinned one is not the first")
		}
		if got := p.selected().key; got != chosen || got == "" {
			t.Errorf("%q was chosen, now it is %q", chosen, got)
		}
		s.settle()
	})
}
