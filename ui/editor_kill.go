package ui

// The bounds of what was cut and can be put back: cuts, and bytes unless there is
// only one.
const (
	editorKillCuts  = 8
	editorKillBytes = 1 << 20
)

// editorKills is what was cut, raw, the newest last.
type editorKills struct {
	cuts   []string
	joins  bool      // the operation before cut, so the next adds to it
	yanked int       // which cut the operation before put back, from the newest: 1, 2, …; 0: none
	from   editorPos // where it was put
}

// rest says that the operation before neither cut nor put back.
func (k *editorKills) rest() { k.joins, k.yanked = false, 0 }

// newest is what was cut last.
func (k *editorKills) newest() string {
	if len(k.cuts) == 0 {
		return ""
	}
	return k.cuts[len(k.cuts)-1]
}

// add keeps what was cut, together with what the cuts just before took.
func (k *editorKills) add(text string, front bool) {
	switch last := len(k.cuts) - 1; {
	case !k.joins:
		k.cuts = append(k.cuts, text)
	case front:
		k.cuts[last] = text + k.cuts[last]
	default:
		k.cuts[last] += text
	}
	k.joins, k.yanked = true, 0
	k.bound()
}

func (k *editorKills) bound() {
	bytes := 0
	for _, cut := range k.cuts {
		bytes += len(cut)
	}
	for len(k.cuts) > editorKillCuts || bytes > editorKillBytes && len(k.cuts) > 1 {
		bytes -= len(k.cuts[0])
		k.cuts = k.cuts[1:]
	}
}

// cut deletes and keeps what it deleted: what is selected, else what the operation
// says.
func (e *editor) cut(op editOp) {
	e.goal = -1
	from, to := e.span()
	if from == to {
		from, to = e.reach(op)
	}
	if from == to {
		return
	}
	e.kills.add(e.between(from, to), from.before(e.at))
	e.change(from, to, "", editorAlone)
}

// reach is what an operation cuts.
func (e *editor) reach(op editOp) (from, to editorPos) {
	from, to = e.at, e.at
	switch op {
	case opDeleteWordBack:
		from = e.wordBefore(e.at)
	case opDeleteWordForward:
		to = e.wordAfter(e.at)
	case opDeleteBlankBack:
		from = e.blankBefore(e.at)
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
	return from, to
}

// keepSelected keeps what is selected as a cut does, and leaves it where it is,
// not selected.
func (e *editor) keepSelected() {
	from, to := e.span()
	e.forget()
	e.kills.add(e.between(from, to), false)
	e.kills.rest()
}

// yank puts back what was cut last.
func (e *editor) yank(from, to editorPos) {
	if text := e.kills.newest(); text != "" {
		e.change(from, to, text, editorAlone)
		e.kills.from, e.kills.yanked = from, 1
	}
}

// yankOlder puts what was cut before in the place of what was put back just now;
// after the oldest comes the newest.
func (e *editor) yankOlder() {
	k := &e.kills
	if k.yanked == 0 {
		return
	}
	now := k.cuts[len(k.cuts)-k.yanked]
	k.yanked = k.yanked%len(k.cuts) + 1
	e.goal, e.marked = -1, false
	e.change(k.from, k.from.after(now), k.cuts[len(k.cuts)-k.yanked], editorAlone)
}
