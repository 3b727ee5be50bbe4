package ui

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
	"groqchat/ui/markdown"
	"groqchat/ui/safe"
)

// What is copied is what was written and not how it stands on the screen: no
// gutters, no padding, no line breaks of the window. It is made safe, so that a
// paste does nothing that was not to be seen.

// commandCopy is /copy [last|N|all|table].
func (m *Model) commandCopy(args string) tea.Cmd {
	switch args {
	case "", "last":
		return m.copyAnswer(1)
	case "all":
		return m.copyAll()
	case "table":
		return m.copyTable()
	}
	n, err := strconv.Atoi(args)
	if err != nil || n < 1 {
		m.composer.setText("/copy " + args)
		return m.notice.say(toneWarning, "There is no /copy "+args+didYouMean(args, "/copy ", copyWords())+" A number counts answers back from the last.")
	}
	return m.copyAnswer(n)
}

// copyWords is what /copy takes beside a number.
func copyWords() []string { return []string{"last", "all", "table"} }

// answers is the answers of the path that have text, the last one first.
func (m *Model) answers() []chat.Message {
	all := slices.DeleteFunc(slices.Clone(m.conv.Path()), func(msg chat.Message) bool { return msg.Role != chat.Assistant || msg.Content == "" })
	slices.Reverse(all)
	return all
}

// copyAnswer copies an answer, counted back from the last, which is 1.
func (m *Model) copyAnswer(n int) tea.Cmd {
	all := m.answers()
	switch {
	case len(all) == 0:
		return m.notice.say(toneInfo, "There is no answer to copy yet.")
	case n > len(all):
		return m.notice.say(toneWarning, "There are no more answers than "+strconv.Itoa(len(all))+".")
	}
	return m.copyMessage(all[n-1])
}

// copyMessage copies the Markdown of a message.
func (m *Model) copyMessage(msg chat.Message) tea.Cmd {
	text := safe.Text(strings.Trim(msg.Content, "\n"))
	if text == "" {
		return m.notice.say(toneInfo, "The message is empty.")
	}
	what := "the question"
	if msg.Role == chat.Assistant {
		what = "the answer"
	}
	return m.clipAs("Copied", what+", "+counted(len([]rune(text)), "character"), text)
}

// copyAll copies the conversation as it would be exported.
func (m *Model) copyAll() tea.Cmd {
	if len(m.conv.Messages) == 0 {
		return m.notice.say(toneInfo, "There is nothing to copy yet.")
	}
	conv := m.conv.Clone()
	var b bytes.Buffer
	if err := history.Transcript(&b, &conv); err != nil {
		return m.notice.say(toneError, "Nothing was copied: "+sentence(err.Error()))
	}
	text := safe.Text(b.String())
	return m.clipAs("Copied", "the conversation, "+counted(len([]rune(text)), "character"), text)
}

// copyTable copies the Markdown of the last table there is.
func (m *Model) copyTable() tea.Cmd {
	for _, msg := range m.answers() {
		if tables := markdown.Tables(msg.Content); len(tables) > 0 {
			table := tables[len(tables)-1]
			return m.clipAs("Copied", "the last table, "+counted(strings.Count(table, "\n"), "line"), table)
		}
	}
	return m.notice.say(toneInfo, "There is no table in this conversation.")
}

// commandCode is /code [N] [FILE].
func (m *Model) commandCode(args string) tea.Cmd {
	msg, codes := m.lastCodes()
	if len(codes) == 0 {
		return m.notice.say(toneInfo, "There is no code in this conversation.")
	}
	first, file, _ := strings.Cut(args, " ")
	n, err := strconv.Atoi(first)
	if err != nil {
		n, file = 0, args
	}
	switch file = strings.TrimSpace(file); {
	case n < 0 || n > len(codes) || err == nil && n == 0:
		m.composer.setText("/code " + args)
		return m.notice.say(toneWarning, "The last code has "+counted(len(codes), "block")+", numbered from 1.")
	case n == 0 && len(codes) > 1:
		return m.chooseCode(msg, file)
	}
	return m.takeCode(codes[max(1, n)-1], file)
}

// lastCodes is the last answer with code, and that code.
func (m *Model) lastCodes() (chat.Message, []markdown.Code) {
	for _, msg := range m.answers() {
		if codes := markdown.Codes(msg.Content); len(codes) > 0 {
			return msg, codes
		}
	}
	return chat.Message{}, nil
}

// takeCode copies a block of code, or writes it to a file that must not exist.
func (m *Model) takeCode(c markdown.Code, file string) tea.Cmd {
	what := "code block " + strconv.Itoa(c.Number) + ", " + counted(strings.Count(c.Text, "\n"), "line")
	switch {
	case c.Text == "":
		return m.notice.say(toneInfo, "The code block is empty.")
	case file == "":
		return m.clipAs("Copied", what, c.Text)
	}
	return func() tea.Msg {
		return codeSavedMsg{what, file, history.WriteExport(file, []byte(c.Text), false)}
	}
}

// codeSavedMsg is the end of writing code to a file.
type codeSavedMsg struct {
	what, path string
	err        error
}

func (m *Model) onCodeSaved(msg codeSavedMsg) tea.Cmd {
	if msg.err != nil {
		return m.notice.say(toneError, "The code is not saved: "+sentence(msg.err.Error()))
	}
	return m.notice.say(toneInfo, "Saved "+msg.what+", to "+msg.path+".")
}

// chooseCode takes the only block of a message's code, or lists them to choose one:
// to be copied, or written to a file.
func (m *Model) chooseCode(msg chat.Message, file string) tea.Cmd {
	codes := markdown.Codes(msg.Content)
	switch len(codes) {
	case 0:
		return m.notice.say(toneInfo, "There is no code in this message.")
	case 1:
		return m.takeCode(codes[0], file)
	}
	title, does := "Copy a code block", "copy"
	if file != "" {
		title, does = "Save a code block to "+safe.Line(file, 40), "save"
	}
	p := newPicker(title, "no block matches")
	p.heading = []string{"code", "language", "lines"}
	p.hint = hints(m.keys.hint("overlay-accept", does), "/code N FILE saves one", m.keys.hint("overlay-close", "close"))
	var choices []choice
	for _, c := range codes {
		lines := counted(strings.Count(c.Text, "\n"), "line")
		n := strconv.Itoa(c.Number)
		choices = append(choices, choice{
			key: n, match: n + " " + c.Language + " " + c.Text, mark: " ",
			columns: []string{n + " " + firstLine(c.Text), cmp.Or(c.Language, "text"), lines},
			do:      func(m *Model) tea.Cmd { return m.takeCode(c, file) },
		})
	}
	p.set(choices)
	m.over = p
	return nil
}

// firstLine is the first line with something in it.
func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	return strings.TrimSpace(line)
}

// copyChosen copies the chosen message.
func (m *Model) copyChosen() tea.Cmd {
	msg, _ := m.chosenMessage()
	return m.copyMessage(msg)
}

// copyChosenCode copies code of the chosen message.
func (m *Model) copyChosenCode() tea.Cmd {
	msg, _ := m.chosenMessage()
	return m.chooseCode(msg, "")
}

// hasCode reports whether a message has code, by its fences: it is asked for each
// frame.
func hasCode(msg chat.Message) bool {
	return strings.Contains(msg.Content, "```") || strings.Contains(msg.Content, "~~~")
}
