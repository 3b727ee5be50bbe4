package ui

import (
	"fmt"
	"strings"
	"time"

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
	files   string // what goes with the next message
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
	l.tellSession(m)
	l.tellNotice(m)
	l.tellOverlay(m)
	l.tellWaiting(m)
}

// promptKey asks for a key.
const promptKey = "Key: "

// wanted is the prompt for what may be typed now, "" for nothing.
func (l *lineMode) wanted(m *Model) string {
	first, asking := m.over.(*firstRun)
	find, searching := m.over.(*finder)
	switch {
	case l.ended, l.leaving, asking && first.working, l.terminal && asking != l.hushed:
		return ""
	case asking:
		return promptKey
	case m.turn.live, searching && !find.known && !find.words.empty():
		return ""
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
	if first {
		l.say("groqchat in lines. Write a question, or /help for what else there is; " +
			"ctrl+c stops an answer, ctrl+d on an empty line quits.")
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
	if msg.Role == chat.User {
		l.told.asked = msg.ID
		l.quote("You: " + asked(msg))
		return
	}
	l.quote(safe.Line(chat.ShortModel(msg.Model), 60) + ": " + strings.TrimLeft(msg.Content, "\n"))
	if msg.State != chat.Complete || len(howEnded(msg)) > 0 {
		l.say(outcome(msg))
	}
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
	l.say([...]string{"", "Warning: ", "Error: "}[n.tone] + n.text)
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
