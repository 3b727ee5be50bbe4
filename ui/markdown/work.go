package markdown

import "time"

// maxWork is how much code is lexed at once beside the event loop, in bytes: so
// much that work is worth its way, so little that it ends soon when its place
// is scrolled out of view.
const maxWork = 16 << 10

// Work is code whose colours are to be found.
type Work struct {
	lang  *language
	from  *mark
	parts []chunk
	keys  []uint64
	now   func() time.Time
}

// Colours is what [Work.Do] found, for [Painter.Take].
type Colours struct {
	keys []uint64
	list []colours
}

// Do finds the colours. It shares nothing that changes with any other goroutine
// and does not panic; without parts, it makes the language ready.
func (w *Work) Do() Colours {
	found := Colours{keys: w.keys}
	if len(w.parts) == 0 {
		w.lang.warm()
		return found
	}
	at := w.from
	for _, p := range w.parts {
		d := deadline{}
		if w.now != nil {
			d = deadline{w.now, w.now().Add(workLimit)}
		}
		c, _ := w.lang.lex(at, p, d)
		found.list = append(found.list, c)
		at = c.after
	}
	return found
}

// warm prepares a language by lexing next to nothing in it.
func (l *language) warm() { l.run(&mark{}, "\n", deadline{}) }
