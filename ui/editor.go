package ui

import "strings"

// editor is a text that is being written. A key costs as much as the logical
// line that it changes, however long the text is.
//
// Text is stored as it came, except that line breaks are "\n" and bytes that
// are not UTF-8 are U+FFFD. The cursor stands between grapheme clusters, the
// characters that readers see. A large paste is one character, see
// [editorGlyphs.fold].
type editor struct {
	lines  []editorLine // at least one
	at     editorPos    // the cursor
	width  int          // cells of a row, without the one for the cursor
	goal   int          // the column that up and down aim at, -1 if there is none
	top    editorPos    // a place in the first row that was drawn
	single bool         // one line only, and nothing is selected
	mark   editorPos    // the other end of the selection, if marked
	marked bool
	glyphs editorGlyphs
	past   editorPast
	kills  editorKills
	edits  int // grows with each change of the text
}

// editorPos is a place in the text: a logical line and a byte within it.
type editorPos struct{ line, off int }

// before reports whether p comes before q in the text.
func (p editorPos) before(q editorPos) bool {
	return p.line < q.line || p.line == q.line && p.off < q.off
}

// after is the place behind text that begins at p.
func (p editorPos) after(text string) editorPos {
	n := strings.Count(text, "\n")
	if n == 0 {
		return editorPos{p.line, p.off + len(text)}
	}
	return editorPos{p.line + n, len(text) - strings.LastIndexByte(text, '\n') - 1}
}

// editorWidth is the width until one is given.
const editorWidth = 80

// newEditor makes an empty text.
func newEditor() editor {
	return editor{lines: make([]editorLine, 1), width: editorWidth, goal: -1}
}

// newLineEditor makes an empty text of one line, for filters and fields.
func newLineEditor() editor {
	e := newEditor()
	e.single = true
	return e
}

// empty reports whether there is no text at all, not even a blank.
func (e *editor) empty() bool { return len(e.lines) == 1 && e.lines[0].text == "" }

// value is the whole text, chips expanded.
func (e *editor) value() string { return e.glyphs.expand(e.raw()) }

// raw is the whole text, a chip as the character that stands for it. Only this
// editor understands it.
func (e *editor) raw() string { return e.between(e.start(), e.end()) }

// size is the length of the value, bytes.
func (e *editor) size() int {
	n := len(e.lines) - 1
	for i := range e.lines {
		n += e.glyphs.size(e.lines[i].text)
	}
	return n
}

// setValue replaces the whole text, the cursor at its end. It can be undone.
func (e *editor) setValue(s string) {
	e.replace(e.start(), e.end(), e.glyphs.encode(e.normal(s)))
}

// load replaces the whole text by a raw one that nothing before can be undone in.
func (e *editor) load(raw string) {
	e.forget()
	e.splice(e.start(), e.end(), raw)
	e.at = e.end()
	e.past = editorPast{}
}

// insert puts typed text at the cursor, in the place of what is selected.
func (e *editor) insert(s string) {
	from, to := e.span()
	e.forget()
	e.change(from, to, e.glyphs.encode(e.normal(s)), editorTyped)
}

// paste puts raw text at the cursor, in the place of what is selected.
func (e *editor) paste(raw string) {
	from, to := e.span()
	e.replace(from, to, raw)
}

// replace puts raw text in the place of a range. It is undone by itself, as a
// paste is.
func (e *editor) replace(from, to editorPos, raw string) {
	e.forget()
	e.change(from, to, raw, editorAlone)
}

// normal is s with the line breaks and in the encoding that the editor keeps.
func (e *editor) normal(s string) string {
	s = editorNormal(s)
	if e.single {
		s = strings.NewReplacer("\n", " ", "\t", " ").Replace(s)
	}
	return s
}

// editorNormal makes all line breaks "\n" and the text valid UTF-8.
func editorNormal(s string) string {
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	}
	return strings.ToValidUTF8(s, "\ufffd")
}

// forget ends what depends on the operation before: the column that up and down
// aim at, the selection, the run of cuts, what was put back last.
func (e *editor) forget() {
	e.goal, e.marked = -1, false
	e.kills.rest()
}

// start and end are the ends of the text.
func (e *editor) start() editorPos { return editorPos{} }

func (e *editor) end() editorPos {
	last := len(e.lines) - 1
	return editorPos{last, len(e.lines[last].text)}
}

// between is the raw text of a range.
func (e *editor) between(from, to editorPos) string {
	if from.line == to.line {
		return strings.Clone(e.lines[from.line].text[from.off:to.off]) // who keeps it keeps no more
	}
	var b strings.Builder
	b.WriteString(e.lines[from.line].text[from.off:])
	for i := from.line + 1; i < to.line; i++ {
		b.WriteByte('\n')
		b.WriteString(e.lines[i].text)
	}
	b.WriteByte('\n')
	b.WriteString(e.lines[to.line].text[:to.off])
	return b.String()
}
