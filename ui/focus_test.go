package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// talked is a screen with a conversation of n questions and their answers.
func talked(t *testing.T, n int) *screen {
	s := open(t, options(t, answer("x")))
	s.settle()
	for i := range n {
		s.m.conv.Ask(fmt.Sprintf("question %d", i+1), nil, s.m.clock)
		s.m.conv.Apply(chat.Delta{Text: fmt.Sprintf("answer %d", i+1)})
		s.m.conv.Apply(chat.Done{Finish: "stop"})
	}
	s.m.transcript.replace(s.m.conv.Path())
	s.m.refresh()
	return s
}

// chose fails the test unless the message with a text is the chosen one, marked
// and in view.
func (s *screen) chose(text string) {
	s.t.Helper()
	if msg, ok := s.m.chosenMessage(); !ok || msg.Content != text {
		s.t.Fatalf("%q is chosen (%v), want %q\n%s", msg.Content, ok, text, s.text())
	}
	for _, row := range strings.Split(s.text(), "\n") {
		if row == chosenBar+" "+text || row == chosenUserBar+" "+text {
			return
		}
	}
	s.t.Fatalf("%q is not marked\n%s", text, s.text())
}

func TestFocus_TabChoosesMessagesAndEscGoesBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := talked(t, 3)
		s.press("tab")
		s.chose("answer 3")
		s.shows("up/down choose", "esc back")
		if s.m.View().Cursor != nil {
			t.Error("the input shows a cursor")
		}
		s.press("k")
		s.chose("question 3")
		s.press("up", "up")
		s.chose("question 2")
		s.press("j", "down", "down", "down", "down")
		s.chose("answer 3")
		s.press("g")
		s.chose("question 1")
		s.press("end")
		s.chose("answer 3")
		s.press("z", "é")
		s.press("esc")
		s.lacks("esc back", chosenBar, chosenUserBar)
		s.shows("❯ Ask anything")
		if !s.m.composer.empty() {
			t.Errorf("the input holds %q", s.m.composer.text())
		}
		if !s.m.transcript.follow {
			t.Error("the end is not followed any more")
		}
	})
}

func TestFocus_KeepsTheChosenMessageInViewAndWhatIsReadInPlace(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := talked(t, 40)
		s.press("tab")
		for i := 39; i > 0; i-- {
			s.press("k", "k")
			s.chose(fmt.Sprintf("answer %d", i))
		}
		s.press("pgdown", "pgdown", "pgdown")
		s.lacks("answer 1\n")
		s.press("j")
		s.chose("question 2")
		s.feed(tea.WindowSizeMsg{Width: 40, Height: 8})
		s.chose("question 2")
		s.feed(tea.WindowSizeMsg{Width: 100, Height: 30})
		s.chose("question 2")
		s.press("G")
		s.chose("answer 40")
	})
}

func TestFocus_OfALongAnswerShowsItsBeginning(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := talked(t, 1)
		s.m.conv.Ask("long", nil, s.m.clock)
		s.m.conv.Apply(chat.Delta{Text: "the beginning\n\n" + strings.Repeat("more\n\n", 100)})
		s.m.conv.Apply(chat.Done{Finish: "stop"})
		s.m.transcript.replace(s.m.conv.Path())
		s.press("tab")
		before := s.m.transcript.top
		s.m.refresh()
		if s.m.transcript.top != before {
			t.Error("the focus alone moved the text")
		}
		s.press("k", "j")
		s.shows(chosenBar + " the beginning")
		s.press("j")
		if !s.m.transcript.follow {
			t.Error("on from the last message does not go to the end")
		}
	})
}

func TestFocus_ThatIsNotTheLastMessageStaysWhileAnAnswerGrows(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := talked(t, 2)
		begin(s)
		s.advance(chat.Delta{Text: "growing"})
		s.press("tab", "k", "k")
		s.chose("answer 2")
		s.advance(chat.Delta{Text: strings.Repeat("\n\nand on", 50)})
		s.chose("answer 2")
		s.m.turn.end()
	})
}

func TestFocus_WithoutMessagesSaysSo(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.settle()
		s.press("tab")
		s.shows("There is no message to choose yet.")
		s.write("a")
		s.press("tab")
		if s.m.focused() {
			t.Error("tab took the focus from a text")
		}
	})
}

func TestFocus_APasteGoesToTheInput(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := talked(t, 1)
		s.press("tab")
		s.feed(tea.PasteMsg{Content: "pasted"})
		if s.m.focused() || s.m.composer.text() != "pasted" {
			t.Errorf("focused %v, the input holds %q", s.m.focused(), s.m.composer.text())
		}
	})
}
