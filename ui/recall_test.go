package ui

import "testing"

func TestRecall_SearchesTheNewestFirst(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.m.composer.loadPrompts([]string{"old fruit", "about apples", "vegetables", "More FRUIT\nand juice", "about apples"})
	s.write("a draft")
	s.press("ctrl+r")
	s.shows("Earlier prompts", "▸ about apples")
	s.write("fruit")
	s.shows("▸ More FRUIT and juice", "2 lines", "old fruit")
	s.lacks("vegetables", "apples")
	s.press("ctrl+r")
	s.shows("▸ old fruit")
	s.press("ctrl+r", "enter")
	if got := s.m.composer.text(); got != "More FRUIT\nand juice" {
		t.Errorf("the input holds %q", got)
	}
	s.press("ctrl+r")
	s.shows("▸ a draft") // what was written is not lost
	s.press("esc")
	if got := s.m.composer.text(); got != "More FRUIT\nand juice" {
		t.Errorf("after closing the input holds %q", got)
	}
}

func TestRecall_OfNothingSaysSo(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.press("ctrl+r")
	s.shows("There are no earlier prompts yet.")
}
