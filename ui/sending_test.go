package ui

import (
	"strings"
	"testing"
	"time"

	"groqchat/chat"
)

// room sets what a minute has for the model of a session.
func room(s *screen, limit int) {
	s.m.quotas[chat.DefaultModel] = chat.Quota{Tokens: chat.Limit{Known: true, Limit: limit, Remaining: limit, At: s.m.opts.Now()}}
}

// chooses takes the choice of the open dialog that says so.
func (s *screen) chooses(what string) {
	s.t.Helper()
	d, ok := s.m.over.(*dialog)
	for i := 0; ok && i < len(d.choices); i++ {
		if strings.Contains(d.choices[i].columns[0], what) {
			s.press(string(rune('1' + i)))
			s.settle()
			return
		}
	}
	s.t.Fatalf("nothing says %q", what)
}

// TestRetry_AsksFirst: another answer takes as much as the first, and is held
// against the limits in the same way.
func TestRetry_AsksFirst(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := server(t, says("done"))
		crowd(s, 8000)
		room(s, 4000)
		s.m.opts.Config.Trim = false
		s.press("f5")
		s.shows("Too long", "This question takes about", "limit of a minute is 4,000", "Leave out 2 old messages", "leave it")
		s.press("esc")
		s.settle()
		if got := asked.asked(); len(got) != 0 || len(s.m.conv.Path()) != 4 {
			t.Fatalf("asked %d times, %d messages", len(got), len(s.m.conv.Path()))
		}
		s.press("f5")
		s.chooses("Leave out")
		got := asked.asked()
		if len(got) != 1 || len(got[0].Messages) != 1 || !strings.HasPrefix(got[0].Messages[0].Content, "the second") {
			t.Fatalf("asked %d times", len(got))
		}
		if variants := s.m.conv.Variants(s.m.conv.Head); len(variants) != 2 {
			t.Errorf("%d answers to the question", len(variants))
		}
	})
}

// TestRetry_WaitsForRoom or goes to another model, which the session does not
// change to.
func TestRetry_WaitsForRoom(t *testing.T) {
	for _, c := range []struct {
		choice, model string
		least         time.Duration
	}{
		{"and send it", chat.DefaultModel, 20 * time.Second},
		{"Send it to gpt-oss-20b", "openai/gpt-oss-20b", 0},
		{"Send it all the same", chat.DefaultModel, 0},
	} {
		t.Run(c.choice, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				s, asked := server(t, says("done"))
				crowd(s, 0)
				s.m.quotas["openai/gpt-oss-20b"] = chat.Quota{Tokens: chat.Limit{Known: true, Limit: 250_000, Remaining: 250_000, At: s.m.opts.Now()}}
				began := time.Now()
				s.press("f5")
				s.shows("No room in this minute", "has 0 left")
				s.chooses(c.choice)
				got := asked.asked()
				if len(got) != 1 || got[0].Model != c.model || time.Since(began) < c.least || s.m.conv.Model != chat.DefaultModel {
					t.Fatalf("asked %d times after %v, and goes on with %s", len(got), time.Since(began), s.m.conv.Model)
				}
			})
		})
	}
}

// TestContinue_AsksFirst: the question whose answer is gone on with always stays.
func TestContinue_AsksFirst(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := server(t, says("and its end"))
		crowd(s, 0)
		room(s, 5000)
		s.m.opts.Config.Trim = false
		last := func() *chat.Message { return &s.m.conv.Messages[len(s.m.conv.Messages)-1] }
		last().FinishReason = "length"
		s.command("/continue")
		s.shows("Too long", "To go on takes about", "Leave out 2 old messages")
		s.chooses("Leave out")
		got := asked.asked()
		if len(got) != 1 || len(got[0].Messages) != 3 || !strings.HasPrefix(got[0].Messages[0].Content, "the second") {
			t.Fatalf("asked %d times", len(got))
		}
		if text := last().Content; !strings.HasSuffix(text, "end") {
			t.Errorf("the answer ends in %q", text[len(text)-20:])
		}
		last().FinishReason = "length"
		room(s, 1000)
		s.command("/continue")
		s.shows("Too long", "Send it all the same")
		s.lacks("Leave out")
	})
}
