package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// continueAnswer goes on with an answer that ended too early.
func (m *Model) continueAnswer() tea.Cmd {
	if cmd, busy := m.busy(); busy {
		return cmd
	}
	s, ok := m.rest()
	if !ok {
		return m.notice.say(toneInfo, "The last answer is complete: there is nothing to go on with.")
	}
	return m.sendIfRoom(s)
}

// retryAnswer asks the last question once more; the other answer stays in the tree.
func (m *Model) retryAnswer() tea.Cmd { return m.answerAgain(m.conv.Head, "") }

// busy says why no answer can be begun now.
func (m *Model) busy() (tea.Cmd, bool) {
	if cmd, fixed := m.fixed(); fixed {
		return cmd, true
	}
	if m.backend.Chat == nil {
		m.over = newFirstRun()
		return nil, true
	}
	return nil, false
}

// resume begins an answer at the head, shows it and asks for it after a wait.
func (m *Model) resume(begin func(*chat.Conversation), wait time.Duration) tea.Cmd {
	m.race = race{}
	record := m.step(begin)
	m.load++
	m.unsaved.forsake = false
	m.notice.clear()
	m.reshow()
	m.transcript.toEnd()
	return m.startTurn(record, wait)
}

// goOn names the keys that help with an answer that ended too early.
func (m *Model) goOn() string {
	return hints(m.keys.hint("continue", "goes on with it"), m.keys.hint("retry", "tries again"))
}

// tellCut says what can be done with an answer that is not whole, or has no text.
// What happened stands below the answer already.
func (m *Model) tellCut() tea.Cmd {
	path := m.conv.Path()
	if len(path) == 0 {
		return nil
	}
	switch last := path[len(path)-1]; {
	case last.IsSummary() && last.State == chat.Complete && last.FinishReason != "length":
		return m.tellSummary()
	case last.FinishReason == "length" && last.Content == "":
		m.notice.stay(toneWarning, "Allow a longer answer with /set max_completion_tokens, or think less with "+
			strings.TrimSpace(m.keys.hint("effort", ""))+"; then "+m.keys.hint("retry", "tries again")+".")
	case last.FinishReason == "length":
		m.notice.stay(toneInfo, end(m.goOn()))
	case last.State == chat.Stopped && last.Content != "":
		return m.notice.say(toneInfo, end(m.goOn()))
	}
	return nil
}
