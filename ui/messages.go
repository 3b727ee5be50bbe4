package ui

import (
	"groqchat/chat"
	"groqchat/history"
)

// Every message is a fact. Those that can come late bear the identity of what
// they answer, so that a stranger can be told and dropped.

// streamAdvancedMsg is all that a turn's stream brought since the last one.
type streamAdvancedMsg struct {
	turn    int
	events  []chat.Event
	unsaved error // why the question could not be saved
}

// clockTickedMsg moves what shows time while a turn waits for its first text.
type clockTickedMsg struct{ turn int }

// savedMsg is the end of a save that no turn made.
type savedMsg struct{ err error }

// loadedMsg is a session read from disk.
type loadedMsg struct {
	load    int
	session history.Session
	err     error
}

// listedMsg is the list of sessions for the picker.
type listedMsg struct {
	listing history.Listing
	err     error
}

// modelsLoadedMsg is a list of models. A live one replaces a cached one.
type modelsLoadedMsg struct {
	models []chat.ModelInfo
	live   bool
	err    error
}

// shownMsg is the time when the first frame has been seen.
type shownMsg struct{}

// promptsLoadedMsg is the prompt history, newest last.
type promptsLoadedMsg struct{ prompts []string }

// connectedMsg is a backend that can be talked to, or why there is none.
type connectedMsg struct {
	backend Backend
	notice  string
	err     error
}

// noticeExpiredMsg takes a notice away, if it is still the same one.
type noticeExpiredMsg struct{ generation int }

// heldMsg is the time to draw text that was held back; it does no harm late.
type heldMsg struct{}

// failedMsg is an error of a command that nobody waits for.
type failedMsg struct{ err error }
