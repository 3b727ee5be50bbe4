package markdown

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// piece is text in one style. The style is the sequence that opens it, "" for
// the terminal's own.
type piece struct {
	style string
	text  string
}

const reset = "\x1b[m"

// lineWriter builds lines that stand by themselves: each opens the styles it
// needs and closes them, and has no trailing blanks.
type lineWriter struct {
	b     strings.Builder
	style string // open in b
	blank piece  // blanks that are written only if something follows
}

func (w *lineWriter) write(p piece) {
	text := strings.TrimRight(p.text, " ")
	if text == "" {
		w.blank = piece{p.style, w.blank.text + p.text}
		return
	}
	if w.blank.text != "" {
		w.put(w.blank)
		w.blank = piece{}
	}
	w.put(piece{p.style, text})
	if n := len(p.text) - len(text); n > 0 {
		w.blank = piece{p.style, p.text[len(text):]}
	}
}

func (w *lineWriter) put(p piece) {
	if p.style != w.style {
		if w.style != "" {
			w.b.WriteString(reset)
		}
		w.b.WriteString(p.style)
		w.style = p.style
	}
	w.b.WriteString(p.text)
}

// writeStyled writes a text that opens and closes its styles itself.
func (w *lineWriter) writeStyled(s string) {
	if w.blank.text != "" {
		w.put(w.blank)
		w.blank = piece{}
	}
	w.put(piece{"", s})
}

// line returns the line that was written and begins the next.
func (w *lineWriter) line() string {
	if w.style != "" {
		w.b.WriteString(reset)
	}
	s := w.b.String()
	*w = lineWriter{}
	return s
}

// styledLine is a line of these pieces.
func styledLine(pieces ...piece) string {
	var w lineWriter
	for _, p := range pieces {
		w.write(p)
	}
	return w.line()
}

// parsePieces takes apart a text with colours and attributes (SGR), which may
// have many lines; other sequences are dropped, for they are the renderer's own
// links. What was to be read is kept whole.
func parsePieces(s string) []piece {
	var pieces []piece
	style := ""
	for len(s) > 0 {
		esc := strings.IndexByte(s, 0x1b)
		if esc != 0 {
			if esc < 0 {
				esc = len(s)
			}
			pieces = appendPiece(pieces, piece{style, s[:esc]})
			s = s[esc:]
			continue
		}
		n := sequenceLen(s)
		switch seq := s[:n]; {
		case seq == reset || seq == "\x1b[0m":
			style = ""
		case strings.HasPrefix(seq, "\x1b[") && seq[n-1] == 'm':
			style = combine(style, seq)
		}
		s = s[n:]
	}
	return pieces
}

// combine adds a sequence to those that are open already; one that is the last
// again adds nothing.
func combine(style, seq string) string {
	if strings.HasSuffix(style, seq) {
		return style
	}
	return style + seq
}

func appendPiece(pieces []piece, p piece) []piece {
	if n := len(pieces); n > 0 && pieces[n-1].style == p.style {
		pieces[n-1].text += p.text
		return pieces
	}
	return append(pieces, p)
}

// sequenceLen measures the escape sequence that s begins with: a CSI, or a
// string up to BEL or ESC \.
func sequenceLen(s string) int {
	if len(s) < 2 {
		return len(s)
	}
	if s[1] == '[' {
		for i := 2; i < len(s); i++ {
			if s[i] >= 0x40 && s[i] <= 0x7e {
				return i + 1
			}
		}
		return len(s)
	}
	for i := 2; i < len(s); i++ {
		if s[i] == '\a' {
			return i + 1
		}
		if s[i] == 0x1b && i+1 < len(s) {
			return i + 2
		}
	}
	return len(s)
}

// cluster returns the first character of s as a reader sees it, and its cells.
func cluster(s string) (string, int) {
	if s[0] >= ' ' && s[0] < 0x7f && (len(s) == 1 || s[1] < 0x80) {
		return s[:1], 1
	}
	return ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
}
