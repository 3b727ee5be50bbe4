package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"groqchat/chat"
	"groqchat/config"
	"groqchat/history"
)

func TestChat_AsksShowsAndSaves(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("It is **forty-two**.")))
		s.write("what is it?")
		s.press("enter")
		s.settle()
		s.shows("▌ what is it?", "It is forty-two.", "gpt-oss-120b · 24 tokens · 480 tok/s · first token 0.18 s · 0.24 s", "today 993/1,000")
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

func TestChat_SavesTheQuestionBeforeItAsks(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("ok"))
		s := open(t, o)
		var seen []chat.Message
		s.m.backend.Chat = chat.StreamFunc(func(ctx context.Context, req chat.Request) streamSeq {
			saved, err := o.Store.Load(s.m.conv.ID)
			if err != nil {
				t.Errorf("nothing was saved before the request: %v", err)
			}
			seen = saved.Messages
			return answer("ok").Stream(ctx, req)
		})
		s.write("first of all")
		s.press("enter")
		s.settle()
		if len(seen) == 0 || seen[0].Content != "first of all" {
			t.Errorf("on disk before the request: %+v", seen)
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
		s.shows("✗ Groq refused the key.", "Check GROQ_API_KEY", "❯ hello")
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
		s.feed(streamAdvancedMsg{turn: s.m.turn.id - 1, events: []chat.Event{chat.Delta{Text: "stranger"}}})
		s.feed(streamAdvancedMsg{turn: s.m.turn.id, events: []chat.Event{chat.Delta{Text: "late"}}})
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
		s.shows("· thought 5 words", "so it is")
		s.lacks("let me think")
	})
}

func TestChat_ModelsSwitchInMidConversation(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("ok")
		s := open(t, options(t, model))
		s.write("one")
		s.press("enter")
		s.settle()
		s.press("f2")
		s.shows("Now talking to gpt-oss-20b")
		s.write("two")
		s.press("enter")
		s.settle()
		if got := model.asked()[1].Model; got != "openai/gpt-oss-20b" || len(model.asked()[1].Messages) != 3 {
			t.Errorf("asked %s with %d messages", got, len(model.asked()[1].Messages))
		}
		s.press("shift+f2")
		if s.m.conv.Model != chat.DefaultModel {
			t.Errorf("back to %s", s.m.conv.Model)
		}
	})
}

func TestModelPicker_FiltersAndTakesAnyID(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("ok")))
		s.settle()
		s.press("ctrl+o")
		s.shows("── Models", "openai/gpt-oss-120b", "acme/new", "★")
		s.lacks("llama-3.3")
		s.write("new")
		s.shows("acme/new")
		s.lacks("gpt-oss-20b  ")
		s.press("enter")
		if s.m.conv.Model != "acme/new" || s.m.over != nil {
			t.Errorf("model %s, overlay %v", s.m.conv.Model, s.m.over)
		}
		s.press("ctrl+o")
		s.write("my/own-model")
		s.shows("use my/own-model as it is")
		s.press("enter")
		if s.m.conv.Model != "my/own-model" {
			t.Errorf("model %s", s.m.conv.Model)
		}
		s.press("ctrl+o", "esc")
		if s.m.over != nil {
			t.Error("esc left the picker open")
		}
	})
}

func TestSessions_NewOneAndBackByThePicker(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("the old answer")))
		s.write("the old question")
		s.press("enter")
		s.settle()
		old := s.m.conv.ID
		s.press("ctrl+n")
		s.settle()
		s.lacks("the old answer")
		if s.m.conv.ID == old {
			t.Fatal("the same session")
		}
		s.press("ctrl+s")
		s.settle()
		s.shows("── Sessions", "the old question")
		s.press("enter")
		s.settle()
		s.shows("▌ the old question", "the old answer")
		if s.m.conv.ID != old {
			t.Errorf("session %s, want %s", s.m.conv.ID, old)
		}
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

func TestChat_UnknownCommandsAreNotSentAndKept(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		s := open(t, options(t, model))
		s.write("/modle")
		s.press("enter")
		s.shows("There is no /modle; did you mean /model?", "❯ /modle")
		if len(model.asked()) != 0 {
			t.Error("it was sent")
		}
	})
}

func TestCommands_SetSystemEffortAndModel(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		s := open(t, options(t, model))
		s.settle()
		for _, line := range []string{"/set temperature 0", "/system be brief", "/effort high", "/model openai/gpt-oss-20b", "hi"} {
			s.write(line)
			s.press("enter")
		}
		s.settle()
		if len(model.asked()) != 1 {
			t.Fatalf("asked %d times", len(model.asked()))
		}
		req := model.asked()[0]
		if req.System != "be brief" || req.Model != "openai/gpt-oss-20b" || req.Params.ReasoningEffort != "high" || req.Params.Temperature == nil || *req.Params.Temperature != 0 {
			t.Errorf("request %+v", req)
		}
		for _, tc := range []struct{ line, want string }{
			{"/set temperature 9", "is not a number from 0 to 2"},
			{"/set tempreture 1", "did you mean temperature?"},
			{"/effort huge", "takes as reasoning effort: low, medium, high"},
			{"/model gemma2-9b-it", "was shut down on 2025-10-08; use openai/gpt-oss-20b"},
			{"/effort high", "has no reasoning effort to choose"},
		} {
			s.write(tc.line)
			s.press("enter")
			s.shows(tc.want)
		}
	})
}

func TestFirstRun_OneKeyStartsTheDemo(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("hello from the demo"))
		o.Backend = Backend{}
		s := open(t, o)
		s.settle()
		s.shows("Welcome to groqchat", "console.groq.com/keys", "enter try the demo")
		s.press("enter")
		s.settle()
		s.shows("demo")
		s.write("hi")
		s.press("enter")
		s.settle()
		s.shows("hello from the demo")
	})
}

func TestFirstRun_AKeyIsCheckedMaskedAndKept(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("ok"))
		o.Backend = Backend{}
		var kept string
		o.SaveKey = func(key string) error { kept = key; return nil }
		s := open(t, o)
		s.settle()
		s.write("gsk_not a key")
		s.press("enter")
		s.shows("✗")
		s.lacks("gsk_")
		s.press("ctrl+u")
		s.write("gsk_" + strings.Repeat("a", 52))
		s.lacks("gsk_")
		s.press("enter")
		s.settle()
		if kept != "gsk_"+strings.Repeat("a", 52) || s.m.over != nil {
			t.Errorf("kept %d bytes, overlay %v\n%s", len(kept), s.m.over, s.text())
		}
	})
}

func TestFirstRun_ARefusedKeyIsAskedForAgain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("ok"))
		o.Backend = Backend{}
		o.Connect = func(config.Secret) (Backend, error) {
			return Backend{}, chat.Errorf(chat.BadKey, "Groq refused the key")
		}
		s := open(t, o)
		s.write("gsk_" + strings.Repeat("b", 52))
		s.press("enter")
		s.settle()
		s.shows("✗ Groq refused the key.", "•••")
	})
}

func TestChat_AReadOnlySessionIsShownAndNotWritten(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		o := options(t, model)
		var conv chat.Conversation
		conv.ID = history.NewID(time.Now())
		conv.Ask("from the future", nil, time.Now())
		conv.Apply(chat.Delta{Text: "an answer"})
		conv.Apply(chat.Done{Finish: "stop"})
		o.Session = history.Session{Conversation: conv, ReadOnly: "it was written by a newer groqchat"}
		s := open(t, o)
		s.shows("an answer", "read-only")
		s.write("may I?")
		s.press("enter")
		s.shows("This session is read-only", "❯ may I?")
		if len(model.asked()) != 0 {
			t.Error("it was sent")
		}
	})
}

func TestChat_ASaveThatFailsIsToldAndTheChatGoesOn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("still here"))
		file := filepath.Join(t.TempDir(), "not-a-folder")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		o.Store = history.Open(file)
		s := open(t, o)
		s.write("q")
		s.press("enter")
		s.settle()
		s.shows("still here", "could not be saved", "not saved")
	})
}

func TestChat_QuittingWithinAnAnswerSavesWhatCame(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer(""))
		s := open(t, o)
		s.m.backend.Chat = chat.StreamFunc(func(ctx context.Context, _ chat.Request) streamSeq {
			return func(yield func(chat.Event, error) bool) {
				if yield(chat.Delta{Text: "as far as this"}, nil) {
					<-ctx.Done()
					yield(nil, context.Cause(ctx))
				}
			}
		})
		s.write("q")
		s.press("enter")
		s.until("text", func() bool { return strings.Contains(s.text(), "as far as this") })
		if err := s.m.finish(); err != nil {
			t.Fatal(err)
		}
		saved, err := o.Store.Load(s.m.conv.ID)
		if err != nil || saved.Path()[1].Content != "as far as this" {
			t.Errorf("saved %+v, %v", saved.Path(), err)
		}
		if r := s.m.result(); r.SessionID != s.m.conv.ID || r.Title != "q" {
			t.Errorf("result %+v", r)
		}
		s.settle()
	})
}

func TestChat_ReadingASessionDoesNotRewriteIt(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("an answer"))
		first := open(t, o)
		first.write("q")
		first.press("enter")
		first.settle()
		if err := first.m.finish(); err != nil {
			t.Fatal(err)
		}
		saved, err := o.Store.Load(first.m.conv.ID)
		if err != nil {
			t.Fatal(err)
		}
		o.Session = saved
		again := open(t, o)
		again.settle()
		again.shows("an answer")
		if err := again.m.finish(); err != nil {
			t.Fatal(err)
		}
		if now, _ := o.Store.Load(saved.ID); now.Rev != saved.Rev {
			t.Errorf("revision %d became %d", saved.Rev, now.Rev)
		}
		again.press("f2")
		if err := again.m.finish(); err != nil {
			t.Fatal(err)
		}
		if now, _ := o.Store.Load(saved.ID); now.Rev != saved.Rev+1 || now.Model != "openai/gpt-oss-20b" {
			t.Errorf("after a change: revision %d, model %s", now.Rev, now.Model)
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
