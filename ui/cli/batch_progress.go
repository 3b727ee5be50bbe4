package cli

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
	"groqchat/chat/batch"
	"groqchat/ui"
)

// progressBar shows on stderr how far a batch is: a line that changes on a
// terminal, else a line now and then.
type progressBar struct {
	w      io.Writer
	width  int // of the terminal; 0: it is none, or one that cannot move its cursor
	now    func() time.Time
	priced bool
	ink    ink

	shown    string
	told     time.Time // when the last plain line was written
	stopping bool
}

// plainLines is how often a line is written where none can change.
const plainLines = 15 * time.Second

func (j *batchJob) progressBar() *progressBar {
	b := &progressBar{w: j.stderr, now: j.now, priced: j.cost() != nil, told: j.now(), ink: j.ink(j.stderr)}
	if !j.dumb() {
		b.width = j.width(j.stderr)
	}
	return b
}

// tell shows how far the run is.
func (b *progressBar) tell(p batch.Progress) {
	now := b.now()
	if b.width == 0 {
		if now.Sub(b.told) >= plainLines || p.Stopping && !b.stopping {
			b.told, b.stopping = now, p.Stopping
			// Nothing is left to tell an error to when stderr is gone; nor below.
			_, _ = fmt.Fprintln(b.w, strings.Join(b.parts(p, now), ", "))
		}
		return
	}
	b.show(b.line(p, now))
}

// show puts a line in the place of the last one.
func (b *progressBar) show(line string) {
	if line == b.shown {
		return
	}
	b.shown = line
	_, _ = fmt.Fprint(b.w, "\r"+line+ansi.EraseLineRight)
}

// end takes the line away: what was done is said in full below.
func (b *progressBar) end() {
	if b.shown != "" {
		_, _ = fmt.Fprint(b.w, "\r"+ansi.EraseLineRight)
		b.shown = ""
	}
}

// line is the bar with as much beside it as there is room for.
func (b *progressBar) line(p batch.Progress, now time.Time) string {
	return b.draw(p.Finished(), p.Total, b.parts(p, now))
}

// draw is a bar for so many of all, with as many of the parts as there is room for.
func (b *progressBar) draw(done, all int, parts []string) string {
	return ui.ProgressLine(done, all, b.width, parts, b.ink.faint)
}

// parts is what there is to say, the most important first.
func (b *progressBar) parts(p batch.Progress, now time.Time) []string {
	parts := []string{fmt.Sprintf("%s of %s", chat.Count(p.Finished()), chat.Count(p.Total))}
	if p.Stopping {
		return append(parts, fmt.Sprintf("stopping, %s to end; ctrl+c again ends at once", countNoun(p.Running, "answer")))
	}
	if p.Status != "" {
		parts = append(parts, p.Status)
	}
	if p.Cached > 0 {
		parts = append(parts, chat.Count(p.Cached)+" cached")
	}
	if p.Failed > 0 {
		parts = append(parts, chat.Count(p.Failed)+" failed")
	}
	if left, ok := p.Left(now); ok {
		parts = append(parts, chat.Wait(left)+" left", fmt.Sprintf("%.0f/min", p.Rate(now)))
	}
	if p.Waiting.After(now) {
		parts = append(parts, "limits: "+chat.Wait(p.Waiting.Sub(now)))
	}
	if p.Tokens > 0 {
		parts = append(parts, chat.Count(p.Tokens)+" tokens")
		if b.priced {
			parts = append(parts, chat.Dollars(p.USD))
		}
	}
	return parts
}
