package ui

import (
	"slices"
	"strings"
)

// editOp is an edit or a motion, for the table of keys.
type editOp int

// The operations. Words are runs of letters and digits of one kind of script.
const (
	opNone              editOp = iota
	opLeft                     // by one character, also over the end of a line
	opRight                    //
	opWordLeft                 // to the beginning of a word
	opWordRight                // to the end of a word
	opLineStart                // of the logical line
	opLineEnd                  //
	opStart                    // of the text
	opEnd                      //
	opUp                       // by one row of the screen
	opDown                     //
	opSelectAll                //
	opNewline                  //
	opDeleteBack               // one character, or what is selected
	opDeleteForward            //
	opDeleteWordBack           // these six cut: opYank puts back what they took
	opDeleteWordForward        //
	opDeleteBlankBack          // to the blank before
	opKillToEnd                // of the line; at its end, the line break
	opKillToStart              // of the line; at its start, the line break
	opKillAll                  // the whole text, or what is selected
	opYank                     //
	opYankOlder                // directly after a yank: what was cut before that, in its place
	opUndo
	opRedo
)

// opSelect with a motion selects from where the cursor was.
const opSelect editOp = 1 << 8

// do carries out an operation. At the edge of the text it does nothing.
func (e *editor) do(op editOp) {
	if op&opSelect != 0 {
		if op &^= opSelect; !e.single {
			e.extend(op)
			return
		}
	}
	switch op {
	case opUp:
		e.up()
	case opDown:
		e.down()
	case opYankOlder:
		e.yankOlder()
	case opDeleteWordBack, opDeleteWordForward, opDeleteBlankBack, opKillToEnd, opKillToStart, opKillAll:
		e.cut(op)
	default:
		e.act(op)
	}
}

// act does what neither moves by rows nor cuts.
func (e *editor) act(op editOp) {
	from, to := e.span()
	e.forget()
	goal, moves := e.target(op)
	switch {
	case !moves:
		e.edit(op, from, to)
	case from != to && op == opLeft:
		e.move(from)
	case from != to && op == opRight:
		e.move(to)
	default:
		e.move(goal)
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

// edit changes the text; what is selected from one place to the other, if
// anything is, makes way.
func (e *editor) edit(op editOp, from, to editorPos) {
	switch op {
	case opNewline:
		if !e.single {
			e.change(from, to, "\n", editorTyped)
		}
	case opDeleteBack, opDeleteForward:
		e.erase(op, from, to)
	case opYank:
		e.yank(from, to)
	case opSelectAll:
		e.selectAll()
	case opUndo:
		e.undo()
	case opRedo:
		e.redo()
	default:
	}
}

// erase deletes what is selected, else one character.
func (e *editor) erase(op editOp, from, to editorPos) {
	switch {
	case from != to:
		e.change(from, to, "", editorAlone)
	case op == opDeleteBack:
		e.change(e.before(to), to, "", editorBack)
	default:
		e.change(from, e.after(from), "", editorForward)
	}
}

// change replaces a range by raw text, puts the cursor behind it and makes it
// possible to undo that.
func (e *editor) change(from, to editorPos, text string, kind editorKind) {
	if from == to && text == "" {
		return
	}
	c := editorChange{at: from, old: e.between(from, to), new: text, from: e.at, kind: kind}
	e.splice(from, to, text)
	e.marked = false
	e.at = e.snap(from.after(text))
	c.to = e.at
	e.past.add(c)
}

// splice replaces a range by raw text, and nothing else.
func (e *editor) splice(from, to editorPos, text string) {
	e.edits++
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
