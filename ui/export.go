package ui

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
)

// ExportFormat is one row of the table of formats that sessions are exported in.
type ExportFormat struct {
	Name, Ending string
	Help         string
	write        func(w io.Writer, sessions []chat.Conversation, tell func(done, all int)) error
}

// Write writes the sessions. The text is raw, but for HTML, which is safe to open.
func (f ExportFormat) Write(w io.Writer, sessions ...chat.Conversation) error {
	return f.write(w, sessions, func(int, int) {})
}

// ExportFormats is the table, the usual one first.
func ExportFormats() []ExportFormat {
	return []ExportFormat{
		{"markdown", "md", "Markdown", eachWith("\n---\n\n", history.Transcript)},
		{"html", "html", "a page by itself, code highlighted, for light and dark", writePage},
		{"json", "json", "the sessions' files, for import", func(w io.Writer, all []chat.Conversation, _ func(int, int)) error {
			return history.ExportJSON(w, all...)
		}},
		{"text", "txt", "plain text", eachWith("\n----------------\n\n", history.ExportText)},
	}
}

// FindExportFormat looks a row up by its name, the beginning of it or the ending of
// its files; "" is the usual one.
func FindExportFormat(name string) (ExportFormat, bool) {
	rows := ExportFormats()
	name = strings.ToLower(name)
	i := slices.IndexFunc(rows, func(f ExportFormat) bool { return strings.HasPrefix(f.Name, name) || f.Ending == name })
	if i < 0 {
		return ExportFormat{}, false
	}
	return rows[i], true
}

// ExportNames is the names of the formats.
func ExportNames() []string {
	rows := ExportFormats()
	names := make([]string, len(rows))
	for i, f := range rows {
		names[i] = f.Name
	}
	return names
}

// eachWith writes one session after the other, with something between them.
func eachWith(between string, one func(io.Writer, *chat.Conversation) error) func(io.Writer, []chat.Conversation, func(int, int)) error {
	return func(w io.Writer, all []chat.Conversation, tell func(done, all int)) error {
		for i := range all {
			tell(i, len(all))
			if i > 0 {
				if _, err := io.WriteString(w, between); err != nil {
					return err
				}
			}
			if err := one(w, &all[i]); err != nil {
				return err
			}
		}
		return nil
	}
}

// clipboardFile is the name that means the clipboard, as elsewhere it means stdout.
const clipboardFile = "-"

// commandExport is /export [FORMAT] [FILE].
func (m *Model) commandExport(args string) tea.Cmd {
	name, file, _ := strings.Cut(args, " ")
	f, ok := FindExportFormat(name)
	if !ok && file == "" { // a file alone, whose ending says the format
		f, ok = FindExportFormat(name[strings.LastIndexByte(name, '.')+1:])
		file = name
	}
	if !ok {
		return m.notice.say(toneWarning, "There is no format "+name+didYouMean(name, "", ExportNames()))
	}
	if len(m.conv.Messages) == 0 {
		return m.notice.say(toneInfo, "There is nothing to export yet.")
	}
	conv := m.conv.Clone()
	return m.exportTo(f, cmp.Or(strings.TrimSpace(file), history.ExportName(conv.Title, conv.ID, m.clock, f.Ending)), func() (chat.Conversation, error) { return conv, nil })
}

// exportSession exports a session that the picker shows, to the usual file.
func (m *Model) exportSession(id, title string) tea.Cmd {
	f, store, conv := ExportFormats()[0], m.opts.Store, m.conv.Clone()
	load := func() (chat.Conversation, error) {
		if id == conv.ID {
			return conv, nil
		}
		s, err := store.Load(id)
		return s.Conversation, err
	}
	return m.exportTo(f, history.ExportName(title, id, m.clock, f.Ending), load)
}

// exportedMsg is the end of an export.
type exportedMsg struct {
	path, text string // the text is for the clipboard
	err        error
}

// exportTo writes a file that must not exist.
func (m *Model) exportTo(f ExportFormat, path string, load func() (chat.Conversation, error)) tea.Cmd {
	s := newSteps()
	return tea.Batch(m.follow("exporting", Things("message"), s), func() tea.Msg {
		defer s.end()
		conv, err := load()
		var b bytes.Buffer
		if err == nil {
			err = f.write(&b, []chat.Conversation{conv}, s.tell)
		}
		if err == nil && path == clipboardFile {
			return exportedMsg{text: b.String()}
		}
		if err == nil {
			err = history.WriteExport(path, b.Bytes(), false)
		}
		return exportedMsg{path: path, err: err}
	})
}

func (m *Model) onExported(msg exportedMsg) tea.Cmd {
	if msg.err != nil {
		return m.notice.say(toneError, "Nothing was exported: "+sentence(msg.err.Error()))
	}
	if msg.text != "" {
		return m.clip("Copied", msg.text)
	}
	return m.notice.say(toneInfo, "Exported to "+msg.path+".")
}
