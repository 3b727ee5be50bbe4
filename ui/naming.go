package ui

import (
	"context"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
)

// A session is named after its first question. Where the user wants it, a model
// finds a better name once the first answer is there. Nobody waits for that, and
// when it fails the name stays.

// namingTime is the longest that a name is waited for.
const namingTime = 30 * time.Second

// namedMsg is the name that a model found for a session, which was called was.
type namedMsg struct{ session, was, title string }

// nameSession asks the cheapest model for a name, once for each session: after
// its first answer, as long as the user gave it none. What is said in a temporary
// chat goes to nobody else.
func (m *Model) nameSession() tea.Cmd {
	path := m.conv.Path()
	if !m.opts.Config.ModelTitles || m.opts.Store == nil || m.readOnly != "" || m.backend.Chat == nil || len(path) != 2 {
		return nil
	}
	question, reply := path[0], path[1]
	if reply.State != chat.Complete || reply.Content == "" || len(m.conv.Messages) != 2 || m.conv.Title != chat.TitleFrom(question.Content) {
		return nil
	}
	model, ok := m.catalogue.Cheapest()
	if !ok {
		return nil
	}
	return findName(m.ctx, m.backend.Chat, chat.TitleRequest(model, question.Content, reply.Content), m.conv.ID, m.conv.Title)
}

func findName(ctx context.Context, s chat.Streamer, req chat.Request, session, was string) tea.Cmd {
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, namingTime)
		defer cancel()
		reply, err := chat.Ask(ctx, s, req, io.Discard)
		if err != nil {
			return namedMsg{session: session}
		}
		return namedMsg{session, was, chat.TitleOf(reply.Content)}
	}
}

// onNamed gives the session its name, if it is still called as it was.
func (m *Model) onNamed(msg namedMsg) tea.Cmd {
	here := m.saver.home(msg.session) == m.saver.home(m.conv.ID)
	switch {
	case msg.title == "":
	case !here:
		m.changed = false
		return nameElsewhere(m.opts.Store, m.saver, msg)
	case m.conv.Title == msg.was && m.readOnly == "":
		history.Retitle(&m.conv, msg.title)
		return saveConversation(m.saver, m.snapshot())
	}
	m.changed = false
	return nil
}

// nameElsewhere names a session that was left meanwhile. One that somebody has
// open, or that is gone, keeps the name that it has.
func nameElsewhere(store *history.Store, s *saver, msg namedMsg) tea.Cmd {
	return func() tea.Msg {
		_, _ = store.Change(s.home(msg.session), func(conv *chat.Conversation) {
			if conv.Title == msg.was {
				history.Retitle(conv, msg.title)
			}
		})
		return nil
	}
}
