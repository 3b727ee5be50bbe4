package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func themeWords() ThemeWords {
	return ThemeWords{Tokens: []string{"ground", "text", "accent"}, Bases: []string{"dark", "light"}}
}

func TestThemes_ReadsTheUsersFiles(t *testing.T) {
	dir := personaFolder(t, map[string]string{
		"mine.toml":    "help = \"of my own\"\nbase = \"light\"\nground = \"#FFF\"\ntext = \" #0a0B0c \"\naccent = 5\n",
		"bare.toml":    "accent = \"12\"",
		".hidden.toml": "nonsense",
		"notes.txt":    "nonsense",
	})
	all, odd := Themes(dir, themeWords())
	if len(odd) > 0 || len(all) != 2 {
		t.Fatalf("%+v, warnings %v", all, odd)
	}
	if b := all[0]; b.Name != "bare" || b.Base != "" || len(b.Colors) != 1 || b.Colors["accent"] != "12" {
		t.Errorf("%+v", b)
	}
	if m := all[1]; m.Name != "mine" || m.Help != "of my own" || m.Base != "light" || m.Colors["ground"] != "#ffffff" || m.Colors["text"] != "#0a0b0c" || m.Colors["accent"] != "5" {
		t.Errorf("%+v", m)
	}
	for _, none := range []string{"", filepath.Join(dir, "none")} {
		if all, odd := Themes(none, themeWords()); all != nil || odd != nil {
			t.Errorf("%q: %v, %v", none, all, odd)
		}
	}
}

func TestThemes_SayWhereTheyAreWrongAndKeepTheRest(t *testing.T) {
	for _, tc := range []struct {
		name, text, want string
		kept             bool
	}{
		{"a.toml", "text = \"#010203\"\nacent = \"#000000\"", `a.toml:2: "acent" is not a colour of themes; did you mean accent?`, true},
		{"a.toml", "text = \"#010203\"\n\naccent = \"green\"", `a.toml:3: accent: "green" is not a colour: write it as "#rrggbb"`, true},
		{"a.toml", "text = \"#010203\"\naccent = 256", `a.toml:2: accent: 256 is not a colour`, true},
		{"a.toml", "text = \"#010203\"\naccent = -1", `a.toml:2: accent: -1 is not a colour`, true},
		{"a.toml", "text = \"#010203\"\naccent = \"#12345g\"", `a.toml:2: accent: "#12345g" is not a colour`, true},
		{"a.toml", "text = \"#010203\"\naccent = true", `a.toml:2: accent: true is not a colour`, true},
		{"a.toml", "text = \"#010203\"\nbase = \"drak\"", `a.toml:2: base: there is no built-in theme "drak"; did you mean dark?`, true},
		{"a.toml", "text = \"#010203\"\nbase = 1", `a.toml:2: base: it must be a text in quotes`, true},
		{"a.toml", "text = \"#010203\"\n[colours]\nx = 1", `a.toml:2: "colours" is not a colour of themes`, true},
		{"a.toml", "text = \"#010203\"\nhelp = \"", `a.toml:2: column`, false},
		{"auto.toml", "", `auto.toml: "auto" cannot be the name of a theme`, false},
		{"a b.toml", "", `a b.toml: "a b" cannot be the name of a theme`, false},
	} {
		all, odd := Themes(personaFolder(t, map[string]string{tc.name: tc.text}), themeWords())
		if len(odd) != 1 || !strings.Contains(odd[0].String(), tc.want) {
			t.Errorf("%q: %v, want %s", tc.text, odd, tc.want)
		}
		if kept := len(all) == 1 && all[0].Colors["text"] == "#010203"; kept != tc.kept {
			t.Errorf("%q: %+v", tc.text, all)
		}
	}
}

func TestThemeStamp_ChangesWithAFile(t *testing.T) {
	dir := personaFolder(t, map[string]string{"a.toml": "x", "b.txt": "x"})
	before := ThemeStamp(dir)
	if err := os.Chtimes(filepath.Join(dir, "b.txt"), time.Now(), time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	if ThemeStamp(dir) != before {
		t.Error("a file that is no theme changed it")
	}
	if err := os.Chtimes(filepath.Join(dir, "a.toml"), time.Now(), time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	if ThemeStamp(dir) == before || ThemeStamp(t.TempDir()) == before {
		t.Error("the change was not seen")
	}
}
