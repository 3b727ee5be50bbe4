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

// A file that goes with a message is sent and saved as well: its text, and the name
// of a picture.
func TestPreflight_AsksBeforeAFileWithAKeyIsSent(t *testing.T) {
	const key = "gsk_a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1"
	for _, c := range []struct {
		file  chat.Attachment
		where string
	}{
		{chat.Attachment{Name: "conf\x1b]0;x.env", Text: "A=1\nKEY=" + key + "\n"}, "The file conf"},
		{chat.Attachment{Name: key + ".png", Type: "image/png", Data: []byte{1}}, "The name of a file holds"},
	} {
		bubble(t, func(t *testing.T) {
			s, asked := server(t, says("done"))
			s.m.conv.Model, s.m.opts.Config.Trim = seeing, true
			s.m.composer.setText(strings.Repeat("word ", 1000)) // which would be left out unasked
			s.press("enter")
			s.settle()
			s.m.quotas[seeing] = chat.Quota{Tokens: chat.Limit{Known: true, Limit: 800, Remaining: 800, At: s.m.clock}}
			s.m.files = []chat.Attachment{c.file}
			s.write("what is this?")
			s.press("enter")
			s.settle()
			s.shows("A key in the message", c.where)
			if n := len(asked.asked()); n != 1 {
				t.Fatalf("it was sent: %d requests", n)
			}
			s.press("1")
			s.settle()
			if got := asked.asked(); len(got) != 2 || len(got[1].Messages[2].Attachments) != 1 {
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
		s.m.files = []chat.Attachment{{Name: "a.env", Text: "gsk_" + strings.Repeat("a1", 26)}}
		s.write("see")
		s.press("enter")
		s.says("The file a.env holds what looks like an API key")
		s.m.files = nil
		s.press("ctrl+u")
		text := "gsk_" + strings.Repeat("a1", 26)
		s.write(text)
		s.press("enter")
		s.says("This message holds what looks like an API key")
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
