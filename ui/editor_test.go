package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

// editorWith makes an editor whose text has the cursor where "|" is.
func editorWith(marked string) editor {
	e := newEditor()
	e.setMethod(ansi.GraphemeWidth)
	before, after, _ := strings.Cut(marked, "|")
	e.insert(before)
	at := e.at
	e.insert(after)
	e.at = at
	e.past = editorPast{}
	return e
}

// editorMarked is the text with "|" at the cursor.
func editorMarked(e *editor) string {
	return e.glyphs.expand(e.between(e.start(), e.at)) + "|" + e.glyphs.expand(e.between(e.at, e.end()))
}

// editorCase is operations on a text that has the cursor where "|" is.
type editorCase struct {
	name, before string
	ops          []editOp
	after        string
}

func (c editorCase) run(t *testing.T) {
	e := editorWith(c.before)
	for _, op := range c.ops {
		e.do(op)
	}
	if got := editorMarked(&e); got != c.after {
		t.Errorf("%q became %q, want %q", c.before, got, c.after)
	}
}

func TestEditor_Operations(t *testing.T) {
	for _, c := range []editorCase{
		{"left over a line break", "a\n|b", []editOp{opLeft}, "a|\nb"},
		{"left at the beginning", "|a", []editOp{opLeft}, "|a"},
		{"right over a line break", "a|\nb", []editOp{opRight}, "a\n|b"},
		{"right at the end", "a|", []editOp{opRight}, "a|"},
		{"left over a family", "a👨‍👩‍👧|", []editOp{opLeft}, "a|👨‍👩‍👧"},
		{"left over the second of two flags", "🇩🇪🇫🇷|", []editOp{opLeft}, "🇩🇪|🇫🇷"},
		{"right over a letter with marks", "|e\u0301\u0323x", []editOp{opRight}, "e\u0301\u0323|x"},
		{"word left", "one two-three|", []editOp{opWordLeft}, "one two-|three"},
		{"word left behind blanks", "one  |", []editOp{opWordLeft}, "|one  "},
		{"word left over lines", "one\n\n|two", []editOp{opWordLeft}, "|one\n\ntwo"},
		{"word right", "|one two", []editOp{opWordRight, opWordRight}, "one two|"},
		{"word right over lines", "one|\n\ntwo", []editOp{opWordRight}, "one\n\ntwo|"},
		{"word right in front of blanks only", "one|  ", []editOp{opWordRight}, "one  |"},
		{"line start", "a\nbc|d", []editOp{opLineStart}, "a\n|bcd"},
		{"line end", "a\n|bcd\ne", []editOp{opLineEnd}, "a\nbcd|\ne"},
		{"start", "a\nb|", []editOp{opStart}, "|a\nb"},
		{"end", "|a\nb", []editOp{opEnd}, "a\nb|"},
		{"newline", "a|b", []editOp{opNewline}, "a\n|b"},
		{"delete back", "a👍🏽|b", []editOp{opDeleteBack}, "a|b"},
		{"delete back over a line break", "a\n|b", []editOp{opDeleteBack}, "a|b"},
		{"delete back at the beginning", "|b", []editOp{opDeleteBack}, "|b"},
		{"delete forward", "a|世b", []editOp{opDeleteForward}, "a|b"},
		{"delete forward at a line break", "a|\nb", []editOp{opDeleteForward}, "a|b"},
		{"delete word back", "one two|", []editOp{opDeleteWordBack}, "one |"},
		{"delete word forward", "one| two x", []editOp{opDeleteWordForward}, "one| x"},
		{"kill to the end", "on|e\ntwo", []editOp{opKillToEnd}, "on|\ntwo"},
		{"kill at the end joins", "one|\ntwo", []editOp{opKillToEnd}, "one|two"},
		{"kill to the start", "a\non|e", []editOp{opKillToStart}, "a\n|e"},
		{"kill at the start joins", "a\n|b", []editOp{opKillToStart}, "a|b"},
		{"kill all", "a\n|b", []editOp{opKillAll}, "|"},
		{"yank", "one |two", []editOp{opKillToEnd, opStart, opYank}, "two|one "},
		{"yank of cuts in a row forward", "|one two", []editOp{opDeleteWordForward, opDeleteWordForward, opYank}, "one two|"},
		{"yank of cuts in a row back", "one two|", []editOp{opDeleteWordBack, opDeleteWordBack, opYank}, "one two|"},
		{"a motion ends the cuts in a row", "one two|", []editOp{opDeleteWordBack, opLeft, opDeleteWordBack, opYank}, "one|" + " "},
		{"yank of nothing", "a|", []editOp{opYank}, "a|"},
		{"undo of nothing", "a|", []editOp{opUndo, opRedo}, "a|"},
		{"undo of deletions in a row", "abc|", []editOp{opDeleteBack, opDeleteBack, opUndo}, "abc|"},
		{"undo of deletions forward", "|abc", []editOp{opDeleteForward, opDeleteForward, opUndo}, "|abc"},
		{"redo", "abc|", []editOp{opKillToStart, opUndo, opRedo}, "|"},
		{"no operation", "a|b", []editOp{opNone}, "a|b"},
	} {
		t.Run(c.name, c.run)
	}
}

func TestEditor_KeepsACursorBetweenCharactersWhenTheyJoin(t *testing.T) {
	for _, c := range []struct{ name, before, typed, after string }{
		{"a letter before a mark", "|\u0301", "e", "e\u0301|"},
		{"half a flag before a flag", "|🇩🇪", "🇫", "🇫🇩|🇪"},
		{"a mark behind a letter", "e|x", "\u0301", "e\u0301|x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := editorWith(c.before)
			e.insert(c.typed)
			if got := editorMarked(&e); got != c.after {
				t.Errorf("got %q, want %q", got, c.after)
			}
		})
	}
}

func TestEditor_UndoesTypingByWords(t *testing.T) {
	e := newEditor()
	for _, r := range "one two  three" {
		e.insert(string(r))
	}
	var got []string
	for !e.empty() {
		e.do(opUndo)
		got = append(got, e.value())
	}
	if want := []string{"one two  ", "one ", ""}; !slices.Equal(got, want) {
		t.Errorf("undo went through %q, want %q", got, want)
	}
}

func TestEditor_UndoesTypingElsewhereByItself(t *testing.T) {
	e := editorWith("|")
	e.insert("a")
	e.insert("b")
	e.do(opLeft)
	e.insert("c")
	e.do(opUndo)
	if got := editorMarked(&e); got != "a|b" {
		t.Errorf("undo gave %q", got)
	}
}

func TestEditor_ForgetsWhatCanBeUndoneLongestAgo(t *testing.T) {
	e := newEditor()
	for range editorUndoSteps + 10 {
		e.setValue(e.value() + "x")
	}
	for range editorUndoSteps + 10 {
		e.do(opUndo)
	}
	if got := e.size(); got != 10 {
		t.Errorf("%d characters are left, want 10", got)
	}
	e.setValue(strings.Repeat("y", editorUndoBytes+1))
	if e.past.bytes != 0 || len(e.past.done) != 0 {
		t.Errorf("%d bytes in %d steps are kept of a change that is beyond the bound", e.past.bytes, len(e.past.done))
	}
}

func TestEditor_NormalisesWhatComesIn(t *testing.T) {
	e := newEditor()
	e.insert("a\r\nb\rc\xffd\te")
	if got, want := e.value(), "a\nb\nc\ufffdd\te"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if e.size() != len(e.value()) {
		t.Errorf("size is %d of %q", e.size(), e.value())
	}
}

func TestEditor_KeepsCharactersThatStandForChips(t *testing.T) {
	const odd = "a\U00100000\U0010FFFDb\U00100000\U0010FFFF"
	e := newEditor()
	e.setValue(odd)
	raw := e.glyphs.fold("the text", "[label]")
	e.replace(e.at, e.at, raw)
	e.insert(odd)
	if got := e.value(); got != odd+"the text"+odd {
		t.Errorf("got %q", got)
	}
	if n := len(e.glyphs.chips); n != 4 {
		t.Errorf("%d chips for three odd characters and one text", n)
	}
	if e.size() != len(e.value()) {
		t.Errorf("size is %d, want %d", e.size(), len(e.value()))
	}
}

func TestEditor_MovesByRowsTowardsAColumn(t *testing.T) {
	e := editorWith("hello wor|ld\nab\n世界世界世界")
	e.setWidth(20)
	var got []string
	for e.down() {
		got = append(got, editorMarked(&e))
	}
	for e.up() {
		got = append(got, editorMarked(&e))
	}
	want := []string{
		"hello world\nab|\n世界世界世界", "hello world\nab\n世界世界|世界",
		"hello world\nab|\n世界世界世界", "hello wor|ld\nab\n世界世界世界",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestEditor_MovesByRowsOfAWrappedLine(t *testing.T) {
	e := editorWith("one two three four|")
	e.setWidth(9) // "one two ", "three ", "four"
	got := []string{}
	for e.up() {
		got = append(got, editorMarked(&e))
	}
	if d := cmp.Diff([]string{"one two thre|e four", "one |two three four"}, got); d != "" {
		t.Error(d)
	}
	if e.up() {
		t.Error("there is a row above the first")
	}
}

func TestLineEditor_HasOneLine(t *testing.T) {
	e := newLineEditor()
	e.insert("a\nb\r\nc\td")
	e.do(opNewline)
	if got := e.value(); got != "a b c d" {
		t.Errorf("got %q", got)
	}
	if e.up() || e.down() {
		t.Error("there is another row")
	}
}

func TestLineEditor_ShowsTheCursor(t *testing.T) {
	e := newLineEditor()
	e.insert("one 世界 three")
	for _, c := range []struct {
		width int
		left  int
		shown string
		x     int
	}{
		{20, 0, "one 世界 three", 14},
		{6, 0, "three", 5},
		{5, 0, "hree", 4},
		{6, 6, " 世界 ", 5},
		{9, 6, "one 世界 ", 8},
		{8, 6, "ne 世界 ", 7},
		{1, 0, "", 0},
	} {
		e.do(opEnd)
		for range c.left {
			e.do(opLeft)
		}
		if shown, x := e.line(c.width); shown != c.shown || x != c.x {
			t.Errorf("width %d, %d from the end: %q %d, want %q %d", c.width, c.left, shown, x, c.shown, c.x)
		}
	}
}

func TestLineEditor_ShowsControlsAsPictures(t *testing.T) {
	e := newLineEditor()
	e.insert("a\x1b[31m\u202eb\u200b")
	if shown, x := e.line(40); shown != "a␛[31m▫b▫" || x != 9 {
		t.Errorf("shown as %q, cursor at %d", shown, x)
	}
	if e.value() != "a\x1b[31m\u202eb\u200b" {
		t.Errorf("stored as %q", e.value())
	}
}

func TestEditor_KeepsTheTextWhenChipsAreUsedUp(t *testing.T) {
	e := newEditor()
	e.glyphs.chips = make([]editorChip, editorChipLast-editorChipFirst+1)
	e.replace(e.at, e.at, e.glyphs.fold("a large paste", "[label]"))
	e.insert("\U00100000")
	if got := e.value(); got != "a large paste\ufffd" {
		t.Errorf("got %q", got)
	}
}
