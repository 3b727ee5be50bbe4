package ui

import (
	"errors"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
	"groqchat/ui/safe"
)

// What is written and not sent is kept on disk too: a while after typing stopped,
// and when the program ends. It belongs to its session and comes back with it. The
// draft of a session in which nothing was ever said comes back when a new session
// is begun by a plain start.

// draftTime is how long after the last key the draft is written.
const draftTime = 2 * time.Second

// draft is what is known of the draft's file.
type draft struct {
	edits   int               // of the composer and of what waits, when it was last looked at; -1: not for this session
	files   []chat.Attachment // that went with it then
	changed time.Time
	waiting bool // a timer runs
	failed  bool // the last one could not be written, which was said
}

// forget makes the text that there is that of another session.
func (d *draft) forget() { d.edits = -1 }

// draftDueMsg is the time to look whether typing has stopped.
type draftDueMsg struct{}

// draftFoundMsg is the draft of an earlier start for the session.
type draftFoundMsg struct {
	session, text string
	files         history.DraftFiles
	err           error // why the files could not be read
}

// drafts reports whether drafts are kept: not in a temporary chat, and not in a
// session that belongs to somebody else.
func (m *Model) drafts() bool { return m.opts.Store != nil && m.readOnly == "" }

// watchDraft begins to wait for the end of typing.
func (m *Model) watchDraft() tea.Cmd {
	edits, files := m.composer.editor.edits+m.queueSteps, m.draftFiles()
	if edits == m.draft.edits && sameFiles(files, m.draft.files) {
		return nil
	}
	first := m.draft.edits < 0 && m.composer.empty() && len(files) == 0
	m.draft.edits, m.draft.files, m.draft.changed = edits, files, m.clock
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
	saver, id, text, sequence, files := m.saver, m.conv.ID, m.draftText(), m.sequence, m.draftFiles()
	return func() tea.Msg { return draftKeptMsg{saver.draft(id, text, sequence, files...)} }
}

// draftFiles is the files that go with what is written and not sent, and with what
// waits.
func (m *Model) draftFiles() []chat.Attachment {
	all := slices.Concat(m.editing.files, m.files)
	for _, q := range slices.Backward(m.queue) {
		all = slices.Concat(q.files, all)
	}
	return all
}

// sameFiles reports whether files are the same ones. It is quick where they are:
// their content is not copied, so it is in the same place.
func sameFiles(a, b []chat.Attachment) bool { return slices.EqualFunc(a, b, sameFile) }

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

// restoreFiles puts the files of a draft into the tray, before those that are there,
// and says which are not among them.
func (m *Model) restoreFiles(files history.DraftFiles) {
	m.files, _ = withFiles(files.Files, m.files)
	if len(files.Left) == 0 {
		return
	}
	said := strings.TrimPrefix(m.notice.text+" · ", " · ")
	m.notice.stay(toneWarning, said+"Too large to be kept with what you wrote, so attach again: "+safe.Line(strings.Join(files.Left, ", "), 200))
}

// onDraftFound restores the draft of an earlier start.
func (m *Model) onDraftFound(msg draftFoundMsg) tea.Cmd {
	if m.changed = msg.session == m.conv.ID; !m.changed {
		return nil
	}
	m.restoreDraft(msg.text)
	m.restoreFiles(msg.files)
	if msg.err != nil {
		return m.notice.say(toneWarning, sentence(msg.err.Error()))
	}
	return nil
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
		files, err := store.ReadDraftFiles(id)
		return draftFoundMsg{id, text, files, err}
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
