package ui

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// told is what was said already, so that it is said once.
type told struct {
	session string
	head    string // the end of what is shown
	asked   string // the last question
	notice  int    // generation
	said    string // its text
	over    overlay
	list    string // what was said of it
	kept    string // what waits in the input
	opener  string
	heard   map[string]bool // messages that were said as a whole
	files   string          // what goes with the next message
	queue   int
	answer  toldAnswer
}

// tell says what changed, and asks for more.
func (l *lineMode) tell(m *Model) {
	l.tellChanges(m)
	l.prompt(l.wanted(m))
	l.flush(m.out)
}

// tellChanges says what changed.
func (l *lineMode) tellChanges(m *Model) {
	l.tellAnswer(m)
	if l.told.session == "" { // who sits down hears first before what
		l.tellSession(m)
	}
	l.tellNotice(m)
	l.tellWait(m)
	l.tellSession(m)
	l.tellPlace(m)
	l.tellOverlay(m)
	l.tellOpener(m)
	l.tellWaiting(m)
}

// promptKey asks for a key.
const promptKey = "Key: "

// wanted is the prompt for what may be typed now, "" for nothing.
func (l *lineMode) wanted(m *Model) string {
	_, asking := m.over.(*firstRun)
	switch {
	case l.ended, l.leaving, l.closing, l.away, !l.settled, m.reads(), m.attaching.reading > 0, l.terminal && asking != l.hushed:
		return ""
	case asking:
		return promptKey
	case m.turn.live:
		return ""
	case m.speaks():
		return "Recording: "
	case m.over != nil:
		return "Number: "
	case l.begun != "":
		return "More: "
	}
	return "You: "
}

// tellSession says which session is open, and where in it one is, when that has
// changed by anything but an answer.
func (l *lineMode) tellSession(m *Model) {
	t := &l.told
	switch first := t.session == ""; {
	case t.session != m.conv.ID:
		t.session, t.head = m.conv.ID, m.conv.Head
		l.introduce(m, first)
	case m.turn.live || t.head == m.conv.Head:
		return
	case m.conv.Head == "":
		l.say("The conversation is empty now.")
	default:
		l.say("This is the last exchange now.")
		l.exchange(m)
	}
	t.head = m.conv.Head
}

// introduce says what somebody has before them who cannot see a screen.
func (l *lineMode) introduce(m *Model, first bool) {
	if first && !l.going {
		l.say("groqchat in lines, " + m.talkingTo() + ". Write a question, or /help for what else there is; " +
			"ctrl+c stops an answer, ctrl+d on an empty line quits.")
	}
	if first && m.readOnly == "" { // which a notice says
		l.say(strings.Replace(m.standing(), "It is temporary", "This is a temporary chat", 1))
	}
	path := m.conv.Path()
	if len(path) == 0 {
		return
	}
	l.say(fmt.Sprintf("The session “%s”, %s. Its last exchange:", safe.Line(m.conv.Title, 200), plural(len(path), "message")))
	l.exchange(m)
}

// exchange says the last question and its answer.
func (l *lineMode) exchange(m *Model) {
	path := m.conv.Path()
	from := len(path)
	for from > 0 && (from == len(path) || path[from].Role != chat.User) {
		from--
	}
	for _, msg := range path[from:] {
		l.message(msg)
	}
}

// message says a message that is whole.
func (l *lineMode) message(msg chat.Message) {
	text := strings.TrimLeft(asked(msg), "\n")
	if l.told.heard[msg.ID] {
		text = beginning(text)
	}
	if l.hear(msg.ID); msg.Role == chat.User {
		l.told.asked = msg.ID
		l.quote("You: " + text)
		return
	}
	l.quote(safe.Line(chat.ShortModel(msg.Model), 60) + ": " + text)
	if msg.State != chat.Complete || len(howEnded(msg)) > 0 {
		l.say(outcome(msg))
	}
}

// whole says a message although it was said before.
func (l *lineMode) whole(msg chat.Message) {
	delete(l.told.heard, msg.ID)
	l.message(msg)
}

// points has a message said to which one was led.
func (l *lineMode) points(id string) {
	if l != nil {
		l.place = id
	}
}

// tellPlace says it, below the session in which it is.
func (l *lineMode) tellPlace(m *Model) {
	for _, msg := range m.conv.Path() {
		if msg.ID == l.place {
			l.say("The message:")
			l.whole(msg)
		}
	}
	l.place = ""
}

// hear notes that a message was said as a whole.
func (l *lineMode) hear(id string) {
	if l.told.heard == nil {
		l.told.heard = map[string]bool{}
	}
	l.told.heard[id] = true
}

// toldAgain is how much is said of a message that was said before, cells.
const toldAgain = 200

// beginning is how a text begins of which the rest is known.
func beginning(text string) string {
	if ansi.StringWidth(strings.Join(strings.Fields(safe.Text(text)), " ")) <= toldAgain {
		return text
	}
	return safe.Line(text, toldAgain) + " /read says it whole."
}

// thought says what a model thought before an answer.
func (l *lineMode) thought(msg chat.Message) {
	l.say("What " + safe.Line(chat.ShortModel(msg.Model), 60) + " thought:")
	l.quote(msg.Reasoning)
}

// tellNotice says a notice when it is new.
func (l *lineMode) tellNotice(m *Model) {
	n := &m.notice
	if l.told.notice == n.generation {
		return
	}
	l.told.notice = n.generation
	again := n.text == l.told.said && m.turn.waits() // of a question that is sent again and again
	if l.told.said = n.text; n.text == "" || again {
		return
	}
	kind := [...]string{"", "Warning: ", "Error: "}[n.tone]
	if m.conv.CanContinue() && n.text == end(m.goOn()) {
		kind = "" // what happened was said with the answer: this is only the way on
	}
	l.say(kind + n.text)
}

// tellWaiting says what waits to be sent.
func (l *lineMode) tellWaiting(m *Model) {
	t := &l.told
	if n := len(m.queue); n > t.queue {
		l.say("It is sent when the answer has ended.")
	}
	t.queue = len(m.queue)
	var names []string
	for _, f := range m.files {
		names = append(names, safe.Line(f.Name, 100))
	}
	if files := strings.Join(names, ", "); files != t.files {
		t.files = files
		if files != "" {
			l.say("With the next message: " + files + ".")
		}
	}
	if !m.turn.live && m.over == nil {
		l.tellKept(m)
	}
}

// tellKept says what stands in the input: a question that came back, a draft, a
// message to be edited.
func (l *lineMode) tellKept(m *Model) {
	text := strings.TrimSpace(m.composer.text())
	if isCommand(text) {
		text = ""
	}
	if text == l.told.kept {
		return
	}
	l.told.kept = text
	switch {
	case text == "":
	case m.editing.on():
		l.say(fmt.Sprintf("Your message %d:", m.editing.number))
		l.quote(text)
		l.say("Write it anew; an empty line asks it as it stands, ctrl+c leaves it.")
	default:
		l.say("Not sent:")
		l.quote(text)
		l.say("An empty line sends it, another message takes its place.")
	}
}

// spokenTime is how long something took or takes, in words.
func spokenTime(d time.Duration) string {
	switch s := d.Seconds(); {
	case d > 0 && d%time.Second == 0 && d < time.Minute:
		return plural(int(s), "second")
	case s < 0.005:
		return "no time"
	case s < 0.1:
		return fmt.Sprintf("%.2f seconds", s)
	case s < 9.95:
		return fmt.Sprintf("%.1f seconds", s)
	}
	s := int(d.Round(time.Second) / time.Second)
	if s < 2*60 {
		return plural(s, "second")
	}
	return strings.TrimSuffix(plural(s/60, "minute")+" "+plural(s%60, "second"), " 0 seconds")
}
