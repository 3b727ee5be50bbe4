package ui

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// editorAtoms is what random texts are made of: parts that join with one
// another, that are wide, that have no width, that terminals would obey.
func editorAtoms() []string {
	return []string{
		"a", "b", "Z", "9", "_", " ", " ", "  ", "\n", "\t", "-", ".", "word ", "longerword", "世", "界", "한", "ᄒ", "ᅡ", "ᆫ",
		"é", "e\u0301", "\u0301", "\u20dd", "👍", "👍🏽", "🏽", "👨‍👩‍👧", "\u200d", "\ufe0f", "\ufe0e", "☂\ufe0f", "☂", "🇩", "🇪", "🇩🇪",
		"🏴\U000e0067\U000e007f", "\x1b", "\x1b[31m", "\x7f", "\u0085", "\u009b", "\u200b", "\u202e", "\u2028", "\ufeff", "\u3164", "\u00ad",
		"\u0600", "क", "\u094d", "ष", "ा", "ﷺ", "\U00100000", "\U0010ffff", "\ufffd", "１", "①", "0\ufe0f\u20e3",
	}
}

func editorTexts(atoms int) *rapid.Generator[string] {
	parts := rapid.SliceOfN(rapid.SampledFrom(editorAtoms()), 0, atoms)
	return rapid.Map(parts, func(s []string) string { return strings.Join(s, "") })
}

// naiveEditor is what an editor does, said as simply as possible: the text and
// the byte where the cursor is.
type naiveEditor struct {
	text  string
	at    int
	kill  string
	kills bool
}

// stops is the places that the cursor can be in.
func (n *naiveEditor) stops() []int {
	stops := []int{0}
	at := 0
	for i, line := range strings.Split(n.text, "\n") {
		if i > 0 {
			at++
			stops = append(stops, at)
		}
		for line != "" {
			cluster, _ := ansi.FirstGraphemeCluster(line, ansi.GraphemeWidth)
			if cut := strings.IndexByte(cluster, editorChipLead); cut > 0 {
				cluster = cluster[:cut]
			} else if cut == 0 {
				cluster = cluster[:utf8.UTFMax]
			}
			at += len(cluster)
			stops = append(stops, at)
			line = line[len(cluster):]
		}
	}
	return stops
}

func (n *naiveEditor) step(by int) int {
	stops := n.stops()
	i := slices.Index(stops, n.at) + by
	return stops[max(0, min(len(stops)-1, i))]
}

func (n *naiveEditor) class(at int) int {
	r, _ := utf8.DecodeRuneInString(n.text[at:])
	switch {
	case at == len(n.text):
		return 0
	case r >= 0x100000:
		return 2
	case r == '_' || unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.So):
		return 1
	}
	return 0
}

func (n *naiveEditor) word(by int) int {
	stops := n.stops()
	i := slices.Index(stops, n.at)
	next := func() int { // the character that a step would go over
		if by < 0 {
			return n.class(stops[i-1])
		}
		return n.class(stops[i])
	}
	more := func() bool { return by < 0 && i > 0 || by > 0 && i < len(stops)-1 }
	for more() && next() == 0 {
		i += by
	}
	if more() && next() == 2 {
		return stops[i+by]
	}
	for more() && next() == 1 {
		i += by
	}
	return stops[i]
}

func (n *naiveEditor) replace(from, to int, s string) {
	n.text = n.text[:from] + s + n.text[to:]
	for _, stop := range n.stops() {
		if n.at = stop; stop >= from+len(s) {
			return
		}
	}
}

func (n *naiveEditor) lineStart() int { return strings.LastIndexByte(n.text[:n.at], '\n') + 1 }

func (n *naiveEditor) lineEnd() int {
	if i := strings.IndexByte(n.text[n.at:], '\n'); i >= 0 {
		return n.at + i
	}
	return len(n.text)
}

func (n *naiveEditor) cut(from, to int) {
	if from == to {
		return
	}
	switch cut := n.text[from:to]; {
	case !n.kills:
		n.kill = cut
	case from < n.at:
		n.kill = cut + n.kill
	default:
		n.kill += cut
	}
	n.kills = true
	n.replace(from, to, "")
}

func (n *naiveEditor) do(op editOp) {
	switch op {
	case opDeleteWordBack:
		n.cut(n.word(-1), n.at)
		return
	case opDeleteWordForward:
		n.cut(n.at, n.word(1))
		return
	case opKillToEnd:
		to := n.lineEnd()
		if to == n.at {
			to = n.step(1)
		}
		n.cut(n.at, to)
		return
	case opKillToStart:
		from := n.lineStart()
		if from == n.at {
			from = n.step(-1)
		}
		n.cut(from, n.at)
		return
	case opKillAll:
		n.cut(0, len(n.text))
		return
	}
	n.kills = false
	switch op {
	case opLeft:
		n.at = n.step(-1)
	case opRight:
		n.at = n.step(1)
	case opWordLeft:
		n.at = n.word(-1)
	case opWordRight:
		n.at = n.word(1)
	case opLineStart:
		n.at = n.lineStart()
	case opLineEnd:
		n.at = n.lineEnd()
	case opStart:
		n.at = 0
	case opEnd:
		n.at = len(n.text)
	case opNewline:
		n.replace(n.at, n.at, "\n")
	case opDeleteBack:
		n.replace(n.step(-1), n.at, "")
	case opDeleteForward:
		n.replace(n.at, n.step(1), "")
	case opYank:
		n.replace(n.at, n.at, n.kill)
	}
}

// naiveOps is the operations that a naive editor knows.
func naiveOps() []editOp {
	var ops []editOp
	for op := opNone; op <= opYank; op++ {
		if op != opUp && op != opDown {
			ops = append(ops, op)
		}
	}
	return ops
}

// flat is the byte of the raw text that a place is at.
func (e *editor) flat(p editorPos) int { return len(e.between(e.start(), p)) }

func TestEditor_DoesWhatANaiveOneDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, n := newEditor(), &naiveEditor{}
		e.setWidth(rapid.IntRange(1, 12).Draw(t, "width"))
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0, 1:
				s := editorTexts(8).Draw(t, "typed")
				e.insert(s)
				n.kills = false
				if s != "" {
					n.replace(n.at, n.at, e.glyphs.encode(s))
				}
			case 2:
				op := rapid.SampledFrom(naiveOps()).Draw(t, "op")
				e.do(op)
				n.do(op)
			case 3:
				e.setWidth(rapid.IntRange(1, 12).Draw(t, "width"))
			}
			if got := e.raw(); got != n.text {
				t.Fatalf("text is %q, want %q", got, n.text)
			}
			if got := e.flat(e.at); got != n.at {
				t.Fatalf("the cursor is at %d of %q, want %d", got, n.text, n.at)
			}
			checkEditor(t, &e)
		}
	})
}

// checkEditor checks what always holds of an editor.
func checkEditor(t *rapid.T, e *editor) {
	t.Helper()
	for i, l := range e.lines {
		fresh := e.glyphs.wrap(l.text, []int{0}, e.width, nil)
		if d := cmp.Diff(fresh, e.rows(i)); d != "" {
			t.Fatalf("rows of %q are not those of a new wrap: %s", l.text, d)
		}
	}
	if got := strings.ReplaceAll(strings.Join(editorRows(e), ""), "\n", ""); got != strings.ReplaceAll(e.raw(), "\n", "") {
		t.Fatalf("the rows say %q of %q", got, e.raw())
	}
	for r, ok := (editorRow{}), true; ok; r, ok = e.rowAfter(r) {
		checkEditorRow(t, e, r)
	}
	if x := e.column(e.at); x < 0 || x > e.width {
		t.Fatalf("the cursor is in column %d of %d", x, e.width)
	}
	if e.size() != len(e.value()) {
		t.Fatalf("size is %d of %q", e.size(), e.value())
	}
}

func checkEditorRow(t *rapid.T, e *editor, r editorRow) {
	t.Helper()
	from, to := e.bounds(r)
	text := e.lines[r.line].text[from:to]
	spans, width := e.spans(r)
	shown := ""
	for _, s := range spans {
		shown += s.text
	}
	if got := ansi.StringWidth(shown); got != width {
		t.Fatalf("the row %q is %d cells wide as %q, measured as %d", text, got, shown, width)
	}
	if most := e.width + len(text) - len(strings.TrimSuffix(text, " ")); width > most {
		t.Fatalf("the row %q is %d wide, at most %d", text, width, most)
	}
	if strings.ContainsFunc(shown, unicode.IsControl) {
		t.Fatalf("the row %q is shown with controls: %q", text, shown)
	}
}

func TestEditor_UndoAndRedoRestore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := newEditor()
		e.setWidth(rapid.IntRange(1, 30).Draw(t, "width"))
		first := editorTexts(10).Draw(t, "first")
		e.insert(first)
		e.past = editorPast{}
		seen := map[string]bool{e.raw(): true}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "type") {
				e.insert(editorTexts(3).Draw(t, "typed"))
			} else {
				e.do(editOp(rapid.IntRange(0, int(opRedo)).Draw(t, "op")))
			}
			seen[e.raw()] = true
		}
		for len(e.past.undone) > 0 {
			e.do(opRedo)
		}
		last := e.raw()
		for len(e.past.done) > 0 {
			e.do(opUndo)
			if !seen[e.raw()] {
				t.Fatalf("undo made %q, which never was", e.raw())
			}
			checkEditor(t, &e)
		}
		if e.value() != first || e.past.bytes != 0 {
			t.Fatalf("undo of all gave %q, not %q; %d bytes kept", e.value(), first, e.past.bytes)
		}
		for len(e.past.undone) > 0 {
			e.do(opRedo)
		}
		if e.raw() != last {
			t.Fatalf("redo of all gave %q, not %q", e.raw(), last)
		}
	})
}

func TestEditor_UpAndDownStayInTheirColumn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := newEditor()
		e.setWidth(rapid.IntRange(1, 30).Draw(t, "width"))
		e.insert(editorTexts(60).Draw(t, "text"))
		e.do(opStart)
		for range rapid.IntRange(0, 60).Draw(t, "right") {
			e.do(opRight)
		}
		row, at := e.rowOf(e.at), e.at
		aim := e.column(at)
		steps := 0
		for e.down() {
			steps++
			next, _ := e.rowAfter(row)
			if got := e.rowOf(e.at); got != next {
				t.Fatalf("down from row %v to %v in %q, want %v", row, got, e.raw(), next)
			}
			row = next
			if x := e.column(e.at); x > aim {
				t.Fatalf("down to column %d, aimed at %d", x, aim)
			}
		}
		for range steps {
			e.up()
		}
		if e.at != at {
			t.Fatalf("down and up again went from %v to %v in %q", at, e.at, e.raw())
		}
	})
}

func TestEditor_LineFitsAndHoldsTheCursor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := newLineEditor()
		e.insert(editorTexts(60).Draw(t, "text"))
		for range rapid.IntRange(0, 60).Draw(t, "left") {
			e.do(opLeft)
		}
		width := rapid.IntRange(-1, 40).Draw(t, "width")
		shown, x := e.line(width)
		if got := ansi.StringWidth(shown); got > max(1, width) || x > got || x >= max(1, width) {
			t.Fatalf("%q is %d cells of %d, the cursor at %d", shown, got, width, x)
		}
	})
}
