package ui

import "testing"

// TestEdit_EndsWithTheQuestionThatIsTakenBack: its text is a prompt that up brings.
func TestEdit_EndsWithTheQuestionThatIsTakenBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answers("one")))
		s.ask("first")
		s.press("tab", "e", "alt+u")
		s.shows("Taken back: the question.")
		s.lacks("editing message")
		s.press("up")
		s.shows("❯ first")
	})
}
