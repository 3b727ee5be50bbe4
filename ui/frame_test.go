package ui

import (
	"runtime"
	"strings"
	"testing"
	"time"
	"unsafe"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
)

// content is where the frame's bytes are.
func (s *screen) content() *byte { return unsafe.StringData(s.m.View().Content) }

func TestFrame_WhatChangesNothingMakesNone(t *testing.T) {
	s := growing(t, 20<<10)
	s.feed(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
	for range 200 {
		s.m.transcript.scroll(-30)
	}
	s.m.refresh()
	for _, c := range []struct {
		name string
		msg  tea.Msg
	}{
		{"the mouse moves", tea.MouseMotionMsg{X: 1, Y: 1}},
		{"a click", tea.MouseClickMsg{X: 1, Y: 1}},
		{"a key is released", tea.KeyReleaseMsg{Code: 'x'}},
		{"the terminal reports a mode", tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput}},
		{"the window gets its size", tea.WindowSizeMsg{Width: 120, Height: 40}},
		{"the wheel at the top", tea.MouseWheelMsg{Button: tea.MouseWheelUp}},
		{"another turn's stream", streamAdvancedMsg{turn: s.m.turn.id - 1}},
		{"another turn's tick", clockTickedMsg{turn: s.m.turn.id - 1}},
		{"a tick after the first text", clockTickedMsg{turn: s.m.turn.id}},
		{"a save that worked", savedMsg{session: s.m.conv.ID}},
		{"another notice's end", noticeExpiredMsg{generation: -1}},
		{"nothing was held", heldMsg{}},
		{"a fact of nobody", struct{}{}},
	} {
		before := s.content()
		allocs := leastAllocs(func() { s.m.Update(c.msg) })
		if s.content() != before || allocs > 0 {
			t.Errorf("%s: a new frame: %v, %v allocations", c.name, s.content() != before, allocs)
		}
	}
	before := s.content()
	s.feed(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	if s.content() == before {
		t.Error("what changed something made no frame")
	}
}

// leastAllocs is what work allocates: what goroutines of other tests allocate
// meanwhile is counted too, so the least of a few runs is taken.
func leastAllocs(work func()) float64 {
	least := testing.AllocsPerRun(10, work)
	for range 4 {
		least = min(least, testing.AllocsPerRun(10, work))
	}
	return least
}

// allocated is the objects and bytes that a frame allocates, on an average.
func allocated(frames int, work func()) (objects, bytes float64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	work()
	runtime.ReadMemStats(&after)
	n := float64(frames)
	return float64(after.Mallocs-before.Mallocs) / n, float64(after.TotalAlloc-before.TotalAlloc) / n
}

func TestFrame_CostsTheSameAtAnyLengthOfTheAnswer(t *testing.T) {
	if testing.Short() {
		t.Skip("renders half a megabyte")
	}
	text := torture(t) + "\n"
	n := 4 * len(text) / frameBytes
	measure := func(size int) (objects, bytes float64) {
		s := growing(t, size)
		s.frames(text, n)
		objects, bytes = allocated(n, func() { s.frames(text, n) })
		again, moreBytes := allocated(n, func() { s.frames(text, n) })
		return min(objects, again), min(bytes, moreBytes) // one of them may hold the growing of a buffer
	}
	objects, bytes := measure(50 << 10)
	moreObjects, moreBytes := measure(500 << 10)
	if moreObjects > 1.3*objects || moreBytes > 1.3*bytes {
		t.Errorf("a frame at 50 KB: %.0f objects, %.0f bytes; at 500 KB: %.0f, %.0f", objects, bytes, moreObjects, moreBytes)
	}
}

func TestFrame_TheTicksEndWhereNothingMoves(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		model.hold = make(chan struct{})
		s := open(t, options(t, model))
		s.settle()
		s.write("q")
		s.press("enter")
		s.until("it waits", func() bool { return strings.Contains(s.text(), "waiting 0.3") })
		if _, cmd := s.m.Update(clockTickedMsg{turn: s.m.turn.id}); cmd == nil {
			t.Error("there is no tick while it waits")
		}
		s.m.turn.stopping = true
		if _, cmd := s.m.Update(clockTickedMsg{turn: s.m.turn.id}); cmd != nil {
			t.Error("there is a tick while it only stops")
		}
		s.m.turn.stopping = false
		close(model.hold)
		s.settle()
		if _, cmd := s.m.Update(clockTickedMsg{turn: s.m.turn.id}); cmd != nil {
			t.Error("there is a tick after the end")
		}
	})
}

// TestFrame_WhatIsHeldIsDrawnOnce: out of view or in a window that is too small,
// text that the renderer held back is taken in all the same, or the screen would
// come back for it for ever.
func TestFrame_WhatIsHeldIsDrawnOnce(t *testing.T) {
	for _, c := range []struct {
		name string
		set  func(s *screen)
	}{
		{"scrolled up", func(s *screen) { s.m.transcript.toTop() }},
		{"too small", func(s *screen) { s.feed(tea.WindowSizeMsg{Width: 10, Height: 3}) }},
		{"covered", func(s *screen) { s.m.over = newFirstRun() }},
	} {
		at, step := time.Unix(0, 0), 10*time.Millisecond
		now := func() time.Time { at = at.Add(step); return at }
		s := &screen{t: t, m: newModel(t.Context(), Options{Now: now})}
		s.m.opts.Config.Width, s.m.over = 100, nil
		s.feed(tea.WindowSizeMsg{Width: 80, Height: 24})
		begin(s)
		s.advance(chat.Delta{Text: torture(t)})
		c.set(s)
		step = 0
		s.advance(chat.Delta{Text: "more"})
		if !s.m.transcript.held() {
			t.Fatalf("%s: nothing is held", c.name)
		}
		at = at.Add(time.Second)
		s.feed(heldMsg{})
		if s.m.transcript.held() {
			t.Errorf("%s: it is still held", c.name)
		}
	}
}

// TestTurn_AScreenThatDoesNotLookHoldsUpNothing: the stream goes on to its end,
// whatever the terminal does.
func TestTurn_AScreenThatDoesNotLookHoldsUpNothing(t *testing.T) {
	model := &script{}
	for range 10_000 {
		model.events = append(model.events, chat.Delta{Text: "x"})
	}
	model.events = append(model.events, chat.Done{Finish: "stop"})
	out := newFeed()
	spawn(out, func() { pump(t.Context(), model, chat.Request{}, func() error { return nil }, out) }, nil)
	<-out.dry
	if events, _ := out.take(); len(events) != len(model.events) {
		t.Errorf("%d of %d events arrived", len(events), len(model.events))
	}
}

func TestFrame_TypingIsSeenWhileAnAnswerGrows(t *testing.T) {
	s := growing(t, 5<<10)
	s.t = t
	s.write("meanwhile")
	s.shows("❯ meanwhile")
}
