package ui

import (
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
