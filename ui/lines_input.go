package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// linesReadMsg is what was typed: a line, or several that came at once, without
// the end of the last one.
type linesReadMsg struct {
	text  string
	ended bool // no more come, as after ctrl+d
}

// interruptedMsg says that ctrl+c was pressed where it is a signal.
type interruptedMsg struct{}

// hushedMsg says whether the terminal shows what is typed from now on.
type hushedMsg struct {
	hushed bool
	err    error
}

// routeLines is the table of the messages of the chat in lines.
func (m *Model) routeLines(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case linesReadMsg:
		return m.onLines(msg)
	case interruptedMsg:
		return m.onInterrupted()
	case hushedMsg:
		m.onHushed(msg)
	default: // the mouse was moved, a key was released, the terminal answered
		m.changed = false
	}
	return nil
}

// listen asks for the first lines and for ctrl+c.
func (m *Model) listen() tea.Cmd {
	if m.lines == nil {
		return nil
	}
	return tea.Batch(readLines(m.opts.Input, m.lines.terminal), awaitInterrupt(m.ctx, m.opts.Interrupts))
}

// followLines is what lines want after every message: a key is typed unseen, what
// came too early for a session is done once it is open, and after the last line
// the end of the last answer is that of the program.
func (m *Model) followLines() tea.Cmd {
	if m.lines == nil {
		return nil
	}
	return tea.Batch(m.hush(), m.quitWhenDone())
}

// hush keeps what is typed off the terminal while a key is asked for.
func (m *Model) hush() tea.Cmd {
	l := m.lines
	_, secret := m.over.(*firstRun)
	if !l.terminal || l.hushing || secret == l.hushed {
		return nil
	}
	l.hushing = true
	in := m.opts.Input
	return func() tea.Msg { return hushedMsg{secret, setEcho(in.Fd(), !secret)} }
}

func (m *Model) onHushed(msg hushedMsg) {
	l := m.lines
	l.hushing, l.hushed = false, msg.hushed
	if msg.err != nil && msg.hushed {
		l.say("This terminal shows what you paste.")
	}
}

// onLines takes what was typed.
func (m *Model) onLines(msg linesReadMsg) tea.Cmd {
	l := m.lines
	if l.terminal && !msg.ended {
		l.open, l.prompted = false, "" // the terminal showed the line and its end
	}
	l.ended = msg.ended
	if !msg.ended || msg.text != "" {
		l.ahead = append(l.ahead, msg.text)
	}
	if msg.ended && m.turn.live {
		l.say("groqchat quits when the answer has ended.")
	}
	return m.heed()
}

// heed does what was typed, line by line, and asks for more. It waits where a line
// leaves the session: what follows is for the next one.
func (m *Model) heed() tea.Cmd {
	l := m.lines
	var all []tea.Cmd
	for len(l.ahead) > 0 && !l.leaving {
		l.tellChanges(m) // of the line before, which this one may take away
		text := l.ahead[0]
		l.ahead = l.ahead[1:]
		first, rest, several := strings.Cut(text, "\n")
		if several && l.begun == "" && (m.over != nil || m.knows(first)) {
			text, l.ahead = first, append([]string{rest}, l.ahead...)
		}
		all = append(all, m.obey(text))
	}
	switch {
	case l.leaving:
	case !l.ended:
		all = append(all, readLines(m.opts.Input, l.terminal))
	case l.terminal && !m.turn.live: // it may ask before it quits
		l.ended = false
		all = append(all, m.quit(), readLines(m.opts.Input, l.terminal))
	}
	return tea.Batch(all...)
}

// departs notes that the session is to be left for another one.
func (l *lineMode) departs() {
	if l != nil {
		l.leaving = true
	}
}

// arrived goes on with what was typed for another session, once it is open or
// cannot be.
func (m *Model) arrived(cmd tea.Cmd) tea.Cmd {
	if m.lines == nil || !m.lines.leaving {
		return cmd
	}
	m.lines.leaving = false
	return tea.Batch(cmd, m.heed())
}

// quitWhenDone quits when no more lines come and the last answer has ended.
func (m *Model) quitWhenDone() tea.Cmd {
	l := m.lines
	if !l.ended || l.leaving || m.turn.live || m.attaching.reading > 0 || len(m.queue) > 0 {
		return nil
	}
	return m.quitNow()
}

// obey runs a command, answers what was asked, or sends a message.
func (m *Model) obey(text string) tea.Cmd {
	l := m.lines
	if !l.terminal {
		l.quoteTyped(text)
	}
	m.focusInput() // what was chosen on the way is no message that commands are for
	if m.over != nil {
		return m.answerOverlay(text)
	}
	if before, goesOn := strings.CutSuffix(text, `\`); goesOn {
		l.begun += before + "\n"
		return nil
	}
	text, l.begun = l.begun+text, ""
	switch kept := m.composer.text(); {
	case strings.TrimSpace(text) != "":
		l.typed = strings.TrimSpace(text)
		m.composer.setText(text)
	case isCommand(strings.TrimSpace(kept)):
		m.composer.setText("")
	default:
		l.typed = strings.TrimSpace(kept)
	}
	l.told.kept = "" // what comes back is said again
	return m.send()
}

// quoteTyped shows what was typed where no terminal does.
func (l *lineMode) quoteTyped(text string) {
	if l.prompted == "" || l.prompted == promptKey {
		return
	}
	l.prompted, l.open = "", false
	l.quote(text)
}

// knows reports whether a line is one of the commands.
func (m *Model) knows(line string) bool {
	name, _, _ := strings.Cut(strings.TrimPrefix(line, "/"), " ")
	for _, c := range m.commands {
		if c.name == name && isCommand(line) {
			return true
		}
	}
	return false
}

// onInterrupted is ctrl+c: it leaves what is open, stops the answer, drops what
// was begun, and quits when pressed again.
func (m *Model) onInterrupted() tea.Cmd {
	l := m.lines
	again := awaitInterrupt(m.ctx, m.opts.Interrupts)
	first, asking := m.over.(*firstRun)
	switch {
	case asking && !first.refused:
		return m.quit()
	case m.over != nil && !m.turn.live:
		return tea.Batch(again, m.leaveOverlay())
	case m.turn.live, !m.editing.on() && l.begun == "" && m.composer.empty():
		return tea.Batch(again, m.interrupt())
	case m.editing.on():
		return tea.Batch(again, m.cancelEdit())
	}
	l.begun, l.told.kept = "", ""
	m.composer.clear()
	m.files = nil
	return tea.Batch(again, m.notice.say(toneInfo, "Dropped."))
}
