package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"groqchat/chat"
	"groqchat/history"
)

// saved is a session on disk.
func saved(t *testing.T, o Options, question string) history.Session {
	t.Helper()
	var conv chat.Conversation
	conv.ID = history.NewID(o.Now())
	conv.Ask(question, nil, o.Now())
	conv.Apply(chat.Delta{Text: "the answer to " + question})
	conv.Apply(chat.Done{Finish: "stop"})
	if _, err := o.Store.Save(conv); err != nil {
		t.Fatal(err)
	}
	session, err := o.Store.Load(conv.ID)
	if err != nil {
		t.Fatal(err)
	}
	return session
}

func TestLeave_ASessionThatLoadsTooLateDoesNotReplaceTheTurn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("mine")
		model.hold = make(chan struct{})
		o := options(t, model)
		other := saved(t, o, "another session")
		s := open(t, o)
		resumeSession(other.ID)(s.m)
		late := loadedMsg{load: s.m.load, session: other}
		s.write("ask meanwhile")
		s.press("enter")
		s.feed(late)
		close(model.hold)
		s.settle()
		s.shows("▌ ask meanwhile", "mine")
		s.lacks("another session")
	})
}

func TestLeave_AnUnsavedSessionIsLeftOnlyWhenAskedTwice(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("precious"))
		file := filepath.Join(t.TempDir(), "not-a-folder")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		o.Store = history.Open(file)
		s := open(t, o)
		s.write("q")
		s.press("enter")
		s.settle()
		s.press("ctrl+n")
		s.settle()
		s.shows("precious", "again to leave it without its last messages")
		s.press("ctrl+n")
		s.settle()
		s.lacks("precious", "not saved")
	})
}

func TestLeave_FilesOfAFailedQuestionDoNotGoWithAnother(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := &script{err: chat.Errorf(chat.Unreachable, "no network")}
		o := options(t, model)
		o.First, o.Files = "explain", []chat.Attachment{{Name: "secret.txt", Text: "secret"}}
		s := open(t, o)
		s.settle()
		s.shows("[secret.txt")
		s.press("ctrl+c")
		s.write("unrelated")
		s.press("enter")
		s.settle()
		for _, m := range model.asked()[1].Messages {
			if len(m.Attachments) > 0 {
				t.Errorf("%q took %s along", m.Content, m.Attachments[0].Name)
			}
		}
	})
}

func TestLeave_WhatTheScreenHadNotTakenYetIsSaved(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("whole"))
		s := open(t, o)
		s.write("q")
		s.press("enter")
		for s.m.turn.live {
			msg := <-s.msgs
			s.pending--
			if _, ok := msg.(streamAdvancedMsg); ok {
				break // the program ends before the screen takes it
			}
			s.feed(msg)
		}
		if err := s.m.finish(); err != nil {
			t.Fatal(err)
		}
		got, err := o.Store.Load(s.m.conv.ID)
		if err != nil || !strings.HasPrefix(got.Path()[1].Content, "whole") {
			t.Errorf("saved %+v, %v", got.Path(), err)
		}
	})
}

func TestPalette_KeepsTheDraft(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.settle()
		s.write("a long draft")
		s.press("ctrl+p")
		s.write("/effort")
		s.press("enter")
		if got := s.m.composer.text(); got != "/effort " {
			t.Fatalf("the composer holds %q", got)
		}
		s.write("high")
		s.press("enter", "up", "up")
		if got := s.m.composer.text(); got != "a long draft" {
			t.Errorf("up brought back %q", got)
		}
	})
}

func TestFirstRun_ATinyWindowDoesNotSpillTheKey(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		o.Backend = Backend{}
		s := open(t, o)
		s.settle()
		s.m.regions.width, s.m.regions.height = 10, 3
		s.m.refresh()
		s.write("gsk_secret")
		if !s.m.composer.empty() {
			t.Errorf("the composer holds %q", s.m.composer.text())
		}
	})
}
