package ui

import (
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// offer asks what to do about a failure that another choice would mend: the
// question is back in the composer. It does not come over somebody who is writing
// already: what is meant for the text would choose.
func (m *Model) offer(failure error, r returned) tea.Cmd {
	var e *chat.Error
	if m.over == nil && chat.KindOf(failure) == chat.BadKey && m.opts.Connect != nil {
		m.askForKey(failure)
		m.surprised()
		return nil
	}
	if m.over != nil || strings.TrimSpace(r.draft) != "" || r.question.ID == "" || !errors.As(failure, &e) {
		return nil
	}
	m.noteLimit(failure)
	d := &dialog{text: sentence(e.Error()), closing: "change the message"}
	switch e.Kind {
	case chat.RateLimited, chat.QuotaSpent:
		d.title, d.choices = "Limit reached", m.limitChoices(e, r)
	case chat.TooLarge:
		d.title, d.choices = "Too long", m.tooLargeChoices(e, r)
	case chat.UnknownModel:
		d.title, d.choices = "No such model", m.modelChoicesFor(r)
		m.propose(d)
		m.surprised()
		return m.fetchModels()
	default:
		return nil
	}
	m.propose(d)
	m.surprised()
	return nil
}

// propose opens a dialog that has something to offer, in place of the notice,
// which comes back if nothing is chosen.
func (m *Model) propose(d *dialog) {
	if len(d.choices) == 0 {
		return
	}
	said := m.notice
	m.notice.clear()
	d.closed = func(m *Model) tea.Cmd {
		m.notice.stay(said.tone, said.text)
		return nil
	}
	m.over = d
}

// noteLimit keeps the limit that a refusal names: some are told nowhere else.
func (m *Model) noteLimit(failure error) {
	var e *chat.Error
	if !errors.As(failure, &e) || e.Limit == nil {
		return
	}
	key := limitKey{e.Model, e.Limit.Unit, e.Limit.Per}
	if e.Model == "" {
		key.model = m.conv.Model
	}
	m.limits[key] = *e.Limit
	if e.Kind == chat.QuotaSpent && e.RetryAfter > 0 {
		m.spent[key.model] = m.clock.Add(e.RetryAfter)
	}
}

// limitKey names a limit that a refusal told.
type limitKey struct{ model, unit, per string }

// limitChoices: wait where that helps, another model, a shorter answer.
func (m *Model) limitChoices(e *chat.Error, r returned) []choice {
	var choices []choice
	again := func(model string, wait time.Duration) action {
		return func(m *Model) tea.Cmd { return m.sendReturned(r, model, wait) }
	}
	if x := e.Limit; x != nil && x.Final && x.Unit == "output tokens" {
		what := "Ask for an answer of at most " + chat.Count(x.Limit) + " tokens"
		choices = append(choices, option(what, "", again(m.conv.Model, 0)))
	}
	choices = append(choices, m.elsewhere(m.requestOf(r), 0, func(m *Model, id string) tea.Cmd { return m.sendReturned(r, id, 0) })...)
	if e.RetryAfter > 0 {
		choices = append(choices, option("Wait "+chat.Wait(e.RetryAfter)+" and send it", "", again(m.conv.Model, e.RetryAfter)))
	}
	return choices
}

// requestOf is what is sent when a question that came back is asked again.
func (m *Model) requestOf(r returned) chat.Request {
	base := m.base()
	req := base.Request()
	req.Messages = append(req.Messages, r.question)
	return req
}

// tooLargeChoices: leave out what is old, or another model.
func (m *Model) tooLargeChoices(e *chat.Error, r returned) []choice {
	req := m.requestOf(r)
	l := m.weigh(req, m.conv.Model)
	most := l.room.Window
	if e.Limit != nil {
		most = e.Limit.Limit
	}
	var choices []choice
	if n, fits := req.Excess(l.info, m.calibration, most-leastRoom); fits && n > 0 {
		since := req.Messages[n].ID
		choices = append(choices, option("Leave out "+plural(n, "old message"), leftOut(req.Messages[:n]), func(m *Model) tea.Cmd {
			if m.conv.Since = since; since == r.question.ID {
				base := m.base()
				m.conv.Since = base.NextID(r.question.Content)
			}
			return m.sendReturned(r, m.conv.Model, 0)
		}))
	}
	need := 0
	if e.Limit != nil {
		need = e.Limit.Requested
	}
	return append(choices, m.elsewhere(req, need, func(m *Model, id string) tea.Cmd { return m.sendReturned(r, id, 0) })...)
}

// modelChoicesFor: the replacement of a model that is gone, or any other.
func (m *Model) modelChoicesFor(r returned) []choice {
	gone := m.catalogue.Find(m.conv.Model)
	next := m.catalogue.Substitute(m.conv.Model)
	var choices []choice
	if next != "" {
		name, why := chat.ShortModel(next), "the nearest that there is"
		if gone.Status == chat.Retired {
			why = "what does its work today"
		}
		choices = append(choices, option("Send it to "+name, why, func(m *Model) tea.Cmd { return m.sendReturned(r, next, 0) }))
		if gone.Status == chat.Retired && m.opts.Config.Model == gone.ID && m.opts.SetDefault != nil {
			choices = append(choices, option("Send it to "+name+" and make that the default", "in config.toml", func(m *Model) tea.Cmd {
				return tea.Batch(m.sendReturned(r, next, 0), setDefault(m.opts.SetDefault, "model", next))
			}))
		}
	}
	return append(choices, option("Choose another model", "", (*Model).openModels))
}

// setDefault writes a setting of new sessions into the configuration.
func setDefault(set func(setting, value string) error, setting, value string) tea.Cmd {
	return func() tea.Msg {
		if err := set(setting, value); err != nil {
			return failedMsg{err}
		}
		return defaultSetMsg{setting, value}
	}
}
