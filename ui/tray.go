package ui

import (
	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// The tray is the rows above the composer: the messages that wait for their turn,
// and the files that go with the one being written.

// chipName is how much of a file's name a chip shows, and chipLeast what it keeps
// before what is said of the file, cells.
const (
	chipName  = 32
	chipLeast = 12
)

// fileFacts is what a chip says of a file beside its name.
func fileFacts(a chat.Attachment) string {
	size := bytesOf(int(min(a.Bytes, 1<<40)))
	if a.Width > 0 {
		size = chat.Count(a.Width) + "×" + chat.Count(a.Height) + ", " + size
	}
	return size + ", " + plural(a.Tokens(), "token")
}

// chip stands for a file.
func chip(a chat.Attachment, width int) string {
	facts := fileFacts(a)
	name := safe.Line(a.Name, min(chipName, max(chipLeast, width-len("[ ]")-ansi.StringWidthWc(facts))))
	return safe.Cut("["+safe.Ordered(name)+" "+facts+"]", max(1, width), "…]")
}

// trayLines is the rows of the tray, without colours.
func (m *Model) trayLines() []string {
	width := m.regions.width - leftMargin - rightMargin
	if width < 1 || m.over != nil {
		return nil
	}
	return append(m.queueLines(width), m.chipLines(width)...)
}

// chipLines sets the chips into rows.
func (m *Model) chipLines(width int) []string {
	var rows []string
	for _, a := range m.files {
		text := chip(a, width)
		last := len(rows) - 1
		if last >= 0 && ansi.StringWidthWc(rows[last])+2+ansi.StringWidthWc(text) <= width {
			rows[last] += "  " + text
			continue
		}
		rows = append(rows, text)
	}
	if m.attaching.reading > 0 {
		rows = append(rows, safe.Cut("reading …", width, ""))
	}
	if line := m.workLine(width); line != "" {
		rows = append(rows[:max(0, len(rows)-min(1, m.attaching.reading))], line)
	}
	return rows
}

// queueLines is a row for each message that waits.
func (m *Model) queueLines(width int) []string {
	var rows []string
	for i, q := range m.queue {
		text := "↳ queued: " + safe.Ordered(safe.Line(q.text, 2*width))
		if n := len(q.files); n > 0 {
			text += " (with " + plural(n, "file") + ")"
		}
		hint := ""
		if i == len(m.queue)-1 {
			hint = "   " + m.keys.hint("stop", "takes it back")
		}
		room := width - ansi.StringWidthWc(hint)
		if room < width/2 {
			room, hint = width, ""
		}
		rows = append(rows, safe.Cut(text, room, "…")+hint)
	}
	return rows
}

// trayRows is as many rows of the tray as there is room for, the last ones.
func (m *Model) trayRows() []string {
	lines := m.trayLines()
	if most := m.regions.tray; len(lines) > most {
		lines = lines[len(lines)-most:]
	}
	rows := make([]string, len(lines))
	for i, line := range lines {
		rows[i] = indent + m.styles.Dim.Render(line)
	}
	return rows
}
