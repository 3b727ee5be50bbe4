package ui

import (
	"slices"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// editorRows is the rows of a text as they are stored.
func editorRows(e *editor) []string {
	var rows []string
	for r, ok := (editorRow{}), true; ok; r, ok = e.rowAfter(r) {
		from, to := e.bounds(r)
		rows = append(rows, e.lines[r.line].text[from:to])
	}
	return rows
}

func TestEditor_Wraps(t *testing.T) {
	for _, c := range []struct {
		name, text string
		width      int
		want       []string
	}{
		{"nothing", "", 5, []string{""}},
		{"what fits", "ab cd", 5, []string{"ab cd"}},
		{"behind blanks", "ab cd ef", 6, []string{"ab cd ", "ef"}},
		{"a blank hangs over", "ab cde fg", 6, []string{"ab cde ", "fg"}},
		{"a place for the cursor behind it", "ab cde ", 6, []string{"ab cde ", ""}},
		{"but one blank only", "ab cde  fg", 6, []string{"ab cde ", " fg"}},
		{"long words", "abcdefgh", 3, []string{"abc", "def", "gh"}},
		{"a long word begins a row", "ab cdefgh", 4, []string{"ab ", "cdef", "gh"}},
		{"wide characters anywhere", "世界世界", 5, []string{"世界", "世界"}},
		{"behind wide characters", "世界abcd", 6, []string{"世界", "abcd"}},
		{"wide characters in one column", "世界", 1, []string{"世", "界"}},
		{"families whole", "👨‍👩‍👧👨‍👩‍👧", 3, []string{"👨‍👩‍👧", "👨‍👩‍👧"}},
		{"tabs to the next stop", "a\tb\tc", 8, []string{"a\tb\t", "c"}},
		{"control characters as pictures", "\x1b\x1b\x1b", 2, []string{"\x1b\x1b", "\x1b"}},
		{"lines", "a\n\nb", 5, []string{"a", "", "b"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := newEditor()
			e.setMethod(ansi.GraphemeWidth)
			e.setWidth(c.width)
			e.setValue(c.text)
			if got := editorRows(&e); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestEditor_WindowMovesNoFurtherThanItMust(t *testing.T) {
	e := newEditor()
	for i := range 10 {
		e.insert(string(rune('0'+i)) + "\n")
	}
	e.do(opDeleteBack)
	var tops []int
	look := func() {
		top, y := e.window(4)
		if got := top.line + y; got != e.at.line {
			t.Errorf("the cursor is in line %d, the window says %d", e.at.line, got)
		}
		e.show(top)
		tops = append(tops, top.line)
	}
	look()
	for range 9 {
		e.up()
		look()
	}
	for range 5 {
		e.down()
		look()
	}
	e.setValue("a\nb\nc\nd\ne")
	e.do(opStart)
	e.do(opDeleteForward)
	look()
	e.do(opKillAll)
	look()
	want := []int{6, 6, 6, 6, 5, 4, 3, 2, 1, 0, 0, 0, 0, 1, 2, 0, 0}
	if !slices.Equal(tops, want) {
		t.Errorf("tops are %v, want %v", tops, want)
	}
}
