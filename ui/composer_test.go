package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"groqchat/ui/theme"
)

func composerStyles() theme.Styles {
	p, _ := theme.Find("dark")
	return theme.New(p)
}

// composerRows is the rows of a view without colours.
func composerRows(c *composer, width, height int) []string {
	rows := c.view(composerStyles(), width, height, true)
	for i := range rows {
		rows[i] = strings.TrimRight(ansi.Strip(rows[i]), " ")
	}
	return rows
}

func TestComposer_ShowsAPlaceholderWhenEmpty(t *testing.T) {
	c := newComposer("Ask anything")
	if got := composerRows(&c, 20, 2); !slices.Equal(got, []string{"❯ Ask anything", ""}) {
		t.Errorf("got %q", got)
	}
	if got := composerRows(&c, 10, 1); !slices.Equal(got, []string{"❯ Ask an…"}) {
		t.Errorf("got %q", got)
	}
	c.insert(" ")
	if got := composerRows(&c, 20, 1); !slices.Equal(got, []string{"❯"}) || c.empty() {
		t.Errorf("a blank is shown as %q", got)
	}
}

func TestComposer_ShowsTheFocusAndTheCursor(t *testing.T) {
	c := newComposer("")
	c.insert("one two three")
	st := composerStyles()
	for focused, style := range map[bool]string{true: st.Accent.Render("❯"), false: st.Dim.Render("❯")} {
		if row := c.view(st, 20, 1, focused)[0]; !strings.HasPrefix(row, style+" ") {
			t.Errorf("focus %v begins with %q, want %q", focused, row, style)
		}
	}
	if got := c.height(11, 5); got != 2 {
		t.Errorf("wants %d rows", got)
	}
	if got := composerRows(&c, 11, 2); !slices.Equal(got, []string{"❯ one two", "  three"}) {
		t.Errorf("got %q", got)
	}
	if x, y, ok := c.cursor(11, 2); x != 7 || y != 1 || !ok {
		t.Errorf("cursor at %d,%d %v", x, y, ok)
	}
	if x, y, ok := c.cursor(11, 1); x != 7 || y != 0 || !ok {
		t.Errorf("cursor at %d,%d %v in one row", x, y, ok)
	}
	if _, _, ok := c.cursor(0, 0); ok {
		t.Error("there is a cursor where there is no room")
	}
}

func TestComposer_ShowsLargePastesAsChips(t *testing.T) {
	lines := func(n int) string { return strings.Repeat("x\r\n", n) }
	for _, c := range []struct{ name, pasted, shown string }{
		{"few lines", "a\nb", "↓ a"},
		{"20 lines", lines(20), ""},
		{"21 lines", lines(21), "❯ [pasted 21 lines, 42 B]"},
		{"312 lines, the last without a break", lines(311) + "x", "❯ [pasted 312 lines, 623 B]"},
		{"2 KB in one line", strings.Repeat("x", 2048), ""},
		{"more than 2 KB in one line", strings.Repeat("é", 2049), "❯ [pasted 1 line, 4.1 KB]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := newComposer("")
			in.paste(c.pasted)
			if want := strings.ReplaceAll(c.pasted, "\r\n", "\n"); in.text() != want {
				t.Errorf("the text is %d bytes, want %d", len(in.text()), len(want))
			}
			in.do(opStart)
			if got := composerRows(&in, 60, 1)[0]; c.shown != "" && got != c.shown {
				t.Errorf("shown as %q", got)
			}
			if chips := len(in.editor.glyphs.chips); chips == 1 != strings.Contains(c.shown, "pasted") {
				t.Errorf("%d chips", chips)
			}
		})
	}
}

func TestComposer_DeletesAChipAsOneAndUndoes(t *testing.T) {
	c := newComposer("")
	large := strings.Repeat("line\n", 100)
	c.insert("a ")
	c.paste(large)
	c.insert(" b")
	c.do(opLeft)
	c.do(opLeft)
	for _, op := range []editOp{opDeleteBack, opDeleteWordBack} {
		c.do(op)
		if got := c.text(); got != "a  b" {
			t.Errorf("text is %q after %v", got, op)
		}
		c.do(opUndo)
		if got := c.text(); got != "a "+large+" b" {
			t.Errorf("undo left %q", got)
		}
	}
	if got := composerRows(&c, 12, 3); !slices.Equal(got, []string{"❯ a", "  [pasted …", "  b"}) {
		t.Errorf("in a narrow window it is %q", got)
	}
}

func TestComposer_CutAndYankKeepAChip(t *testing.T) {
	c := newComposer("")
	large := strings.Repeat("line\n", 100)
	c.paste(large)
	c.do(opKillToStart)
	if !c.empty() {
		t.Fatalf("%q is left", c.text())
	}
	c.clear() // frees pastes that are nowhere, and this is still what was cut
	c.do(opYank)
	c.do(opYank)
	if got := c.text(); got != large+large {
		t.Errorf("yank gave %d bytes, want %d", len(got), 2*len(large))
	}
}

func TestComposer_FreesPastesThatAreNowhere(t *testing.T) {
	c := newComposer("")
	for i := range composerOwn + 5 {
		c.paste(fmt.Sprint(i, strings.Repeat("line\n", 100)))
		c.clear()
	}
	c.paste(strings.Repeat("gone\n", 100))
	c.do(opDeleteBack)
	c.clear()
	kept := 0
	for _, chip := range c.editor.glyphs.chips {
		if chip.text != "" {
			kept++
		}
	}
	if kept == 0 || kept > composerOwn+1 {
		t.Errorf("%d pastes are kept", kept)
	}
	for i := composerOwn + 4; i >= 0; i-- {
		c.up()
		for c.editor.up() {
		}
		if want := strings.TrimSpace(fmt.Sprint(i, strings.Repeat("line\n", 100))); strings.TrimSpace(c.text()) != want {
			t.Fatalf("prompt %d came back as %.20q", i, c.text())
		}
	}
}

func TestComposer_BackslashBeforeEnterIsALineBreak(t *testing.T) {
	for _, c := range []struct {
		before string
		after  string
		done   bool
	}{
		{`a\|`, "a\n|", true},
		{`\|`, "\n|", true},
		{"a\\|\nb", "a\n|\nb", true},
		{`a\|b`, `a\|b`, false},
		{`a|\`, `a|\`, false},
		{`a|`, `a|`, false},
		{`|`, `|`, false},
	} {
		in := composer{editor: editorWith(c.before)}
		if done := in.newlineByBackslash(); done != c.done {
			t.Errorf("%q: %v", c.before, done)
		}
		if got := editorMarked(&in.editor); got != c.after {
			t.Errorf("%q became %q, want %q", c.before, got, c.after)
		}
	}
}

func TestComposer_GoesThroughPromptsAtTheEdges(t *testing.T) {
	c := newComposer("")
	c.height(40, 5)
	c.loadPrompts([]string{"oldest", "two\nlines"})
	c.remember("newest")
	c.insert("draft\nof two lines")
	var got []string
	for range 3 {
		c.do(opLeft)
	}
	for _, op := range []editOp{opUp, opUp, opUp, opUp, opUp, opDown, opDown, opDown, opDown, opDown, opUndo, opRedo} {
		c.do(op)
		got = append(got, editorMarked(&c.editor))
	}
	want := []string{
		"draft|\nof two lines", "newest|", "two|\nlines", "oldest|", "oldest|",
		"two\nlines|", "newest|", "draft|\nof two lines", "draft\nof tw|o lines", "draft\nof tw|o lines", "|", "draft\nof two lines|",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestComposer_KeepsWhatWasMadeOfAPrompt(t *testing.T) {
	c := newComposer("")
	c.loadPrompts([]string{"one", "two"})
	c.up()
	c.insert("!")
	c.up()
	c.down()
	if got := c.text(); got != "two!" {
		t.Errorf("got %q", got)
	}
	c.clear()
	var got []string
	for range 4 {
		c.up()
		got = append(got, c.text())
	}
	if want := []string{"two!", "two", "one", "one"}; !slices.Equal(got, want) {
		t.Errorf("after sending it, up goes through %q, want %q", got, want)
	}
}

func TestComposer_ClearedTextComesBack(t *testing.T) {
	c := newComposer("")
	large := strings.Repeat("line\n", 100)
	c.insert("see: ")
	c.paste(large)
	sent := c.text()
	c.clear()
	if !c.empty() || c.text() != "" {
		t.Fatalf("%q is left", c.text())
	}
	c.remember(strings.TrimSpace(sent))
	c.up()
	if got := composerRows(&c, 60, 1)[0]; c.text() != sent || got != "❯ see: [pasted 100 lines, 500 B]" {
		t.Errorf("up brought %q", got)
	}
	c.clear()
	c.setText(strings.TrimSpace(sent) + "\nand more")
	if got := c.text(); got != strings.TrimSpace(sent)+"\nand more" {
		t.Errorf("set as %q", got)
	}
	c.clear()
	c.paste(large + "x")
	c.clear()
	c.setText(large + "x")
	if got := composerRows(&c, 60, 1)[0]; got != "❯ [pasted 101 lines, 501 B]" {
		t.Errorf("a question that comes back is shown as %q", got)
	}
}

func TestComposer_ClearKeepsTheDraftBehindAPrompt(t *testing.T) {
	c := newComposer("")
	c.loadPrompts([]string{"old"})
	c.insert("draft")
	c.up()
	c.clear()
	c.remember("old")
	var got []string
	for range 3 {
		c.up()
		got = append(got, c.text())
	}
	if want := []string{"old", "draft", "old"}; !slices.Equal(got, want) {
		t.Errorf("up goes through %q, want %q", got, want)
	}
}

func TestComposer_KnowsABoundedNumberOfPrompts(t *testing.T) {
	c := newComposer("")
	c.insert("draft")
	c.remember("shown")
	c.up()
	for i := range composerPrompts + 50 {
		c.remember(fmt.Sprint(i))
		c.remember(fmt.Sprint(i))
	}
	c.down()
	if got := c.text(); got != "0" {
		t.Errorf("the prompt after the one shown is %q", got)
	}
	c.clear()
	c.remember("last")
	if got := len(c.history.entries); got != composerPrompts {
		t.Errorf("%d prompts are kept", got)
	}
	late := newComposer("")
	late.remember("b")
	late.loadPrompts([]string{"a", "b"})
	if got := len(late.history.entries); got != 2 {
		t.Errorf("%d prompts, the one of this run is twice", got)
	}
}

func TestComposer_SetTextCanBeUndone(t *testing.T) {
	c := newComposer("")
	c.insert("draft")
	c.setText(strings.Repeat("y", composerSetBytes+1))
	if len(c.text()) != composerSetBytes+1 || len(c.editor.raw()) != 4 {
		t.Errorf("%d bytes, stored as %d", len(c.text()), len(c.editor.raw()))
	}
	c.do(opUndo)
	if got := c.text(); got != "draft" {
		t.Errorf("got %q", got)
	}
}

func TestComposer_TakesAMegabyte(t *testing.T) {
	c := newComposer("")
	for _, text := range []string{strings.Repeat("a line of words\n", 1<<16), strings.Repeat("世", 1<<19)} {
		c.insert("<")
		c.paste(text)
		c.insert(">")
		if got := c.text(); got != "<"+text+">" {
			t.Errorf("%d bytes, want %d", len(got), len(text)+2)
		}
		c.clear()
	}
}

// TestComposer_ChipsAreWhatWasPasted edits around chips at random and compares
// with a text in which each chip is one character.
func TestComposer_ChipsAreWhatWasPasted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, n := newComposer(""), &naiveEditor{}
		c.editor.setMethod(editorMethod(t))
		var chips []string // each chip and its text
		seen := map[string]bool{"": true}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0:
				text := strings.Repeat(fmt.Sprintf("%d\t\n", len(chips)/2), 30)
				chip := string(rune(editorChipFirst + len(chips)/2))
				chips = append(chips, chip, text)
				c.paste(text)
				n.typed(chip)
			case 1:
				s := strings.Trim(rapid.SampledFrom(editorAtoms()).Draw(t, "typed"), "\U00100000\U0010ffff")
				c.insert(s)
				n.typed(s)
			case 2:
				c.expand()
				n.expand(strings.NewReplacer(chips...).Replace)
			default:
				op := rapid.SampledFrom(naiveOps()).Draw(t, "op")
				c.do(op)
				n.do(op)
			}
			if got, want := c.text(), strings.NewReplacer(chips...).Replace(n.text); got != want {
				t.Fatalf("text is %.300q, want %.300q", got, want)
			}
			seen[c.text()] = true
			if got := c.editor.flat(c.editor.at); got != n.at {
				t.Fatalf("the cursor is at %d of %.300q, want %d", got, n.text, n.at)
			}
			checkComposerView(t, &c, rapid.IntRange(1, 40).Draw(t, "width"), rapid.IntRange(1, 6).Draw(t, "height"))
		}
		checkComposerUndo(t, &c, seen)
	})
}

// checkComposerUndo checks that undo goes back to nothing through texts that were
// there, and that redo brings the last one back.
func checkComposerUndo(t *rapid.T, c *composer, seen map[string]bool) {
	t.Helper()
	last := c.text()
	for len(c.editor.past.done) > 0 {
		c.do(opUndo)
		if !seen[c.text()] {
			t.Fatalf("undo made %.300q, which never was", c.text())
		}
	}
	if !c.empty() {
		t.Fatalf("undo of all left %.300q", c.text())
	}
	for len(c.editor.past.undone) > 0 {
		c.do(opRedo)
	}
	if c.text() != last {
		t.Fatalf("redo of all gave %.300q, not %.300q", c.text(), last)
	}
}

func TestComposer_FitsEveryWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newComposer("Ask anything")
		c.editor.setMethod(editorMethod(t))
		c.insert(editorTexts(80).Draw(t, "text"))
		for range rapid.IntRange(0, 80).Draw(t, "left") {
			c.do(opLeft)
		}
		for width := 1; width <= 200; width += 1 + width/20 {
			checkComposerView(t, &c, width, rapid.IntRange(1, 9).Draw(t, "height"))
		}
	})
}

// checkComposerView checks that the input keeps to its place, that the cursor is
// where its row says, and that looking changes nothing.
func checkComposerView(t *rapid.T, c *composer, width, height int) {
	t.Helper()
	if wanted := c.height(width, height); wanted < 1 || wanted > height {
		t.Fatalf("wants %d rows of %d", wanted, height)
	}
	x0, y0, _ := c.cursor(width, height)
	rows := c.view(theme.Styles{}, width, height, true)
	if len(rows) != height {
		t.Fatalf("%d rows, want %d", len(rows), height)
	}
	for _, row := range rows {
		if w := c.editor.glyphs.cells(row); w > width {
			t.Fatalf("%d cells in a window of %d: %q", w, width, row)
		}
	}
	x, y, ok := c.cursor(width, height)
	if x != x0 || y != y0 || !ok || x < 0 || x >= width || y < 0 || y >= height {
		t.Fatalf("the cursor is at %d,%d in %dx%d, before the view at %d,%d", x, y, width, height, x0, y0)
	}
	if !slices.Equal(rows, c.view(theme.Styles{}, width, height, true)) {
		t.Fatal("a second view is another")
	}
	checkComposerCursor(t, c, rows[y], x)
}

// checkComposerCursor checks that the cell of the cursor is behind exactly what
// is before the cursor in its row.
func checkComposerCursor(t *rapid.T, c *composer, row string, x int) {
	t.Helper()
	from, _ := c.editor.bounds(c.editor.rowOf(c.editor.at))
	text := c.editor.lines[c.editor.at.line].text[from:c.editor.at.off]
	if !editorPlain(text) || c.editor.glyphs.cells(row) < composerMarkWidth {
		return
	}
	shown := []rune(ansi.Strip(row))
	if len(shown) < 2+len(text) || string(shown[2:2+len(text)]) != text || x != min(2+len(text), c.editor.width+2) {
		t.Fatalf("the cursor at %d of %q is not behind %q", x, row, text)
	}
}
