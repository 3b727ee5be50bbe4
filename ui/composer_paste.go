package ui

import (
	"strings"

	"github.com/dustin/go-humanize"

	"groqchat/chat"
)

// A paste beyond these bounds is shown as a chip: nobody reads it in a few rows.
const (
	composerPasteBytes = 2 << 10
	composerPasteLines = 20
)

// composerSetBytes is the most text that is set as it is, and can be edited;
// more becomes a chip.
const composerSetBytes = 100 << 10

// composerExpandBytes is the most text that a chip becomes again by its user's
// wish. A key in one line of it takes a millisecond.
const composerExpandBytes = 1 << 20

// composerBytes is the most that pastes make of the input: several times what
// any model reads.
const composerBytes = 4 << 20

// paste puts pasted text at the cursor: line breaks become "\n", tabs stay, and
// beyond 2 KB or 20 lines a chip "[pasted 312 lines, 14 KB]" stands for it. What
// is too much is not taken; ok says so.
func (c *composer) paste(text string) (ok bool) {
	e := &c.editor
	if len(text) > composerBytes-min(e.size(), composerBytes) {
		return false
	}
	text = editorNormal(text)
	if lines := composerLines(text); len(text) > composerPasteBytes || lines > composerPasteLines {
		e.paste(e.glyphs.fold(text, composerLabel(text, lines)))
	} else {
		e.paste(e.glyphs.encode(text))
	}
	return true
}

// composerLines is how many lines a text has; a line break at its end begins none.
func composerLines(text string) int {
	return strings.Count(strings.TrimSuffix(text, "\n"), "\n") + 1
}

// composerLabel is what stands for a large paste.
func composerLabel(text string, lines int) string {
	return "[pasted " + counted(lines, "line") + ", " + bytesOf(len(text)) + "]"
}

// counted is a number with its noun.
func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return chat.Count(n) + " " + noun
}

// bytesOf is a size as people write it.
func bytesOf(n int) string {
	return strings.Replace(humanize.Bytes(uint64(max(0, n))), "kB", "KB", 1)
}

// setText replaces what was written, which undo brings back; the cursor is at the
// end. More than 100 KB becomes a chip.
func (c *composer) setText(s string) {
	e := &c.editor
	s = editorNormal(s)
	raw, known := c.written(s)
	switch {
	case known:
	case len(s) > composerSetBytes:
		raw = e.glyphs.fold(s, composerLabel(s, composerLines(s)))
	default:
		raw = e.glyphs.encode(s)
	}
	e.replace(e.start(), e.end(), raw)
}

// written is how a text was written that was sent lately, with its pastes as
// chips: a question that comes back looks as it did.
func (c *composer) written(s string) (raw string, ok bool) {
	for _, own := range c.history.owns() {
		if own = strings.TrimSpace(own); len(own) < len(s) && c.editor.glyphs.expand(own) == s {
			return own, true
		}
	}
	return "", false
}

// expand replaces a chip by its text: the one before the cursor, however far, else
// the one after it. The cursor goes behind the text. It returns the size of what
// is too much to be edited, else 0; found says whether there is a chip at all.
func (c *composer) expand() (tooLarge int, found bool) {
	e := &c.editor
	from, ok := e.chipNear()
	if !ok {
		return 0, false
	}
	chip, _ := e.glyphs.chipAt(e.lines[from.line].text[from.off:])
	if len(chip.text) > composerExpandBytes {
		return len(chip.text), true
	}
	e.replace(from, e.after(from), e.glyphs.encode(chip.text))
	return 0, true
}
