package ui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// toldAnswer is how much was said of the answer under way; the zero value is none.
type toldAnswer struct {
	turn     int
	id       string // of the message, "" for none
	shown    int    // bytes of its text
	thinking bool
	silent   bool
	ended    int       // racers whose end was said
	until    time.Time // of the wait that was said
	spoke    time.Time // when something of it was said last
}

// tellAnswer says what came of the answer, as it comes.
func (l *lineMode) tellAnswer(m *Model) {
	a := &l.told.answer
	if a.id != "" && (!m.turn.live || m.turn.id != a.turn) {
		l.endAnswer(m)
	}
	if !m.turn.live {
		return
	}
	if m.turn.id != a.turn {
		l.beginAnswer(m)
	}
	before := l.text.Len()
	l.tellRace(m)
	if answer := m.conv.Pending(); answer != nil && a.id != "" {
		l.tellText(answer)
		l.tellSilence(m)
	}
	if l.text.Len() > before {
		a.spoke = m.clock
	}
	l.tellPatience(m)
}

// tellRace says which models have answered.
func (l *lineMode) tellRace(m *Model) {
	if len(m.race.lanes) == 0 {
		return
	}
	a, ended := &l.told.answer, 0
	for _, r := range m.racers() {
		if r.msg.ID != "" && r.msg.State != chat.Pending {
			ended++
		}
	}
	if ended > a.ended && ended <= len(m.race.lanes) { // the last one ends the race
		a.ended = ended
		l.say(strconv.Itoa(ended) + " of " + plural(len(m.race.lanes)+1, "answer") + " came to the end.")
	}
}

// patienceTime is how long nothing is said of an answer before that is said.
const patienceTime = 30 * time.Second

// tellPatience says now and then that an answer is still waited for.
func (l *lineMode) tellPatience(m *Model) {
	a, t := &l.told.answer, &m.turn
	if a.spoke.IsZero() || m.clock.Sub(a.spoke) < patienceTime || t.stopping {
		return
	}
	a.spoke = m.clock
	switch {
	case t.wait != nil:
		l.say("It still waits, " + spokenTime(t.wait.Until.Sub(m.clock).Round(time.Second)) + " to go.")
	case t.silence() > 0:
		l.say("Still nothing, for " + spokenTime(t.silence().Truncate(time.Second)) + ".")
	case m.thinking():
		l.say("Still thinking, for " + spokenTime(m.clock.Sub(t.began).Truncate(time.Second)) + ".")
	default:
		l.say("Still waiting, for " + spokenTime(m.clock.Sub(t.began).Truncate(time.Second)) + ".")
	}
}

// beginAnswer says that a question is asked, and which one if it was not typed just
// now.
func (l *lineMode) beginAnswer(m *Model) {
	a := &l.told.answer
	*a = toldAnswer{turn: m.turn.id, spoke: m.clock}
	answer := m.conv.Pending()
	if answer == nil {
		return
	}
	if i := slices.IndexFunc(m.conv.Messages, func(msg chat.Message) bool { return msg.ID == answer.Parent }); i >= 0 {
		question := m.conv.Messages[i]
		if question.ID != l.told.asked && question.Content != l.typed && !question.IsSummary() {
			l.quote("You: " + asked(question))
		}
		l.told.asked = question.ID
		l.hear(question.ID)
	}
	if l.told.head = answer.ID; len(m.race.lanes) > 0 {
		l.say("Asking several models…")
		return
	}
	a.id, a.shown = answer.ID, len(answer.Content)
	if answer.IsSummary() {
		l.say("Summing up the older turns…")
		return
	}
	l.say("Answering…")
}

// tellWait says how long a question waits before it is sent; why is said by the
// notice.
func (l *lineMode) tellWait(m *Model) {
	w, a := m.turn.wait, &l.told.answer
	if w == nil || !m.turn.live || w.Until.Equal(a.until) {
		return
	}
	a.spoke = m.clock
	if a.until = w.Until; w.Until.Sub(m.clock) < time.Second {
		return
	}
	what := " before it is sent again."
	if w.Cause == nil || chat.KindOf(w.Cause) == chat.RateLimited {
		what = " for the limit."
	}
	l.say("Waiting " + spokenTime(w.Until.Sub(m.clock).Round(time.Second)) + what)
}

// tellText adds what came of the text, in whole words.
func (l *lineMode) tellText(answer *chat.Message) {
	a := &l.told.answer
	if answer.Content == "" {
		if answer.Reasoning != "" && !a.thinking {
			a.thinking = true
			l.say("Thinking…")
		}
		return
	}
	if len(answer.Content) < a.shown { // what there was of it was cut back to where it goes on
		a.shown = len(answer.Content)
	}
	n := wholeWords(answer.Content[a.shown:])
	l.add(safe.Text(answer.Content[a.shown : a.shown+n]))
	a.shown += n
	if n > 0 {
		a.silent, l.prompted = false, ""
	}
}

// longestWord is how much without a blank is held back for its end, bytes: some
// scripts have no blanks.
const longestWord = 60

// wholeWords is how much of a text are words that have come to their end.
func wholeWords(text string) int {
	n := strings.LastIndexAny(text, " \n\t") + 1
	if rest := text[n:]; len(rest) > longestWord {
		n += safe.Whole(rest)
	}
	return n
}

// tellSilence says once that nothing comes.
func (l *lineMode) tellSilence(m *Model) {
	a := &l.told.answer
	if d := m.turn.silence(); d > 0 && !a.silent {
		a.silent = true
		l.say("Nothing came for " + spokenTime(d.Truncate(time.Second)) + "; ctrl+c stops the answer.")
	}
}

// endAnswer says the rest of an answer, and how it ended.
func (l *lineMode) endAnswer(m *Model) {
	a := &l.told.answer
	id := a.id
	a.id, l.told.head = "", m.conv.Head
	i := slices.IndexFunc(m.conv.Messages, func(msg chat.Message) bool { return msg.ID == id })
	if i < 0 { // nothing came, and the question is in the input again
		if m.turn.failure == nil {
			l.say("Stopped.")
		}
		return
	}
	msg := m.conv.Messages[i]
	if msg.Content == "" && m.turn.failure != nil {
		return // the notice says it
	}
	l.add(safe.Text(msg.Content[min(a.shown, len(msg.Content)):]))
	l.hear(id)
	l.say(outcome(msg))
}

// outcome is how an answer ended, as a sentence such as "Done, 312 tokens in 0.8 seconds".
func outcome(msg chat.Message) string {
	said := "Done"
	switch msg.State {
	case chat.Stopped:
		said = "Stopped"
	case chat.Interrupted, chat.Failed:
		said = "Broken off"
		if msg.Error != "" {
			said += ": " + strings.TrimRight(safe.Line(msg.Error, 400), ".")
		}
	case chat.Complete, chat.Pending:
	}
	if figures := spokenFigures(msg); figures != "" {
		said += ", " + figures
	}
	if msg.Cached {
		said += ", given from the cache"
	}
	if msg.State == chat.Complete {
		said = strings.Join(append([]string{said}, howEnded(msg)...), ", ")
	}
	said += "."
	if msg.State != chat.Complete && msg.Content != "" {
		said += " What came is kept."
	}
	return said
}
