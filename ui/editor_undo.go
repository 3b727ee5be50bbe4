package ui

import (
	"slices"
	"strings"
)

// The bounds of what can be undone. What was done longest ago is given up first.
const (
	editorUndoSteps = 500
	editorUndoBytes = 8 << 20
	editorUndoGroup = 256 // bytes of typed text that are undone at once, at most
)

// editorKind says which changes are undone together.
type editorKind int

const (
	editorAlone   editorKind = iota // by itself
	editorTyped                     // with the rest of the word and the blanks behind it
	editorBack                      // with what was deleted before it in the same direction
	editorForward                   //
)

// editorChange is one step that can be undone: old became new at a place, and
// the cursor went from a place to another.
type editorChange struct {
	at       editorPos
	old, new string
	from, to editorPos
	kind     editorKind
}

// editorPast is the steps that can be undone, and those that were.
type editorPast struct {
	done, undone []editorChange
	bytes        int  // of done
	sealed       bool // the last step takes no more
}

// seal ends a group.
func (p *editorPast) seal() { p.sealed = true }

func (p *editorPast) add(c editorChange) {
	p.undone = nil
	p.bytes += len(c.old) + len(c.new)
	if n := len(p.done); n == 0 || p.sealed || !p.done[n-1].join(c) {
		p.done = append(p.done, c)
	}
	p.sealed = false
	drop := 0
	for p.bytes > editorUndoBytes || len(p.done)-drop > editorUndoSteps {
		p.bytes -= len(p.done[drop].old) + len(p.done[drop].new)
		drop++
	}
	p.done = slices.Delete(p.done, 0, drop)
}

// join makes c a part of the step before, if they belong together.
func (b *editorChange) join(c editorChange) bool {
	if b.kind != c.kind || c.kind == editorAlone || b.to != c.from || len(b.old)+len(b.new) > editorUndoGroup {
		return false
	}
	switch c.kind {
	case editorTyped:
		if b.at.after(b.new) != c.at || editorEndsWord(b.new) && !editorEndsWord(c.new) {
			return false
		}
		b.new += c.new
	case editorBack:
		if c.at.after(c.old) != b.at {
			return false
		}
		b.at, b.old = c.at, c.old+b.old
	case editorForward:
		if c.at != b.at {
			return false
		}
		b.old += c.old
	default:
		return false
	}
	b.to = c.to
	return true
}

// editorEndsWord reports whether text ends with a blank or a line break.
func editorEndsWord(text string) bool {
	return strings.HasSuffix(text, " ") || strings.HasSuffix(text, "\n")
}

func (e *editor) undo() {
	p := &e.past
	if len(p.done) == 0 {
		return
	}
	c := p.done[len(p.done)-1]
	p.done = p.done[:len(p.done)-1]
	p.undone = append(p.undone, c)
	p.bytes -= len(c.old) + len(c.new)
	e.splice(c.at, c.at.after(c.new), c.old)
	e.move(c.from)
}

func (e *editor) redo() {
	p := &e.past
	if len(p.undone) == 0 {
		return
	}
	c := p.undone[len(p.undone)-1]
	p.undone = p.undone[:len(p.undone)-1]
	p.done = append(p.done, c)
	p.bytes += len(c.old) + len(c.new)
	e.splice(c.at, c.at.after(c.old), c.new)
	e.move(c.to)
}
