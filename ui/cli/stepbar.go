package cli

import (
	"fmt"
	"time"

	"groqchat/chat"
)

// stepBar shows on a terminal's stderr how far something is that takes longer than
// patience; elsewhere it says nothing.
type stepBar struct {
	progressBar

	began, drawn time.Time
	measure      measure
}

// When a bar appears, and how often it changes.
const (
	barPatience = time.Second
	barPace     = 100 * time.Millisecond
)

// measure writes how much of how much is done, and a rate a second.
type measure func(done, all int, rate float64) (amount, pace string)

// things is the measure of things.
func things(noun string) measure {
	return func(done, all int, rate float64) (amount, pace string) {
		return chat.Count(done) + " of " + countNoun(all, noun), fmt.Sprintf("%.0f/s", rate)
	}
}

// megabytes is the measure of bytes.
func megabytes(done, all int, rate float64) (amount, pace string) {
	const mega = 1e6
	return fmt.Sprintf("%.1f of %.1f MB", float64(done)/mega, float64(all)/mega), fmt.Sprintf("%.1f MB/s", rate/mega)
}

func (a *app) stepBar(m measure) *stepBar {
	b := &stepBar{progressBar: progressBar{w: a.stderr, now: a.now, ink: a.ink(a.stderr)}, began: a.now(), measure: m}
	if !a.dumb() {
		b.width = a.width(a.stderr)
	}
	return b
}

// tell shows how far it is.
func (b *stepBar) tell(done, all int) {
	now := b.now()
	took := now.Sub(b.began)
	if b.width == 0 || took < barPatience || now.Sub(b.drawn) < barPace || done <= 0 {
		return
	}
	b.drawn = now
	rate := float64(done) / took.Seconds()
	amount, pace := b.measure(done, all, rate)
	left := time.Duration(float64(max(0, all-done)) / rate * float64(time.Second))
	b.show(b.draw(done, all, []string{amount, chat.Wait(left) + " left", pace}))
}
