package config

import (
	"fmt"
	"time"

	"groqchat/chat"
)

// Config is what the user wants, complete: what no source says has its default.
type Config struct {
	Model        string
	Favourites   []string // models that a key steps through
	System       string
	Persona      string // of new sessions, see [chat.FindPersona]; "" for none
	Params       chat.Params
	BaseURL      string // normalised, without a slash at its end
	InsecureHTTP bool   // plain http to other machines is allowed
	Key          Secret
	Keyring      bool   // the key is kept in the system's keyring, if there is one
	Color        string // auto, always, never; see [Profile]
	Theme        string // the name of a theme, or [AutoTheme]
	ThemeDark    string // the one that auto is on a dark ground
	ThemeLight   string // and on a light one
	Ground       string // auto, always, never: paint the theme's own
	Markdown     string // a style sheet of answers: a name or a path, "" for the theme's own
	CodeWrap     string // long lines of code: wrap, scroll
	Width        int    // the widest line of text, in cells
	Motion       bool   // things may move that need not
	Notify       string // when a long answer ends unseen: bell, desktop, off
	Taskbar      bool   // the window's icon shows that an answer comes
	Mouse        bool
	Plain        bool   // the chat in lines
	Clipboard    string // auto, system, terminal, file: where copies go
	Scrollback   bool   // the last exchange stays on the terminal at the end
	Follow       bool   // keep to the end of an answer that streams, else show it from its beginning

	// Keys is the table [keys] as it stands: an action's name to its keys. Package
	// ui knows which actions and keys there are.
	Keys map[string][]string

	IdleTimeout   time.Duration // longest silence within an answer
	HeaderTimeout time.Duration // longest wait for an answer to begin
	MaxWait       time.Duration // longest wait for a limit before a request is sent again by itself
	Preflight     bool          // ask before sending what the limits would refuse
	Trim          bool          // leave out the oldest turns unasked where all would be too long
	DataDir       string        // one folder for sessions, trash and state; "": the usual ones
	Cache         bool          // the same request gets the same answer again
	CacheDays     int           // days for which it does; 0: for ever
	CacheSize     int           // megabytes of such answers
	TrashDays     int           // days that a deleted session can be brought back; 0: for ever
	ModelTitles   bool          // the cheapest model names sessions
	Debug         string        // file for the debug log, "" for none
}

// Default is the configuration of somebody who has set nothing.
func Default() Config {
	return Config{
		Model:      chat.DefaultModel,
		Favourites: []string{chat.DefaultModel, "openai/gpt-oss-20b", "qwen/qwen3.8-27b"},
		BaseURL:    DefaultBaseURL, Keyring: true,
		Color: "auto", Theme: AutoTheme, ThemeDark: "dark", ThemeLight: "light", Ground: "auto", Clipboard: "auto", CodeWrap: "wrap", Width: 100,
		Motion: true, Mouse: true, Scrollback: true, Taskbar: true, Notify: "bell",
		IdleTimeout: 45 * time.Second, HeaderTimeout: 60 * time.Second, MaxWait: 60 * time.Second, Preflight: true, TrashDays: 30, CacheDays: 30, CacheSize: 50,
	}
}

// Input is where settings may come from, apart from files.
type Input struct {
	Flags map[string]string // setting name to value, only flags that were given
	Env   []string          // in the form of [os.Environ]
	Dir   string            // the current directory, for relative paths and ./.env; "": none
	File  string            // another config.toml, which must exist; "": the usual one

	// Keyless leaves keyring, key file and ./.env alone: no key is needed.
	Keyless bool
	// Keyring is asked for the key if no stronger source has one; nil: none is.
	Keyring *Keyring
}

// Loaded is a configuration with its history.
type Loaded struct {
	Config
	Sources  map[string]Source // by setting name; of [keys] by "keys." and the action
	Warnings []Warning         // what is odd but stops nothing, in the order of finding
	Paths    Paths
}

// The kinds of sources, strongest first.
const (
	FromFlag    = "flag"
	FromEnv     = "environment"
	FromFile    = "file"
	FromKeyring = "keyring"
	FromKeyFile = "key file"
	FromDotEnv  = ".env"
	FromDefault = "default"
)

// Source is where a value came from: one of the kinds above, and the flag, the
// variable or file:line.
type Source struct{ Kind, Detail string }

func (s Source) String() string {
	if s.Detail == "" {
		return s.Kind
	}
	return s.Kind + " " + s.Detail
}

// Warning is something odd that stops nothing. Line counts from 1, 0 is the file
// as a whole; File is "" where it is about no file.
type Warning struct {
	File string
	Line int
	Text string
}

func (w Warning) String() string {
	switch {
	case w.File == "":
		return w.Text
	case w.Line == 0:
		return w.File + ": " + w.Text
	}
	return fmt.Sprintf("%s:%d: %s", w.File, w.Line, w.Text)
}
