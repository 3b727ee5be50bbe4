package chat

import (
	"testing"
	"time"
)

func TestDollars_AreShort(t *testing.T) {
	for usd, want := range map[float64]string{0: "$0", 0.00001: "<$0.0001", 0.0123: "$0.0123", 0.5: "$0.50", 12: "$12.00", 1234.567: "$1,234.57"} {
		if got := Dollars(usd); got != want {
			t.Errorf("%v: %s, want %s", usd, got, want)
		}
	}
}

func TestWait_IsNeverTooShort(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second: "0 s", 0: "0 s", time.Nanosecond: "1 s", 7657 * time.Millisecond: "8 s", 34*time.Second + 147*time.Millisecond: "35 s",
		119 * time.Second: "119 s", 2 * time.Minute: "2 min", 125 * time.Second: "2 min 5 s", 15*time.Minute + 7200*time.Millisecond: "15 min 8 s",
		59*time.Minute + 59001*time.Millisecond: "1 h", 61 * time.Minute: "1 h 1 min", 80*time.Minute + time.Second: "1 h 21 min", 24 * time.Hour: "24 h", 48 * time.Hour: "48 h", 50 * time.Hour: "3 days",
	} {
		if got := Wait(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}

func TestTook_HasAsManyDigitsAsMatter(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0.00 s", 4 * time.Millisecond: "<0.01 s", 184 * time.Millisecond: "0.18 s", 994 * time.Millisecond: "0.99 s", 996 * time.Millisecond: "1.0 s", 2449 * time.Millisecond: "2.4 s",
		9949 * time.Millisecond: "9.9 s", 9960 * time.Millisecond: "10 s", 63400 * time.Millisecond: "63 s", 3*time.Minute + 5*time.Second: "3 min 5 s",
	} {
		if got := Took(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}

func TestCount_IsReadInThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 993: "993", 8000: "8,000", 1234567: "1,234,567"} {
		if got := Count(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
