package chat

import (
	"fmt"
	"strconv"
	"time"

	"github.com/dustin/go-humanize"
)

// Figures are written in one way wherever people read them: on the screen, on
// stderr, in tables and in sentences.

// Count writes a number: 993, 8,000.
func Count(n int) string { return humanize.Comma(int64(n)) }

// Wait writes how long something still takes, never too short: 8 s, 2 min 5 s,
// 1 h 20 min, 3 days.
func Wait(d time.Duration) string {
	const minute, hour, day = 60, 3600, 86400
	s := int((max(0, d) + time.Second - 1) / time.Second)
	switch {
	case s < 2*minute:
		return fmt.Sprintf("%d s", s)
	case s < hour:
		return parts(s/minute, "min", s%minute, "s")
	case s > 2*day:
		return fmt.Sprintf("%d days", (s+day-1)/day)
	}
	m := (s + minute - 1) / minute
	return parts(m/minute, "h", m%minute, "min")
}

func parts(n int, unit string, rest int, smaller string) string {
	text := fmt.Sprintf("%d %s", n, unit)
	if rest > 0 {
		text += fmt.Sprintf(" %d %s", rest, smaller)
	}
	return text
}

// Took writes a time that was measured: 0.18 s, 2.4 s, 63 s, 3 min 5 s.
func Took(d time.Duration) string {
	switch s := d.Seconds(); {
	case s > 0 && s < 0.005:
		return "<0.01 s"
	case s < 0.995:
		return fmt.Sprintf("%.2f s", s)
	case s < 9.95:
		return fmt.Sprintf("%.1f s", s)
	default:
		return Wait(d.Round(time.Second))
	}
}

// Dollars writes an amount: small ones with as many digits as they need.
func Dollars(usd float64) string {
	switch {
	case usd == 0:
		return "$0"
	case usd < 0.0001:
		return "<$0.0001"
	case usd < 0.1:
		return "$" + strconv.FormatFloat(usd, 'f', 4, 64)
	}
	return "$" + humanize.FormatFloat("#,###.##", usd)
}
