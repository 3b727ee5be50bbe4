package ui

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
)

// What to do when a session cannot be saved: the chat goes on in memory, which a
// lasting notice says, and the save is tried again.

// retryTime is how soon a save that failed is tried again.
const retryTime = 5 * time.Second

// unsaved is what is known of a session that its file does not hold.
type unsaved struct {
	why      error // of the last save, nil when all is well
	forsake  bool  // the user was told so when leaving, and may leave now
	retrying bool  // a timer runs
	said     int   // the generation of the notice that says so
}

// retryMsg is the time to try to save again.
type retryMsg struct{}

// onSaved remembers whether the file is up to date and says so when it is not.
func (m *Model) onSaved(msg savedMsg) tea.Cmd {
	if m.saver.home(msg.session) != m.saver.home(m.conv.ID) {
		m.changed = false
		return nil
	}
	if msg.err != nil {
		return m.tellUnsaved(msg.err)
	}
	moved := m.followCopy()
	if m.unsaved.why == nil {
		m.changed = moved
		return nil
	}
	m.unsaved.why = nil
	if m.notice.generation == m.unsaved.said {
		return m.notice.say(toneInfo, "The session is saved again.")
	}
	return nil
}

// tellUnsaved says that the session could not be saved, and tries again in a while.
func (m *Model) tellUnsaved(err error) tea.Cmd {
	m.unsaved.why = err
	m.notice.stay(toneError, unsavedText(err)+" The chat goes on in memory; /save FILE writes it elsewhere.")
	m.unsaved.said = m.notice.generation
	return m.retryLater()
}

func (m *Model) retryLater() tea.Cmd {
	if m.unsaved.retrying {
		return nil
	}
	m.unsaved.retrying = true
	return tea.Tick(retryTime, func(time.Time) tea.Msg { return retryMsg{} })
}

// onRetry tries to save again what is still not saved.
func (m *Model) onRetry() tea.Cmd {
	m.unsaved.retrying, m.changed = false, false
	if m.unsaved.why == nil || !m.saves() {
		return nil
	}
	return saveConversation(m.saver, m.snapshot())
}

// followCopy goes on in the copy that a save had to make, and reports whether there
// is a new one.
func (m *Model) followCopy() bool {
	id := m.saver.home(m.conv.ID)
	if id == m.conv.ID {
		return false
	}
	m.conv.ID = id
	m.notice.stay(toneWarning, "Another program changed the file of this session. It stays as that left it, and the chat goes on in a copy beside it: "+id+".json.")
	return true
}

// onStayed says why the session was not left; asking again leaves it all the same.
func (m *Model) onStayed(err error) tea.Cmd {
	m.unsaved.why, m.unsaved.forsake = err, true
	m.notice.stay(toneError, unsavedText(err)+" Do it again to leave it without its last messages.")
	m.unsaved.said = m.notice.generation
	return m.retryLater()
}

// quit ends the program, unless that would lose something that the user may not
// know of.
func (m *Model) quit() tea.Cmd {
	if m.unsaved.why != nil && !m.unsaved.forsake && m.saves() {
		m.askBeforeQuitting()
		return nil
	}
	return m.quitNow()
}

func (m *Model) quitNow() tea.Cmd {
	m.lines.closes()
	m.turn.stop()
	return tea.Quit
}

func (m *Model) askBeforeQuitting() {
	m.propose(&dialog{
		title: "Not saved", closing: "stay",
		text: unsavedText(m.unsaved.why) + " What was said last is only in memory.",
		choices: []choice{
			option("Try to save it, and quit", "", func(m *Model) tea.Cmd {
				return saveThen(m.saver, m.snapshot(), func() tea.Msg { return tea.QuitMsg{} })
			}),
			option("Save it elsewhere", "/save FILE", func(m *Model) tea.Cmd {
				m.composer.setText("/save ")
				return nil
			}),
			option("Quit without it", "the last messages are lost", func(m *Model) tea.Cmd {
				m.unsaved.forsake = true
				return m.quitNow()
			}),
		},
	})
	m.surprise = surprise{} // it does not open by itself: leaving was asked for
}

// copiedMsg says that a session was written to a file of the user's choice.
type copiedMsg struct {
	path string
	err  error
}

// commandSave writes the session to a file.
func (m *Model) commandSave(path string) tea.Cmd {
	if path == "" {
		return m.notice.say(toneWarning, "Name the file: /save FILE")
	}
	if len(m.conv.Messages) == 0 {
		return m.notice.say(toneInfo, "There is nothing to save yet.")
	}
	conv := m.snapshot().conv
	return func() tea.Msg { return saveElsewhere(path, conv) }
}

func saveElsewhere(path string, conv chat.Conversation) tea.Msg {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			path = filepath.Join(home, rest)
		}
	}
	path, err := filepath.Abs(path)
	if err == nil {
		err = history.WriteFile(path, conv)
	}
	return copiedMsg{path, err}
}

// onCopied says where the session is; it may be left now.
func (m *Model) onCopied(msg copiedMsg) tea.Cmd {
	if msg.err != nil {
		m.notice.stay(toneError, sentence(msg.err.Error()))
		return nil
	}
	m.unsaved.forsake = true
	return m.notice.say(toneInfo, "A copy of this session is in "+msg.path+".")
}
