package ui

import (
	"strings"
	"testing"
	"unsafe"
)

func TestEditor_Words(t *testing.T) {
	for _, c := range []editorCase{
		{"word left over scripts", "東京タワーのtower|", []editOp{opWordLeft, opWordLeft}, "東京タワー|のtower"},
		{"word left over katakana", "東京タワー|", []editOp{opWordLeft}, "東京|タワー"},
		{"word right over scripts", "|東京へgo", []editOp{opWordRight, opWordRight}, "東京へ|go"},
		{"word right over punctuation", "a|、「한국어」b", []editOp{opWordRight}, "a、「한국어|」b"},
		{"word left over emoji", "so 👍🏽👨‍👩‍👧!|", []editOp{opWordLeft}, "so |👍🏽👨‍👩‍👧!"},
		{"delete back to a blank", "cp a/b --force=1 |", []editOp{opDeleteBlankBack, opYank}, "cp a/b --force=1 |"},
		{"delete back to a blank twice", "cp a/b --force=1|", []editOp{opDeleteBlankBack, opDeleteBlankBack}, "cp |"},
		{"delete back to a line break", "a\nb-c|", []editOp{opDeleteBlankBack}, "a\n|"},
	} {
		t.Run(c.name, c.run)
	}
}

func TestEditor_SelectsCutsAndPutsBack(t *testing.T) {
	for _, c := range []editorCase{
		{"yank older", "one| two", []editOp{opKillToEnd, opLeft, opDeleteWordForward, opYank, opYankOlder}, "on two|"},
		{"yank older goes round", "one| two", []editOp{opKillToEnd, opLeft, opDeleteWordForward, opYank, opYankOlder, opYankOlder}, "one|"},
		{"yank older without a yank", "one| two", []editOp{opKillToEnd, opYank, opLeft, opYankOlder}, "one tw|o"},
		{"yank older is undone", "one| two", []editOp{opKillToEnd, opLeft, opDeleteWordForward, opYank, opYankOlder, opUndo}, "one|"},
		{"select and delete", "ab|cd", []editOp{opSelect | opRight, opSelect | opRight, opDeleteBack}, "ab|"},
		{"select back and delete forward", "ab|cd", []editOp{opSelect | opLeft, opDeleteForward}, "a|cd"},
		{"select and a new line", "a|b\nc", []editOp{opSelect | opDown, opNewline}, "a\n|"},
		{"select up beyond the first row", "ab|c", []editOp{opSelect | opUp, opDeleteBack}, "|c"},
		{"select words and cut and yank twice", "one two|", []editOp{opSelect | opWordLeft, opKillToEnd, opYank, opYank}, "one twotwo|"},
		{"a selection is a cut of its own", "one two|", []editOp{opDeleteWordBack, opSelect | opLeft, opKillToEnd, opYank}, "one |"},
		{"yank over a selection", "one two|", []editOp{opDeleteWordBack, opSelect | opStart, opYank}, "two|"},
		{"left ends a selection at its start", "a|bc", []editOp{opSelect | opRight, opSelect | opRight, opLeft}, "a|bc"},
		{"right ends a selection at its end", "ab|c", []editOp{opSelect | opLeft, opSelect | opLeft, opRight}, "ab|c"},
		{"a motion ends a selection", "a|b c", []editOp{opSelect | opRight, opLineEnd, opDeleteBack}, "ab |"},
		{"select and back again", "a|b", []editOp{opSelect | opRight, opSelect | opLeft, opDeleteBack}, "|b"},
		{"select all", "a\nb|", []editOp{opSelectAll, opDeleteBack}, "|"},
		{"undo of a deleted selection", "a|b\nc", []editOp{opSelect | opEnd, opDeleteBack, opUndo}, "ab\nc|"},
		{"undo ends a selection", "ab|", []editOp{opDeleteBack, opSelect | opLeft, opUndo, opDeleteBack}, "a|"},
	} {
		t.Run(c.name, c.run)
	}
}

func TestEditor_UndoesTypingOverASelectionWithTheRestOfTheWord(t *testing.T) {
	e := editorWith("one two|")
	e.insert("!")
	e.do(opSelect | opWordLeft)
	for _, r := range "six" {
		e.insert(string(r))
	}
	e.do(opUndo)
	if got := editorMarked(&e); got != "one |two!" {
		t.Errorf("undo gave %q", got)
	}
	e.do(opRedo)
	if got := editorMarked(&e); got != "one six|" {
		t.Errorf("redo gave %q", got)
	}
}

func TestEditor_YankOlderTakesNothingThatJoined(t *testing.T) {
	e := editorWith("|\u0301")
	e.kills.cuts = []string{"x", "e"}
	e.do(opYank)
	e.do(opYankOlder)
	if got := editorMarked(&e); got != "x\u0301|" {
		t.Errorf("got %q", got)
	}
}

func TestEditor_BoundsWhatWasCut(t *testing.T) {
	e := newEditor()
	for i := range editorKillCuts + 3 {
		e.insert(string(rune('a' + i)))
		e.do(opKillAll)
	}
	e.do(opYank)
	for range editorKillCuts {
		e.do(opYankOlder)
	}
	if got := e.value(); got != "k" || len(e.kills.cuts) != editorKillCuts {
		t.Errorf("once round leads to %q, %d cuts are kept", got, len(e.kills.cuts))
	}
	e.insert(strings.Repeat("x", editorKillBytes+1))
	e.do(opKillAll)
	if len(e.kills.cuts) != 1 || len(e.kills.newest()) != editorKillBytes+2 {
		t.Errorf("%d cuts are kept beside one that is too large", len(e.kills.cuts))
	}
}

func TestEditor_KeepsNoMoreThanWhatWasDeleted(t *testing.T) {
	e := newEditor()
	e.insert("a word of " + strings.Repeat("one long line ", 1000))
	e.do(opStart)
	e.past = editorPast{}
	whole := unsafe.StringData(e.lines[0].text)
	e.do(opDeleteForward)
	if old := e.past.done[0].old; old != "a" || unsafe.StringData(old) == whole {
		t.Errorf("undo keeps %q as a part of the line", old)
	}
}

func TestLineEditor_SelectsNothing(t *testing.T) {
	e := newLineEditor()
	e.insert("ab")
	for _, op := range []editOp{opSelectAll, opSelect | opLeft, opSelect | opStart} {
		e.do(op)
		if e.selects() {
			t.Errorf("%v selects", op)
		}
	}
	e.insert("x")
	if got := e.value(); got != "xab" {
		t.Errorf("got %q", got)
	}
}
