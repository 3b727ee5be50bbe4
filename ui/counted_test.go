package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestCounted_CommandsOnTheScreen: what keys do to the chosen message, by its number.
func TestCounted_CommandsOnTheScreen(t *testing.T) {
	bubble(t, func(t *testing.T) {
		script := answer("first answer")
		script.next = []string{"second answer"}
		s := open(t, options(t, script))
		s.settle()
		for _, question := range []string{"one", "two"} {
			s.write(question)
			s.press("enter")
			s.settle()
		}
		run := func(do func(*Model, string) tea.Cmd, args string) {
			s.run(do(s.m, args))
			s.m.refresh()
		}
		run((*Model).commandRead, "3")
		if r, ok := s.m.over.(*reader); !ok || r.msg.Content != "first answer" {
			t.Fatalf("open: %T", s.m.over)
		}
		s.press("esc")
		run((*Model).commandRead, "9")
		s.shows("The messages here have the numbers 1 to 4, counted back from the last.", "/read 9")
		s.m.composer.clear()
		run(without((*Model).commandStatus), "")
		s.shows("The session “one” has 4 messages.")
		run((*Model).commandDelete, "2")
		s.shows("Deleted, with 1 message after it")
		s.lacks("second answer")
		run((*Model).commandDelete, "")
		s.shows("── Delete a message and what follows it", "first answer")
		s.press("esc")
		run((*Model).commandFork, "1")
		s.settle()
		if s.m.conv.Title != "one (copy)" || len(s.m.conv.Path()) != 2 {
			t.Errorf("the session is %q with %d messages", s.m.conv.Title, len(s.m.conv.Path()))
		}
		run(without((*Model).commandStop), "")
		s.shows("No answer is under way.")
		s.settle()
	})
}

// TestDefault_WritesWhatHolds: by the name of a parameter, a setting or the model.
func TestDefault_WritesWhatHolds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		wrote := map[string]string{}
		o.SetDefault = func(setting, value string) error {
			wrote[setting] = value
			return nil
		}
		s := open(t, o)
		s.settle()
		s.m.commandSet("temperature 0.3")
		for _, name := range []string{"temperature", "model", "follow"} {
			s.run(s.m.commandDefault(name))
			s.settle()
		}
		if wrote["temperature"] != "0.3" || wrote["model"] != s.m.conv.Model || wrote["follow"] != "false" {
			t.Errorf("written: %v", wrote)
		}
		s.m.commandDefault("temprature")
		s.m.refresh()
		s.shows("did you mean temperature?", "/default temprature")
	})
}
