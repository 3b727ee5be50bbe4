package ui

import (
	"slices"
	"strings"
	"testing"
	"unicode"

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

// flat is the byte of the raw text that a place is at.
func (e *editor) flat(p editorPos) int { return len(e.between(e.start(), p)) }

func TestEditor_DoesWhatANaiveOneDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, n := newEditor(), &naiveEditor{}
		e.setMethod(editorMethod(t))
		e.setWidth(rapid.IntRange(1, 12).Draw(t, "width"))
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0, 1:
				s := editorTexts(8).Draw(t, "typed")
				e.insert(s)
				n.typed(e.glyphs.encode(s))
			case 2:
				op := rapid.SampledFrom(naiveOps()).Draw(t, "op")
				e.do(op)
				n.do(op)
			case 3:
				e.setMethod(editorMethod(t))
				e.setWidth(rapid.IntRange(1, 12).Draw(t, "width"))
			}
			if got := e.raw(); got != n.text {
				t.Fatalf("text is %q, want %q", got, n.text)
			}
			if got := e.flat(e.at); got != n.at {
				t.Fatalf("the cursor is at %d of %q, want %d", got, n.text, n.at)
			}
			from, to := n.span()
			if got := e.selected(); got != e.glyphs.expand(n.text[from:to]) {
				t.Fatalf("%q is selected of %q, want %q", got, n.text, n.text[from:to])
			}
			checkEditor(t, &e)
		}
	})
}

// editorMethod is one of the ways to count cells.
func editorMethod(t *rapid.T) ansi.Method {
	return rapid.SampledFrom([]ansi.Method{ansi.WcWidth, ansi.GraphemeWidth}).Draw(t, "method")
}

// checkEditor checks what always holds of an editor.
func checkEditor(t *rapid.T, e *editor) {
	t.Helper()
	for i, l := range e.lines {
		fresh, _ := e.glyphs.wrap(l.text, []int{0}, e.width, func(int, int) bool { return false })
		if l.width == e.width && (len(l.rows) > len(fresh) || !slices.Equal(l.rows, fresh[:len(l.rows)]) || l.whole && len(l.rows) < len(fresh)) {
			t.Fatalf("rows of %q are %v, those of a new wrap %v", l.text, l.rows, fresh)
		}
		if rapid.Bool().Draw(t, "look further") {
			if d := cmp.Diff(fresh, e.rows(i, 1, len(l.text))); d != "" {
				t.Fatalf("rows of %q are not those of a new wrap: %s", l.text, d)
			}
		}
	}
	if !rapid.Bool().Draw(t, "look at all") {
		return // what is known of rows stays as it is
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
	if got := e.glyphs.cells(shown); got != width {
		t.Fatalf("the row %q is %d cells wide as %q, measured as %d", text, got, shown, width)
	}
	most := e.width + len(text) - len(strings.TrimSuffix(text, " "))
	if len(spans) > 0 && spans[len(spans)-1].selected {
		most = e.width + 1 // the line break is seen
	}
	if width > most {
		t.Fatalf("the row %q is %d wide, at most %d", text, width, most)
	}
	checkEditorSelected(t, e, r, spans)
	if strings.ContainsFunc(shown, unicode.IsControl) {
		t.Fatalf("the row %q is shown with controls: %q", text, shown)
	}
}

// TestEditor_KnowsRowsAsFarAsItLooked edits one long line here and there, and looks
// at no more of it than the cursor.
func TestEditor_KnowsRowsAsFarAsItLooked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := newEditor()
		e.setMethod(editorMethod(t))
		e.setWidth(rapid.IntRange(3, 20).Draw(t, "width"))
		e.load(strings.Repeat(rapid.SampledFrom([]string{"some words ", "世界 ", "averylongwordthatfillsrows", "a\t"}).Draw(t, "text"), 120))
		l := &e.lines[0]
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			e.at = e.snap(editorPos{0, rapid.IntRange(0, len(l.text)).Draw(t, "at")})
			if rapid.Bool().Draw(t, "delete") {
				e.do(opDeleteWordForward)
			} else {
				e.insert(rapid.SampledFrom([]string{"x", " ", "word ", "世", "some words some words "}).Draw(t, "typed"))
			}
			e.column(e.at)
			fresh, _ := e.glyphs.wrap(l.text, []int{0}, e.width, func(int, int) bool { return false })
			if len(l.rows) > len(fresh) || !slices.Equal(l.rows, fresh[:len(l.rows)]) || l.whole && len(l.rows) < len(fresh) {
				t.Fatalf("known of %q, all %v: %v, a new wrap has %v", l.text, l.whole, l.rows, fresh)
			}
		}
	})
}

// checkEditorSelected checks that what is seen as selected is.
func checkEditorSelected(t *rapid.T, e *editor, r editorRow, spans []editorSpan) {
	t.Helper()
	from, to := e.bounds(r)
	first, last := e.span()
	want := 0
	for off := from; off < to; {
		at := editorPos{r.line, off}
		size, cells := e.measure(e.lines[r.line].text[off:], e.column(at))
		if !at.before(first) && at.before(last) {
			want += cells
		}
		off += size
	}
	got, whole := 0, 0
	for _, s := range spans {
		whole += e.glyphs.cells(s.text)
		if s.selected {
			got += e.glyphs.cells(s.text)
		}
	}
	end := editorPos{r.line, to}
	breaks := to == len(e.lines[r.line].text) && !end.before(first) && end.before(last)
	if got != want && !(breaks && got == want+1) || breaks && got == want && whole <= e.width {
		t.Fatalf("%d cells of row %v of %q are seen as selected, want %d", got, r, e.raw(), want)
	}
}

func TestEditor_UndoAndRedoRestore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := newEditor()
		e.setMethod(editorMethod(t))
		e.setWidth(rapid.IntRange(1, 30).Draw(t, "width"))
		first := editorTexts(10).Draw(t, "first")
		e.insert(first)
		e.past = editorPast{}
		seen := map[string]bool{e.raw(): true}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "type") {
				e.insert(editorTexts(3).Draw(t, "typed"))
			} else {
				e.do(rapid.SampledFrom(append(naiveOps(), opUp, opDown, opUndo, opRedo, opSelect|opUp, opSelect|opDown)).Draw(t, "op"))
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
		e.setMethod(editorMethod(t))
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
		e.setMethod(editorMethod(t))
		e.insert(editorTexts(60).Draw(t, "text"))
		for range rapid.IntRange(0, 60).Draw(t, "left") {
			e.do(opLeft)
		}
		width := rapid.IntRange(-1, 40).Draw(t, "width")
		shown, x := e.line(width)
		if got := e.glyphs.cells(shown); got > max(1, width) || x > got || x >= max(1, width) {
			t.Fatalf("%q is %d cells of %d, the cursor at %d", shown, got, width, x)
		}
	})
}
