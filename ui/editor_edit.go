package ui

import (
	"slices"
	"strings"
)

// editOp is an edit or a motion, for the table of keys.
type editOp int

// The operations. Words are runs of anything but blanks and punctuation.
const (
	opNone           editOp = iota
	opLeft                  // by one character, also over the end of a line
	opRight                 //
	opWordLeft              // to the beginning of a word
	opWordRight             // to the end of a word
	opLineStart             // of the logical line
	opLineEnd               //
	opStart                 // of the text
	opEnd                   //
	opUp                    // by one row of the screen
	opDown                  //
	opNewline               //
	opDeleteBack            // one character
	opDeleteForward         //
	opDeleteWordBack        // these five cut: opYank puts back what they took
	opDeleteWordForward
	opKillToEnd   // of the line; at its end, the line break
	opKillToStart // of the line; at its start, the line break
	opKillAll     // the whole text
	opYank
	opUndo
	opRedo
)

// do carries out an operation. At the edge of the text it does nothing.
func (e *editor) do(op editOp) {
	switch op {
	case opUp:
		e.up()
	case opDown:
		e.down()
	case opDeleteWordBack, opDeleteWordForward, opKillToEnd, opKillToStart, opKillAll:
		e.goal = -1
		e.cut(op)
	default:
		e.forget()
		if to, ok := e.target(op); ok {
			e.move(to)
			return
		}
		e.edit(op)
	}
}

// target is where a motion leads.
func (e *editor) target(op editOp) (editorPos, bool) {
	switch op {
	case opLeft:
		return e.before(e.at), true
	case opRight:
		return e.after(e.at), true
	case opWordLeft:
		return e.wordBefore(e.at), true
	case opWordRight:
		return e.wordAfter(e.at), true
	case opLineStart:
		return editorPos{e.at.line, 0}, true
	case opLineEnd:
		return editorPos{e.at.line, len(e.lines[e.at.line].text)}, true
	case opStart:
		return e.start(), true
	case opEnd:
		return e.end(), true
	default:
		return editorPos{}, false
	}
}

// move puts the cursor elsewhere; what is typed from now on is undone by itself.
func (e *editor) move(to editorPos) {
	e.at = to
	e.past.seal()
}

func (e *editor) edit(op editOp) {
	switch op {
	case opNewline:
		if !e.single {
			e.change(e.at, e.at, "\n", editorTyped)
		}
	case opDeleteBack:
		e.change(e.before(e.at), e.at, "", editorBack)
	case opDeleteForward:
		e.change(e.at, e.after(e.at), "", editorForward)
	case opYank:
		e.change(e.at, e.at, e.kill, editorAlone)
	case opUndo:
		e.undo()
	case opRedo:
		e.redo()
	default:
	}
}

// cut deletes and keeps what it deleted, together with what the cuts just
// before took.
func (e *editor) cut(op editOp) {
	from, to := e.at, e.at
	switch op {
	case opDeleteWordBack:
		from = e.wordBefore(e.at)
	case opDeleteWordForward:
		to = e.wordAfter(e.at)
	case opKillToEnd:
		if to.off = len(e.lines[to.line].text); to == e.at {
			to = e.after(to)
		}
	case opKillToStart:
		if from.off = 0; from == e.at {
			from = e.before(from)
		}
	case opKillAll:
		from, to = e.start(), e.end()
	default: // the others cut nothing
	}
	if from == to {
		return
	}
	e.keepCut(e.between(from, to), from.before(e.at))
	e.change(from, to, "", editorAlone)
}

func (e *editor) keepCut(text string, front bool) {
	switch {
	case !e.kills:
		e.kill = text
	case front:
		e.kill = text + e.kill
	default:
		e.kill += text
	}
	e.kills = true
}

// change replaces a range by raw text, puts the cursor behind it and makes it
// possible to undo that.
func (e *editor) change(from, to editorPos, text string, kind editorKind) {
	if from == to && text == "" {
		return
	}
	c := editorChange{at: from, old: e.between(from, to), new: text, from: e.at, kind: kind}
	e.splice(from, to, text)
	e.at = e.snap(from.after(text))
	c.to = e.at
	e.past.add(c)
}

// splice replaces a range by raw text, and nothing else.
func (e *editor) splice(from, to editorPos, text string) {
	l := &e.lines[from.line]
	if from.line == to.line && strings.IndexByte(text, '\n') < 0 {
		l.text = l.text[:from.off] + text + l.text[to.off:]
		e.rewrap(from.line, from.off, to.off-from.off, len(text))
		return
	}
	parts := strings.Split(text, "\n")
	fresh := make([]editorLine, len(parts))
	for i, part := range parts {
		fresh[i].text = part
	}
	last := len(fresh) - 1
	fresh[last].text += e.lines[to.line].text[to.off:]
	fresh[0].text = l.text[:from.off] + fresh[0].text
	e.lines = slices.Replace(e.lines, from.line, to.line+1, fresh...)
}

// snap is the first place at or after p that is between characters: what was
// inserted may have joined with what follows it.
func (e *editor) snap(p editorPos) editorPos {
	text := e.lines[p.line].text
	from, _ := e.bounds(e.rowOf(p))
	for from < p.off {
		size, _ := e.glyphs.next(text[from:], 0)
		from += size
	}
	return editorPos{p.line, from}
}
