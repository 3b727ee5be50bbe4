package ui

import (
	"testing"
	"time"

	"groqchat/chat"
)

// TestSurprise_WhatIsTypedMeanwhileChoosesNothing: a refusal comes while one begins
// to write the next message.
func TestSurprise_WhatIsTypedMeanwhileChoosesNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := &script{err: &chat.Error{Kind: chat.RateLimited, Model: chat.DefaultModel, RetryAfter: time.Minute}}
		s := open(t, options(t, model))
		s.settle()
		s.write("hello")
		s.press("enter")
		s.until("the dialog", func() bool { _, ok := s.m.over.(*dialog); return ok })
		asked := len(model.asked())
		for range 3 { // it goes on as long as somebody writes
			s.write("1 ")
			s.press("enter")
			<-time.After(surpriseTime / 2)
		}
		_, y := s.find("1 Send")
		s.clickAt(5, y)
		if _, ok := s.m.over.(*dialog); !ok || len(model.asked()) != asked {
			t.Fatalf("%T is open, %d requests", s.m.over, len(model.asked())-asked)
		}
		if got := s.m.composer.text(); got != "hello\n1 1 1 " {
			t.Errorf("the input holds %q", got)
		}
		<-time.After(surpriseTime)
		s.write("1")
		if s.m.over != nil {
			t.Error("a number chooses nothing")
		}
	})
}

func TestSurprise_NothingTypedIsTakenForAKey(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, &script{err: &chat.Error{Kind: chat.BadKey}}))
		s.settle()
		s.write("hello")
		s.press("enter")
		s.until("the question for a key", func() bool { _, ok := s.m.over.(*firstRun); return ok })
		s.write("what")
		s.press("enter")
		if f := s.m.over.(*firstRun); !f.key.empty() || f.working {
			t.Errorf("the key is %q", f.key.value())
		}
		<-time.After(surpriseTime)
		s.write("gsk")
		if f := s.m.over.(*firstRun); f.key.value() != "gsk" {
			t.Errorf("the key is %q", f.key.value())
		}
	})
}
