package ui

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
)

// moved is how many bytes this thread has read and written so far, but for what it
// took to find that out.
type moved struct{ asking int64 }

func (m *moved) bytes(t *testing.T) int64 {
	t.Helper()
	text, err := os.ReadFile("/proc/thread-self/io")
	if err != nil {
		t.Skip("the system does not count:", err)
	}
	var in, out int64
	if _, err := fmt.Sscanf(string(text), "rchar: %d\nwchar: %d", &in, &out); err != nil {
		t.Skip("the system counts otherwise:", err)
	}
	before := m.asking
	m.asking += int64(len(text)) // it counts from the next time on
	return in + out - before
}

// A key waits for nothing but the event loop, so no session, however large, is
// read or written there: not while one types, asks, stops, looks for a session,
// goes to another, renames and deletes.
func TestLoop_MovesNoFile(t *testing.T) {
	bubble(t, func(t *testing.T) {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		o := options(t, answer(strings.Repeat("an answer of some length ", 40)))
		other := chat.Conversation{ID: history.NewID(time.Now()), Model: chat.DefaultModel}
		conv := chat.Conversation{ID: history.NewID(time.Now()), Model: chat.DefaultModel}
		for i := range 150 {
			conv.Ask(fmt.Sprintf("question %d", i), nil, time.Now())
			conv.Apply(chat.Delta{Text: strings.Repeat("a text that takes room on the disk ", 60)})
			conv.Apply(chat.Done{Finish: "stop"})
		}
		other.Ask("another one", nil, time.Now())
		for _, c := range []chat.Conversation{other, conv} {
			if _, err := o.Store.Save(c); err != nil {
				t.Fatal(err)
			}
		}
		session, err := o.Store.Resume(conv.ID, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		o.Session = session
		s := open(t, o)
		s.settle()
		var on moved
		start := on.bytes(t)
		key := func(names ...string) {
			for _, name := range names {
				s.press(name)
				_ = s.m.View()
				s.settle()
			}
		}
		s.write("a new question")
		key("enter", "e", "x", "esc", "ctrl+s", "a", "n", "o", "enter")
		s.shows("another one")
		s.write("/rename other name")
		key("enter", "ctrl+s", "ctrl+x", "ctrl+_", "esc")
		s.write("/search room")
		key("enter", "esc")
		s.feed(tea.WindowSizeMsg{Width: 120, Height: 40})
		key("f2")
		if n := on.bytes(t) - start; n > 4<<10 { // the scheduler wakes itself by some bytes
			t.Errorf("%d bytes were read and written on the event loop", n)
		}
		if saved, err := o.Store.Load(conv.ID); err != nil || len(saved.Messages) != 302 {
			t.Errorf("%d messages are saved, %v: the test did not do what it measures", len(saved.Messages), err)
		}
	})
}
