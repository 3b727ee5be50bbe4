package ui

import (
	"context"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"groqchat/chat"
	"groqchat/config"
	"groqchat/history"
)

// Lister gives the models that a server has.
type Lister interface {
	Models(ctx context.Context) ([]chat.ModelInfo, error)
}

// Backend is what the chat talks to.
type Backend struct {
	Chat   chat.Streamer
	Models Lister
	Name   string // the host, or demo; shown when it is not Groq
}

// Options is all that the screen is given. It reads nothing else.
type Options struct {
	Config     config.Loaded
	Store      *history.Store      // nil: a temporary chat, nothing is written
	Prompts    *history.Prompts    // nil: no prompt history
	Ledger     *history.Ledger     // nil: there is no usage to show
	ModelCache *history.ModelCache // nil: the embedded catalogue until the live list comes
	Session    history.Session     // the session to go on with; zero: a new one
	Backend    Backend             // without a Chat the first-run screen opens

	Connect func(key config.Secret) (Backend, error) // makes a backend of a key
	SaveKey func(key string) error                   // keeps a key for the next start

	SetDefault func(model string) error // makes a model that of new sessions; nil: it cannot be
	Demo       func() (Backend, error)  // starts the demo server

	First   string            // a first message to send at once
	Files   []chat.Attachment // what goes with it
	Pick    bool              // open the session picker at the start
	Profile colorprofile.Profile
	Now     func() time.Time
	Version string
	Env     []string
	Input   *os.File
	Output  *os.File
}

// Result is what is left when the chat ends: the session that was saved, if one
// was, and why the last messages could not be, if they could not.
type Result struct {
	SessionID, Title string
	Unsaved          error
}

// fps is how often the renderer looks for a changed frame. 60 is what terminals
// show; more costs idle time and is not seen.
const fps = 60

// Run shows the chat until it ends, saves what is not saved yet and gives the
// terminal back. The error is nil when the user quit, and the cause of ctx when
// that ended it, as a signal does.
func Run(ctx context.Context, o Options) (Result, error) {
	m := newModel(ctx, o)
	// Time reaches the model with every message, so that Update reads no clock.
	stamp := func(_ tea.Model, msg tea.Msg) tea.Msg {
		m.clock = o.Now()
		return msg
	}
	p := tea.NewProgram(m, tea.WithFilter(stamp),
		tea.WithContext(ctx), tea.WithInput(o.Input), tea.WithOutput(o.Output), tea.WithEnvironment(o.Env),
		tea.WithColorProfile(o.Profile), tea.WithFPS(fps), tea.WithoutSignalHandler())
	_, err := p.Run()
	unsaved := m.finish()
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	done := m.result()
	done.Unsaved = unsaved
	return done, err
}
