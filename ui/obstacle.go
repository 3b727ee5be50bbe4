package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// obstacle is one row of the table of what stands in the way of actions: the palette
// tells it, and so does a key on a message that does nothing there. The actions
// themselves know as much; what they say is longer.
type obstacle struct {
	why   string
	holds func(*Model) bool
	names string // of rows of the tables of keys and of commands, with blanks between
}

// obstacles is the table. Of several that hold the first is told.
func obstacles() []obstacle {
	silent := func(m *Model) bool { return len(m.transcript.items) == 0 }
	return []obstacle{
		{"no message is chosen", func(m *Model) bool { return !m.focused() }, strings.Join(messageNames(), " ")},
		{"nothing was said yet", silent, "retry continue thought rewind find messages page-up page-down read-on jump-up jump-down code-up code-down top bottom " +
			"/edit /retry /continue /compact /variants /tree /thought /fork /save /find /export /copy /code /snippet"},
		{"no answer is under way", func(m *Model) bool { return !m.turn.live && !m.editing.on() && len(m.race.models) == 0 }, "stop"},
		{"an answer is under way", func(m *Model) bool { return m.turn.live }, "new retry continue undo-step redo-step rewind " +
			"message-edit message-retry message-delete message-branch message-undo message-redo " +
			"/new /temporary /edit /retry /continue /compact /race /undo /redo /fork"},
		{"the session is read-only", func(m *Model) bool { return m.readOnly != "" }, "send retry continue undo-step redo-step " +
			"message-edit message-retry message-model message-delete message-undo message-redo /edit /retry /continue /compact /race /undo /redo /rename /pin /tag"},
		{"this chat is temporary", func(m *Model) bool { return m.opts.Store == nil }, "sessions /resume /search /rename /pin /tag /temporary"},
		{"the last answer is complete", func(m *Model) bool { return !m.conv.CanContinue() }, "continue /continue"},
		{"no step was taken yet", func(m *Model) bool { return !m.conv.CanUndo() }, "undo-step message-undo /undo"},
		{"nothing was taken back", func(m *Model) bool { return !m.conv.CanRedo() }, "redo-step message-redo /redo"},
		{"no answer came with a thought", func(m *Model) bool { return !m.thoughtful() }, "thought /thought"},
		{"the message came without a thought", chosenIs(func(msg chat.Message) bool { return msg.Reasoning == "" }), "message-thought"},
		{"the message is no summary", chosenIs(func(msg chat.Message) bool { return !msg.IsSummary() }), "message-fold"},
		{"there is no code in the message", chosenIs(func(msg chat.Message) bool { return !hasCode(msg) }), "message-code"},
		{"the message has no other variant", func(m *Model) bool { return !m.several() }, "variant-before variant-after message-variants"},
		{"long lines of code are wrapped", func(m *Model) bool { return !wholeCode(m) }, "code-left code-right"},
		{"there are no favourite models", func(m *Model) bool { return len(m.favourites) == 0 }, "next-model previous-model"},
		{"the model has no effort to choose", func(m *Model) bool { return len(m.catalogue.Find(m.conv.Model).Efforts) == 0 }, "effort /effort"},
		{"there are no earlier prompts yet", func(m *Model) bool { return len(m.composer.history.entries) == 0 }, "recall"},
		{"nothing is below", func(m *Model) bool { return m.transcript.pill() == "" }, "page-down read-on bottom jump-down"},
		{"the input is empty", func(m *Model) bool { return m.composer.empty() }, "send undo delete-back delete-forward delete-word-back delete-word-forward " +
			"delete-blank-back kill-line kill-start select-all"},
		{"the input is not empty", func(m *Model) bool { return !m.composer.empty() }, "quit messages read-on help-quick"},
		{"nothing is selected", func(m *Model) bool { return !m.selects() }, "copy cut"},
	}
}

func messageNames() (names []string) {
	for _, b := range messageKeys() {
		names = append(names, b.name)
	}
	return names
}

// obstacle is what stands in the way of an action, by the name of its key or, with a
// slash, of its command; "" if nothing does.
func (m *Model) obstacle(name string) string {
	for _, o := range obstacles() {
		if slices.Contains(strings.Fields(o.names), name) && o.holds(m) {
			return o.why
		}
	}
	return ""
}

// wayOut is how what stands in the way of a key on a message is got out of it.
func (m *Model) wayOut(name string) string {
	switch name {
	case "variant-before", "variant-after", "message-variants":
		return m.keys.hint("message-retry", "gives another answer")
	case "code-left", "code-right":
		return m.keys.hint("code-wrap", "leaves them whole")
	}
	return ""
}

// refuse says why a key does nothing on the chosen message, if it is one of those
// that act on messages.
func (m *Model) refuse(msg tea.KeyPressMsg) tea.Cmd {
	for _, b := range m.keys.rows {
		if b.scope != scopeMessage || !key.Matches(msg, b.key) {
			continue
		}
		if why := m.obstacle(b.name); why != "" {
			said := sentence(strings.TrimSuffix(why+"; "+m.wayOut(b.name), "; "))
			return m.notice.say(toneInfo, said)
		}
	}
	return nil
}

// thoughtful reports whether any answer that is shown came with a thought.
func (m *Model) thoughtful() bool {
	return slices.ContainsFunc(m.transcript.items, func(it *item) bool { return it.msg.Reasoning != "" })
}
