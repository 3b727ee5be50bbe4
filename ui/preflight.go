package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// Before a question is sent, it is held against the model's window and the
// tokens of the minute: a refusal costs a request, and says less.

// load is what a request takes, by our guess, and the room there is.
type load struct {
	prompt int
	room   chat.Room
	info   chat.ModelInfo
}

// weigh guesses what a request takes on a model.
func (m *Model) weigh(req chat.Request, model string) load {
	info := m.catalogue.Find(model)
	l := load{prompt: m.calibration.Scale(req.PromptTokens(info)), info: info, room: chat.Room{Window: info.Context}}
	if q, ok := m.quotas[model]; ok && q.Tokens.Known {
		l.room.Minute, l.room.Left, l.room.Drawn = q.Tokens.Limit, q.Tokens.Left(m.clock), true
		return l
	}
	l.room.Minute = m.limits[limitKey{model, "tokens", "minute"}].Limit
	if l.room.Minute == 0 && m.freeKey() {
		l.room.Minute = info.FreeMinute
	}
	return l
}

// freeKey reports whether the limits of any model are those of a free key: then the
// others have theirs too, also before they have told them.
func (m *Model) freeKey() bool {
	for id, q := range m.quotas {
		if most := m.catalogue.Find(id).FreeMinute; most > 0 && q.Tokens.Known && q.Tokens.Limit == most {
			return true
		}
	}
	return false
}

// draftRequest is what would be sent if text were asked now.
func (m *Model) draftRequest(text string) chat.Request {
	base := m.base()
	req := base.Request()
	req.Messages = append(req.Messages, chat.Message{Role: chat.User, Content: text, Attachments: m.files})
	return req
}

// asksFirst opens a question about a message that would be refused, and reports
// whether it did. The text stays in the composer.
func (m *Model) asksFirst(text string) bool {
	switch {
	case m.keyIn(text, m.files) != "":
		m.over = keyFound(m.keyIn(text, m.files))
	case m.blind(m.files):
		m.over = m.unseen()
	}
	if m.over != nil {
		m.load++ // no other session may come below the question
		return true
	}
	if !m.opts.Config.Preflight {
		return false
	}
	req := m.draftRequest(text)
	l := m.weigh(req, m.conv.Model)
	defer func() {
		if m.over != nil {
			m.load++ // no other session may come below the question
		}
	}()
	switch l.room.Fit(l.prompt) {
	case chat.OverWindow:
		m.over = m.tooLong(req, l, l.room.Window, "the model can hold "+tokens(l.room.Window))
	case chat.OverMinute:
		m.over = m.tooLong(req, l, l.room.Minute, "the limit of a minute is "+tokens(l.room.Minute))
	case chat.OverNow:
		m.over = m.tooSoon(req, l)
	default:
		return false
	}
	return true
}

// keyIn says what of a message holds an API key: its text, or a file by its name or
// by its text; "" for nothing.
func (m *Model) keyIn(text string, files []chat.Attachment) string {
	if m.opts.Config.HoldsKey(text) {
		return "This message"
	}
	for _, f := range files {
		switch {
		case m.opts.Config.HoldsKey(f.Name):
			return "The name of a file" // which is not shown: it is the key
		case m.opts.Config.HoldsKey(f.Text):
			return "The file " + safe.Line(f.Name, nameShown)
		}
	}
	return ""
}

// nameShown is how much of a file's name a question shows, cells.
const nameShown = 60

// keyFound asks before a key goes into a message: it would be in the session, and
// with whoever runs the server.
func keyFound(where string) *dialog {
	return &dialog{
		title: "A key in the message", closing: "change the message",
		text:    where + " holds what looks like an API key. It would be sent to the model and saved with the session.",
		choices: []choice{option("Send it all the same", "", (*Model).sendNow)},
	}
}

// tooLong offers what can be done with a message that will never pass as it is.
func (m *Model) tooLong(req chat.Request, l load, most int, why string) *dialog {
	before := ""
	if len(req.Messages) > 1 {
		before = " with what came before it"
	}
	d := &dialog{
		title: "Too long", closing: "change the message",
		text: fmt.Sprintf("This message takes about %s tokens%s, but %s.", chat.Count(l.prompt), before, why),
	}
	if n, fits := req.Excess(l.info, m.calibration, most-leastRoom); fits && n > 0 {
		d.choices = append(d.choices, option("Leave out "+plural(n, "old message"), leftOut(req.Messages[:n]), sendSince(req.Messages[n].ID)))
	}
	d.choices = append(d.choices, m.elsewhere(req, 0, (*Model).sendDraftTo)...)
	d.choices = append(d.choices, option("Send it all the same", "", (*Model).sendNow))
	return d
}

// tooSoon offers what can be done with a message that passes a little later.
func (m *Model) tooSoon(req chat.Request, l load) *dialog {
	limit := m.quotas[m.conv.Model].Tokens
	d := &dialog{
		title: "No room in this minute", closing: "change the message",
		text: fmt.Sprintf("This message takes about %s tokens, and %s has %s left for this minute.",
			chat.Count(l.prompt), l.info.Short(), chat.Count(l.room.Left)),
	}
	if wait := limit.RoomIn(l.prompt+leastRoom, m.clock); wait > 0 {
		d.choices = append(d.choices, option("Wait "+chat.Wait(wait)+" and send it", "", func(m *Model) tea.Cmd { return m.sendLater(wait) }))
	}
	d.choices = append(d.choices, m.elsewhere(req, 0, (*Model).sendDraftTo)...)
	d.choices = append(d.choices, option("Send it all the same", "", (*Model).sendNow))
	return d
}

// longest is the longest answer that the limits leave room for beside a request,
// 0 if they are not known.
func (m *Model) longest(req chat.Request) int {
	l := m.weigh(req, req.Model)
	n := l.room.Answer(l.prompt, mostAnswer)
	if x, ok := m.limits[limitKey{req.Model, "output tokens", "minute"}]; ok {
		n = min(n, x.Limit)
	}
	if n == mostAnswer {
		return 0
	}
	return n
}

// tellShortened says that there is no room for so long an answer as is allowed.
func (m *Model) tellShortened(req chat.Request) tea.Cmd {
	allowed := req.Params.MaxCompletionTokens
	if req.Longest == 0 || req.Longest >= allowed {
		return nil
	}
	return m.notice.say(toneInfo, fmt.Sprintf("There is room for an answer of %s tokens; %s were allowed.", chat.Count(req.Longest), chat.Count(allowed)))
}

// mostAnswer is more than any model writes.
const mostAnswer = 1 << 20

// leastRoom is what an answer needs beside its prompt.
const leastRoom = 512

// othersOffered is how many other models are offered at the most.
const othersOffered = 3

// elsewhere is the other models that have room for a request, favourites first;
// need is what a server said that it takes, 0 if it said nothing.
func (m *Model) elsewhere(req chat.Request, need int, send func(*Model, string) tea.Cmd) []choice {
	var choices []choice
	for _, id := range m.others() {
		l := m.weigh(req, id)
		l.prompt = max(l.prompt, need)
		if len(choices) == othersOffered || l.room.Fit(l.prompt) != chat.Fits || m.clock.Before(m.spent[id]) {
			continue
		}
		detail := ""
		if l.room.Drawn {
			detail = chat.Count(l.room.Left) + " tokens left this minute"
		}
		choices = append(choices, option("Send it to "+l.info.Short(), detail, func(m *Model) tea.Cmd { return send(m, id) }))
	}
	return choices
}

// others is the models to talk to but for the present one, favourites first.
func (m *Model) others() []string {
	ids := slices.Clone(m.favourites)
	for _, info := range m.catalogue.Chats() {
		if !slices.Contains(ids, info.ID) {
			ids = append(ids, info.ID)
		}
	}
	served := m.catalogue.Chats()
	return slices.DeleteFunc(ids, func(id string) bool {
		unserved := m.liveModels && !slices.ContainsFunc(served, func(info chat.ModelInfo) bool { return info.ID == id })
		return id == m.conv.Model || unserved || m.catalogue.Find(id).Status == chat.Retired
	})
}

// leftOut names the first and the last of the messages that are left out.
func leftOut(messages []chat.Message) string {
	first := chat.TitleFrom(messages[0].Content)
	last := ""
	for _, msg := range messages {
		if msg.Role == chat.User {
			last = chat.TitleFrom(msg.Content)
		}
	}
	if last == first {
		return "“" + first + "”"
	}
	return "from “" + first + "” to “" + last + "”"
}

// sendSince sends what is in the composer without the messages before id, also
// from now on.
func sendSince(id string) action {
	return func(m *Model) tea.Cmd {
		if m.conv.Since = id; id == "" { // the message that is to be sent is all that is left
			base := m.base()
			m.conv.Since = base.NextID(strings.TrimSpace(m.composer.text()))
		}
		return m.sendNow()
	}
}

func (m *Model) sendDraftTo(model string) tea.Cmd {
	m.conv.Model = model
	return m.sendNow()
}

// sendNow sends what is in the composer, whatever the limits say.
func (m *Model) sendNow() tea.Cmd { return m.sendLater(0) }
