package ui

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// Files wait in the tray, with what is written, until it is sent. They are read
// beside the loop; what was read for a session that is not shown any more is
// dropped.

// filesMost is how many files go with one message at the most.
const filesMost = 20

// attaching is what is known of files that are being read, and of the last step
// in the tray.
type attaching struct {
	reading int       // commands that have not come back
	last    *trayStep // nil: there is nothing to take back
}

// trayStep is what undo needs to take a step in the tray back.
type trayStep struct {
	files []chat.Attachment // those there were
	text  string            // what the files were made of, "" for nothing
	edits int               // of the composer, after the step: what was typed since is undone first
}

// attachedMsg is what became of files to attach.
type attachedMsg struct {
	session string
	files   []chat.Attachment
	said    []string // what was done to them, and why some could not be read
	failed  bool
	pasted  *pastedPaths // nil: they were named
}

// pastedPaths is a paste that may be paths, and the state of the input after it.
type pastedPaths struct {
	text  string
	edits int
}

// attachPaths reads files that were named, to go with the next message.
func (m *Model) attachPaths(paths []string) tea.Cmd {
	m.attaching.reading++
	ctx, session, s := m.ctx, m.conv.ID, newSteps()
	return tea.Batch(m.follow("reading", Things("page"), s), func() tea.Msg {
		defer s.end()
		return readFiles(ctx, session, paths, s.tell)
	})
}

// attachPasted looks whether a paste that is in the composer names files.
func (m *Model) attachPasted(text string) tea.Cmd {
	ways := droppedPaths(text)
	if len(ways) == 0 {
		return nil
	}
	ctx, session, p, s := m.ctx, m.conv.ID, &pastedPaths{text, m.composer.editor.edits}, newSteps()
	m.attaching.reading++
	return tea.Batch(m.follow("reading", Things("page"), s), func() tea.Msg {
		defer s.end()
		for _, paths := range ways {
			if allPlain(paths) {
				msg := readFiles(ctx, session, paths, s.tell)
				msg.pasted = p
				return msg
			}
		}
		return attachedMsg{session: session, pasted: p}
	})
}

// allPlain reports whether all the paths are those of plain files.
func allPlain(paths []string) bool {
	return !slices.ContainsFunc(paths, func(p string) bool {
		info, err := os.Stat(homed(p))
		return err != nil || !info.Mode().IsRegular()
	})
}

func readFiles(ctx context.Context, session string, paths []string, tell func(done, all int)) attachedMsg {
	msg := attachedMsg{session: session}
	for _, path := range paths[:min(len(paths), pathsMost)] {
		file, note, err := readTelling(ctx, homed(path), tell)
		name := filepath.Base(path)
		switch {
		case err != nil:
			msg.failed = true
			msg.said = append(msg.said, "cannot attach "+path+": "+err.Error())
			continue
		case note != "":
			msg.said = append(msg.said, name+": "+note)
		}
		msg.files = append(msg.files, file)
	}
	return msg
}

// homed is a path with the user's folder in the place of ~.
func homed(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return path
}

// onAttached puts files into the tray. Those of a paste take the place of its
// text, unless something was typed since.
func (m *Model) onAttached(msg attachedMsg) tea.Cmd {
	m.attaching.reading--
	p := msg.pasted
	switch {
	case msg.session != m.conv.ID, len(msg.files) == 0 && len(msg.said) == 0:
		return nil
	case p != nil && (len(msg.files) == 0 || p.edits != m.composer.editor.edits):
		return m.sayAttached(msg)
	}
	step := &trayStep{files: m.files}
	files, refused := withFiles(m.files, msg.files)
	if p != nil {
		m.composer.do(opUndo)
		step.text = p.text
	}
	m.files = files
	step.edits = m.composer.editor.edits
	m.attaching.last = step
	if refused != "" {
		msg.said, msg.failed = append(msg.said, refused), true
	}
	if p != nil && len(msg.said) == 0 {
		msg.said = []string{strings.TrimSuffix("attached; "+m.keys.hint("undo", "makes it text again"), "; ")}
	}
	return m.sayAttached(msg)
}

// sayAttached tells what was done to files, or why they could not be read.
func (m *Model) sayAttached(msg attachedMsg) tea.Cmd {
	tone := toneInfo
	if msg.failed {
		tone = toneWarning
	}
	if len(msg.said) == 0 {
		return nil
	}
	text := strings.Join(msg.said, "; ")
	return m.notice.say(tone, sentence(text))
}

// withFiles adds files to those there are, as far as a request takes them. What
// is the same is not added again.
func withFiles(there, more []chat.Attachment) (all []chat.Attachment, refused string) {
	all = slices.Clone(there)
	for _, file := range more {
		switch {
		case slices.ContainsFunc(all, func(a chat.Attachment) bool { return sameFile(a, file) }):
		case len(all) == filesMost:
			return all, "a message takes up to " + plural(filesMost, "file")
		case file.IsImage() && imagesIn(all) == chat.MaxImages:
			refused = "a request takes up to " + plural(chat.MaxImages, "picture")
		default:
			all = append(all, file)
		}
	}
	return all, refused
}

func sameFile(a, b chat.Attachment) bool {
	return a.Name == b.Name && a.Text == b.Text && bytes.Equal(a.Data, b.Data)
}

func imagesIn(files []chat.Attachment) int {
	n := 0
	for _, f := range files {
		if f.IsImage() {
			n++
		}
	}
	return n
}

// commandAttach attaches the files that are named, or tells which there are.
func (m *Model) commandAttach(args string) tea.Cmd {
	switch paths := splitPaths(args); {
	case args == "-":
		m.setFiles(nil)
		return m.notice.say(toneInfo, "Nothing is attached any more.")
	case len(paths) == 0:
		if m.lines != nil {
			return m.notice.say(toneInfo, "Name the files: /attach PATH. /attach - takes them off.")
		}
		return m.notice.say(toneInfo, "Name the files: /attach PATH, or write @ and a part of the name. /attach - takes them off.")
	default:
		return m.attachPaths(paths)
	}
}

// setFiles changes what is in the tray, in a way that undo takes back.
func (m *Model) setFiles(files []chat.Attachment) {
	m.attaching.last = &trayStep{files: m.files, edits: m.composer.editor.edits}
	m.files = files
}

// deleteBack deletes before the cursor; at the beginning of the text it takes the
// last file off.
func (m *Model) deleteBack() tea.Cmd {
	e := &m.composer.editor
	if len(m.files) == 0 || e.selects() || e.at != e.start() || m.regions.tooSmall {
		m.composer.do(opDeleteBack)
		return nil
	}
	last := len(m.files) - 1
	name := m.files[last].Name
	m.setFiles(slices.Clone(m.files[:last]))
	return m.notice.say(toneInfo, name+" is taken off; "+m.keys.hint("undo", "brings it back")+".")
}

// undo takes the last edit back, or the last step in the tray if that was later.
func (m *Model) undo() tea.Cmd {
	step := m.attaching.last
	if step == nil || step.edits != m.composer.editor.edits {
		m.composer.do(opUndo)
		return nil
	}
	m.attaching.last = nil
	m.files = step.files
	if step.text != "" {
		m.composer.paste(step.text)
	}
	return nil
}
