package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
)

// managedMsg is the end of a change to a session, with the list as it is now.
type managedMsg struct {
	done    string // what to say, a sentence
	deleted string // the session that is in the trash now, "" for none
	restore bool   // the last one that was deleted is back
	err     error
	listed  listedMsg
}

// manageSession is what the keys of the session picker do.
func manageSession(name string, c choice) action {
	return func(m *Model) tea.Cmd {
		if name == "session-undo" {
			return m.restoreSession()
		}
		id, _, _ := strings.Cut(c.key, "/") // of a message that was found, its session
		if id == "" {
			return nil
		}
		title := m.titleOf(id)
		switch name {
		case "session-rename":
			m.askTitle(id, title)
		case "session-pin":
			return m.change(id, "", func(conv *chat.Conversation) { conv.Pinned = !conv.Pinned })
		case "session-delete":
			return m.deleteSession(id, title)
		case "session-export":
			return m.exportSession(id, title)
		}
		return nil
	}
}

// titleOf is the title of a session that the picker shows.
func (m *Model) titleOf(id string) string {
	if id == m.conv.ID {
		return m.conv.Title
	}
	return m.titles[id]
}

// askTitle opens a line for the new title, with the present one to be changed.
func (m *Model) askTitle(id, title string) {
	p := newPicker("Rename", "type a title")
	p.filter.insert(title)
	p.hint = hints(m.keys.hint("overlay-accept", "rename"), m.keys.hint("overlay-close", "close"))
	p.other = func(typed string) (choice, bool) {
		do := func(m *Model) tea.Cmd {
			list := m.openSessions()
			if id == m.conv.ID && m.readOnly != "" {
				return tea.Batch(list, m.change(id, "", nil))
			}
			return m.change(id, "", func(conv *chat.Conversation) { history.Retitle(conv, typed) }) // which lists them, too
		}
		return choice{key: typed, mark: " ", columns: []string{"rename it to “" + typed + "”"}, do: do}, strings.TrimSpace(typed) != ""
	}
	p.set(nil)
	m.over = p
}

// change changes a session and saves it: the present one here, others on disk.
func (m *Model) change(id, done string, change func(*chat.Conversation)) tea.Cmd {
	store, ctx := m.opts.Store, m.ctx
	if id != m.conv.ID {
		return func() tea.Msg {
			_, err := store.Change(id, change)
			return managedMsg{done: done, err: err, listed: list(ctx, store)}
		}
	}
	if m.readOnly != "" {
		return m.notice.say(toneWarning, "This session is read-only.")
	}
	change(&m.conv)
	if store == nil {
		return nil
	}
	saver, snap := m.saver, m.snapshot()
	return func() tea.Msg { return managedMsg{done: done, err: saver.save(snap), listed: list(ctx, store)} }
}

func list(ctx context.Context, store *history.Store) listedMsg {
	listing, err := store.List(ctx)
	return listedMsg{listing: listing, err: err}
}

// deleteSession moves a session to the trash.
func (m *Model) deleteSession(id, title string) tea.Cmd {
	if id == m.conv.ID && m.turn.live {
		return m.notice.say(toneInfo, "An answer is under way: "+m.keys.hint("stop", "stops it")+" first.")
	}
	saver, store, ctx, now := m.saver, m.opts.Store, m.ctx, m.clock
	if title == "" {
		title = "(no title)"
	}
	done := fmt.Sprintf("Moved to the trash: %s; %s.", title, m.keys.hint("session-undo", "brings it back"))
	return func() tea.Msg {
		err := saver.remove(id, now)
		return managedMsg{done: done, deleted: id, err: err, listed: list(ctx, store)}
	}
}

// restoreSession brings the session back that was deleted last.
func (m *Model) restoreSession() tea.Cmd {
	n := len(m.trashed)
	if n == 0 {
		return m.notice.say(toneInfo, "Nothing was deleted here; `groqchat sessions restore` lists the trash.")
	}
	saver, store, ctx, id := m.saver, m.opts.Store, m.ctx, m.trashed[n-1]
	return func() tea.Msg {
		err := store.Restore(ctx, id)
		if err == nil {
			saver.back(id)
		}
		return managedMsg{done: "It is back.", restore: true, err: err, listed: list(ctx, store)}
	}
}

// onManaged says what was done and shows the list anew. When the present session
// was deleted, a new one begins.
func (m *Model) onManaged(msg managedMsg) tea.Cmd {
	if msg.err != nil {
		return tea.Batch(m.notice.say(toneError, sentence(msg.err.Error())), m.onListed(msg.listed))
	}
	switch n := len(m.trashed); {
	case msg.deleted != "":
		m.trashed = append(m.trashed, msg.deleted)
	case msg.restore && n > 0:
		m.trashed = m.trashed[:n-1]
	}
	var leave, tell tea.Cmd
	if msg.deleted != "" && msg.deleted == m.conv.ID && !m.turn.live {
		model := m.conv.Model
		leave = m.leave()
		m.begin()
		m.conv.Model = model
	}
	if msg.done != "" {
		tell = m.notice.say(toneInfo, msg.done)
	}
	return tea.Batch(m.onListed(msg.listed), m.searchAfter(msg.deleted), leave, tell)
}

// commandRename is /rename [TITLE].
func (m *Model) commandRename(title string) tea.Cmd {
	if title == "" {
		if m.lines != nil {
			return m.notice.say(toneInfo, "The title is “"+m.conv.Title+"”; /rename TITLE gives another.")
		}
		m.composer.clear() // keeps a draft as the newest prompt
		m.composer.setText("/rename " + m.conv.Title)
		return nil
	}
	return m.change(m.conv.ID, "Renamed.", func(conv *chat.Conversation) { history.Retitle(conv, title) })
}

// pinSession is /pin.
func (m *Model) pinSession() tea.Cmd {
	done := "Pinned: it stays at the top of the list."
	if m.conv.Pinned {
		done = "Not pinned any more."
	}
	return m.change(m.conv.ID, done, func(conv *chat.Conversation) { conv.Pinned = !conv.Pinned })
}

// commandTag is /tag [WORDS].
func (m *Model) commandTag(words string) tea.Cmd {
	if words == "" {
		if len(m.conv.Tags) == 0 {
			return m.notice.say(toneInfo, "This session has no tags.")
		}
		return m.notice.say(toneInfo, "Tags: "+strings.Join(m.conv.Tags, ", ")+".")
	}
	cmd := m.change(m.conv.ID, "", func(conv *chat.Conversation) { history.Tag(conv, words) })
	if m.readOnly != "" {
		return cmd
	}
	return tea.Batch(cmd, m.notice.say(toneInfo, strings.TrimSpace("Tags: "+strings.Join(m.conv.Tags, ", "))+"."))
}

// purgedMsg is the end of a purge of the trash.
type purgedMsg struct{ err error }

// purgeTrash deletes for good what has been in the trash for too long.
func (m *Model) purgeTrash() tea.Cmd {
	store, now, days := m.opts.Store, m.clock, m.opts.Config.TrashDays
	if store == nil || days <= 0 {
		return nil
	}
	return func() tea.Msg {
		_, err := store.Purge(now, time.Duration(days)*day, false)
		return purgedMsg{err}
	}
}

// onPurged is silent but for a clock that may be wrong: the user knows what time
// it is.
func (m *Model) onPurged(msg purgedMsg) tea.Cmd {
	if !errors.Is(msg.err, history.ErrClock) {
		m.changed = false
		return nil
	}
	return m.notice.say(toneWarning, "The clock has moved by more than a year, so nothing was deleted from the trash; `groqchat sessions purge` does it if the clock is right.")
}
