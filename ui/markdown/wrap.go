package markdown

import "strings"

// piece is text in one style. The style is the sequence that opens it, "" for
// the terminal's own: colours and attributes, behind the link that it is part
// of, if it is.
type piece struct {
	style string
	text  string
}

const (
	reset     = "\x1b[m"
	linkStart = "\x1b]8;"
	linkEnd   = "\x1b]8;;\a"

	// hardBlank is a blank at which no line ends and that is never left out: the
	// edge of what has a ground of its own. It cannot come from a text, in which
	// safe.Text leaves no control.
	hardBlank = "\x1f"
)

// closing closes a style.
func closing(style string) string {
	switch {
	case style == "":
		return ""
	case !strings.HasPrefix(style, linkStart):
		return reset
	case strings.HasSuffix(style, "\a"):
		return linkEnd
	default:
		return linkEnd + reset
	}
}

// lineWriter builds lines that stand by themselves: each opens the styles and
// the link it needs and closes them, and has no trailing blanks.
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
	w.flush()
	w.put(piece{p.style, text})
	if n := len(p.text) - len(text); n > 0 {
		w.blank = piece{p.style, p.text[len(text):]}
	}
}

// flush writes the blanks that waited for something to follow.
func (w *lineWriter) flush() {
	if w.blank.text != "" {
		w.put(w.blank)
		w.blank = piece{}
	}
}

func (w *lineWriter) put(p piece) {
	if p.style != w.style {
		w.b.WriteString(closing(w.style))
		w.b.WriteString(p.style)
		w.style = p.style
	}
	if strings.Contains(p.text, hardBlank) {
		p.text = strings.ReplaceAll(p.text, hardBlank, " ")
	}
	w.b.WriteString(p.text)
}

// writeStyled writes a text that opens and closes its styles itself.
func (w *lineWriter) writeStyled(s string) {
	w.flush()
	w.put(piece{"", s})
}

// line returns the line that was written and begins the next.
func (w *lineWriter) line() string {
	w.b.WriteString(closing(w.style))
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

func appendPiece(pieces []piece, p piece) []piece {
	if n := len(pieces); n > 0 && pieces[n-1].style == p.style {
		pieces[n-1].text += p.text
		return pieces
	}
	return append(pieces, p)
}
