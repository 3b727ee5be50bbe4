package ui

import (
	"context"
	"errors"
	"testing"

	"groqchat/chat"
)

// naming is a screen whose models answer questions, and are asked for titles when
// the setting says so. What they say to that is title.
func naming(t *testing.T, on bool, title chat.Streamer) (s *screen, asked *[]chat.Request) {
	o := options(t, answer("A long answer."))
	o.Config.ModelTitles = on
	s = open(t, o)
	s.settle()
	asked = &[]chat.Request{}
	s.m.backend.Chat = chat.StreamFunc(func(ctx context.Context, req chat.Request) streamSeq {
		*asked = append(*asked, req)
		if req.Model == "openai/gpt-oss-20b" {
			return title.Stream(ctx, req)
		}
		return answer("A long answer.").Stream(ctx, req)
	})
	return s, asked
}

func TestNaming_AsksTheCheapestModelOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := naming(t, true, answer("**Lines of a file**"))
		s.write("how do I read a file line by line in Go?")
		s.press("enter")
		s.settle()
		if got := stored(t, s.m.opts.Store, s.m.conv.ID); got.Title != "Lines of a file" || s.m.conv.Title != got.Title || len(*asked) != 2 {
			t.Errorf("it is called %q, %q on disk, after %d requests", s.m.conv.Title, got.Title, len(*asked))
		}
		s.write("and then?")
		s.press("enter")
		s.settle()
		if len(*asked) != 3 {
			t.Errorf("there were %d requests", len(*asked))
		}
	})
}

func TestNaming_LeavesTheUsersWordAlone(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := naming(t, false, answer("x"))
		s.write("question")
		s.press("enter")
		s.settle()
		if s.m.conv.Title != "question" || len(*asked) != 1 {
			t.Errorf("not asked for: called %q after %d requests", s.m.conv.Title, len(*asked))
		}
		title := answer("x")
		title.hold = make(chan struct{})
		s, _ = naming(t, true, title)
		s.write("question")
		s.press("enter")
		s.until("the answer", func() bool { return !s.m.turn.live && len(s.m.conv.Messages) == 2 })
		s.write("/rename mine")
		s.press("enter")
		close(title.hold)
		s.settle()
		if got := stored(t, s.m.opts.Store, s.m.conv.ID); got.Title != "mine" || s.m.conv.Title != "mine" {
			t.Errorf("it is called %q, %q on disk", s.m.conv.Title, got.Title)
		}
	})
}

// The session may be left before it has its name, and asking may fail.
func TestNaming_NobodyWaitsForIt(t *testing.T) {
	bubble(t, func(t *testing.T) {
		title := answer("Found later")
		title.hold = make(chan struct{})
		s, _ := naming(t, true, title)
		s.write("question")
		s.press("enter")
		s.until("the answer", func() bool { return !s.m.turn.live && len(s.m.conv.Messages) == 2 })
		id := s.m.conv.ID
		s.press("ctrl+n")
		s.until("a new session", func() bool { return s.m.conv.ID != id })
		close(title.hold)
		s.settle()
		if got := stored(t, s.m.opts.Store, id); got.Title != "Found later" {
			t.Errorf("it is called %q", got.Title)
		}
		s, _ = naming(t, true, &script{err: errors.New("no")})
		s.write("question")
		s.press("enter")
		s.settle()
		if s.m.conv.Title != "question" || s.m.notice.text != "" {
			t.Errorf("called %q, the notice is %q", s.m.conv.Title, s.m.notice.text)
		}
	})
}

func TestNaming_NotOfATemporaryChat(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := naming(t, true, answer("x"))
		s.m.opts.Store, s.m.saver.store = nil, nil
		s.write("question")
		s.press("enter")
		s.settle()
		if len(*asked) != 1 || s.m.conv.Title != "question" {
			t.Errorf("%d requests, called %q", len(*asked), s.m.conv.Title)
		}
	})
}
