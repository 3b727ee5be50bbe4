package cli

import (
	"fmt"
	"time"

	"groqchat/ui"
)

// stepBar shows on a terminal's stderr how far something is that takes longer than
// patience; elsewhere it says nothing.
type stepBar struct {
	progressBar

	began, drawn time.Time
	measure      ui.Measure
}

// barPace is how often a bar changes.
const barPace = 100 * time.Millisecond

// megabytes is the measure of bytes.
func megabytes(done, all int, rate float64) (amount, pace string) {
	const mega = 1e6
	return fmt.Sprintf("%.1f of %.1f MB", float64(done)/mega, float64(all)/mega), fmt.Sprintf("%.1f MB/s", rate/mega)
}

func (a *app) stepBar(m ui.Measure) *stepBar {
	b := &stepBar{progressBar: progressBar{w: a.stderr, now: a.now, ink: a.ink(a.stderr)}, began: a.now(), measure: m}
	if !a.dumb() {
		b.width = a.width(a.stderr)
	}
	return b
}

// tell shows how far it is.
func (b *stepBar) tell(done, all int) {
	now := b.now()
	p := ui.Progress{Done: done, All: all, Took: now.Sub(b.began), Measure: b.measure}
	if b.width == 0 || !p.Slow() || now.Sub(b.drawn) < barPace {
		return
	}
	b.drawn = now
	b.show(b.draw(done, all, p.Parts()))
}
