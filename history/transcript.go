package history

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"groqchat/chat"
)

// Transcript writes the path of a conversation as Markdown: a title, the user's
// words behind quote bars, the answers as they came. A line says which model
// answers wherever that changes, and another how an answer ended that is not
// complete; a last question that got none follows. Reasoning, branches and the system prompt are only in the file itself.
// The text is raw and must be made safe before a terminal shows it.
func Transcript(w io.Writer, conv *chat.Conversation) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s\n", cmp.Or(flat(conv.Title), "Untitled"))
	if !conv.Created.IsZero() {
		fmt.Fprintf(b, "\n%s\n", conv.Created.UTC().Format("2 January 2006, 15:04 UTC"))
	}
	model := ""
	for _, m := range conv.Path() {
		if m.Role == chat.Assistant {
			if name := flat(m.Model); name != "" && name != model {
				fmt.Fprintf(b, "\n*%s*\n", name)
				model = name
			}
			writeAnswer(b, m)
		} else {
			writeQuestion(b, m)
		}
	}
	if question, reply, ok := conv.Unanswered(); ok {
		writeQuestion(b, question)
		ended(b, "This question was not answered", reply.Error)
	}
	return b.Flush()
}

func writeQuestion(b *bufio.Writer, m chat.Message) {
	text := strings.TrimRight(m.Content, " \t\n")
	if m.Role != chat.User {
		text = "(" + flat(string(m.Role)) + ") " + text
	}
	for _, a := range m.Attachments {
		text += fmt.Sprintf("\n\nAttached: %s (%s, %d bytes)", flat(a.Name), flat(a.Type), a.Bytes)
	}
	fmt.Fprintln(b)
	for line := range strings.SplitSeq(strings.TrimLeft(text, "\n"), "\n") {
		fmt.Fprintln(b, strings.TrimRight("> "+line, " "))
	}
}

func writeAnswer(b *bufio.Writer, m chat.Message) {
	if text := strings.Trim(m.Content, "\n"); strings.TrimSpace(text) != "" {
		fmt.Fprintf(b, "\n%s\n", text)
		if fence := openFence(text); fence != "" {
			fmt.Fprintln(b, fence)
		}
	}
	switch m.State {
	case chat.Interrupted, chat.Pending:
		ended(b, "This answer was cut off", m.Error)
	case chat.Stopped:
		ended(b, "This answer was stopped", "")
	case chat.Failed:
		ended(b, "This answer failed", m.Error)
	case chat.Complete:
	}
}

func ended(b *bufio.Writer, what, why string) {
	if why = flat(why); why != "" {
		what += ": " + strings.TrimSuffix(why, ".")
	}
	fmt.Fprintf(b, "\n*%s.*\n", what)
}

// openFence is the end of a code block that text leaves open, as an answer that
// was cut off does: what follows would be taken for code.
func openFence(text string) string {
	open := ""
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		mark := line[:len(line)-len(strings.TrimLeft(line, "`"))]
		if mark == "" {
			mark = line[:len(line)-len(strings.TrimLeft(line, "~"))]
		}
		switch {
		case len(mark) < 3:
		case open == "":
			if mark[0] == '~' || !strings.Contains(line[len(mark):], "`") {
				open = mark
			}
		case mark[0] == open[0] && len(mark) >= len(open) && mark == line:
			open = ""
		}
	}
	return open
}

func flat(s string) string { return strings.Join(strings.Fields(s), " ") }
