package markdown

import (
	"bytes"
	"time"
)

// What is begun and cannot be shown well yet, such as half a formula, is held back
// a little: most often the rest comes before anybody could read it. What does not
// come in time is shown as it is.

// growth is a block that still grows, as it is to be shown.
type growth struct {
	src     []byte // what is shown of it, made whole
	kept    int    // how much of src is the text's own
	rest    []byte // the end of the text, shown as it was written
	shown   int    // how much of the text is shown
	midLine bool   // its last line is not complete
	patient bool   // what cannot be shown well yet is held back
	held    bool   // the layout held back something
}

// grow prepares an open block for showing, with or without patience.
func grow(text []byte, patient bool) growth {
	g := growth{patient: patient}
	whole := hold(text)
	empty := isEmptyMark(text[len(whole):])
	if rest := text[len(whole):]; !patient && !isBlank(rest) && !empty {
		table := endTable(rest)
		switch {
		case isRow(rest) && len(tableLines(whole)) > 0: // half a row
			whole = text
		case table != nil:
			g.src = append(bytes.Clone(whole), table...)
			g.kept, g.shown = len(g.src), len(text)
			return g
		default:
			g.rest = rest
		}
	}
	g.src, g.kept = mend(whole, patient)
	g.midLine = len(whole) > 0 && whole[len(whole)-1] != '\n'
	g.shown = g.kept
	if !patient || isBlank(text[g.kept:]) || empty && g.kept == len(whole) {
		g.shown = len(text)
	}
	return g
}

// isEmptyMark reports the mark of an item, a heading or a quote behind which nothing
// stands yet. It is not shown before something does, and not at all where an answer
// is cut off there.
func isEmptyMark(last []byte) bool {
	last = bytes.TrimLeft(last, "> \t")
	if len(last) > 0 && bytes.IndexByte([]byte("-*+"), last[0]) >= 0 {
		last = bytes.TrimLeft(last[1:], " \t")
		return len(last) == 0 || last[0] == '[' && isBox(last)
	}
	return isBlank(last[run(last, '#'):])
}

// endTable gives the head of a table that is begun its second line, nil for
// anything else: |x| may be just a text.
func endTable(head []byte) []byte {
	titles, _, _ := bytes.Cut(head, []byte("\n"))
	indent := len(titles) - len(bytes.TrimLeft(titles, " "))
	bars := bytes.Count(titles, []byte("|"))
	if indent == len(titles) || titles[indent] != '|' || !bytes.HasPrefix(titles[indent:], []byte("| ")) && bars < 3 {
		return nil
	}
	cells := bytes.Count(bytes.TrimSuffix(bytes.TrimRight(titles, " "), []byte("|")), []byte("|"))
	table := append(bytes.Clone(titles), '\n')
	table = append(table, titles[:indent]...)
	return append(append(table, bytes.Repeat([]byte("|-"), max(1, cells))...), "|\n"...)
}

// waiting is text that is held back.
type waiting struct {
	on    bool
	at    int // where it begins
	since time.Time
	over  bool // it was held back long enough
}

// hold notes what is held back from a place on, of which some may have been held
// before. It reports whether that was long enough.
func (s *Stream) late(before waiting, at int) bool {
	if s.r.now == nil {
		return false
	}
	now := s.r.now()
	s.waits = waiting{on: true, at: at, since: s.since}
	if before.on && before.at == at {
		s.waits.since = before.since
	}
	s.waits.over = now.Sub(s.waits.since) >= longestHold
	return s.waits.over
}

// lapsed reports whether what is held back must be shown now.
func (s *Stream) lapsed() bool {
	return s.waits.on && !s.waits.over && s.r.now().Sub(s.waits.since) >= longestHold
}
