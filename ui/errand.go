package ui

import (
	"io"

	tea "charm.land/bubbletea/v2"
)

// errand runs something while the terminal is as it was before the program: a
// suspension, an editor. It takes the terminal from its own files and not from
// Bubble Tea, whose output is a queue.
type errand struct {
	out        *output
	give, take string // what gives the screen away, and takes it again
	run        func() error
}

// Run waits until the terminal has really been given back, with its title.
func (e *errand) Run() error {
	if e.out == nil {
		return e.run()
	}
	_, _ = e.out.Write([]byte(e.give)) // never fails, nor does the other
	e.out.flush(patiently)
	err := e.run()
	_, _ = e.out.Write([]byte(e.take))
	return err
}

// SetStdin is not heeded.
func (e *errand) SetStdin(io.Reader) {}

// SetStdout is not heeded.
func (e *errand) SetStdout(io.Writer) {}

// SetStderr is not heeded.
func (e *errand) SetStderr(io.Writer) {}

// errandOf is an errand from the chat as it is shown: lines have no screen to give away.
func (m *Model) errandOf(run func() error) *errand {
	if m.lines != nil {
		return &errand{out: m.out, run: run}
	}
	return &errand{m.out, giveTerminal, takeTerminal, run}
}

// errand gives the terminal away while run runs.
func (m *Model) errand(run func() error) tea.Cmd {
	done := func(err error) tea.Msg {
		if err != nil {
			return failedMsg{err}
		}
		return nil
	}
	return tea.Exec(m.errandOf(run), done)
}
