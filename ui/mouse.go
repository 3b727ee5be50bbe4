package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/safe"
)

// The mouse: where the button is pressed decides what the drag and the release are
// for. A drag marks; a click chooses in a list and takes what is chosen already,
// closes what it is beside, and copies the code or the link that it is on. What
// happens by a click happens on the release, since a press may begin a drag.

// pointer is the mouse, from a press to the release and to the next press.
type pointer struct {
	held    held
	over    overlay   // that was open when the button was pressed
	area    textArea  // of heldText
	from    editorPos // of heldInput
	x, y    int
	pressed time.Time
	clicks  int // at the same place, one soon after the other: 1 to 3
}

// held is what the button was pressed on.
type held int

const (
	heldNothing held = iota
	heldText         // a transcript
	heldSheet        // an overlay
	heldInput        // the composer
	heldPopup        // a row of the suggestions
	heldFiles        // a row of the files that a word may name
)

const (
	// clickTime is how soon a click must follow another one to count with it.
	clickTime = 400 * time.Millisecond
	// focusTime is how long a click is only for the window that it brings to the front.
	focusTime = 100 * time.Millisecond
	// wheelRows is how far one notch of the wheel scrolls.
	wheelRows = 3
)

// wheelBy is by how many rows a turn of the wheel scrolls.
func wheelBy(msg tea.MouseWheelMsg) int {
	switch msg.Button {
	case tea.MouseWheelUp:
		return -wheelRows
	case tea.MouseWheelDown:
		return wheelRows
	default: // sideways
		return 0
	}
}

// onWheel scrolls what the mouse is over.
func (m *Model) onWheel(msg tea.MouseWheelMsg) {
	m.mouse.clicks = 0
	by := wheelBy(msg)
	if by == 0 {
		m.changed = false
		return
	}
	if m.rollOver(by, msg.Y) {
		return
	}
	top, follow := m.transcript.top, m.transcript.follow
	m.transcript.scroll(by)
	m.changed = m.transcript.top != top || m.transcript.follow != follow
}

// rollOver scrolls what stands over the transcript, and reports whether anything
// there does.
func (m *Model) rollOver(by, y int) bool {
	if m.over == nil {
		return m.rollSuggestions(by, y)
	}
	if y < m.sheet.top {
		return false
	}
	switch over := m.over.(type) {
	case *raceView:
		over.scroll(by)
	case *reader:
		over.alone.scroll(by)
	case *page:
		over.scroll(by)
	case *snippetPage:
		over.page.scroll(by)
	case listed:
		if p, ok := over.(*picker); ok {
			p.pinned = false
		}
		if m.mayLeave() {
			over.listing().roll(by)
		}
	case *firstRun:
	default:
		return false
	}
	return true
}

// rollSuggestions moves in the list above the input that the mouse is over.
func (m *Model) rollSuggestions(by, y int) bool {
	p, c := &m.popup, &m.completion
	switch {
	case m.completes() && c.touch.at(y) >= 0:
		listing{c.touch, &c.at, len(c.hits)}.roll(by)
		c.chosen = true
	case m.completing() && p.touch.at(y) >= 0:
		listing{p.touch, &p.at, len(p.rows)}.roll(by)
		p.chosen = true
	default:
		return false
	}
	return true
}

// press notes where the button was pressed. A click soon after another one at the
// same place counts with it.
func (p *pointer) press(msg tea.Mouse, over overlay, now time.Time) {
	clicks := 1
	if msg.X == p.x && msg.Y == p.y && over == p.over && now.Sub(p.pressed) < clickTime {
		clicks = p.clicks%int(byPart) + 1
	}
	*p = pointer{over: over, x: msg.X, y: msg.Y, pressed: now, clicks: clicks}
}

// onClick takes hold of what the button is pressed on.
func (m *Model) onClick(msg tea.Mouse) {
	m.changed = m.unmark()
	p := &m.mouse
	p.press(msg, m.over, m.clock)
	if msg.Button != tea.MouseLeft || m.regions.tooSmall || m.clock.Sub(m.attention.since) < focusTime {
		return
	}
	if area, ok := m.textUnder(msg.X, msg.Y); ok {
		p.held, p.area = heldText, area
		m.changed = area.begin(p) || m.changed
		return
	}
	if m.over != nil {
		m.sheet.begin(p)
		m.changed = true
		return
	}
	m.takeHold(msg)
}

// takeHold takes hold of what stands below and over the transcript of the chat.
func (m *Model) takeHold(msg tea.Mouse) {
	p, r := &m.mouse, m.regions
	switch {
	case m.completes() && m.completion.touch.at(msg.Y) >= 0:
		p.held = heldFiles
	case m.suggesting() && m.popup.touch.at(msg.Y) >= 0:
		p.held = heldPopup
	case m.focused() && msg.Y >= r.composerTop() && msg.Y < r.composerTop()+r.composer:
		m.focusInput()
		m.changed = true
	case msg.Y >= r.composerTop() && msg.Y < r.composerTop()+r.composer:
		p.held, m.changed = heldInput, true
		p.from = m.composer.press(r.width, r.composer, msg.X, msg.Y-r.composerTop(), unit(p.clicks))
	}
}

// onDrag marks up to where the mouse is. At the edge of the window, the text moves.
func (m *Model) onDrag(msg tea.Mouse) {
	p, r := &m.mouse, m.regions
	m.changed = p.held != heldNothing && m.over == p.over
	if !m.changed {
		return
	}
	switch p.held {
	case heldText:
		p.area.drag(msg)
	case heldSheet:
		m.dragSheet(msg)
	case heldInput:
		m.composer.drag(r.width, r.composer, msg.X, msg.Y-r.composerTop(), p.from)
	case heldNothing, heldPopup, heldFiles:
		m.changed = false
	}
}

// onRelease copies what is marked; where nothing is, it was a click.
func (m *Model) onRelease() tea.Cmd {
	p := &m.mouse
	was := p.held
	p.held = heldNothing
	if m.changed = was != heldNothing; !m.changed {
		return nil
	}
	if m.marks() != nil {
		return m.copyMarked()
	}
	if m.over != p.over { // it came meanwhile
		return nil
	}
	switch was {
	case heldText:
		return m.clickText(p.area)
	case heldSheet:
		return m.clickSheet()
	case heldPopup:
		return m.clickPopup()
	case heldFiles:
		return m.clickFiles()
	case heldNothing, heldInput:
	}
	return nil
}

// clickText is a click on a transcript: beside what is open it closes that. A code's
// first line and a link are copied, and a message is chosen by what stands left of
// it, or by any of it while the messages have the focus.
func (m *Model) clickText(area textArea) tea.Cmd {
	if m.beside() {
		return m.dismiss()
	}
	if race, racing := m.over.(*raceView); racing {
		race.chooseUnder(area)
	}
	t := area.t
	p, ok := area.at(m.mouse.x, m.mouse.y)
	if !ok {
		return m.clickWelcome()
	}
	if link := linkAt(t.styledRow(p.place), p.x, t.widths); link != "" {
		return m.clipAs("Copied", safe.Line(link, linkShown), link)
	}
	if code, ok := t.codeAt(p.place); ok {
		return m.takeCode(code, "")
	}
	if chosen := m.over == nil && (m.focused() || p.x < leftMargin); chosen {
		t.chosen = t.items[p.item].msg.ID
	}
	return nil
}

// linkShown is how much of a link is told that was copied, cells.
const linkShown = 50

// beside reports whether the mouse is beside an overlay that a click closes: the
// search in the conversation looks at the text, and a recording would be lost.
func (m *Model) beside() bool {
	if m.over == nil || m.mouse.y >= m.sheet.top || m.surprises(m.over) {
		return false
	}
	switch m.over.(type) {
	case *finder, *voice:
		return false
	}
	return true
}

// clickSheet is a click on an overlay: it chooses, and takes what is chosen; below
// what is to be read it closes that.
func (m *Model) clickSheet() tea.Cmd {
	y := m.mouse.y - m.sheet.top
	if over, ok := m.over.(listed); ok {
		l := over.listing()
		if i := l.touch.at(y); i >= 0 && !m.surprises(over) && m.mayLeave() && m.chooses(l, i) {
			return m.give(over.take(m))
		}
		if p, ok := over.(*picker); ok {
			p.pinned = true
		}
		return nil
	}
	switch m.over.(type) {
	case *page, *snippetPage, *reader:
		if y == len(m.sheet.rows)-1 {
			return m.dismiss()
		}
	}
	return nil
}

// chooses selects the choice that was clicked, and reports whether it is to be taken:
// when it was selected already, or with the second of two quick clicks, by when the
// list may have moved.
func (m *Model) chooses(l listing, i int) bool {
	return m.mouse.clicks > int(byCell) || l.choose(i)
}

// mayLeave takes what is typed as the value of a parameter; ok is false if it is
// none, and stays.
func (m *Model) mayLeave() (ok bool) {
	t, tunes := m.over.(*tuner)
	if tunes && t.typing {
		t.commit(m)
		return !t.typing
	}
	return true
}

// clickPopup chooses a suggestion, and puts one that is chosen into the input.
func (m *Model) clickPopup() tea.Cmd {
	p := &m.popup
	i := p.touch.at(m.mouse.y)
	if i < 0 || !m.completing() {
		return nil
	}
	l := listing{p.touch, &p.at, len(p.rows)}
	if m.chooses(l, i) {
		return m.popupAccept()
	}
	p.chosen = true
	return nil
}

// clickFiles does that for a file.
func (m *Model) clickFiles() tea.Cmd {
	c := &m.completion
	i := c.touch.at(m.mouse.y)
	if i < 0 || !m.completes() {
		return nil
	}
	l := listing{c.touch, &c.at, len(c.hits)}
	if m.chooses(l, i) {
		return m.acceptCompletion()
	}
	c.chosen = true
	return nil
}

// clickWelcome opens the session of an empty chat's list that is clicked twice.
func (m *Model) clickWelcome() tea.Cmd {
	i := m.recent.touch.at(m.mouse.y)
	if m.over != nil || !m.empty() || i < 0 || m.mouse.clicks < int(byWord) {
		return nil
	}
	return resumeSession(m.recent.sessions[i].ID)(m)
}

// linkAt is the address of the link at a cell of a row, "" for none.
func linkAt(row string, x int, widths ansi.Method) string {
	column, target, state := 0, "", ansi.NormalState
	for row != "" && column <= x {
		piece, cells, n, next := widths.DecodeSequenceInString(row, state, nil)
		row, state = row[n:], next
		if rest, ok := strings.CutPrefix(piece, "\x1b]8;"); ok {
			_, target, _ = strings.Cut(strings.TrimRight(rest, "\a"), ";")
		}
		if column += cells; column > x {
			return target
		}
	}
	return ""
}

// holdsEscape reports whether there is a GNU screen on the way to the terminal, below
// or above a tmux: as long as a program has the mouse it keeps esc back until the next
// key, for it could begin a report of the mouse (seen in 4.09). There the mouse is only
// taken when it is asked for.
func holdsEscape(env []string) bool { return lookup(env, "STY") != "" }

// releaseMouse gives the mouse to the terminal, which marks text in its own way, or
// takes it back.
func (m *Model) releaseMouse() tea.Cmd {
	m.mouseFree = !m.mouseFree
	m.unmark()
	if m.mouseFree {
		return m.notice.say(toneInfo, "The mouse is the terminal's now; "+m.keys.hint("mouse", "takes it back")+".")
	}
	return m.notice.say(toneInfo, "The mouse scrolls and marks here again.")
}
