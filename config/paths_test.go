package config

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFoldersOf_FollowsTheSystem(t *testing.T) {
	home := filepath.FromSlash("/home/ann")
	below := func(parts ...string) string { return filepath.Join(append([]string{home}, parts...)...) }
	xdg := environ{"XDG_CONFIG_HOME": below("c"), "XDG_DATA_HOME": below("d"), "XDG_STATE_HOME": below("s"), "XDG_CACHE_HOME": below("x")}
	wantXDG := folders{below("c", app), below("d", app), below("s", app), below("x", app)}
	for _, tc := range []struct {
		goos string
		env  environ
		want folders
	}{
		{"linux", nil, folders{below(".config", app), below(".local", "share", app), below(".local", "state", app), below(".cache", app)}},
		{"freebsd", xdg, wantXDG},
		{"darwin", nil, folders{
			below(".config", app), below("Library", "Application Support", app),
			below("Library", "Application Support", app, "state"), below("Library", "Caches", app),
		}},
		{"darwin", xdg, wantXDG},
		{"windows", environ{"APPDATA": below("roam"), "LOCALAPPDATA": below("local")}, folders{
			below("roam", app), below("local", app), below("local", app, "state"), below("local", app, "cache"),
		}},
		{"windows", xdg, wantXDG},
		{"linux", environ{"XDG_CONFIG_HOME": "relative"}, foldersOf("linux", nil, home)},
	} {
		if diff := cmp.Diff(tc.want, foldersOf(tc.goos, tc.env, home), cmp.AllowUnexported(folders{})); diff != "" {
			t.Errorf("%s %v: %s", tc.goos, tc.env, diff)
		}
	}
}

func TestPaths_DataDirPutsSessionsTrashAndStateTogether(t *testing.T) {
	f := foldersOf("linux", nil, filepath.FromSlash("/home/ann"))
	dir := filepath.FromSlash("/srv/chats")
	usual, moved := f.paths("", ""), f.paths("", dir)
	want := usual
	want.Data, want.Sessions, want.Trash, want.State = dir, filepath.Join(dir, "sessions"), filepath.Join(dir, "trash"), filepath.Join(dir, "state")
	if diff := cmp.Diff(want, moved); diff != "" {
		t.Error(diff)
	}
	if usual.Sessions != filepath.Join(f.data, "sessions") || usual.KeyFile != filepath.Join(f.config, "key") {
		t.Errorf("%+v", usual)
	}
}

func TestFolders_AreCompleteWithoutAHomeIfAllIsNamed(t *testing.T) {
	if f := foldersOf("linux", nil, ""); f != (folders{}) || f.complete("") {
		t.Errorf("folders out of nothing: %+v", f)
	}
	some := environ{"XDG_CONFIG_HOME": filepath.FromSlash("/c"), "XDG_CACHE_HOME": filepath.FromSlash("/x")}
	if f := foldersOf("linux", some, ""); f.complete("") || !f.complete("/data") {
		t.Errorf("%+v", f)
	}
}

func TestNewEnviron_TakesTheLastOfANameAndFoldsOnWindows(t *testing.T) {
	entries := []string{"A=1", "a=2", "A=3=4", "=C:=x", "novalue"}
	if diff := cmp.Diff(environ{"A": "3=4", "a": "2"}, newEnviron(entries, "linux")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(environ{"A": "3=4"}, newEnviron(entries, "windows")); diff != "" {
		t.Error(diff)
	}
}

func TestHomeOf_TakesNoRelativeFolder(t *testing.T) {
	for _, env := range []environ{{"HOME": "."}, {"HOME": ""}, nil} {
		if home := homeOf("linux", env); home != "" && !filepath.IsAbs(home) {
			t.Errorf("%v: %q", env, home)
		}
	}
	if home := homeOf("linux", environ{"HOME": filepath.FromSlash("/home/ann")}); home != filepath.FromSlash("/home/ann") {
		t.Errorf("%q", home)
	}
}

func TestDotEnvKey_FindsTheKeyAmongAnything(t *testing.T) {
	for text, want := range map[string]string{
		"GROQ_API_KEY=gsk_a":                                      "gsk_a",
		"\ufeffGROQ_API_KEY=gsk_a\r\n":                            "gsk_a",
		"  export GROQ_API_KEY = gsk_a  # mine":                   "gsk_a",
		"GROQ_API_KEY=\"gsk_a\" # mine":                           "gsk_a",
		"GROQ_API_KEY='gsk_a'":                                    "gsk_a",
		"GROQ_API_KEY=gsk_a#b":                                    "gsk_a#b",
		"GROQ_API_KEY=#nothing":                                   "",
		"GROQ_API_KEY=":                                           "",
		"GROQ_API_KEY=\"half":                                     "\"half",
		"GROQ_API_KEY=\"a\"b":                                     "\"a\"b",
		"GROQ_API_KEY=${OTHER}":                                   "${OTHER}",
		"a ( b\nGROQ_API_KEY=gsk_1\nGROQ_API_KEY=gsk_2":           "gsk_2",
		"#GROQ_API_KEY=no\nMY_GROQ_API_KEY=no\nexport X":          "none",
		"GROQ_API_KEY_OLD=no\ngroq_api_key=no\nx GROQ_API_KEY=no": "none",
	} {
		value, line, ok := dotEnvKey(text)
		if !ok {
			value = "none"
		}
		if value != want || ok != (line > 0) {
			t.Errorf("%q: %q on line %d, want %q", text, value, line, want)
		}
	}
}

func TestTOMLFile_NamesComeInTheOrderOfTheFile(t *testing.T) {
	f, _, _, err := parseTOML([]byte("z = 1\n# x\na.b = 2\na.c = 3\n[m.n]\nq = 1\n[[k]]\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := f.names(); !slices.Equal(got, []string{"z", "a", "m", "k"}) {
		t.Errorf("%v", got)
	}
	for name, want := range map[[2]string]int{{"z"}: 1, {"a"}: 3, {"a", "b"}: 3, {"a", "c"}: 4, {"m"}: 5, {"m", "n"}: 5, {"k"}: 7} {
		if got := f.lines[name]; got != want {
			t.Errorf("%v on line %d, want %d", name, got, want)
		}
	}
}
