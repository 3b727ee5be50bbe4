package ui

import (
	"errors"
	"strings"
	"testing"

	"groqchat/chat"
	"groqchat/config"
)

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
		o.SaveKey = keepIn(&kept)
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

func TestFirstRun_WhatIsNoKeyOfGroqIsRefusedAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("ok"))
		o.Backend = Backend{}
		s := open(t, o)
		s.write("password")
		s.press("enter")
		s.shows("✗ The key does not begin with gsk_, as all keys of Groq do")
		o.Config.BaseURL = "http://127.0.0.1:1/v1"
		s = open(t, o)
		s.write("password")
		s.press("enter")
		s.settle()
		if s.m.over != nil {
			t.Errorf("another server's key was refused:\n%s", s.text())
		}
	})
}

// keepIn keeps keys in a keyring that is a variable.
func keepIn(at *string) func(config.Secret) (config.Kept, error) {
	return func(key config.Secret) (config.Kept, error) {
		*at = key.Reveal()
		return config.Kept{Source: config.Source{Kind: config.FromKeyring, Detail: "the keyring"}}, nil
	}
}

func TestFirstRun_SaysWhyTheKeyIsNotInTheKeyring(t *testing.T) {
	file := config.Source{Kind: config.FromKeyFile, Detail: "/home/me/key"}
	for name, tc := range map[string]struct {
		but  error
		said string
	}{
		"locked": {errors.New("the keyring did not answer"), "which only you can read: the keyring did not answer."},
		"none":   {config.ErrNoKeyring, "The key works and is kept in /home/me/key, which only you can read."},
	} {
		t.Run(name, func(t *testing.T) {
			if got := keptNotice(Options{}, config.Kept{Source: file, But: tc.but}, false, nil); !strings.HasSuffix(got, tc.said) {
				t.Errorf("%q", got)
			}
		})
	}
}

// refusing is a screen whose key came from a source, and is refused.
func refusing(t *testing.T, from config.Source) (*screen, *string) {
	t.Helper()
	o := options(t, &script{err: chat.Errorf(chat.BadKey, "Groq refused the key")})
	o.Config.Sources["api_key"] = from
	kept := new(string)
	o.SaveKey = keepIn(kept)
	good := answer("at last")
	o.Connect = func(config.Secret) (Backend, error) { return Backend{Chat: good, Models: good}, nil }
	s := open(t, o)
	s.write("my question")
	s.press("enter")
	s.settle()
	return s, kept
}

func TestChat_ARefusedKeyCanBeReplaced(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, kept := refusing(t, config.Source{Kind: config.FromKeyFile, Detail: "/home/me/key"})
		s.shows("The key was refused", "It was saved in /home/me/key", "✗ Groq refused the key.", "esc back to the chat")
		s.press("enter") // no key, no demo
		s.shows("The key was refused")
		key := "gsk_" + strings.Repeat("c", 52)
		s.write(key)
		s.press("enter")
		s.until("another key", func() bool { return s.m.over == nil })
		s.shows("The key works and is kept in the keyring.", "❯ my question")
		if *kept != key {
			t.Error("the key was not kept")
		}
		s.press("enter")
		s.settle()
		s.shows("at last")
	})
}

func TestChat_ARefusedKeyOfAVariableStandsOverASavedOne(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := refusing(t, config.Source{Kind: config.FromEnv, Detail: "GROQ_API_KEY"})
		s.shows("It comes from the variable GROQ_API_KEY, which stands over a saved key")
		s.press("esc")
		s.shows("✗ Groq refused the key.", "It comes from the variable GROQ_API_KEY", "❯ my question")
		s.press("enter")
		s.settle()
		s.write("gsk_" + strings.Repeat("c", 52))
		s.press("enter")
		s.until("another key", func() bool { return s.m.over == nil })
		s.shows("is kept in the keyring; GROQ_API_KEY stands over it")
		if got := s.m.opts.Config.Sources["api_key"].Kind; got != config.FromKeyring {
			t.Errorf("the key comes from %s", got)
		}
	})
}
