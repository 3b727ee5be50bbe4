package ui

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
)

// The soak: turns of a day, of a long one in `make soak`, in sessions of the length
// that people have.
const (
	soakTurns   = 1_000
	longSoak    = 4_000
	soakSession = 40
	soakGrowth  = 2 << 20 // of the heap; what was said comes to twice as much
)

// TestSoak_ALongDayKeepsItsSize: after the first tenth, memory does not grow with
// what was said and left, and no goroutine stays.
func TestSoak_ALongDayKeepsItsSize(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	bubble(t, func(t *testing.T) {
		model := &script{events: []chat.Event{chat.Started{Model: chat.DefaultModel}}}
		for range 4 {
			model.events = append(model.events, chat.Delta{Text: strings.Repeat("a few words ", 80) + "\n\n"})
		}
		model.events = append(model.events, chat.Done{Finish: "stop"})
		o := options(t, model)
		o.Store, o.Prompts = nil, nil
		s := open(t, o)
		s.settle()
		turns := soakTurns
		if os.Getenv("GROQCHAT_SOAK") != "" {
			turns = longSoak
		}
		var heap, goroutines int
		for turn := range turns {
			if turn == turns/10 {
				heap, goroutines = heapInUse(), runtime.NumGoroutine()
			}
			if turn%soakSession == 0 {
				s.press("ctrl+n")
				s.settle()
				model.forget()
			}
			s.feed(tea.PasteMsg{Content: fmt.Sprint("turn ", turn)})
			s.press("enter")
			s.settle()
		}
		s.press("ctrl+home")
		s.shows(fmt.Sprint("▌ turn ", turns-soakSession))
		if grown := heapInUse() - heap; grown > soakGrowth {
			t.Errorf("the heap grew by %d bytes", grown)
		} else {
			t.Logf("the heap grew by %d bytes", grown)
		}
		if left := runtime.NumGoroutine() - goroutines; left > 0 {
			t.Errorf("%d goroutines are left", left)
		}
	})
}

// forget lets go of the requests so far, which only the script keeps.
func (s *script) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.got = nil
}

func heapInUse() int {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return int(stats.HeapAlloc)
}

// TestSizes_ComeInAnyOrder: whatever the window was before, no row is wider and
// no column longer than it is now.
func TestSizes_ComeInAnyOrder(t *testing.T) {
	s := open(t, options(t, answer("")))
	converse(s, tricky)
	s.write("half a thought")
	sizes := []tea.WindowSizeMsg{
		{Width: 1, Height: 1},
		{Width: 500, Height: 1},
		{Width: 1, Height: 200},
		{Width: 500, Height: 200},
		{Width: 80, Height: 24},
		{Width: 20, Height: 6},
		{Width: 19, Height: 5},
		{Width: 0, Height: 0},
		{Width: 120, Height: 40},
	}
	for n := range 500 {
		size := sizes[(n*7+n/len(sizes))%len(sizes)]
		s.feed(size)
		rows := strings.Split(s.m.View().Content, "\n")
		if len(rows) > max(1, size.Height) {
			t.Fatalf("%d rows in %v", len(rows), size)
		}
		for _, row := range rows {
			if ansi.StringWidth(row) > size.Width {
				t.Fatalf("a row of %d cells in %v", ansi.StringWidth(row), size)
			}
		}
	}
	s.feed(tea.WindowSizeMsg{Width: 80, Height: 24})
	s.shows("half a thought")
}
