package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// turnsKept is how many of the newest turns a summary leaves as they are.
const turnsKept = 2

// commandCompact is /compact [MODEL].
func (m *Model) commandCompact(args string) tea.Cmd {
	if cmd, busy := m.busy(); busy {
		return cmd
	}
	model, why := m.summariser(m.fullID(strings.TrimSpace(args)))
	if why != "" {
		return m.notice.say(toneWarning, why)
	}
	probe := m.conv.Clone()
	if !probe.Compact(turnsKept, model, m.clock) {
		return m.notice.say(toneInfo, "There is no older turn yet that a summary could stand for.")
	}
	return m.resume(func(c *chat.Conversation) { c.Compact(turnsKept, model, m.clock) }, 0)
}

// summariser is the model that a summary is asked of: the one that is named, or
// the cheapest that has room for what it is of. Else why says what is wrong.
func (m *Model) summariser(named string) (model, why string) {
	req := m.conv.Request()
	if named != "" {
		if l := m.weigh(req, named); l.room.Fit(l.prompt) != chat.Fits {
			return "", l.info.Short() + " has no room for this conversation now; /compact without a name finds one that has."
		}
		return named, ""
	}
	var ids []string
	for _, info := range m.catalogue.ByPrice() {
		if l := m.weigh(req, info.ID); l.room.Fit(l.prompt) == chat.Fits && !m.clock.Before(m.spent[info.ID]) {
			ids = append(ids, info.ID)
		}
	}
	for _, id := range ids {
		if m.catalogue.Find(id).Status == chat.Production {
			return id, ""
		}
	}
	if len(ids) == 0 {
		return "", "No model has room for this conversation now; wait for the minute's limit, or name a model."
	}
	return ids[0], ""
}

// tellSummary says what a summary saves, and how it is taken back.
func (m *Model) tellSummary() tea.Cmd {
	info := m.catalogue.Find(m.conv.Model)
	before := m.conv.Clone()
	before.Head = m.conv.Path()[len(m.conv.Path())-2].Parent
	was, is := before.Request().PromptTokens(info), m.conv.Request().PromptTokens(info)
	if is >= was {
		return m.notice.say(toneWarning, "The summary takes no less than what it stands for; /undo takes it back.")
	}
	return m.notice.say(toneInfo, fmt.Sprintf("About %s tokens are sent from now on instead of %s; /undo takes the summary back.",
		chat.Count(m.calibration.Scale(is)), chat.Count(m.calibration.Scale(was))))
}

// tellNoSummary says that there is none: all is sent as before.
func (m *Model) tellNoSummary(failure error) tea.Cmd {
	if failure == nil {
		return m.notice.say(toneInfo, "There is no summary: all is sent as before.")
	}
	return m.notice.say(toneWarning, "There is no summary, all is sent as before: "+sentence(failure.Error()))
}

// foldChosen opens the chosen summary, or folds it.
func (m *Model) foldChosen() tea.Cmd {
	if at := m.transcript.chosenAt(); at >= 0 {
		it := m.transcript.items[at]
		it.unfolded = !it.unfolded
		it.version++
		it.close()
		m.transcript.restyle(m.styles)
	}
	return nil
}

// folded reports whether the item is shown in one row: a summary that is whole.
func (it *item) folded() bool {
	return it.msg.IsSummary() && it.msg.Role == chat.Assistant && it.msg.State == chat.Complete && !it.unfolded
}

// asked is what is shown of the user's words: groqchat's own are named.
func asked(question chat.Message) string {
	if question.IsSummary() {
		return "/compact: what was said before, in brief"
	}
	return question.Content
}

// summaryLength tells a folded summary.
func (it *item) summaryLength() string {
	return "summary, " + plural(len(strings.Fields(it.msg.Content)), "word") + ": sent in the place of what stands before"
}
