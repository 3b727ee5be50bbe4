package ui

import (
	"strings"
	"testing"
	"time"

	"groqchat/chat"
)

// crowd is a session of old turns, and limits that leave little room.
func crowd(s *screen, left int) {
	for _, q := range []string{"the first question", "the second question"} {
		s.m.conv.Ask(q+strings.Repeat(" word", 1500), nil, s.m.clock)
		s.m.conv.Apply(chat.Delta{Text: strings.Repeat("word ", 1500)})
		s.m.conv.Apply(chat.Done{Finish: "stop"})
	}
	s.m.transcript.replace(s.m.conv.Path())
	s.m.quotas[chat.DefaultModel] = chat.Quota{Tokens: chat.Limit{Known: true, Limit: 8000, Remaining: left, Reset: 40 * time.Second, At: s.m.opts.Now()}}
}

func TestPreflight_LeavesOutOldMessages(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := server(t, says("done"))
		crowd(s, 8000)
		roomy := chat.Limit{Known: true, Limit: 250_000, Remaining: 250_000, At: s.m.opts.Now()}
		s.m.quotas["openai/gpt-oss-20b"] = chat.Quota{Tokens: roomy}
		s.write("a new question")
		s.press("enter")
		s.shows("Too long", "limit of a minute is 8,000", "Leave out 2 old messages", "“the first question", "Send it to gpt-oss-20b", "Send it all the same")
		s.press("1")
		s.settle()
		s.write("and another")
		s.press("enter")
		s.settle()
		got := asked.asked()
		if len(got) != 2 || len(got[0].Messages) != 3 || !strings.HasPrefix(got[0].Messages[0].Content, "the second") || len(got[1].Messages) != 5 {
			t.Fatalf("asked %d times", len(got))
		}
		if len(s.m.conv.Path()) != 8 {
			t.Errorf("the session has %d messages", len(s.m.conv.Path()))
		}
	})
}

// TestPreflight_ShowsAlsoInANarrowWindowWhatIsLeftOut: what does not fit beside a
// choice stands below it.
func TestPreflight_ShowsAlsoInANarrowWindowWhatIsLeftOut(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := server(t, says("done"))
		crowd(s, 8000)
		s.feed(sized(40, 24))
		s.write("a new question")
		s.press("enter")
		s.shows("▸ 1 Leave out 2 old messages\n", "      “the first question word")
		s.press("down")
		s.shows("  1 Leave out 2 old messages\n", "      “the first question word", "▸ 2 Send it all the same")
		s.feed(sized(40, 8)) // a row each is all that fits
		s.shows("▸ 2 Send it all the same")
		s.lacks("the first question word")
	})
}

// TestPreflight_OffersNoModelWithoutRoom: where one model has the limits of a free
// key, a model that was not asked yet has its own too, and is not offered for what
// it would refuse.
func TestPreflight_OffersNoModelWithoutRoom(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := server(t, says("done"))
		crowd(s, 8000)
		s.m.opts.Config.Trim = false
		s.m.composer.setText(strings.Repeat("word ", 7000))
		s.press("enter")
		s.shows("Too long", "limit of a minute is 8,000", "Send it all the same")
		s.lacks("Send it to gpt-oss-20b", "Send it to qwen3.8-27b")
		s.press("esc")

		q := s.m.quotas[chat.DefaultModel]
		q.Tokens.Limit, q.Tokens.Remaining = 6000, 6000 // of no free key
		s.m.quotas[chat.DefaultModel] = q
		s.press("enter")
		s.shows("limit of a minute is 6,000", "Send it to gpt-oss-20b")
		s.press("esc")
		s.m.limits[limitKey{"openai/gpt-oss-20b", "tokens", "minute"}] = chat.Exceeded{Limit: 7000} // told by a refusal
		s.press("enter")
		s.lacks("Send it to gpt-oss-20b")
	})
}

func TestPreflight_WaitsForRoom(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := server(t, says("done"))
		crowd(s, 0)
		s.m.conv.Since = s.m.conv.Path()[2].ID
		began := time.Now()
		s.write("a new question")
		s.press("enter")
		s.shows("No room in this minute", "has 0 left for this", "and send it")
		s.press("enter")
		s.settle()
		s.shows("done")
		if waited := time.Since(began); len(asked.asked()) != 1 || waited < 20*time.Second || waited > time.Minute {
			t.Errorf("asked %d times after %v", len(asked.asked()), waited)
		}
	})
}

func TestPreflight_CanBeOverruledAndTurnedOff(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := server(t, says("done"))
		crowd(s, 0)
		s.write("q")
		s.press("enter", "esc")
		if text := s.m.composer.text(); text != "q" || len(asked.asked()) != 0 {
			t.Fatalf("the composer holds %q", text)
		}
		s.press("enter", "up", "enter") // the last choice: all the same
		s.settle()
		s.m.opts.Config.Preflight = false
		crowd(s, 0)
		s.write("r")
		s.press("enter")
		s.settle()
		if n := len(asked.asked()); n != 2 {
			t.Errorf("asked %d times", n)
		}
	})
}

func TestPreflight_LearnsFromTheServersCount(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := server(t, says("done"))
		s.write("q")
		s.press("enter")
		s.settle()
		guess := s.m.turn.guess
		if got := s.m.calibration.Scale(guess); guess == 0 || got != 90 {
			t.Errorf("a prompt of 90 tokens was guessed at %d, and is now at %d", guess, got)
		}
	})
}

func TestQuota_ShowsWhatIsKnown(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := server(t, says("x"))
		s.write("/quota")
		s.press("enter")
		s.shows("Nothing is known yet")
		s.press("esc")
		crowd(s, 2000)
		s.m.limits[limitKey{chat.DefaultModel, "tokens", "day"}] = chat.Exceeded{Limit: 200000}
		s.m.limits[limitKey{"other/model", "requests", "minute"}] = chat.Exceeded{Limit: 30}
		s.write("/quota")
		s.press("enter")
		s.shows("tokens a minute  2,000 of 8,000 left  full again in 40 s", "tokens a day     at most 200,000      told by a refusal", "other/model", "requests a minute  at most 30")
	})
}

func TestGauge_CountsUpAndThenRests(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := server(t, func(yield func(chat.Event, error) bool) {
			q := chat.Quota{Model: chat.DefaultModel, Tokens: chat.Limit{Known: true, Limit: 8000, Remaining: 2000, Reset: 45 * time.Second, At: time.Now()}}
			_ = yield(chat.Started{}, nil) && yield(q, nil) && yield(chat.Delta{Text: "x"}, nil) && yield(chat.Done{Finish: "stop"}, nil)
		})
		s.write("q")
		s.press("enter")
		s.until("it was answered", func() bool { return !s.m.turn.live && len(s.m.quotas) > 0 })
		s.shows("minute 2", "k/8k ↻")
		s.until("it counts", func() bool { return strings.Contains(s.text(), "minute 4") })
		s.settle()
		s.shows("minute 8k/8k")
	})
}

// TestGauge_GivesADaysRequestsBack: they come back minutes apart, also when nobody
// touches a key.
func TestGauge_GivesADaysRequestsBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := server(t, func(yield func(chat.Event, error) bool) {
			q := chat.Quota{Model: chat.DefaultModel, Requests: chat.Limit{Known: true, Limit: 1000, Remaining: 998, Reset: 172800 * time.Millisecond, At: time.Now()}}
			_ = yield(chat.Started{}, nil) && yield(q, nil) && yield(chat.Delta{Text: "x"}, nil) && yield(chat.Done{Finish: "stop"}, nil)
		})
		began := time.Now()
		s.write("q")
		s.press("enter")
		s.until("it was answered", func() bool { return !s.m.turn.live && len(s.m.quotas) > 0 })
		s.shows("today 998/1,000")
		s.until("one is back", func() bool { return strings.Contains(s.text(), "today 999/1,000") })
		if waited := time.Since(began); waited < 86*time.Second || waited > 100*time.Second {
			t.Errorf("a request was back after %v", waited)
		}
		s.settle()
		s.shows("today 1,000/1,000")
	})
}

// TestStatus_SaysThroughoutThatNothingIsEncrypted: the notice at the start passes.
func TestStatus_SaysThroughoutThatNothingIsEncrypted(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		o.Backend.Unencrypted = true
		s := open(t, o)
		s.write("q")
		s.press("enter")
		s.settle()
		if line := s.m.status(); line.warning != "unencrypted" {
			t.Errorf("the status line warns: %q", line.warning)
		}
		s.shows("unencrypted")
		s.m.opts.Store = nil
		temporary := s.m.status().warning
		s.m.backend.Unencrypted = false // the demo
		if demo := s.m.status().warning; temporary != "temporary · unencrypted" || demo != "temporary" {
			t.Errorf("a temporary chat warns %q, and %q of the demo", temporary, demo)
		}
	})
}
