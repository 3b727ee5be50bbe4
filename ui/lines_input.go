package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// linesReadMsg is what was typed: a line, or several that came at once, without
// the end of the last one.
type linesReadMsg struct {
	text  string
	ended bool // no more come, as after ctrl+d

	columns int // of the terminal that is written to, 0: not known
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
	case settledMsg:
		m.lines.settled = m.lines.settled || msg.pace == m.lines.paces
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
	return tea.Batch(m.readMore(), awaitInterrupt(m.ctx, m.opts.Interrupts))
}

// followLines is what lines want after every message: a key is typed unseen, what
// came too early for a session is done once it is open, and after the last line
// the end of the last answer is that of the program.
func (m *Model) followLines() tea.Cmd {
	if m.lines == nil {
		return nil
	}
	return tea.Batch(m.heed(), m.hush(), m.quitWhenDone())
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
		l.open, l.prompted = false, ""
		l.margin.begin() // the terminal showed the line and its end
	}
	l.reading, l.ended, l.margin.columns = false, msg.ended, msg.columns
	if !msg.ended || msg.text != "" {
		l.ahead = append(l.ahead, msg.text)
	}
	if msg.ended && l.terminal && m.turn.live {
		l.say("groqchat quits when the answer has ended.")
	}
	return m.heed()
}

// heeds reports whether a line can be done now. What follows one that leaves the
// session is for the next one; files go with the message behind them; and who wrote
// all lines beforehand meant each for the end of what the one before it began.
func (m *Model) heeds(line string) bool {
	l := m.lines
	switch {
	case l.leaving, l.closing, l.away, m.attaching.reading > 0:
		return false
	case l.terminal, m.turn.live && (line == "/stop" || line == "/quit"):
		return true
	}
	return !m.turn.live && l.settled && !m.reads()
}

// reads reports whether what is open is still being found.
func (m *Model) reads() bool {
	switch over := m.over.(type) {
	case *picker:
		return over.searches()
	case *finder:
		return !over.known && !over.words.empty()
	case *firstRun:
		return over.working
	case *voice:
		return over.rec == nil || over.writing
	}
	return false
}

// heed does what was typed, line by line, and asks for more.
func (m *Model) heed() tea.Cmd {
	l := m.lines
	var all []tea.Cmd
	for len(l.ahead) > 0 && m.heeds(l.ahead[0]) {
		l.tellChanges(m) // of the line before, which this one may take away
		if !l.terminal { // there the prompt and the line are shown together
			l.prompt(l.wanted(m))
		}
		text := l.ahead[0]
		l.ahead = l.ahead[1:]
		first, rest, several := strings.Cut(text, "\n")
		if several && l.begun == "" && (m.over != nil || m.knows(first)) {
			text, l.ahead = first, append([]string{rest}, l.ahead...)
		}
		all = append(all, m.obey(text))
	}
	if l.ended && l.terminal && !l.leaving && !m.turn.live { // it may ask before it quits
		l.ended = false
		all = append(all, m.quit())
	}
	return tea.Batch(append(all, m.readMore())...)
}

// readMore asks for the next line, unless one is asked for, others wait, or what
// follows is for somebody else: no line is read before it can be done.
func (m *Model) readMore() tea.Cmd {
	l := m.lines
	if l.reading || l.leaving || l.closing || l.away || l.ended || len(l.ahead) > 0 {
		return nil
	}
	l.reading = true
	return readLines(m.opts.Input, m.opts.Output, l.terminal)
}

// settleTime is how long the next prompt waits for what a command says, so that it
// stands below it.
const settleTime = 150 * time.Millisecond

// settledMsg says that a command had its time.
type settledMsg struct{ pace int }

// settle lets a command speak first.
func (l *lineMode) settle() tea.Cmd {
	l.settled = false
	l.paces++
	pace := l.paces
	return tea.Tick(settleTime, func(time.Time) tea.Msg { return settledMsg{pace} })
}

// departs notes that the session is to be left for another one.
func (l *lineMode) departs() {
	if l != nil {
		l.leaving = true
	}
}

// lends gives the terminal to an editor, and reports whether there is one: what is
// typed is not read meanwhile.
func (l *lineMode) lends() bool {
	if l == nil {
		return true
	}
	l.away = l.terminal
	return l.terminal
}

// back takes it again.
func (l *lineMode) back() {
	if l != nil {
		l.away = false
	}
}

// closes notes that the program ends: nothing is asked for any more.
func (l *lineMode) closes() {
	if l != nil {
		l.closing = true
	}
}

// unheeded is what was typed and not done yet, for who goes on; nil where nobody
// types lines.
func (l *lineMode) unheeded() []string {
	if l == nil {
		return nil
	}
	return append([]string{}, l.ahead...)
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
	if !l.ended || l.leaving || m.turn.live || m.attaching.reading > 0 || len(m.queue)+len(l.ahead) > 0 || !l.settled {
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
		return tea.Batch(m.answerOverlay(text), l.settle())
	}
	if before, goesOn := strings.CutSuffix(text, `\`); goesOn {
		l.begun += before + "\n"
		return nil
	}
	text, l.begun = l.begun+text, ""
	switch kept := m.composer.text(); {
	case isCommand(text):
		return tea.Batch(m.command(text, kept), l.settle())
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

// command runs a command. What was not sent before is still not sent after it.
func (m *Model) command(line, kept string) tea.Cmd {
	m.composer.setText(line)
	cmd := m.send()
	if m.composer.empty() || isCommand(m.composer.text()) && !isCommand(strings.TrimSpace(kept)) {
		m.composer.setText(kept)
	} else {
		m.composer.remember(kept)
	}
	return cmd
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
