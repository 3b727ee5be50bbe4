package ui

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/history"
)

// recent is the newest sessions, for the completion of /resume.
type recent struct {
	sessions []history.Summary
	titled   map[string]int // how many have a title, in small letters
	wanted   bool           // the command is being written, and they were asked for
	touch    touch          // which of them an empty chat shows where
}

// recentMsg is the newest sessions. It replaces what was read before.
type recentMsg struct{ sessions []history.Summary }

// lookUpSessions asks for the newest sessions, once for each time that the command
// is written.
func (m *Model) lookUpSessions() tea.Cmd {
	wanted := strings.HasPrefix(m.popup.text, "/resume ") && m.opts.Store != nil
	if wanted == m.recent.wanted {
		return nil
	}
	m.recent.wanted = wanted
	if !wanted {
		return nil
	}
	return readRecent(m.ctx, m.opts.Store)
}

// readRecent reads them. Without any there is nothing to complete; the command
// itself says what is wrong.
func readRecent(ctx context.Context, store *history.Store) tea.Cmd {
	return func() tea.Msg {
		newest, _, err := store.ListNewest(ctx, firstSessions)
		if err != nil {
			return nil
		}
		return recentMsg{newest.Summaries}
	}
}

func (m *Model) onRecent(msg recentMsg) {
	m.recent.sessions, m.recent.titled = msg.sessions, map[string]int{}
	for _, s := range msg.sessions {
		m.recent.titled[strings.ToLower(s.Title)]++
	}
	m.renewPopup()
}

var errOpenAlready = errors.New("that session is open already")

// commandResume is /resume [SESSION]: a session by its id, the beginning or the end
// of it, or by words of its title.
func (m *Model) commandResume(words string) tea.Cmd {
	switch {
	case words == "" || m.opts.Store == nil:
		return m.openSessions()
	case m.turn.live: // depart says so; what was typed is kept
		m.composer.setText("/resume " + words)
	}
	ctx, store, now, present := m.ctx, m.opts.Store, m.opts.Now, m.conv.ID
	return m.depart(func(load int) tea.Msg {
		found, err := store.Find(ctx, words)
		if err == nil && found.ID == present {
			err = errOpenAlready
		}
		if err != nil {
			return loadedMsg{load: load, err: err, typed: "/resume " + words}
		}
		return loadSession(store, load, found.ID, now)
	})
}
