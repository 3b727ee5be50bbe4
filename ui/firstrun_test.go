package ui

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

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

func TestFirstRun_TwoKeysToTheFirstAnswer(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("five things to know"))
		o.Backend = Backend{}
		s := open(t, o)
		s.settle()
		s.press("enter")
		s.settle()
		s.shows("Ask anything; enter: What")
		s.press("enter")
		s.settle()
		s.shows("five things to know", "❯ Ask anything   enter send")
		s.press("enter")
		s.settle()
		if n := len(s.m.conv.Path()); n != 2 {
			t.Errorf("enter alone asked again: %d messages", n)
		}
	})
}

func TestFirstRun_OwnWordsStandOverTheOffer(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("ok"))
		o.Backend = Backend{}
		s := open(t, o)
		s.press("enter")
		s.settle()
		s.write("mine")
		s.press("enter")
		s.settle()
		s.shows("mine")
		s.lacks("What is Groq?", "What can I do?")
	})
}

func TestFirstRun_SmallWindowsKeepWhatMatters(t *testing.T) {
	for _, size := range []struct {
		w, h  int
		wants []string
	}{
		{80, 24, []string{"Welcome to groqchat", "Groq is a cloud", "console.groq.com/keys", "enter for the demo", "ctrl+d quit"}},
		{40, 12, []string{"console.groq.com/keys", "paste your key, or press enter", "enter try the demo", "ctrl+d quit"}},
		{20, 6, []string{"Free key:", "console.groq.com", "/keys", "paste your key", "enter demo"}},
	} {
		bubble(t, func(t *testing.T) {
			o := options(t, answer("ok"))
			o.Backend = Backend{}
			s := open(t, o)
			s.feed(tea.WindowSizeMsg{Width: size.w, Height: size.h})
			s.settle()
			s.shows(size.wants...)
			s.write("password")
			s.press("enter")
			s.shows("✗ The key does")
			s.lacks("password")
		})
	}
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

// TestFirstRun_AnotherServersKeyIsNotSentToGroqFor: of a server of one's own the
// screen says which it is, and not where Groq's keys are made.
func TestFirstRun_AnotherServersKeyIsNotSentToGroqFor(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, nil)
		o.Config.BaseURL = "http://127.0.0.1:9/v1"
		o.Connect = func(config.Secret) (Backend, error) {
			return Backend{}, chat.Errorf(chat.BadKey, "127.0.0.1:9 refused the key")
		}
		s := open(t, o)
		s.shows("The server is http://127.0.0.1:9/v1")
		s.feed(tea.PasteMsg{Content: "sk-any"})
		s.press("enter")
		s.settle()
		s.shows("refused the key. Check the key: it must be one of this")
		s.lacks("console.groq.com")
		s.feed(sized(40, 7))
		s.lacks("console.groq.com")
	})
}

func TestFirstRun_AKeyThatCannotBeCheckedSaysSoFirst(t *testing.T) {
	bubble(t, func(t *testing.T) {
		said := keptNotice(options(t, nil), config.Kept{Source: config.Source{Kind: config.FromKeyFile, Detail: "a-file"}}, false, chat.Errorf(chat.Unreachable, "the network is down"))
		if !strings.HasPrefix(said, "The key could not be checked: The network is down.") || !strings.Contains(said, "It is kept in a-file") || strings.HasSuffix(said, "..") {
			t.Errorf("says %q", said)
		}
	})
}
