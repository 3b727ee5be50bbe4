package ui

import (
	"fmt"
	"slices"
	"strings"

	"groqchat/history"
)

// spark is values as blocks of eight heights, the greatest at full height; a blank
// stands where there is none.
func spark(values []float64) string {
	heights := []rune("▁▂▃▄▅▆▇█")
	most := slices.Max(append([]float64{0}, values...))
	var b strings.Builder
	for _, v := range values {
		if v <= 0 {
			b.WriteByte(' ')
			continue
		}
		b.WriteRune(heights[min(len(heights)-1, int(v/most*float64(len(heights))))])
	}
	return b.String()
}

// speedSaid is how fast the answers came day by day, "" where fewer than two days
// can be compared.
func speedSaid(days []history.Tally) string {
	var speeds, known []float64
	for _, d := range days {
		if speeds = append(speeds, d.Speed); d.Speed > 0 {
			known = append(known, d.Speed)
		}
	}
	if len(known) < 2 {
		return ""
	}
	line := strings.TrimSpace(spark(speeds))
	return fmt.Sprintf("Speed by day: %s %.0f to %.0f tok/s (medians).", line, slices.Min(known), slices.Max(known))
}
