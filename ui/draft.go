package ui

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/history"
)

// What is written and not sent is kept on disk too: a while after typing stopped,
// and when the program ends. It belongs to its session and comes back with it. The
// draft of a session in which nothing was ever said comes back when a new session
// is begun by a plain start.

// draftTime is how long after the last key the draft is written.
const draftTime = 2 * time.Second

// draft is what is known of the draft's file.
type draft struct {
	edits   int // of the composer and of what waits, when it was last looked at; -1: not for this session
	changed time.Time
	waiting bool // a timer runs
	failed  bool // the last one could not be written, which was said
}

// forget makes the text that there is that of another session.
func (d *draft) forget() { d.edits = -1 }

// draftDueMsg is the time to look whether typing has stopped.
type draftDueMsg struct{}

// draftFoundMsg is the draft of an earlier start for the session.
type draftFoundMsg struct{ session, text string }

// drafts reports whether drafts are kept: not in a temporary chat, and not in a
// session that belongs to somebody else.
func (m *Model) drafts() bool { return m.opts.Store != nil && m.readOnly == "" }

// watchDraft begins to wait for the end of typing.
func (m *Model) watchDraft() tea.Cmd {
	edits := m.composer.editor.edits + m.queueSteps
	if edits == m.draft.edits {
		return nil
	}
	first := m.draft.edits < 0 && m.composer.empty()
	m.draft.edits, m.draft.changed = edits, m.clock
	if first || m.draft.waiting || !m.drafts() {
		return nil
	}
	m.draft.waiting = true
	return draftLater(draftTime)
}

func draftLater(wait time.Duration) tea.Cmd {
	return tea.Tick(wait, func(time.Time) tea.Msg { return draftDueMsg{} })
}

// onDraftDue writes the draft if nothing was typed for a while.
func (m *Model) onDraftDue() tea.Cmd {
	m.changed = false
	if since := m.clock.Sub(m.draft.changed); since >= 0 && since < draftTime {
		return draftLater(draftTime - since)
	}
	m.draft.waiting = false
	if !m.drafts() {
		return nil
	}
	m.sequence++
	saver, id, text, sequence := m.saver, m.conv.ID, m.draftText(), m.sequence
	return func() tea.Msg { return draftKeptMsg{saver.draft(id, text, sequence)} }
}

// draftKeptMsg says that a draft was written, or why it was not.
type draftKeptMsg struct{ err error }

// onDraftKept says once that what is typed is not kept, as long as that is so. A
// notice that the whole session is not says it already.
func (m *Model) onDraftKept(msg draftKeptMsg) tea.Cmd {
	said := m.draft.failed || m.unsaved.why != nil
	m.draft.failed = msg.err != nil
	if msg.err == nil || said {
		m.changed = false
		return nil
	}
	why := msg.err.Error()
	if folder := (*history.FolderError)(nil); errors.As(msg.err, &folder) {
		why = folder.Error()
	}
	return m.notice.say(toneWarning, "What you type is not kept on disk until it is sent: "+end(why))
}

// restoreDraft puts a draft into the composer, before what was written since.
func (m *Model) restoreDraft(text string) {
	if text == "" {
		return
	}
	if now := m.composer.text(); now != "" {
		text += "\n" + now
	}
	m.composer.setText(text)
}

// onDraftFound restores the draft of an earlier start.
func (m *Model) onDraftFound(msg draftFoundMsg) {
	if m.changed = msg.session == m.conv.ID; m.changed {
		m.restoreDraft(msg.text)
	}
}

// findDraft looks for the draft of a session that was never saved, if this is a
// plain start.
func (m *Model) findDraft() tea.Cmd {
	if m.opts.Store == nil || m.opts.Session.ID != "" || m.first != "" || m.opts.Pick {
		return nil
	}
	return adoptDraft(m.opts.Store, m.conv.ID)
}

func adoptDraft(store *history.Store, id string) tea.Cmd {
	return func() tea.Msg {
		text, err := store.AdoptDraft(id)
		if err != nil {
			return failedMsg{err}
		}
		return draftFoundMsg{id, text}
	}
}

// leave gives the session up that is shown: what was written in it goes along.
func (m *Model) leave() tea.Cmd {
	store, id, ours := m.opts.Store, m.conv.ID, m.drafts()
	if store == nil {
		return nil
	}
	m.sequence++
	saver, sequence := m.saver, m.sequence
	return func() tea.Msg {
		if ours {
			_ = saver.draft(id, "", sequence) // it comes back once more, which is better than not at all
		}
		store.Release(id)
		return nil
	}
}
