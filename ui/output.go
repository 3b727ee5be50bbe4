package ui

import (
	"errors"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// ErrHungUp is the cause of the end when the terminal is there no more.
var ErrHungUp = errors.New("the terminal is gone")

// output stands between Bubble Tea and the terminal. Bubble Tea holds its
// renderer while it writes, so a terminal that takes nothing, such as one behind
// a paused multiplexer, would hold up keys, answers and the end of the program.
// Here a write only queues its bytes, in order and complete; one goroutine hands
// them to the terminal. While it has not taken them, Bubble Tea is shown no
// newer frame (see [Model.present]), so the queue holds a frame or two.
//
// It is a term.File of its own and embeds no os.File, whose other methods would
// write past the queue.
type output struct {
	file *os.File
	gone func(error) // told once, when the terminal refuses a write

	undo  string        // what undoes a frame that is given up, "" where lines are written and none is given up
	speed int           // bytes a second of a slow line, 0 for others
	hurry chan struct{} // closed when the line's speed counts no more
	hasty sync.Once     // closes hurry

	mu    sync.Mutex
	queue [][]byte      // what waits; the first is being written
	more  chan struct{} // one slot: something waits, or nothing will
	empty chan struct{} // closed while nothing waits
	shut  bool          // nothing more is queued
	over  bool          // nothing is written any more
}

// newOutput begins to write to file.
func newOutput(file *os.File, gone func(error)) *output {
	o := &output{
		file: file, gone: gone, undo: plainTerminal, speed: lineSpeed(file),
		hurry: make(chan struct{}), more: make(chan struct{}, 1), empty: make(chan struct{}),
	}
	close(o.empty)
	aside(o.drain, func(c *Crash) { gone(c) })
	return o
}

// Fd and the methods below make the output a terminal for Bubble Tea.
func (o *output) Fd() uintptr { return o.file.Fd() }

func (o *output) Read(p []byte) (int, error) { return o.file.Read(p) }

// Close does nothing: the file is not ours.
func (o *output) Close() error { return nil }

// Write queues p. It never waits.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.add(p)
	return len(p), nil
}

// add queues p; mu is held.
func (o *output) add(p []byte) {
	if o.over || o.shut || len(p) == 0 {
		return
	}
	if len(o.queue) == 0 {
		o.empty = make(chan struct{})
	}
	o.queue = append(o.queue, append([]byte(nil), p...))
	o.wake()
}

// last queues p, and nothing after it: an event loop that is stuck may come free at
// any moment, and a frame of it would undo what gives the terminal back.
func (o *output) last(p []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.add(p)
	o.shut = true
}

func (o *output) wake() {
	select {
	case o.more <- struct{}{}:
	default:
	}
}

// drain writes what is queued until the output is over.
func (o *output) drain() {
	for range o.more {
		for {
			first, over := o.first()
			if over {
				return
			}
			if first == nil {
				break
			}
			if err := o.write(first); err != nil {
				o.end()
				o.gone(ErrHungUp)
				return
			}
			o.arrive(len(first))
			o.written()
		}
	}
}

// first is what to write next, nil if nothing waits.
func (o *output) first() (p []byte, over bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.queue) > 0 {
		p = o.queue[0]
	}
	return p, o.over
}

// written takes what was written out of the queue.
func (o *output) written() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.queue) == 0 { // ended meanwhile
		return
	}
	o.queue[0] = nil
	if o.queue = o.queue[1:]; len(o.queue) == 0 {
		o.queue = nil
		close(o.empty)
	}
}

// full is how long to wait for a terminal that somebody else has set not to block.
const full = 10 * time.Millisecond

func (o *output) write(p []byte) error {
	for {
		n, err := o.file.Write(p)
		if !errors.Is(err, syscall.EAGAIN) {
			return err
		}
		p = p[n:]
		<-time.After(full)
	}
}

// arrive waits until a slow line has carried n bytes: the system takes many more
// at once, and keys would wait behind them.
func (o *output) arrive(n int) {
	if o.speed == 0 {
		return
	}
	carried := time.NewTimer(time.Duration(n) * time.Second / time.Duration(o.speed))
	defer carried.Stop()
	select {
	case <-carried.C:
	case <-o.hurry:
	}
}

// behind reports whether the terminal has not taken yet what it was given.
func (o *output) behind() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.queue) > 0
}

// caughtUp is closed when the terminal has taken everything, or never will.
func (o *output) caughtUp() <-chan struct{} {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.empty
}

// flush waits until the terminal has taken everything, but not for ever.
func (o *output) flush(longest time.Duration) bool {
	late := time.NewTimer(longest)
	defer late.Stop()
	select {
	case <-o.caughtUp():
		return true
	case <-late.C:
		return false
	}
}

// end takes nothing more and forgets what waits.
func (o *output) end() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.queue) > 0 {
		o.queue = nil
		close(o.empty)
	}
	o.over = true
	o.wake()
}

// How long the end of the program waits for the terminal: so long that even a
// slow line is given back, and so short that whoever ends the program does not
// give up on it.
const (
	promptly  = 200 * time.Millisecond
	patiently = 1300 * time.Millisecond
)

// giveBack may be called again. It ends the output once the terminal has taken everything. One that is
// slow gets, instead of frames that nobody will see, what undoes them. It
// reports whether the terminal took it.
func (o *output) giveBack() bool {
	o.hasty.Do(func() { close(o.hurry) })
	taken := o.flush(promptly)
	if !taken {
		o.replace([]byte(o.undo))
		taken = o.flush(patiently)
	}
	o.end()
	return taken
}

// replace puts p in the place of all that waits, but for what is being written:
// cut in two, that could be anything.
func (o *output) replace(p []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.queue) > 1 && len(p) > 0 {
		o.queue = [][]byte{o.queue[0], p}
	}
}

// plainTerminal undoes whatever a frame may have switched on: synchronized output,
// attributes, the keyboard protocols, pastes in brackets, the mouse, the report of
// focus and of colours, grapheme widths, the title as in giveTitle, the alternate screen and the hidden cursor.
const plainTerminal = "\x1b[?2026l\x1b[m\x1b[>4m\x1b[<u\x1b[?2004l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2031l\x1b[?2027l\x1b]2;\x07\x1b[23;2t\x1b[?1049l\x1b[0 q\x1b[?25h"

// keepTitle has the terminal remember its title, and giveTitle has it back. Those
// that have no memory for titles read past both: their title is empty then.
const (
	keepTitle = "\x1b[22;2t"
	giveTitle = "\x1b[23;2t"
)

// takeTerminal is what the program asks of the terminal beside what frames do, and
// giveTerminal takes that back: its title, and to be told when its colours change.
const (
	takeTerminal = keepTitle + ansi.SetModeLightDark
	giveTerminal = giveTitle + ansi.ResetModeLightDark
)
