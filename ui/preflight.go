package ui

import (
	"fmt"
	"slices"

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

// asksFirst opens a question about a message that would be refused. The text stays
// in the composer.
func (m *Model) asksFirst(text string) {
	if !m.objects(text) {
		m.lacksRoom(m.written(text))
	}
}

// objects opens a question about what is in a message, and reports whether it did.
func (m *Model) objects(text string) bool {
	switch {
	case m.keyIn(text, m.files) != "":
		m.over = keyFound(m.keyIn(text, m.files))
	case m.blind(m.files):
		m.over = m.unseen()
	default:
		return false
	}
	m.load++ // no other session may come below the question
	return true
}

// lacksRoom opens a question about what there is no room for, and reports whether it
// did.
func (m *Model) lacksRoom(s sending) bool {
	if !m.opts.Config.Preflight {
		return false
	}
	l := m.weigh(s.req, s.req.Model)
	switch l.room.Fit(l.prompt) {
	case chat.OverWindow:
		m.over = m.tooLong(s, l, l.room.Window, "the model can hold "+tokens(l.room.Window))
	case chat.OverMinute:
		m.over = m.tooLong(s, l, l.room.Minute, "the limit of a minute is "+tokens(l.room.Minute))
	case chat.OverNow:
		m.over = m.tooSoon(s, l)
	default:
		return false
	}
	m.load++ // no other session may come below the question
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
func (m *Model) tooLong(s sending, l load, most int, why string) *dialog {
	before := ""
	if len(s.req.Messages) > 1 {
		before = " with what came before it"
	}
	d := &dialog{
		title: "Too long", closing: s.closing,
		text: fmt.Sprintf("%s takes about %s tokens%s, but %s.", s.what, chat.Count(l.prompt), before, why),
	}
	if n, ok := s.excess(l, m.calibration, most); ok {
		how := manner{cut: true, since: s.req.Messages[n].ID}
		d.choices = append(d.choices, option("Leave out "+plural(n, "old message"), leftOut(s.req.Messages[:n]), s.inManner(how)))
	}
	d.choices = append(d.choices, m.elsewhere(s.req, 0, s.to)...)
	d.choices = append(d.choices, option("Send it all the same", "", s.inManner(manner{})))
	return d
}

// tooSoon offers what can be done with a message that passes a little later.
func (m *Model) tooSoon(s sending, l load) *dialog {
	limit := m.quotas[s.req.Model].Tokens
	d := &dialog{
		title: "No room in this minute", closing: s.closing,
		text: fmt.Sprintf("%s takes about %s tokens, and %s has %s left for this minute.",
			s.what, chat.Count(l.prompt), l.info.Short(), chat.Count(l.room.Left)),
	}
	if wait := limit.RoomIn(l.prompt+leastRoom, m.clock); wait > 0 {
		d.choices = append(d.choices, option("Wait "+chat.Wait(wait)+" and send it", "", s.inManner(manner{wait: wait})))
	}
	d.choices = append(d.choices, m.elsewhere(s.req, 0, s.to)...)
	d.choices = append(d.choices, option("Send it all the same", "", s.inManner(manner{})))
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
