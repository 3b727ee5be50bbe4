package ui

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// Bars are drawn here, for the screen and for the command line.

// Progress is how far something is that takes a while, after the time that it took.
type Progress struct {
	Done, All int
	Took      time.Duration
	Measure   Measure
}

// Measure writes how much of how much is done, and a rate a second.
type Measure func(done, all int, rate float64) (amount, pace string)

// Things is the measure of things.
func Things(noun string) Measure {
	return func(done, all int, rate float64) (amount, pace string) {
		return chat.Count(done) + " of " + plural(all, noun), fmt.Sprintf("%.0f/s", rate)
	}
}

// ProgressAfter is how long something takes before it is worth a bar.
const ProgressAfter = time.Second

// Slow reports whether it takes so long that there is something to tell.
func (p Progress) Slow() bool { return p.Took >= ProgressAfter && p.Done > 0 }

// Percent is how much of all is done.
func (p Progress) Percent() int { return 100 * min(p.Done, p.All) / max(1, p.All) }

// Parts is what there is to tell, the most important first: how much is done, how
// long the rest takes, and how fast it goes.
func (p Progress) Parts() []string {
	rate := float64(p.Done) / max(p.Took, time.Millisecond).Seconds()
	amount, pace := p.Measure(p.Done, p.All, rate)
	left := time.Duration(float64(max(0, p.All-p.Done)) / max(rate, 1e-9) * float64(time.Second))
	return []string{amount, chat.Wait(left) + " left", pace}
}

// The widest bar and the narrowest that is worth one, cells.
const (
	barWidest    = 24
	barNarrowest = 8
)

// ProgressLine is a bar for so many of all, with as many of the parts as there is
// room for beside it; faint draws what is not done yet.
func ProgressLine(done, all, width int, parts []string, faint func(string) string) string {
	for len(parts) > 1 && ansi.StringWidthWc(strings.Join(parts, dot))+barNarrowest+2 >= width {
		parts = parts[:len(parts)-1]
	}
	text := strings.Join(parts, dot)
	room := min(barWidest, width-2-ansi.StringWidthWc(text))
	if room < barNarrowest {
		return safe.Cut(text, max(1, width-1), "")
	}
	full := room * min(done, all) / max(1, all)
	return strings.Repeat("█", full) + faint(strings.Repeat("░", room-full)) + " " + text
}
