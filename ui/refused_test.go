package ui

import (
	"strings"
	"testing"

	"groqchat/chat"
)

func TestRefused_LeavesOutWhatIsOldWhenTheSameWordsAreSentAgain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		tooLarge := chat.Error{Kind: chat.TooLarge, Message: "the request is too large", Limit: &chat.Exceeded{Unit: "tokens", Per: "minute", Limit: 2000}}
		s, asked := server(t, refuses(tooLarge), says("done"))
		crowd(s, 8000)
		s.m.opts.Config.Preflight = false
		s.write("a new question")
		s.press("enter")
		s.until("it is offered", func() bool { return s.m.over != nil })
		s.shows("Leave out 4 old messages")
		s.read()
		s.press("1")
		s.settle()
		s.shows("done")
		if got := asked.asked(); len(got) != 2 || len(got[1].Messages) != 1 {
			t.Errorf("sent %d messages", len(got[len(got)-1].Messages))
		}
	})
}

func TestRefused_SaysWhyHoweverTheOfferIsLeft(t *testing.T) {
	for _, keys := range [][]string{{"ctrl+c"}, {"f1", "esc", "esc"}} {
		t.Run(strings.Join(keys, " "), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				s, _ := server(t, refuses(chat.Error{Kind: chat.UnknownModel, Message: "there is no such model"}))
				s.write("my text")
				s.press("enter")
				s.until("it is offered", func() bool { return s.m.over != nil })
				s.read()
				s.press(keys...)
				s.settle()
				if s.m.over != nil {
					t.Errorf("%T is open", s.m.over)
				}
				s.shows("There is no such model", "my text")
			})
		})
	}
}
