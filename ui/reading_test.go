package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// longAnswer has paragraphs that can be told apart, and two blocks of code.
func longAnswer() string {
	var b strings.Builder
	for i := range 40 {
		fmt.Fprintf(&b, "paragraph %d\n\n", i)
		if i == 15 || i == 30 {
			fmt.Fprintf(&b, "```acme\ncode at %d\n```\n\n", i)
		}
	}
	return b.String()
}

// reading is a screen on which a long answer has just come.
func reading(t *testing.T) *screen {
	t.Helper()
	s := open(t, options(t, answer(longAnswer())))
	s.write("what is it?")
	s.press("enter")
	s.settle()
	return s
}

// space is the key, as a terminal sends it.
func space() tea.KeyPressMsg { return tea.KeyPressMsg{Code: ' ', Text: " "} }

// TestReading_ALongAnswerIsShownFromItsBeginning, with its question, and one key
// goes on to its end, after which it is a letter like any other.
func TestReading_ALongAnswerIsShownFromItsBeginning(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := reading(t)
		s.shows("▌ what is it?", "paragraph 0", "↓ 68 more lines · space goes on")
		s.feed(space())
		s.shows("▌ what is it?", "paragraph 10", "more lines · space goes on") // the question stays
		for range 8 {
			s.feed(space())
		}
		s.shows("paragraph 39", "first token")
		s.lacks("more lines")
		if got := strings.TrimLeft(s.m.composer.text(), " "); got != "" || s.m.composer.empty() {
			t.Errorf("at the end the input holds %q", s.m.composer.text())
		}
	})
}

func TestReading_FollowingTheEndIsTheOtherSetting(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer(longAnswer()))
		o.Config.Follow = true
		s := open(t, o)
		s.write("what is it?")
		s.press("enter")
		s.settle()
		s.shows("paragraph 39", "first token", "▌ what is it?")
		s.lacks("more lines")
	})
}

// TestReading_OfALongQuestionTheEndStays above the answer.
func TestReading_OfALongQuestionTheEndStays(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer(longAnswer())))
		s.m.composer.setText(strings.Repeat("a line of a long question\n", 50) + "and its end?")
		s.press("enter")
		s.settle()
		s.shows("▌ and its end?", "paragraph 0", "paragraph 3")
	})
}

// TestReading_WritingStopsThePagingKey: a blank within a text is one.
func TestReading_WritingStopsThePagingKey(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := reading(t)
		s.write("next")
		s.feed(space())
		s.write("one")
		if got := s.m.composer.text(); got != "next one" {
			t.Errorf("the input holds %q", got)
		}
		s.shows("paragraph 0")
	})
}

func TestReading_JumpsBetweenMessagesAndCode(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := reading(t)
		s.write("and then?")
		s.press("enter")
		s.settle()
		first := func() string { return strings.SplitN(s.text(), "\n", 2)[0] }
		s.press("ctrl+home")
		for _, want := range []string{"code at 15", "code at 30", "code at 15", "code at 30"} {
			s.press("alt+pgdown")
			if rows := strings.Join(strings.SplitN(s.text(), "\n", 5)[:4], "\n"); !strings.Contains(rows, want) {
				t.Errorf("%q is not at the top:\n%s", want, s.text())
			}
		}
		s.press("alt+pgup")
		s.shows("code at 15")
		s.press("alt+pgup")
		s.shows("code at 30")
		for _, step := range [][2]string{{"alt+up", "▌ what is it?"}, {"alt+down", "▌ and then?"}} {
			key, want := step[0], step[1]
			s.press(key)
			if first() != want {
				t.Errorf("%s goes to %q", key, first())
			}
		}
		s.press("ctrl+home", "alt+pgup")
		s.shows("There is no more code that way.")
	})
}

// TestReading_TheQuestionStaysOnlyWhereItHidesNothingNew: the first row of an
// answer is never under it.
func TestReading_TheQuestionStaysOnlyWhereItHidesNothingNew(t *testing.T) {
	tr := numbered(0, 0)
	tr.show([]chat.Message{
		{ID: "q", Role: chat.User, State: chat.Complete, Content: "the question"},
		{ID: "a", Role: chat.Assistant, State: chat.Complete, Content: longAnswer()},
	})
	tr.toTop()
	for at, want := range []bool{false, true, false, true, true} {
		tr.view()
		if _, got := tr.questionAbove(); got != want {
			t.Errorf("%d rows down: the question stays: %v\n%s", at, got, plain(tr.view()))
		}
		tr.scroll(1)
	}
}

func TestReading_AMessageAloneInAllOfTheWindow(t *testing.T) {
	bubble(t, func(t *testing.T) {
		got := &copied{}
		o := options(t, answer(longAnswer()))
		o.Clipboard = func(text string) (string, error) { got.text = text; return "a tool", nil }
		s := open(t, o)
		s.write("what is it?")
		s.press("enter")
		s.settle()
		s.press("tab", "enter")
		s.shows("── Answer", "paragraph 0", "y copy", "c copy code")
		s.feed(space())
		s.shows("paragraph 10")
		s.press("G")
		s.shows("first token")
		s.press("y")
		s.settled()
		if got.text != strings.TrimSpace(longAnswer()) {
			t.Errorf("copied %q", got.text)
		}
		s.press("esc")
		s.lacks("── Answer")
		s.press("c")
		s.shows("Copy a code block", "1 code at 15", "2 code at 30")
	})
}

// TestReading_AnotherAnswerIsReadFromItsBeginning as the first one was, and one that
// goes on where the reader is.
func TestReading_AnotherAnswerIsReadFromItsBeginning(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := reading(t)
		s.press("ctrl+end", "f5")
		s.settle()
		s.shows("▌ what is it?", "paragraph 0", "more lines · space goes on")
		s.press("ctrl+end", "tab", "r")
		s.settle()
		s.shows("▌ what is it?", "paragraph 0", "more lines")
	})
}
