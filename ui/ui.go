package ui

import (
	"context"
	"os"
	"time"

	"github.com/charmbracelet/colorprofile"

	"groqchat/chat"
	"groqchat/config"
	"groqchat/history"
	"groqchat/ui/theme"
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

	Unencrypted bool // what is sent to it travels readable

	Body func(chat.Request) ([]byte, error) // the JSON that a request is sent as; nil: not known

	Transcribe func(context.Context, chat.Speech) (chat.Transcript, error) // writes speech down; nil: it cannot
}

// Options is all that the screen is given. It reads nothing else.
type Options struct {
	Config     config.Loaded
	Store      *history.Store      // nil: a temporary chat, nothing is written
	Prompts    *history.Prompts    // nil: no prompt history
	Ledger     *history.Ledger     // nil: there is no usage to show
	ModelCache *history.ModelCache // nil: the embedded catalogue until the live list comes
	Persona    chat.Worn           // of new sessions; zero: none
	Session    history.Session     // the session to go on with; zero: a new one
	Backend    Backend             // without a Chat the first-run screen opens

	Connect func(key config.Secret) (Backend, error)     // makes a backend of a key
	SaveKey func(key config.Secret) (config.Kept, error) // keeps a key for the next start

	// Clipboard puts a text into the clipboard without the terminal's help and
	// names what took it; nil: nothing does.
	Clipboard func(text string) (by string, err error)

	SetDefault func(setting, value string) error // writes a setting; nil: it cannot be
	Demo       func() (Backend, error)           // starts the demo server

	// Plain is the chat in lines instead of the screen; Typed says that they are
	// typed at a terminal, which shows them, and Interrupts is ctrl+c there.
	Plain, Typed bool
	Interrupts   <-chan os.Signal
	Columns      int      // of the terminal that lines are written to, 0: it is none, or they are not known
	Ahead        []string // lines that were typed in the chat before this one; nil: there was none

	First   string            // a first message to send at once
	Files   []chat.Attachment // what goes with it, or with the next one that is written
	Pick    bool              // open the session picker at the start
	Profile colorprofile.Profile
	Sheet   *theme.Sheet    // of Markdown; nil: the theme's own
	Themes  []theme.Palette // all that there are, see [Themes]; nil: the built-in ones
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
	Last             []string // the last exchange in rows that are safe and in true colour; nil: nothing is to be left
	Unsaved          error
	Forsaken         bool // the user was told so, and left all the same
	Deaf             bool // the terminal takes nothing: writing to it could wait for ever

	Temporary bool     // a temporary chat is wanted in its place,
	Model     string   // with this model
	Demo      bool     // of the demo
	Ahead     []string // and these lines, which were typed already; nil where none are typed
}

// fps is how often the renderer looks for a changed frame. Terminals show 60 a
// second; at 120 a key that was pressed waits half as long for the next look.
const fps = 120
