package ui

import (
	"strings"
	"testing"
	"time"
)

func TestWelcome_TellsSomethingUntilTheFirstQuestion(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("Hello.")))
		s.shows("Tip: ")
		s.ask("hi")
		s.lacks("Tip: ")
		s.settle()
	})
}

func TestWelcome_NamesTheNewestSessionsInANewChat(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("Hello.")))
		s.lacks("Lately")
		s.ask("How high is Mont Blanc?")
		s.press("ctrl+n")
		s.until("a new chat", func() bool { return strings.Contains(s.text(), "Lately · ctrl+s opens one") })
		s.shows("How high is Mont Blanc? · now")
		s.settle()
	})
}

// Every tip can be told, no key in it is one that was taken away, and none fills a
// small window.
func TestWelcome_EveryTipCanBeTold(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer(""))
		o.Config.Keys = map[string][]string{"retry": {}}
		s := open(t, o)
		told := map[string]bool{}
		for i := range 60 {
			told[s.m.tipAt(time.Unix(int64(i), 0))] = true
		}
		if want := len(tips()) - 1; len(told) != want {
			t.Errorf("%d tips are told, want %d", len(told), want)
		}
		for text := range told {
			if strings.HasPrefix(text, " ") || len(wrapPlain(text, 36)) > 4 {
				t.Errorf("not a tip: %q", text)
			}
		}
		s.settle()
	})
}
