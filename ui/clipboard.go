package ui

import (
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// What terminals take for the clipboard is bounded, and none says that it refused:
// all take the first bound, the second is beyond most.
const (
	clipboardSure = 74_000 // bytes; 100,000 as they are sent
	clipboardMost = 1 << 20
)

// screenChunk is how much of a sequence GNU screen passes on at once, bytes.
const screenChunk = 768

// clippedMsg says where a text went that was copied.
type clippedMsg struct {
	done     string // what was done with it: Copied, Cut
	what     string // and how much that was
	by       string // the tool that took it, "" for none
	path     string // the file that it was written to, "" for none
	terminal string // what the terminal is to be told, "" for nothing
	size     int    // bytes
	err      error  // no file could be written either
}

// clip puts a text where it can be pasted from, and says where that is: the one
// way to the clipboard.
func (m *Model) clip(done, text string) tea.Cmd {
	return m.clipAs(done, counted(len([]rune(text)), "character"), text)
}

// clipAs says in other words what the text is.
func (m *Model) clipAs(did, what, text string) tea.Cmd {
	tool, way, env := m.opts.Clipboard, m.opts.Config.Clipboard, m.opts.Env
	m.clips++
	order, number := m.clipOrder, m.clips
	return func() tea.Msg {
		done, late := order.begin(number)
		defer done()
		if late {
			return nil
		}
		c := Clip(tool, way, env, text)
		return clippedMsg{done: did, what: what, by: c.By, path: c.Path, terminal: c.Terminal, size: len(text), err: c.Err}
	}
}

// Clipped is where a text went that was copied.
type Clipped struct {
	By       string // the tool that took it, "" for none
	Path     string // the file that it was written to, "" for none
	Terminal string // what the terminal is to be told, "" for nothing
	Err      error  // no file could be written either
}

// Clip gives a text to the tool, nil for none, and where that does not take it to the
// terminal or to a file, as the setting clipboard and the environment want it.
func Clip(tool func(text string) (by string, err error), way string, env []string, text string) (c Clipped) {
	if tool != nil {
		if by, err := tool(text); err == nil && by != "" {
			return Clipped{By: by}
		}
	}
	takesNone := lookup(env, "TERM") == "linux" || lookup(env, "TERM") == "dumb"
	if way == "file" || len(text) > clipboardMost || takesNone {
		c.Path, c.Err = privateFile("groqchat-*.txt", text)
		return c
	}
	return Clipped{Terminal: ClipboardSequence(env, text)}
}

// clipOrder keeps what is copied in order: who copies a word and at once its
// paragraph has the paragraph in the end.
type clipOrder struct {
	mu     sync.Mutex
	newest int
}

// begin waits for whoever copies; late reports whether something newer was copied
// already.
func (o *clipOrder) begin(number int) (done func(), late bool) {
	o.mu.Lock()
	late = number < o.newest
	o.newest = max(o.newest, number)
	return o.mu.Unlock, late
}

// onClipped tells where the text is; a terminal gets it only now, since what is
// written to it goes through the loop.
func (m *Model) onClipped(c clippedMsg) tea.Cmd {
	did := c.done + " " + c.what
	switch {
	case c.err != nil:
		return m.notice.say(toneError, "Nothing was copied: no clipboard takes it, and "+reasonOf(c.err)+".")
	case c.path != "" && c.size > clipboardMost:
		return m.notice.say(toneWarning, "No terminal takes "+bytesOf(c.size)+" for its clipboard: "+c.what+" went to the file "+c.path+".")
	case c.path != "":
		return m.notice.say(toneInfo, did+" to the file "+c.path+".")
	case c.by != "":
		return m.notice.say(toneInfo, did+" ("+c.by+").")
	case c.size > clipboardSure:
		return tea.Batch(tea.Raw(c.terminal), m.notice.say(toneWarning, did+" (through the terminal, and some take less than "+bytesOf(c.size)+")."))
	}
	return tea.Batch(tea.Raw(c.terminal), m.notice.say(toneInfo, did+" (through the terminal)."))
}

// ClipboardSequence is OSC 52. A multiplexer may keep it for itself or drop it, so it
// also gets one that it is to pass on: to be told twice does no harm.
func ClipboardSequence(env []string, text string) string {
	sequence := ansi.SetSystemClipboard(text)
	switch {
	case lookup(env, "TMUX") != "":
		return sequence + ansi.TmuxPassthrough(sequence)
	case lookup(env, "STY") != "":
		return ansi.ScreenPassthrough(sequence, screenChunk)
	}
	return sequence
}

// lookup is a variable of an environment, the last one that is set.
func lookup(env []string, name string) (value string) {
	for _, pair := range env {
		if n, v, ok := strings.Cut(pair, "="); ok && n == name {
			value = v
		}
	}
	return value
}

// reasonOf is an error's text within a sentence.
func reasonOf(err error) string { return strings.TrimSuffix(err.Error(), ".") }
