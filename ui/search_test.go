package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
)

// seed saves a session of these texts, questions and answers in turn, and gives
// its id.
func seed(t *testing.T, store *history.Store, title string, texts ...string) string {
	t.Helper()
	now := time.Now()
	conv := chat.Conversation{ID: history.NewID(now), Title: title, Created: now, Updated: now, Model: chat.DefaultModel}
	for i, text := range texts {
		m := chat.Message{ID: fmt.Sprint("m", i+1), Parent: conv.Head, Role: chat.User, Content: text, State: chat.Complete, Created: now}
		if i%2 == 1 {
			m.Role, m.Model = chat.Assistant, chat.DefaultModel
		}
		conv.Messages, conv.Head = append(conv.Messages, m), m.ID
	}
	if _, err := store.Save(conv); err != nil {
		t.Fatal(err)
	}
	return conv.ID
}

// longTalk is enough texts to fill several windows, with a needle near the start.
func longTalk() []string {
	var texts []string
	for i := range 40 {
		texts = append(texts, fmt.Sprintf("text number %d\nof a long talk\n\nin paragraphs", i))
	}
	texts[6] = "here is the needle of it all"
	return texts
}

func TestSearch_OpensTheSessionAtTheMessage(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		id := seed(t, o.Store, "A long talk", longTalk()...)
		seed(t, o.Store, "Another", "needle", "too")
		s := open(t, o)
		s.settle()
		s.write("/search of NEEDLE all")
		s.press("enter")
		s.settle()
		s.shows("── Search", "A long talk › here is the needle of it all", "you")
		s.lacks("Another")
		s.press("enter")
		s.settle()
		if s.m.conv.ID != id {
			t.Fatal("another session is open")
		}
		s.shows("here is the needle of it all")
		s.lacks("text number 39", "text number 5\n")
		// In the session that is open it only scrolls.
		s.write("/search number 20")
		s.press("enter")
		s.settle()
		s.press("enter")
		s.settle()
		s.shows("text number 20")
		s.lacks("the needle")
	})
}

func TestSearch_ShowsTheBranchOfTheMessage(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		now := time.Now()
		conv := chat.Conversation{ID: history.NewID(now), Title: "Branches", Created: now, Updated: now, Model: chat.DefaultModel, Head: "m2", Messages: []chat.Message{
			{ID: "m1", Role: chat.User, Content: "question", State: chat.Complete},
			{ID: "m2", Parent: "m1", Role: chat.Assistant, Content: "shown", State: chat.Complete},
			{ID: "m3", Parent: "m1", Role: chat.Assistant, Content: "hidden needle", State: chat.Complete},
			{ID: "m4", Parent: "m3", Role: chat.User, Content: "below it", State: chat.Complete},
		}}
		if _, err := o.Store.Save(conv); err != nil {
			t.Fatal(err)
		}
		s := open(t, o)
		s.write("/search needle")
		s.press("enter")
		s.settle()
		s.press("enter")
		s.settle()
		s.shows("hidden needle", "below it")
		s.lacks("shown")
	})
}

func TestSearch_InThePickerAsOneTypes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		seed(t, o.Store, "Needlework", "cloth", "thread")
		seed(t, o.Store, "Haystack", "find the needle", "done")
		s := open(t, o)
		s.settle()
		s.press("ctrl+s")
		s.settle()
		s.write("needle")
		s.shows("Needlework") // at once, before any file was read
		s.lacks("find the needle")
		s.settle()
		text := s.text()
		title, hit := strings.Index(text, "Needlework"), strings.Index(text, "Haystack › find the needle")
		if title < 0 || hit < title {
			t.Errorf("titles first, then what was said:\n%s", text)
		}
		// What is typed on drops what was found for less.
		s.write("work")
		s.lacks("Haystack")
		s.settle()
		s.lacks("Haystack")
		for range "needlework" {
			s.press("backspace")
		}
		s.settle()
		s.shows("Needlework", "Haystack")
		s.lacks("find the needle")
	})
}

func TestSearch_DropsWhatBelongsToAnEarlierOne(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		seed(t, o.Store, "one", "alpha", "x")
		seed(t, o.Store, "two", "beta", "x")
		s := open(t, o)
		s.settle()
		s.write("/search")
		s.press("enter")
		s.shows("type what was said")
		s.write("alpha")
		stale := hitsFoundMsg{s.m.search.id}
		feed := s.m.search.feed
		for range "alpha" {
			s.press("backspace")
		}
		s.write("beta")
		feed.put(history.Hit{Summary: history.Summary{Title: "stale"}, Title: true})
		s.feed(stale)
		s.lacks("stale")
		s.settle()
		s.shows("two › beta")
		s.lacks("alpha", "stale")
		for range "beta" {
			s.press("backspace")
		}
		s.shows("type what was said")
		s.write("nowhere")
		s.shows("searching …")
		s.settle()
		s.shows("nothing is found")
		s.m.over.paste("beta")
		s.press("ctrl+u")
		s.feed(tea.PasteMsg{Content: "alpha"})
		s.settle()
		s.shows("one › alpha")
		s.press("esc")
		s.feed(hitsFoundMsg{s.m.search.id}) // nobody looks any more
	})
}

func TestSearch_OfATemporaryChat(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		o.Store = nil
		s := open(t, o)
		s.write("/search x")
		s.press("enter")
		s.shows("This is a temporary chat")
	})
}

// untouched is every file below a folder with its content.
func untouched(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			files[path] = "folder"
			return err
		}
		text, err := os.ReadFile(path)
		files[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
