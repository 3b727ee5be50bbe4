package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/config"
	"groqchat/history"
	"groqchat/ui/markdown"
)

// Every message is a fact. Those that can come late bear the identity of what
// they answer, so that a stranger can be told and dropped.

// streamAdvancedMsg says that a turn's feed has something.
type streamAdvancedMsg struct{ turn int }

// silentMsg says that nothing had come of a turn for a while, at a time.
type silentMsg struct {
	turn int
	at   time.Time
}

// clockTickedMsg moves what shows time while a turn waits for its first text.
type clockTickedMsg struct{ turn int }

// savedMsg is the end of a save that no turn made.
type savedMsg struct {
	session string
	err     error
}

// stayedMsg says that a session was not left, since it could not be saved.
type stayedMsg struct{ err error }

// leftMsg says that the session is saved and a new one may begin.
type leftMsg struct{ load int }

// hiddenMsg says that the session is saved and a temporary one may begin.
type hiddenMsg struct{ load int }

// loadedMsg is a session read from disk.
type loadedMsg struct {
	load    int
	session history.Session
	err     error
	typed   string // the command that asked for it, "" if it was chosen
}

// listedMsg is the list of sessions for the picker.
type listedMsg struct {
	listing history.Listing
	err     error
	rest    tea.Cmd // reads the others when these are only the newest; nil when these are all
}

// modelsLoadedMsg is a list of models. A live one replaces a cached one.
type modelsLoadedMsg struct {
	server string // the name of the backend that has them
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
	pasted  bool          // with a key that was pasted now
	kept    config.Source // where that key is; zero: nowhere
	notice  string
	unsure  bool // the key could not be checked, as the notice says
	err     error
}

// noticeExpiredMsg takes a notice away, if it is still the same one.
type noticeExpiredMsg struct{ generation int }

// usageReadMsg is what the ledger holds for the page of usage.
type usageReadMsg struct {
	report history.UsageReport
	err    error
}

// gaugeMovedMsg moves the gauge of a limit that refills.
type gaugeMovedMsg struct{ gauge int }

// defaultSetMsg says that new sessions have another value of a setting.
type defaultSetMsg struct{ setting, value string }

// colouredMsg is colours of code that were found. They bear their identity in
// them: it is the code that they are for, and whoever shows that code takes them.
type colouredMsg struct{ found markdown.Colours }

// heldMsg is the time to draw text that was held back; it does no harm late.
type heldMsg struct{}

// tailEndedMsg is the time when keys behind a paste are known to be keys.
type tailEndedMsg struct{ number int }

// typesetMsg is a document in rows, for the width and the look that it names.
type typesetMsg struct {
	done document
	rows []string
}

// failedMsg is an error of a command that nobody waits for.
type failedMsg struct{ err error }
