package config_test

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"groqchat/config"
)

// sample is what a setting may be and may not be. The toml texts are how the file
// writes them; without them it writes a text in quotes.
type sample struct {
	good, shown         string // shown: how good reads back, "" for as it is
	bad                 string
	goodTOML, wrongTOML string
}

func samples() map[string]sample {
	flag := sample{good: "yes", shown: "true", bad: "perhaps", goodTOML: "true", wrongTOML: `"true"`}
	off := sample{good: "off", shown: "false", bad: "perhaps", goodTOML: "false", wrongTOML: "0"}
	wait := sample{good: "90", shown: "1m30s", bad: "0.5s", goodTOML: `"1m30s"`, wrongTOML: "true"}
	return map[string]sample{
		"model":                 {good: " any/model-1 ", shown: "any/model-1", bad: "two words", wrongTOML: "3"},
		"favourites":            {good: "a/b, c", shown: "a/b,c", bad: "a,,b", goodTOML: `["a/b", "c"]`, wrongTOML: "[1]"},
		"system":                {good: "Be brief, please.", wrongTOML: "true"},
		"persona":               {good: "programming:go", wrongTOML: "true"},
		"temperature":           {good: "0.2", bad: "2.1", goodTOML: "0.2", wrongTOML: `"0.2"`},
		"top_p":                 {good: "1", bad: "NaN", goodTOML: "1", wrongTOML: "nan"},
		"max_completion_tokens": {good: "2048", bad: "0", goodTOML: "2048", wrongTOML: "2048.0"},
		"seed":                  {good: "-42", bad: "1.5", goodTOML: "-42", wrongTOML: `"-42"`},
		"stop":                  {good: "END,###", bad: "a,,b", goodTOML: `["END", "###"]`, wrongTOML: `["a,b"]`},
		"reasoning_effort":      {good: "low", bad: "huge", wrongTOML: "1"},
		"response_format":       {good: "json_object", bad: "xml", wrongTOML: "1"},
		"service_tier":          {good: "flex", bad: "free", wrongTOML: "1"},
		"frequency_penalty":     {good: "-0.5", bad: "2.1", goodTOML: "-0.5", wrongTOML: `"1"`},
		"presence_penalty":      {good: "0.5", bad: "-2.1", goodTOML: "0.5", wrongTOML: `"1"`},
		"base_url":              {good: "https://api.groq.com/", shown: "https://api.groq.com/openai/v1", bad: "api.groq.com", wrongTOML: "1"},
		"insecure_http":         flag,
		"api_key":               {good: " gsk_abcdefghijklmnop1234\n", shown: "gsk_…1234", bad: "gsk_abcd efgh", wrongTOML: "1"},
		"keyring":               off,
		"header_timeout":        wait,
		"idle_timeout":          wait,
		"max_wait":              wait,
		"preflight":             off,
		"trim":                  flag,
		"color":                 {good: "Never", shown: "never", bad: "green", wrongTOML: "true"},
		"theme":                 {good: " light", shown: "light", bad: "a/b", wrongTOML: "1"},
		"theme_dark":            {good: "midnight", bad: "two words", wrongTOML: "1"},
		"theme_light":           {good: "paper", bad: "../x", wrongTOML: "1"},
		"ground":                {good: "always", bad: "black", wrongTOML: "1"},
		"clipboard":             {good: "system", bad: "pocket", wrongTOML: "1"},
		"code_wrap":             {good: "scroll", bad: "cut", wrongTOML: "1"},
		"markdown_style":        {good: "tokyo-night", wrongTOML: "1"},
		"width":                 {good: "20", bad: "401", goodTOML: "20", wrongTOML: `"20"`},
		"motion":                off,
		"notify":                {good: "desktop", bad: "horn", wrongTOML: "1"},
		"taskbar":               off,
		"mouse":                 off,
		"plain":                 flag,
		"scrollback":            off,
		"follow":                {good: "on", shown: "true", bad: "perhaps", goodTOML: "true", wrongTOML: "0"},
		"cache":                 {good: "true", bad: "maybe", goodTOML: "true", wrongTOML: `"yes"`},
		"cache_days":            {good: "7", bad: "-1", goodTOML: "7", wrongTOML: `"7"`},
		"cache_size":            {good: "7", bad: "0", goodTOML: "7", wrongTOML: `"7"`},
		"trash_days":            {good: "7", bad: "-1", goodTOML: "7", wrongTOML: `"7"`},
		"model_titles":          {good: "true", bad: "perhaps", goodTOML: "true", wrongTOML: `"yes please"`},
		"data_dir":              {good: absolute("/srv/chats"), wrongTOML: "1"},
		"debug":                 {good: absolute("/srv/log"), wrongTOML: "1"},
	}
}

// absolute is a path that is absolute on this system.
func absolute(path string) string {
	full, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return full
}

// source is one way to give a setting a value.
type source struct {
	kind string
	give func(u *user, s config.Setting, value, toml string) config.Source
}

func sources() []source {
	return []source{
		{config.FromFlag, func(u *user, s config.Setting, value, _ string) config.Source {
			u.in.Flags[s.Name] = value
			flag := s.Flag
			if flag == "" {
				flag = s.Name
			}
			return config.Source{Kind: config.FromFlag, Detail: "--" + flag}
		}},
		{config.FromEnv, func(u *user, s config.Setting, value, _ string) config.Source {
			u.export(s.Env + "=" + value)
			return config.Source{Kind: config.FromEnv, Detail: s.Env}
		}},
		{config.FromFile, func(u *user, s config.Setting, _, toml string) config.Source {
			path := u.config("# first line", s.Name+" = "+toml)
			return config.Source{Kind: config.FromFile, Detail: path + ":2"}
		}},
	}
}

func quoted(text string) string { return `"` + strings.ReplaceAll(text, "\n", `\n`) + `"` }

func TestLoad_TakesEverySettingFromEverySource(t *testing.T) {
	for _, s := range config.Settings() {
		tc, ok := samples()[s.Name]
		if !ok {
			t.Errorf("no sample for %s", s.Name)
			continue
		}
		want := tc.shown
		if want == "" {
			want = tc.good
		}
		toml := tc.goodTOML
		if toml == "" {
			toml = quoted(tc.good)
		}
		for _, from := range sources() {
			t.Run(s.Name+" from "+from.kind, func(t *testing.T) {
				u := newUser(t)
				source := from.give(u, s, tc.good, toml)
				l := u.load()
				if got := s.Get(l.Config); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
				if got := l.Sources[s.Name]; got != source {
					t.Errorf("source %v, want %v", got, source)
				}
				if len(l.Warnings) > 0 {
					t.Errorf("warnings:\n%s", warnings(l))
				}
			})
		}
	}
}

func TestLoad_AWrongFlagOrVariableIsAnError(t *testing.T) {
	for _, s := range config.Settings() {
		tc := samples()[s.Name]
		if tc.bad == "" {
			continue // takes any text
		}
		for _, from := range sources()[:2] {
			t.Run(s.Name+" from "+from.kind, func(t *testing.T) {
				u := newUser(t)
				source := from.give(u, s, tc.bad, "")
				err := u.refused()
				var wrong *config.ValueError
				var key *config.KeyError
				switch {
				case s.Kind == "secret":
					if !errors.As(err, &key) || key.Source != source {
						t.Errorf("%#v is not a KeyError of %v", err, source)
					}
				case !errors.As(err, &wrong) || wrong.Setting != s.Name || wrong.Source != source:
					t.Errorf("%#v is not a ValueError of %s from %v", err, s.Name, source)
				}
				contains(t, err.Error(), source.Detail)
			})
		}
	}
}

func TestLoad_AWrongLineOfTheFileIsAWarningAndTheDefaultHolds(t *testing.T) {
	for _, s := range config.Settings() {
		if s.Name == "base_url" || s.Kind == "secret" {
			continue
		}
		tc := samples()[s.Name]
		lines := []string{tc.wrongTOML}
		switch {
		case tc.bad == "":
		case tc.goodTOML == "" || s.Kind == "duration" || s.Kind == "list":
			lines = append(lines, quoted(tc.bad))
		case s.Kind == "int" || s.Kind == "float":
			lines = append(lines, strings.ToLower(tc.bad))
		}
		for _, toml := range lines {
			t.Run(s.Name+"="+toml, func(t *testing.T) {
				u := newUser(t)
				path := u.config("", "", s.Name+" = "+toml)
				l := u.load()
				if got := s.Get(l.Config); got != s.Default {
					t.Errorf("got %q, want the default %q", got, s.Default)
				}
				if got := l.Sources[s.Name].Kind; got != config.FromDefault {
					t.Errorf("source %s", got)
				}
				if len(l.Warnings) != 1 || l.Warnings[0].File != path || l.Warnings[0].Line != 3 {
					t.Fatalf("warnings %q, want one of line 3", l.Warnings)
				}
				contains(t, l.Warnings[0].Text, s.Name)
			})
		}
	}
}

// A default in place of a wrong address would send a conversation to Groq that was
// meant for somebody's own server.
func TestLoad_AWrongAddressOrKeyInTheFileIsAnError(t *testing.T) {
	for _, line := range []string{`base_url = "my-server"`, `base_url = 8080`, `api_key = "gsk_a b"`, `api_key = 12`} {
		u := newUser(t)
		path := u.config(line)
		contains(t, u.refused().Error(), path+":1")
	}
	u := newUser(t)
	u.config(`base_url = "my-server"`)
	u.export("GROQ_BASE_URL=https://my-server/v1")
	if got := u.load().BaseURL; got != "https://my-server/v1" {
		t.Errorf("a stronger source does not heal a wrong line: %s", got)
	}
}

func TestLoad_StrongerSourcesWin(t *testing.T) {
	width, _ := config.FindSetting("width")
	steps := sources()
	slices.Reverse(steps)
	u := newUser(t)
	if got := u.load(); got.Width != 100 || got.Sources["width"].Kind != config.FromDefault {
		t.Errorf("default: %d from %v", got.Width, got.Sources["width"])
	}
	for i, from := range steps {
		text := []string{"30", "40", "50"}[i]
		want := from.give(u, width, text, text)
		l := u.load()
		if got := value(t, l, "width"); got != text || l.Sources["width"] != want {
			t.Errorf("with %s: %s from %v", from.kind, got, l.Sources["width"])
		}
	}
}

func TestLoad_OurOwnVariableStandsOverTheSharedOne(t *testing.T) {
	u := newUser(t)
	u.export("GROQ_BASE_URL=https://shared.example/v1")
	u.export("GROQCHAT_BASE_URL=https://own.example/v1")
	l := u.load()
	if l.BaseURL != "https://own.example/v1" || l.Sources["base_url"].Detail != "GROQCHAT_BASE_URL" {
		t.Errorf("%s from %v", l.BaseURL, l.Sources["base_url"])
	}
}

func TestLoad_AnEmptyVariableIsUnsetAnEmptyFlagIsNot(t *testing.T) {
	u := newUser(t)
	u.config(`system = "from the file"`, "temperature = 0.5")
	u.export("GROQCHAT_SYSTEM=")
	u.export("GROQ_API_KEY= ")
	if got := u.load().System; got != "from the file" {
		t.Errorf("system %q", got)
	}
	u.in.Flags["system"], u.in.Flags["temperature"] = "", ""
	if l := u.load(); l.System != "" || l.Params.Temperature != nil || l.Sources["system"].Kind != config.FromFlag {
		t.Errorf("system %q, temperature %v", l.System, l.Params.Temperature)
	}
}

func TestLoad_AFlagOfNoSettingIsAnError(t *testing.T) {
	u := newUser(t)
	u.in.Flags["colour"] = "never"
	contains(t, u.refused().Error(), "--colour", "no such setting")
}

func TestLoad_WarnsOfAMisspeltVariable(t *testing.T) {
	u := newUser(t)
	u.export("GROQCHAT_MODLE=x")
	u.export("GROQCHAT_TRACEBACK=1")
	u.export("GROQCHAT_MAX_TOKENS=5")
	got := warnings(u.load())
	contains(t, got, "GROQCHAT_MODLE is not a setting; did you mean GROQCHAT_MODEL?", "GROQCHAT_MAX_COMPLETION_TOKENS")
	if strings.Contains(got, "TRACEBACK") {
		t.Errorf("a variable like none of ours was reported:\n%s", got)
	}
}

func TestSettings_AreComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range config.Settings() {
		if s.Name == "" || s.Kind == "" || s.Help == "" || s.Env == "" {
			t.Errorf("a row lacks something: %+v", s)
		}
		for _, name := range []string{s.Name, "--" + s.Flag, s.Env} {
			if seen[name] && name != "--" {
				t.Errorf("%s stands twice in the table", name)
			}
			seen[name] = true
		}
		if len(s.Choices) > 0 && !slices.Contains(s.Choices, s.Default) {
			t.Errorf("%s: the default %q is none of its choices", s.Name, s.Default)
		}
		c := config.Default()
		if s.Default != "" && s.Kind != "secret" {
			if err := s.Set(&c, s.Default); err != nil {
				t.Errorf("%s: its own default: %v", s.Name, err)
			}
		}
	}
}

func TestFindSetting_TakesNamesAndFlags(t *testing.T) {
	for _, name := range []string{"base_url", "base-url"} {
		if s, ok := config.FindSetting(name); !ok || s.Name != "base_url" {
			t.Errorf("%s: %v %v", name, s.Name, ok)
		}
	}
	if _, ok := config.FindSetting(""); ok {
		t.Error("no name finds a setting without a flag")
	}
}
