package ui

import (
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Work beside the loop tells how far it is, and is looked at now and then: what takes
// over a second is to be seen above the input until it has ended.

// workPace is how often work is looked at.
const workPace = 200 * time.Millisecond

// steps is how far work is. The work tells it, the loop looks.
type steps struct {
	mu        sync.Mutex
	done, all int
	ended     chan struct{} // closed by end
}

func newSteps() *steps { return &steps{ended: make(chan struct{})} }

// tell says how much of how much is done.
func (s *steps) tell(done, all int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done, s.all = done, all
}

func (s *steps) end() { close(s.ended) }

func (s *steps) look() (done, all int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.done, s.all
}

// work is what was begun last. Another id is a stranger.
type work struct {
	id       int
	what     string // that it does, as in "reading"
	steps    *steps // nil: nothing is under way
	began    time.Time
	progress Progress
}

// workMovedMsg says that it is time to look at work, or that it has ended.
type workMovedMsg struct {
	work  int
	ended bool
}

// follow shows how far work is from now on. In lines nothing moves.
func (m *Model) follow(what string, measure Measure, s *steps) tea.Cmd {
	if m.lines != nil {
		return nil
	}
	m.work = work{id: m.work.id + 1, what: what, steps: s, began: m.clock, progress: Progress{Measure: measure}}
	return waitForWork(m.work.id, s)
}

func waitForWork(id int, s *steps) tea.Cmd {
	return func() tea.Msg {
		select {
		case <-s.ended:
			return workMovedMsg{id, true}
		case <-time.After(workPace):
			return workMovedMsg{id, false}
		}
	}
}

func (m *Model) onWorkMoved(msg workMovedMsg) tea.Cmd {
	w := &m.work
	m.changed = msg.work == w.id && w.steps != nil
	switch {
	case !m.changed:
		return nil
	case msg.ended:
		*w = work{id: w.id}
		return nil
	}
	w.progress.Done, w.progress.All = w.steps.look()
	w.progress.Took = m.clock.Sub(w.began)
	return waitForWork(w.id, w.steps)
}

// slow reports whether something is under way that takes long.
func (w *work) slow() bool { return w.steps != nil && w.progress.Slow() }

// workLine tells how far it is, "" as long as nobody waits.
func (m *Model) workLine(width int) string {
	w := &m.work
	if !w.slow() {
		return ""
	}
	parts := w.progress.Parts()
	parts[0] = w.what + " " + parts[0]
	same := func(s string) string { return s }
	return ProgressLine(w.progress.Done, w.progress.All, width, parts, same)
}
