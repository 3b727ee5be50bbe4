package ui

import (
	"bytes"
	"context"
	"os"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// together is how soon a line must follow another to be of one paste.
const together = 30 * time.Millisecond

// readLines waits for a line. On a terminal those that are there at once come
// together: they were pasted, and are one message.
func readLines(in, out *os.File, terminal bool) tea.Cmd {
	return func() tea.Msg {
		text, ended := readLine(in)
		for terminal && !ended && moreWaits(in, together) {
			var next string
			if next, ended = readLine(in); !ended || next != "" {
				text += "\n" + next
			}
		}
		return linesReadMsg{text: text, ended: ended, columns: columnsOf(out)}
	}
}

// readLine reads up to the end of a line and no further: what follows belongs to
// whoever reads next. ended says that the file has no more.
func readLine(in *os.File) (line string, ended bool) {
	var all []byte
	one := make([]byte, 1)
	for {
		n, err := in.Read(one)
		if n > 0 && one[0] == '\n' {
			break
		}
		if err != nil || n == 0 {
			return string(bytes.TrimSuffix(all, []byte("\r"))), true
		}
		all = append(all, one[0])
	}
	return strings.ToValidUTF8(string(bytes.TrimSuffix(all, []byte("\r"))), "\ufffd"), false
}

// awaitInterrupt waits for ctrl+c.
func awaitInterrupt(ctx context.Context, interrupts <-chan os.Signal) tea.Cmd {
	return func() tea.Msg {
		select {
		case <-interrupts:
			return interruptedMsg{}
		case <-ctx.Done():
			return nil
		}
	}
}
