package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/safe"
)

// The last plane of Unicode is for private use: each of its characters may
// stand for a chip. One that comes in from outside is made a chip of itself.
const (
	editorChipFirst = '\U00100000'
	editorChipLast  = '\U0010FFFF'
	editorChipLead  = 0xf4 // first byte of these, and of nothing else in valid UTF-8
)

// editorTab is the distance of tab stops, cells from the beginning of a row.
const editorTab = 4

// editorGlyphs knows what the characters of a text look like.
type editorGlyphs struct {
	method   ansi.Method // how cells are counted: as the renderer counts them
	chips    []editorChip
	literals map[rune]rune // from a character of the last plane to its chip
}

// editorChip is a text that is one character.
type editorChip struct {
	text  string
	label string // "" if it is a literal, which is shown as other odd characters are
}

func editorIsChip(r rune) bool { return r >= editorChipFirst && r <= editorChipLast }

// chip makes a chip and returns the character for it. There are 65,536 of them;
// ok is false when they are used up.
func (g *editorGlyphs) chip(text, label string) (raw string, ok bool) {
	r := editorChipFirst + rune(len(g.chips))
	if r > editorChipLast {
		return "", false
	}
	g.chips = append(g.chips, editorChip{text, label})
	return string(r), true
}

// fold makes a chip of a text: it is shown as its label, moves and is deleted as
// one character, and is the text again when it is expanded.
func (g *editorGlyphs) fold(text, label string) (raw string) {
	if raw, ok := g.chip(text, label); ok {
		return raw
	}
	return g.encode(text)
}

// encode replaces characters of the last plane by their chips.
func (g *editorGlyphs) encode(s string) string {
	if strings.IndexByte(s, editorChipLead) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if !editorIsChip(r) {
			return r
		}
		return g.literal(r)
	}, s)
}

func (g *editorGlyphs) literal(r rune) rune {
	if known, ok := g.literals[r]; ok {
		return known
	}
	raw, ok := g.chip(string(r), "")
	if !ok {
		return utf8.RuneError
	}
	if g.literals == nil {
		g.literals = map[rune]rune{}
	}
	made, _ := utf8.DecodeRuneInString(raw)
	g.literals[r] = made
	return made
}

// chipAt is the chip that s begins with.
func (g *editorGlyphs) chipAt(s string) (editorChip, bool) {
	if s == "" || s[0] != editorChipLead {
		return editorChip{}, false
	}
	r, _ := utf8.DecodeRuneInString(s)
	if i := int(r - editorChipFirst); editorIsChip(r) && i < len(g.chips) {
		return g.chips[i], true
	}
	return editorChip{}, false
}

// expand replaces chips by their text.
func (g *editorGlyphs) expand(raw string) string {
	at := strings.IndexByte(raw, editorChipLead)
	if at < 0 {
		return raw
	}
	var b strings.Builder
	for ; at >= 0; at = strings.IndexByte(raw, editorChipLead) {
		b.WriteString(raw[:at])
		c, _ := g.chipAt(raw[at:])
		b.WriteString(c.text)
		raw = raw[at+utf8.UTFMax:]
	}
	b.WriteString(raw)
	return b.String()
}

// size is the length of the expanded text.
func (g *editorGlyphs) size(raw string) int {
	n := len(raw)
	for at := strings.IndexByte(raw, editorChipLead); at >= 0; at = strings.IndexByte(raw, editorChipLead) {
		c, _ := g.chipAt(raw[at:])
		n += len(c.text) - utf8.UTFMax
		raw = raw[at+utf8.UTFMax:]
	}
	return n
}

// keep frees the texts of chips that are in none of the raw texts.
func (g *editorGlyphs) keep(raws ...string) {
	used := strings.Join(raws, "")
	for i := range g.chips {
		c := &g.chips[i]
		if c.label != "" && !strings.ContainsRune(used, editorChipFirst+rune(i)) {
			c.text = ""
		}
	}
}

// next is the length in bytes and the width in cells of the first character of
// s, which is not empty, when it stands at column x.
func (g *editorGlyphs) next(s string, x int) (size, cells int) {
	c := s[0]
	switch {
	case c == '\t':
		return 1, editorTab - x%editorTab
	case c >= ' ' && c < 0x7f && (len(s) == 1 || s[1] < utf8.RuneSelf):
		return 1, 1
	}
	if n := editorIdeograph(s); n > 0 && (len(s) == n || s[n] < utf8.RuneSelf || editorIdeograph(s[n:]) > 0) {
		return n, 2
	}
	cluster := g.cluster(s)
	return len(cluster), g.cells(g.show(cluster))
}

// cells is the width of what is shown.
func (g *editorGlyphs) cells(s string) int { return g.method.StringWidth(s) }

// editorIdeograph is the length in bytes of the character that s begins with if it
// is one of the common ones that are two cells wide and join with nothing before
// them: most of Chinese, Japanese and Korean. Else it is 0.
func editorIdeograph(s string) int {
	if len(s) < 3 || s[0] < 0xe3 || s[0] > 0xed {
		return 0
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r >= 0x4e00 && r <= 0x9fff, r >= 0xac00 && r <= 0xd7a3, r >= 0x3041 && r <= 0x3096, r >= 0x30a1 && r <= 0x30fa:
		return size
	}
	return 0
}

// cluster is the first grapheme cluster of s; a chip joins with nothing.
func (g *editorGlyphs) cluster(s string) string {
	if s[0] == editorChipLead {
		if r, size := utf8.DecodeRuneInString(s); editorIsChip(r) {
			return s[:size]
		}
	}
	cluster, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	if at := strings.IndexByte(cluster, editorChipLead); at > 0 {
		return cluster[:at]
	}
	return cluster
}

// show is how a cluster appears: safe, and at least one cell wide so that the
// cursor is seen to move.
func (g *editorGlyphs) show(cluster string) string {
	if c, ok := g.chipAt(cluster); ok {
		if c.label == "" {
			return "▫"
		}
		return c.label
	}
	shown := safe.Text(cluster)
	if g.cells(shown) > 0 {
		return shown
	}
	if r, _ := utf8.DecodeRuneInString(shown); unicode.Is(unicode.Mn, r) && r < 0xfe00 {
		return "◌" + shown // a mark that has nothing to stand on
	}
	return "▫"
}

// lastChip is where the last chip with a label begins in a raw text, -1 if there is
// none.
func (g *editorGlyphs) lastChip(raw string) int {
	for at := strings.LastIndexByte(raw, editorChipLead); at >= 0; at = strings.LastIndexByte(raw[:at], editorChipLead) {
		if c, ok := g.chipAt(raw[at:]); ok && c.label != "" {
			return at
		}
	}
	return -1
}

// firstChip is where the first chip with a label begins in a raw text, -1 if there
// is none.
func (g *editorGlyphs) firstChip(raw string) int {
	for at := 0; ; at += utf8.UTFMax {
		next := strings.IndexByte(raw[at:], editorChipLead)
		if next < 0 {
			return -1
		}
		at += next
		if c, ok := g.chipAt(raw[at:]); ok && c.label != "" {
			return at
		}
	}
}

// chipNear is where the chip before the cursor is, however far, else the one after.
func (e *editor) chipNear() (editorPos, bool) {
	text, off := e.lines[e.at.line].text, e.at.off
	if at := e.glyphs.lastChip(text[:off]); at >= 0 {
		return editorPos{e.at.line, at}, true
	}
	for i := e.at.line - 1; i >= 0; i-- {
		if at := e.glyphs.lastChip(e.lines[i].text); at >= 0 {
			return editorPos{i, at}, true
		}
	}
	if at := e.glyphs.firstChip(text[off:]); at >= 0 {
		return editorPos{e.at.line, off + at}, true
	}
	for i := e.at.line + 1; i < len(e.lines); i++ {
		if at := e.glyphs.firstChip(e.lines[i].text); at >= 0 {
			return editorPos{i, at}, true
		}
	}
	return editorPos{}, false
}
