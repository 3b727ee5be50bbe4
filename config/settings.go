package config

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"groqchat/chat"
)

// Setting is one row of the table of settings.
type Setting struct {
	Name    string   // in config.toml and in GROQCHAT_<NAME>
	Flag    string   // without dashes, "" for none
	Env     string   // the variable to tell people of; GROQCHAT_<NAME> works always and comes first
	Kind    string   // text, path, int, float, bool, list, duration or secret
	Help    string   // what it is, in a few words
	Default string   // as Get writes it, "" for unset
	Choices []string // all valid values, nil where they cannot be listed
	access
}

// access is how a row reaches its field.
type access struct {
	get func(Config) string
	set func(*Config, string) error
}

// Get writes the value as it would be typed; "" is unset. A key is masked.
func (s Setting) Get(c Config) string { return s.get(c) }

// Set parses a value and stores it. An error says what would be valid; the
// configuration is unchanged then.
func (s Setting) Set(c *Config, value string) error { return s.set(c, value) }

// Settings is the table, in the order of showing.
func Settings() []Setting {
	rows := slices.Concat(modelSettings(), parameterSettings(), serverSettings(), screenSettings(), otherSettings())
	none := Default()
	for i := range rows {
		rows[i].Env = cmp.Or(rows[i].Env, variable(rows[i].Name))
		rows[i].Default = rows[i].get(none)
	}
	return rows
}

// FindSetting looks a row up by name or flag.
func FindSetting(name string) (Setting, bool) {
	rows := Settings()
	i := slices.IndexFunc(rows, func(s Setting) bool { return s.Name == name || name != "" && s.Flag == name })
	if i < 0 {
		return Setting{}, false
	}
	return rows[i], true
}

// variablePrefix begins the names of our own variables.
const variablePrefix = "GROQCHAT_"

// variable is the environment's own name of a setting.
func variable(name string) string { return variablePrefix + strings.ToUpper(name) }

func modelSettings() []Setting {
	return []Setting{
		{
			Name: "model", Flag: "model", Kind: "text", Help: "model to talk to",
			access: text(func(c *Config) *string { return &c.Model }, checkModel),
		},
		{
			Name: "favourites", Kind: "list", Help: "models that the favourite keys step through",
			access: list(func(c *Config) *[]string { return &c.Favourites }, checkModel),
		},
		{
			Name: "system", Flag: "system", Kind: "text", Help: "what the model is told before the conversation",
			access: text(func(c *Config) *string { return &c.System }, anyText),
		},
		{
			Name: personaSetting, Flag: "persona", Kind: "text", Help: "persona of new sessions, such as fast or programming:go",
			access: text(func(c *Config) *string { return &c.Persona }, trimmed),
		},
	}
}

// parameterSettings folds the parameters of requests in.
func parameterSettings() []Setting {
	var rows []Setting
	for _, p := range chat.Parameters() {
		rows = append(rows, Setting{Name: p.Name, Flag: p.Flag, Kind: p.Kind, Help: p.Help, access: parameter(p)})
	}
	return rows
}

func parameter(p chat.Parameter) access {
	return access{
		func(c Config) string { return p.Get(c.Params) },
		func(c *Config, v string) error {
			err := p.Set(&c.Params, v)
			// The name before it is said by whoever reports the error.
			return cmp.Or(errors.Unwrap(err), err)
		},
	}
}

func serverSettings() []Setting {
	return []Setting{
		{
			Name: "base_url", Flag: "base-url", Env: "GROQ_BASE_URL", Kind: "text", Help: "address of the API",
			access: text(func(c *Config) *string { return &c.BaseURL }, checkAddress),
		},
		{
			Name: "insecure_http", Flag: "insecure-http", Kind: "bool", Help: "allow plain http to other machines; the key travels readable",
			access: boolean(func(c *Config) *bool { return &c.InsecureHTTP }),
		},
		{
			Name: "api_key", Env: keyVariable, Kind: "secret", Help: "the key; the environment or `groqchat key set` are better places than config.toml",
			access: access{func(c Config) string { return c.Key.String() }, setKey},
		},
		{
			Name: "keyring", Kind: "bool", Help: "keep the key in the system's keyring, not in a file",
			access: boolean(func(c *Config) *bool { return &c.Keyring }),
		},
		{
			Name: "header_timeout", Kind: "duration", Help: "longest wait for an answer to begin",
			access: duration(func(c *Config) *seconds { return (*seconds)(&c.HeaderTimeout) }),
		},
		{
			Name: "idle_timeout", Kind: "duration", Help: "longest silence within an answer",
			access: duration(func(c *Config) *seconds { return (*seconds)(&c.IdleTimeout) }),
		},
		{
			Name: "max_wait", Kind: "duration", Help: "longest wait for a limit before a request is sent again by itself",
			access: duration(func(c *Config) *seconds { return (*seconds)(&c.MaxWait) }),
		},
		{
			Name: "preflight", Kind: "bool", Help: "ask before sending what the limits would refuse",
			access: boolean(func(c *Config) *bool { return &c.Preflight }),
		},
		{
			Name: "trim", Flag: "trim", Kind: "bool", Help: "leave out the oldest turns unasked where all would be too long",
			access: boolean(func(c *Config) *bool { return &c.Trim }),
		},
	}
}

func screenSettings() []Setting {
	return []Setting{
		choice("color", "color", "colour: auto, always or never", []string{"auto", "always", "never"}, func(c *Config) *string { return &c.Color }),
		{
			Name: "theme", Flag: "theme", Kind: "text", Help: "colours: the name of a theme, or auto for one that suits the ground",
			access: text(func(c *Config) *string { return &c.Theme }, CheckTheme),
		},
		{
			Name: "theme_dark", Kind: "text", Help: "theme that auto takes on a dark ground",
			access: text(func(c *Config) *string { return &c.ThemeDark }, CheckTheme),
		},
		{
			Name: "theme_light", Kind: "text", Help: "theme that auto takes on a light ground",
			access: text(func(c *Config) *string { return &c.ThemeLight }, CheckTheme),
		},
		choice("ground", "", "paint the theme's ground: auto (where the terminal's is unlike), always, never", []string{"auto", "always", "never"}, func(c *Config) *string { return &c.Ground }),
		{
			Name: "markdown_style", Kind: "text", Help: "style of answers, such as dracula, or a JSON file",
			access: text(func(c *Config) *string { return &c.Markdown }, anyText),
		},
		choice("code_wrap", "", "long lines of code: wrap, or scroll to leave them whole", []string{"wrap", "scroll"}, func(c *Config) *string { return &c.CodeWrap }),
		{
			Name: "width", Kind: "int", Help: "widest line of text in columns, 20 to 400",
			access: integer(func(c *Config) *int { return &c.Width }, 20, 400),
		},
		{
			Name: "motion", Kind: "bool", Help: "let things move that need not, such as the spinner",
			access: boolean(func(c *Config) *bool { return &c.Motion }),
		},
		{
			Name: "mouse", Kind: "bool", Help: "the mouse scrolls, chooses, copies; without it the terminal marks text",
			access: boolean(func(c *Config) *bool { return &c.Mouse }),
		},
		{
			Name: "plain", Flag: "plain", Kind: "bool", Help: "the chat in lines and words instead of a screen; so it is where TERM is dumb",
			access: boolean(func(c *Config) *bool { return &c.Plain }),
		},
		choice("notify", "", "when a long answer ends unseen: bell, desktop (a message) or off", []string{"bell", "desktop", "off"}, func(c *Config) *string { return &c.Notify }),
		{
			Name: "taskbar", Kind: "bool", Help: "show at the window's icon that an answer comes, in terminals that can",
			access: boolean(func(c *Config) *bool { return &c.Taskbar }),
		},
		choice("clipboard", "", "where copies go: auto, system (its tools), terminal (OSC 52) or file", []string{"auto", "system", "terminal", "file"}, func(c *Config) *string { return &c.Clipboard }),
		{
			Name: "scrollback", Kind: "bool", Help: "leave the last exchange on the terminal at the end",
			access: boolean(func(c *Config) *bool { return &c.Scrollback }),
		},
		{
			Name: "follow", Kind: "bool", Help: "keep to the end of an answer instead of its beginning",
			access: boolean(func(c *Config) *bool { return &c.Follow }),
		},
	}
}

func otherSettings() []Setting {
	return []Setting{
		{
			Name: "data_dir", Flag: "data-dir", Kind: "path", Help: "one folder for sessions, trash and state",
			access: text(func(c *Config) *string { return &c.DataDir }, anyText),
		},
		{
			Name: "cache", Flag: "cache", Kind: "bool", Help: "give the same answer to the same request again, without asking",
			access: boolean(func(c *Config) *bool { return &c.Cache }),
		},
		{
			Name: "cache_days", Kind: "int", Help: "days for which an answer is given again, 0 for ever",
			access: integer(func(c *Config) *int { return &c.CacheDays }, 0, 36500),
		},
		{
			Name: "cache_size", Kind: "int", Help: "megabytes of answers that are kept; the oldest go first",
			access: integer(func(c *Config) *int { return &c.CacheSize }, 1, 100_000),
		},
		{
			Name: "trash_days", Kind: "int", Help: "days after which what is in the trash is deleted for good, 0 for never",
			access: integer(func(c *Config) *int { return &c.TrashDays }, 0, 36500),
		},
		{
			Name: "model_titles", Kind: "bool", Help: "let the cheapest model name a session, by its first question and answer",
			access: boolean(func(c *Config) *bool { return &c.ModelTitles }),
		},
		{
			Name: "debug", Flag: "debug", Kind: "path", Help: "write a log without secrets to a file",
			access: text(func(c *Config) *string { return &c.Debug }, anyText),
		},
	}
}

// choice is a row of a few words.
func choice(name, flag, help string, words []string, at func(*Config) *string) Setting {
	check := func(v string) (string, error) { return oneOf(v, words) }
	return Setting{Name: name, Flag: flag, Kind: "text", Help: help, Choices: words, access: text(at, check)}
}

func setKey(c *Config, v string) error {
	key, err := CheckKey(v)
	if err == nil {
		c.Key = key
	}
	return err
}

// checkAddress lets plain http pass: whether it is allowed is known only when all
// settings are, see [loader.address].
func checkAddress(v string) (string, error) { return CheckBaseURL(v, true) }
