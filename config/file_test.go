package config_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"groqchat/config"
)

func TestLoad_NamesAnUnknownSettingWithItsPlaceAndTheNearest(t *testing.T) {
	for line, want := range map[string]string{
		`modle = "x"`:          "did you mean model?",
		`max_tokens = 5`:       "did you mean max_completion_tokens?",
		`baseURL = "x"`:        "did you mean base_url?",
		`favorites = []`:       "did you mean favourites?",
		`frequency = 1`:        "`groqchat config show` lists them",
		"[params]\nseed = 1":   "outside tables",
		"[[profile]]\nseed =1": `"profile" is not a setting`,
	} {
		u := newUser(t)
		path := u.config("width = 50", line)
		l := u.load()
		if l.Width != 50 {
			t.Errorf("%s: the rest of the file is lost", line)
		}
		if len(l.Warnings) != 1 || l.Warnings[0].Line != 2 {
			t.Errorf("%s: warnings %q", line, l.Warnings)
			continue
		}
		contains(t, l.Warnings[0].String(), path+":2: ", want)
	}
}

func TestLoad_ABrokenFileIsLeftAloneAndTheDefaultsHold(t *testing.T) {
	for text, place := range map[string]string{
		"model = \"unfinished\n":                          ":1: column ",
		"width = 50\nmodel = \n":                          ":2: column ",
		"width = 50\nwidth = 60\n":                        ":2: column ",
		"width = 50\n[keys\nsend = 'x'":                   ":2: column ",
		"width = 50\nseed = 99999999999999999999":         ":2: column ",
		"width = 50\nmodel = '\xff'":                      ":2: column ",
		"width = 50\nx = " + strings.Repeat("[", 200_000): ":2: column ",
	} {
		u := newUser(t)
		path := u.config(text)
		l := u.load()
		if diff := cmp.Diff(config.Default(), l.Config); diff != "" {
			t.Errorf("not the defaults: %s", diff)
		}
		if len(l.Warnings) != 1 {
			t.Errorf("%.40q: warnings %q", text, l.Warnings)
			continue
		}
		contains(t, l.Warnings[0].String(), path+place)
		if got, err := os.ReadFile(path); err != nil || string(got) != text+"\n" {
			t.Errorf("the file was changed, or: %v", err)
		}
	}
}

func TestLoad_ShowsNoKeyThatStandsInABrokenLine(t *testing.T) {
	for _, text := range []string{
		"api_key = gsk_canarycanarycanary0",
		"gsk_canarycanarycanary0 = 1",
		"width = \"gsk_canarycanarycanary0\"",
		"theme = \"gsk_canarycanarycanary0\"",
		"[keys]\ngsk_canarycanarycanary0 = 1",
	} {
		u := newUser(t)
		u.config(text)
		l, err := config.Load(u.in)
		got := warnings(l)
		if err != nil {
			got += err.Error()
		}
		if got == "" || strings.Contains(got, "canarycanary") {
			t.Errorf("%s: %q", text, got)
		}
	}
}

func TestLoad_KeepsTheTableOfKeysAsItStands(t *testing.T) {
	u := newUser(t)
	path := u.config("width = 50", "", "[keys]", `models = ["ctrl+o", "alt+m"]`, `new = "f9"`, "help = []", "stop = 5", "more.less = 'x'")
	l := u.load()
	want := map[string][]string{"models": {"ctrl+o", "alt+m"}, "new": {"f9"}, "help": {}}
	if diff := cmp.Diff(want, l.Keys); diff != "" {
		t.Error(diff)
	}
	if got := l.Sources["keys.new"].Detail; got != path+":5" {
		t.Errorf("source %s", got)
	}
	contains(t, warnings(l), path+`:7: keys: "stop"`, path+`:8: keys: "more"`)

	u = newUser(t)
	u.config(`keys = { new = "f9" }`)
	if l := u.load(); l.Sources["keys.new"].Detail == "" || len(l.Keys) != 1 || len(l.Warnings) > 0 {
		t.Errorf("a table on one line: %v, %v", l.Keys, l.Warnings)
	}
	u.config(`keys = "f9"`)
	contains(t, warnings(u.load()), ":1: keys: it must be a table")
}

func TestLoad_TakesAFileFromAnEditorOfWindows(t *testing.T) {
	u := newUser(t)
	u.config("\ufeffwidth = 50\r\nmodle = 1\r")
	l := u.load()
	if l.Width != 50 {
		t.Errorf("width %d", l.Width)
	}
	contains(t, warnings(l), "config.toml:2: ")
}

func TestLoad_ANamedFileMustBeThere(t *testing.T) {
	u := newUser(t)
	u.config("width = 50")
	u.in.File = "other.toml"
	err := u.refused()
	var missing *config.FileError
	if !errors.As(err, &missing) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%#v", err)
	}
	path := write(t, filepath.Join(u.in.Dir, "other.toml"), "width = 60\n", 0o600)
	contains(t, err.Error(), path)
	l := u.load()
	if l.Width != 60 || l.Paths.Config != path {
		t.Errorf("width %d of %s", l.Width, l.Paths.Config)
	}
	if want := filepath.Join(u.home, ".config", "groqchat", "key"); l.Paths.KeyFile != want {
		t.Errorf("the key file moved to %s", l.Paths.KeyFile)
	}
}

func TestLoad_DoesNotReadWhatIsNoFile(t *testing.T) {
	u := newUser(t)
	path := filepath.Join(u.home, ".config", "groqchat", "config.toml")
	if err := os.MkdirAll(path, 0o700); err != nil {
		t.Fatal(err)
	}
	contains(t, warnings(u.load()), path+": cannot read it: it is not an ordinary file")
	u.in.File = path
	contains(t, u.refused().Error(), "not an ordinary file")

	u = newUser(t)
	u.config("# " + strings.Repeat("x", 300<<10))
	contains(t, warnings(u.load()), "larger than 256 KiB")
}

func TestLoad_WarnsOfFilesThatOthersCanRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no mode there")
	}
	u := newUser(t)
	write(t, u.config(), "width = 50\n", 0o644)
	if got := warnings(u.load()); got != "" {
		t.Errorf("settings are no secret: %s", got)
	}
	write(t, u.config(), "width = 50\n", 0o620)
	contains(t, warnings(u.load()), "config.toml: other users", "0620", "chmod 600")
	write(t, u.config(), "api_key = \"gsk_abcdefghijklmnop1234\"\n", 0o640)
	l := u.load()
	contains(t, warnings(l), "config.toml: other users", "0640")
	write(t, l.Paths.Config, "width = 50\n", 0o600)
	write(t, l.Paths.KeyFile, "gsk_abcdefghijklmnop1234\n", 0o604)
	contains(t, warnings(u.load()), "key: other users")

	u = newUser(t)
	write(t, filepath.Join(u.in.Dir, ".env"), "GROQ_API_KEY=gsk_abcdefghijklmnop1234\n", 0o644)
	contains(t, warnings(u.load()), ".env: other users")
	u.export("GROQ_API_KEY=gsk_abcdefghijklmnop5678")
	if got := warnings(u.load()); got != "" {
		t.Errorf("a .env that is not used is nobody's business: %s", got)
	}
}

func TestLoad_RelativePathsBeginWhereTheyWereWritten(t *testing.T) {
	u := newUser(t)
	u.config(`data_dir = "chats"`, `debug = "~/log"`)
	l := u.load()
	if want := filepath.Join(filepath.Dir(l.Paths.Config), "chats"); l.DataDir != want || l.Paths.Data != want {
		t.Errorf("data_dir %s, want %s", l.DataDir, want)
	}
	if want := filepath.Join(u.home, "log"); l.Debug != want {
		t.Errorf("debug %s, want %s", l.Debug, want)
	}
	u.in.Flags["data_dir"] = "here"
	if got := u.load().DataDir; got != filepath.Join(u.in.Dir, "here") {
		t.Errorf("data_dir by flag %s", got)
	}
}

func TestExample_ChangesNothing(t *testing.T) {
	u := newUser(t)
	u.config(config.Example())
	l := u.load()
	if diff := cmp.Diff(config.Default(), l.Config); diff != "" || len(l.Warnings) > 0 {
		t.Errorf("as it is: %s%s", diff, warnings(l))
	}
	// Uncommented, without what is only an example.
	var lines []string
	isSample := false
	for line := range strings.Lines(config.Example()) {
		if text, ok := strings.CutPrefix(strings.TrimSpace(line), "# "); ok && isAssignment(text) && !isSample {
			lines = append(lines, text)
		}
		isSample = strings.HasPrefix(line, "# Not set by default")
	}
	u.config(lines...)
	l = u.load()
	want := config.Default()
	want.Keys = map[string][]string{"models": {"ctrl+o", "alt+m"}}
	if diff := cmp.Diff(want, l.Config); diff != "" || len(l.Warnings) > 0 {
		t.Errorf("uncommented: %s%s", diff, warnings(l))
	}
}

func TestExample_HasEverySettingWithAValueThatHolds(t *testing.T) {
	var lines []string
	for line := range strings.Lines(config.Example()) {
		if text, ok := strings.CutPrefix(strings.TrimSpace(line), "# "); ok && isAssignment(text) {
			lines = append(lines, text)
		}
		if len([]rune(line)) > 101 {
			t.Errorf("a line of %d columns: %s", len([]rune(line)), line)
		}
	}
	u := newUser(t)
	u.config(lines...)
	l := u.load()
	if got := warnings(l); got != "" {
		t.Error(got)
	}
	for _, s := range config.Settings() {
		if from := l.Sources[s.Name]; from.Kind != config.FromFile && s.Kind != "secret" {
			t.Errorf("%s comes from %v", s.Name, from)
		}
	}
	if l.IdleTimeout != 45*time.Second {
		t.Errorf("idle_timeout %v", l.IdleTimeout)
	}
}

// isAssignment tells a line of TOML from prose.
func isAssignment(text string) bool {
	name, _, ok := strings.Cut(text, " = ")
	return text == "[keys]" || ok && !strings.Contains(name, " ")
}

func TestShow_ListsEverySettingMaskedWithItsSource(t *testing.T) {
	u := newUser(t)
	u.export("GROQ_API_KEY=gsk_canarycanary1234")
	u.config("temperature = 0.25", "[keys]", `new = ["f9", "alt+n"]`)
	l := u.load()
	rows := map[string]config.Shown{}
	for _, row := range l.Show() {
		rows[row.Name] = row
	}
	for _, s := range config.Settings() {
		if _, ok := rows[s.Name]; !ok {
			t.Errorf("%s is not shown", s.Name)
		}
	}
	for name, want := range map[string]string{
		"api_key":     "gsk_…1234 environment GROQ_API_KEY",
		"temperature": "0.25 file " + l.Paths.Config + ":1",
		"keys.new":    "f9, alt+n file " + l.Paths.Config + ":3",
		"model":       "openai/gpt-oss-120b default",
	} {
		if got := rows[name].Value + " " + rows[name].Source.String(); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
