package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"groqchat/chat"
)

func TestChat_AsksShowsAndSaves(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("It is **forty-two**.")))
		s.write("what is it?")
		s.press("enter")
		s.settle()
		s.shows("▌ what is it?", "It is forty-two.", "gpt-oss-120b · 24 tokens · 480 tok/s · first token 0.18 s · 0.24 s", "today 1,000/1,000")
		if !s.m.composer.empty() {
			t.Errorf("the composer holds %q", s.m.composer.text())
		}
		saved, err := s.m.opts.Store.Load(s.m.conv.ID)
		if err != nil {
			t.Fatal(err)
		}
		if path := saved.Path(); len(path) != 2 || path[1].Content != "It is **forty-two**." || path[1].State != chat.Complete {
			t.Errorf("saved path: %+v", path)
		}
	})
}

func TestChat_SendsTheWholePath(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("one")
		s := open(t, options(t, model))
		for _, q := range []string{"first", "second"} {
			s.write(q)
			s.press("enter")
			s.settle()
		}
		var roles []string
		for _, m := range model.asked()[1].Messages {
			roles = append(roles, string(m.Role)+":"+m.Content)
		}
		if got := strings.Join(roles, " "); got != "user:first assistant:one user:second" {
			t.Errorf("sent %q", got)
		}
	})
}

func TestChat_EscBeforeTheFirstTokenGivesTheQuestionBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("never")
		model.hold = make(chan struct{})
		s := open(t, options(t, model))
		s.write("think about it")
		s.press("enter")
		s.until("the turn is live", func() bool { return len(model.asked()) == 1 })
		s.shows("waiting")
		s.press("esc")
		s.settle()
		if got := s.m.composer.text(); got != "think about it" {
			t.Errorf("the composer holds %q", got)
		}
		s.lacks("▌ think about it")
	})
}

func TestChat_EscWithinTheAnswerKeepsWhatCame(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("")))
		gate := make(chan struct{})
		s.m.backend.Chat = chat.StreamFunc(func(ctx context.Context, _ chat.Request) streamSeq {
			return func(yield func(chat.Event, error) bool) {
				if yield(chat.Delta{Text: "the beginning"}, nil) {
					close(gate)
					<-ctx.Done()
					yield(nil, context.Cause(ctx))
				}
			}
		})
		s.write("go on")
		s.press("enter")
		s.until("the text is there", func() bool { return strings.Contains(s.text(), "the beginning") })
		<-gate
		s.press("esc")
		s.settle()
		s.shows("the beginning", "stopped")
		saved, err := s.m.opts.Store.Load(s.m.conv.ID)
		if err != nil || saved.Path()[1].State != chat.Stopped || saved.Path()[1].Content != "the beginning" {
			t.Errorf("saved %+v, %v", saved.Path(), err)
		}
	})
}

func TestChat_AnErrorBeforeAnyTextKeepsTheQuestionAndSaysWhatToDo(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, &script{err: chat.Errorf(chat.BadKey, "Groq refused the key")}))
		s.write("hello")
		s.press("enter")
		s.settle()
		s.press("esc")
		s.shows("✗ Groq refused the key.", "Check the key", "❯ hello")
	})
}

func TestChat_AnErrorWithinTheAnswerKeepsWhatCame(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, &script{events: []chat.Event{chat.Delta{Text: "half of"}}, err: chat.Errorf(chat.Cut, "the connection was cut")}))
		s.write("hello")
		s.press("enter")
		s.settle()
		s.shows("half of", "✗ The connection was cut.", "interrupted")
		if !s.m.composer.empty() {
			t.Errorf("the composer holds %q", s.m.composer.text())
		}
	})
}

func TestChat_StrangersAreDropped(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("mine")))
		s.write("q")
		s.press("enter")
		s.settle()
		before := s.text()
		s.m.turn.feed.put(chat.Delta{Text: "late"})
		s.feed(streamAdvancedMsg{turn: s.m.turn.id - 1}, streamAdvancedMsg{turn: s.m.turn.id})
		if s.text() != before {
			t.Errorf("the screen changed:\n%s", s.text())
		}
	})
}

func TestChat_ReasoningIsShownThenFolded(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("so it is")
		model.events = append([]chat.Event{chat.Reasoning{Text: "let me think about this"}}, model.events...)
		s := open(t, options(t, model))
		s.write("q")
		s.press("enter")
		s.settle()
		s.shows("▸ thought 5 words", "so it is")
		s.lacks("let me think")
		s.press("alt+t")
		s.shows("▾ thought 5 words", "let me think about this", "so it is")
		s.press("tab", "space")
		s.shows("▸ thought 5 words", "space thought")
		s.lacks("let me think")
	})
}

func TestChat_TheLadderOfCtrlC(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		model.hold = make(chan struct{})
		s := open(t, options(t, model))
		s.settle()
		s.write("a question")
		s.press("enter")
		s.until("asked", func() bool { return len(model.asked()) == 1 })
		s.press("ctrl+c")
		s.settle()
		if s.m.turn.live || s.quit {
			t.Fatal("ctrl+c did not stop the answer only")
		}
		s.press("ctrl+c")
		if !s.m.composer.empty() || s.quit {
			t.Fatal("ctrl+c did not clear the composer only")
		}
		s.press("up")
		if got := s.m.composer.text(); got != "a question" {
			t.Errorf("up brought back %q", got)
		}
		s.press("ctrl+c", "ctrl+c")
		if s.quit {
			t.Fatal("quit at the first press on an empty composer")
		}
		<-time.After(quitTime)
		s.press("ctrl+c")
		s.settle()
		if s.quit {
			t.Fatal("quit after the time was over")
		}
		s.press("ctrl+c", "ctrl+c")
		s.settle()
		if !s.quit {
			t.Error("did not quit")
		}
	})
}

func TestChat_TheFirstMessageTakesItsFilesAlongAndGetsThemBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := &script{err: chat.Errorf(chat.Unreachable, "no network")}
		o := options(t, model)
		o.First, o.Files = "explain", []chat.Attachment{{Name: "a.go", Type: "text/plain", Bytes: 12, Text: "package main"}}
		s := open(t, o)
		s.settle()
		s.shows("❯ explain", "No network.")
		s.press("enter")
		s.settle()
		for i, req := range model.asked() {
			if files := req.Messages[len(req.Messages)-1].Attachments; len(files) != 1 || files[0].Text != "package main" {
				t.Errorf("request %d has the files %+v", i+1, files)
			}
		}
		if len(model.asked()) != 2 {
			t.Errorf("asked %d times", len(model.asked()))
		}
	})
}
