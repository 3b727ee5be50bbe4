package ui

import (
	"context"
	"strings"
	"testing"

	"groqchat/chat"
)

// TestPreflight_AsksBeforeAKeyIsSent: S10, also where the other questions are off.
func TestPreflight_AsksBeforeAKeyIsSent(t *testing.T) {
	text := "why does gsk_" + strings.Repeat("a1", 26) + " not work?"
	for _, preflight := range []bool{true, false} {
		bubble(t, func(t *testing.T) {
			s, asked := server(t, says("done"))
			s.m.opts.Config.Preflight = preflight
			s.write(text)
			s.press("enter")
			s.settle()
			s.shows("A key in the message", "Send it all the same")
			if n := len(asked.asked()); n > 0 {
				t.Fatalf("it was sent, %d times", n)
			}
			s.press("esc")
			s.settle()
			if got := s.m.composer.text(); got != text || s.m.over != nil {
				t.Errorf("the composer holds %q", got)
			}
			s.press("enter")
			s.press("1")
			s.settle()
			if got := asked.asked(); len(got) != 1 || got[0].Messages[0].Content != text {
				t.Errorf("asked %+v", got)
			}
		})
	}
}

// While an answer is under way no question can be asked; the text stays.
func TestQueue_HoldsNoKey(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("")))
		s.m.backend.Chat = chat.StreamFunc(func(ctx context.Context, _ chat.Request) streamSeq {
			return func(yield func(chat.Event, error) bool) {
				if yield(chat.Delta{Text: "the beginning"}, nil) {
					<-ctx.Done()
					yield(nil, context.Cause(ctx))
				}
			}
		})
		s.write("go on")
		s.press("enter")
		s.until("the text is there", func() bool { return strings.Contains(s.text(), "the beginning") })
		text := "gsk_" + strings.Repeat("a1", 26)
		s.write(text)
		s.press("enter")
		s.says("That looks like an API key")
		if len(s.m.queue) > 0 || s.m.composer.text() != text {
			t.Errorf("%d wait, the composer holds %q", len(s.m.queue), s.m.composer.text())
		}
		s.press("esc")
		s.settle()
	})
}

// A question of the command line is asked about as well.
func TestFirst_AsksBeforeAKeyIsSent(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		o.First = "gsk_" + strings.Repeat("a1", 26)
		s := open(t, o)
		s.settle()
		s.shows("A key in the message")
	})
}
