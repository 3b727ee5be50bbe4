package ui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// What the keys of scopeMessage do to the chosen message, commands do to one that
// is counted back from the last, which is 1.

// countedBack is the message that a command means; ok is false where there is none,
// which cmd says.
func (m *Model) countedBack(command, args string) (msg chat.Message, cmd tea.Cmd, ok bool) {
	path := m.conv.Path()
	n, err := strconv.Atoi(args)
	switch {
	case len(path) == 0:
		return msg, m.notice.say(toneInfo, "There is no message yet."), false
	case err != nil || n < 1 || n > len(path):
		m.composer.setText("/" + command + " " + args)
		return msg, m.notice.say(toneWarning, "The messages here have the numbers 1 to "+strconv.Itoa(len(path))+", counted back from the last."), false
	}
	return path[len(path)-n], nil, true
}

// commandDelete is /delete [N].
func (m *Model) commandDelete(args string) tea.Cmd {
	if args == "" {
		return m.openMessages("Delete a message and what follows it", "delete", (*Model).deleteMessage)
	}
	msg, cmd, ok := m.countedBack("delete", args)
	if !ok {
		return cmd
	}
	return m.deleteMessage(msg.ID)
}

// commandFork is /fork [N].
func (m *Model) commandFork(args string) tea.Cmd {
	if args == "" {
		return m.fork()
	}
	msg, cmd, ok := m.countedBack("fork", args)
	if !ok {
		return cmd
	}
	return m.forkAt(msg.ID)
}

// commandRead is /read [N|all].
func (m *Model) commandRead(args string) tea.Cmd {
	switch {
	case args == "":
		args = "1"
	case args == "all" && m.lines != nil:
		return m.readAll()
	case args == "all":
		return m.scrollTop()
	}
	msg, cmd, ok := m.countedBack("read", args)
	switch {
	case !ok:
		return cmd
	case m.lines != nil:
		m.lines.whole(msg)
		return nil
	}
	m.over = newReader(msg, m.transcript)
	return nil
}

// readAll says all messages.
func (m *Model) readAll() tea.Cmd {
	path := m.conv.Path()
	if len(path) == 0 {
		return m.notice.say(toneInfo, "There is no message yet.")
	}
	for _, msg := range path {
		m.lines.whole(msg)
	}
	return nil
}

// openMessages lists the messages that are shown, the newest first, for what is
// done to one of them.
func (m *Model) openMessages(title, does string, do func(*Model, string) tea.Cmd) tea.Cmd {
	path := m.conv.Path()
	if len(path) == 0 {
		return m.notice.say(toneInfo, "There is no message yet.")
	}
	p := newPicker(title, "no message matches")
	p.heading = []string{"message", "answered"}
	p.hint = hints("type to filter", m.keys.hint("overlay-accept", does), m.keys.hint("overlay-close", "close"))
	choices := make([]choice, 0, len(path))
	for i := len(path) - 1; i >= 0; i-- {
		msg := path[i]
		text := nodeText(chat.Node{Message: msg})
		choices = append(choices, choice{
			key: msg.ID, match: searchable(msg.Content), mark: " ", columns: []string{text, age(m.clock.Sub(msg.Created))},
			do: func(m *Model) tea.Cmd { return do(m, msg.ID) },
		})
	}
	p.set(choices)
	m.over = p
	return nil
}

// commandStop is /stop, for where ctrl+c and esc are no keys.
func (m *Model) commandStop() tea.Cmd {
	if !m.turn.live && len(m.race.models) == 0 {
		return m.notice.say(toneInfo, "No answer is under way.")
	}
	return m.stopAnswer()
}

// commandRecall is /recall [WORDS].
func (m *Model) commandRecall(words string) tea.Cmd {
	cmd := m.openRecall()
	if p, ok := m.over.(*picker); ok && p.title == recallTitle {
		p.paste(words)
	}
	return cmd
}

// commandDefault is /default NAME.
func (m *Model) commandDefault(name string) tea.Cmd {
	row, ok := chat.FindParameter(name)
	setting, live := findLive(name)
	switch {
	case name == "model":
		return m.keepDefault(name, m.conv.Model)
	case ok:
		return m.keepDefault(name, row.Get(m.conv.Params))
	case live:
		return m.keepDefault(name, setting.Get(m.opts.Config.Config))
	}
	names := append([]string{"model"}, settableNames()...)
	m.composer.setText("/default " + name)
	near := didYouMean(name, "", names)
	if near == "." || name == "" {
		return m.notice.say(toneWarning, "Name what new sessions are to begin with: "+strings.Join(names, ", ")+".")
	}
	return m.notice.say(toneWarning, "There is no "+safe.Line(name, 60)+near)
}
