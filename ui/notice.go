package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// tone says how a notice is coloured and marked; the mark tells it without colour.
type tone int

const (
	toneInfo tone = iota
	toneWarning
	toneError
)

// noticeTime is how long a notice stays that does not need an answer.
const noticeTime = 5 * time.Second

// notice is one line above the composer. Its generation keeps the timer of an
// older notice from taking a newer one away.
type notice struct {
	text       string
	tone       tone
	short      string // what is said instead where there is no room for text, "" for nothing else
	generation int
	older      int // the last generation that was said before the overlay was opened, which is not its own
}

// say shows text for a while.
func (n *notice) say(t tone, text string) tea.Cmd { return n.sayFor(noticeTime, t, text) }

// sayFor shows text as long as it is true.
func (n *notice) sayFor(d time.Duration, t tone, text string) tea.Cmd {
	n.stay(t, text)
	return expire(d, n.generation)
}

// noticeLength bounds a notice, bytes: it has a few rows at the most.
const noticeLength = 2000

// stay shows text until something else replaces or clears it.
func (n *notice) stay(t tone, text string) {
	if len(text) > noticeLength {
		text = strings.ToValidUTF8(text[:noticeLength], "") + "…"
	}
	n.text, n.tone, n.short = text, t, ""
	n.generation++
}

// clear takes the notice away.
func (n *notice) clear() { n.stay(toneInfo, "") }

// onExpired clears the notice that a timer belongs to, and reports whether it did.
func (n *notice) onExpired(msg noticeExpiredMsg) bool {
	if msg.generation != n.generation {
		return false
	}
	n.clear()
	return true
}

// mark stands before the text, so that the tone is not told by colour alone.
func (t tone) mark() string {
	return [...]string{"", "! ", "✗ "}[t]
}

func expire(after time.Duration, generation int) tea.Cmd {
	return tea.Tick(after, func(time.Time) tea.Msg { return noticeExpiredMsg{generation} })
}
