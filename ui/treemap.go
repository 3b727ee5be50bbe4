package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// openTree shows the whole tree as an outline: what branches off stands further in,
// the path that is shown is marked, and its end is selected.
func (m *Model) openTree() tea.Cmd {
	nodes := m.conv.Outline()
	if len(nodes) == 0 {
		return m.notice.say(toneInfo, "There is no message yet.")
	}
	p := newPicker("All messages", "no message matches")
	p.heading = []string{"message", "model", "answered"}
	p.hint = hints("type to filter", m.keys.hint("overlay-accept", "go there"), "• shown · ● its end", m.keys.hint("overlay-close", "close"))
	choices := make([]choice, len(nodes))
	for i, n := range nodes {
		choices[i] = m.nodeChoice(n)
	}
	p.set(choices)
	p.choose(m.conv.Head)
	m.over = p
	return nil
}

// nodeDeepest is how far in a row stands at the most.
const nodeDeepest = 8

// nodeChoice is a row of the outline.
func (m *Model) nodeChoice(n chat.Node) choice {
	msg := n.Message
	c := choice{key: msg.ID, match: searchable(msg.Content) + " " + msg.Model, mark: nodeMark(n, m.conv.Head), do: visit(msg.ID)}
	c.columns = []string{nodeIndent(n) + nodeText(n), "", ""}
	if msg.Role == chat.Assistant {
		c.columns[1], c.columns[2] = chat.ShortModel(msg.Model), age(m.clock.Sub(msg.Created))
	}
	return c
}

// nodeIndent is the lines of the tree before a message.
func nodeIndent(n chat.Node) string {
	depth := min(n.Depth, nodeDeepest)
	if depth > 0 && n.Place.Several() {
		return strings.Repeat("│ ", depth-1) + "├ "
	}
	return strings.Repeat("│ ", depth)
}

// nodeText is how a message begins, after who speaks and which variant it is.
func nodeText(n chat.Node) string {
	who, text := "· ", chat.TitleFrom(n.Message.Content)
	if n.Message.Role == chat.User {
		who, text = "▌ ", chat.TitleFrom(asked(n.Message))
	}
	if text == "" {
		text = "(" + strings.Join(append(howEnded(n.Message), "no text"), ", ") + ")"
	}
	if n.Place.Several() {
		who += placeText(n.Place) + " "
	}
	return who + text
}

// nodeMark tells what is shown, and the head.
func nodeMark(n chat.Node, head string) string {
	switch {
	case n.Message.ID == head:
		return "●"
	case n.Shown:
		return "•"
	}
	return " "
}

// visit shows the branch through a message, with the focus on it.
func visit(id string) action {
	return func(m *Model) tea.Cmd {
		head := m.conv.Head
		cmd := m.goTo(id)
		if m.chooseMessage(id); m.conv.Head == head {
			m.lines.points(id)
		}
		return cmd
	}
}
