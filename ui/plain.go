package ui

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/safe"
)

// wrapPlain wraps text that is not Markdown, so that it has room however a terminal
// measures.
func wrapPlain(text string, width int) []string {
	return wrapSafe(safe.Apart(safe.Text(strings.TrimRight(text, "\n"))), width, ansi.WcWidth)
}

// wrapSafe wraps plain text that was made safe, measured as widths says.
func wrapSafe(text string, width int, widths ansi.Method) []string {
	text, width = strings.ReplaceAll(text, "\t", "    "), max(1, width)
	if widths == ansi.GraphemeWidth {
		return strings.Split(ansi.Wrap(text, width, ""), "\n")
	}
	return strings.Split(ansi.WrapWc(text, width, ""), "\n")
}

// pieceLength bounds a piece of a plain text, bytes.
const pieceLength = 4 << 10

// pieces cuts a long plain text, so that as much of it can be wrapped as is seen:
// at the end of a line, in a long line between words, and only in a word where
// there is nothing else. There is one piece at least: an empty text has a row.
func pieces(text string) []string {
	var all []string
	for len(text) > 2*pieceLength {
		cut := strings.LastIndexByte(text[:pieceLength], '\n')
		if cut < 0 {
			cut = strings.LastIndexByte(text[:pieceLength], ' ')
		}
		skip := 1 // what is cut at begins no row
		if cut < 0 {
			cut, skip = pieceLength, 0
			for !utf8.RuneStart(text[cut]) {
				cut--
			}
		}
		all = append(all, text[:cut])
		text = text[cut+skip:]
	}
	return append(all, text)
}
