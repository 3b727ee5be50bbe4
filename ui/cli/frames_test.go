//go:build unix

package cli_test

import (
	"strings"
	"testing"

	"groqchat/chat/demo"
)

// Synchronized output, mode 2026: the terminal shows what stands between the two
// all at once, so that no frame is seen half drawn.
const (
	frameBegins = "\x1b[?2026h"
	frameEnds   = "\x1b[?2026l"
)

func TestFrames_ComeWhole(t *testing.T) {
	x := withServer(t, demo.Options{}).opens()
	x.waitFor(placeholder)
	x.typeText("m") // the terminal has answered by now that it knows the mode
	x.waitFor("❯ m")
	x.press("backspace")
	x.waitGone("❯ m")
	from := len(x.raw())
	x.ask("hello there")
	written := x.raw()[from:]
	if strings.Count(written, frameBegins) < 2 {
		t.Fatalf("no frames in %q", written)
	}
	for i, part := range strings.Split(written, frameBegins)[1:] {
		frame, between, whole := strings.Cut(part, frameEnds)
		if !whole && !strings.HasSuffix(written, part) || strings.Trim(between, "\x1b[?25hl") != "" || frame == "" {
			t.Errorf("frame %d: %q, then %q", i, frame, between)
		}
	}
	x.press("ctrl+d")
	x.exits(0)
}

// TestFrames_NoneWhenNothingChanges: what the mouse does, and keys that do
// nothing, write nothing.
func TestFrames_NoneWhenNothingChanges(t *testing.T) {
	x := withServer(t, demo.Options{}).opens()
	x.waitFor(placeholder)
	x.ask("hello there")
	from := len(x.raw())
	for range 20 {
		x.write("\x1b[<35;10;10M") // the mouse moves
	}
	x.press("left")
	x.typeText("y")
	x.waitFor("❯ y")
	if n := strings.Count(x.raw()[from:], frameBegins); n != 1 {
		t.Errorf("%d frames for one letter: %q", n, x.raw()[from:])
	}
	x.press("backspace", "ctrl+d")
	x.exits(0)
}
