package safe

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestApart_TakesOnlyEmojiApart(t *testing.T) {
	for in, want := range map[string]string{
		"👩\u200d🚀": "👩🚀", "🏃\u200d♂\ufe0f": "🏃♂", "क्\u200dष": "क्\u200dष", "می\u200cخواهم": "می\u200cخواهم", "a": "a", "": "",
	} {
		if got := Apart(in); got != want {
			t.Errorf("%q becomes %q, not %q", in, got, want)
		}
	}
}

// TestLine_HasRoomHoweverATerminalMeasures: with those that add up the parts of a
// character, and those that do not.
func TestLine_HasRoomHoweverATerminalMeasures(t *testing.T) {
	parts := rapid.SampledFrom([]string{
		"a", " ", "日", "👩", "\u200d", "\ufe0f", "❤", "1\ufe0f\u20e3", "👍", "🏽", "🇩🇪", "ह", "ि", "\u0301", "가", "\u1100", "\u1161", "ﷺ", "ｶ", "ﾞ", "☝", "🏳", "🌈", "\u202e", "\x1b[31m",
	})
	rapid.Check(t, func(t *rapid.T) {
		text, cells := "", rapid.IntRange(0, 12).Draw(t, "cells")
		for _, p := range rapid.SliceOfN(parts, 0, 20).Draw(t, "parts") {
			text += p
		}
		line := Line(text, cells)
		for _, method := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
			if got := method.StringWidth(line); got > cells {
				t.Fatalf("%q has %d cells of %d by method %d", line, got, cells, method)
			}
		}
	})
}
