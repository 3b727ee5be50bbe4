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
// the link it needs and closes them, and has no trailing blanks. It can be used
// again after each line.
type lineWriter struct {
	b      []byte
	style  string // open in b
	blanks int    // that are written only if something follows
	blank  string // their style
}

// write writes a text of which blanks at the end may wait.
func (w *lineWriter) write(p piece) {
	n := len(p.text)
	for n > 0 && p.text[n-1] == ' ' {
		n--
	}
	if n > 0 {
		w.put(piece{p.style, p.text[:n]})
	}
	w.space(p.style, len(p.text)-n)
}

// space writes blanks.
func (w *lineWriter) space(style string, n int) {
	if n > 0 {
		w.blanks += n
		w.blank = style
	}
}

// put writes a text that does not end in a blank.
func (w *lineWriter) put(p piece) {
	if p.text == "" {
		return
	}
	if w.blanks > 0 {
		w.open(w.blank)
		for range w.blanks {
			w.b = append(w.b, ' ')
		}
		w.blanks = 0
	}
	w.open(p.style)
	at := len(w.b)
	w.b = append(w.b, p.text...)
	for i := at; i < len(w.b); i++ {
		if w.b[i] == hardBlank[0] {
			w.b[i] = ' '
		}
	}
}

func (w *lineWriter) open(style string) {
	if style != w.style {
		w.b = append(append(w.b, closing(w.style)...), style...)
		w.style = style
	}
}

// line returns the line that was written and begins the next.
func (w *lineWriter) line() string {
	w.open("")
	s := string(w.b)
	w.b, w.blanks = w.b[:0], 0
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
