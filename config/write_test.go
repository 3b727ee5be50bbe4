package config_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"groqchat/config"
)

func TestWrite_ChangesOneValueAndNothingElse(t *testing.T) {
	for _, c := range []struct{ name, before, after string }{
		{"an empty file", "", "model = 'acme/new'\n"},
		{"a value with a comment", "# mine\nmodel = \"old\" # fast\nwidth = 80\n", "# mine\nmodel = 'acme/new' # fast\nwidth = 80\n"},
		{"no value yet", "width = 80", "width = 80\nmodel = 'acme/new'\n"},
		{"a table", "width = 80\n\n# keys\n[keys]\nsend = \"enter\"\nmodel = \"no\"\n", "width = 80\n\n# keys\nmodel = 'acme/new'\n[keys]\nsend = \"enter\"\nmodel = \"no\"\n"},
		{"a longer text", "model = '''\nold'''\nwidth = 80\n", "model = 'acme/new'\nwidth = 80\n"},
		{"Windows line ends", "model = 'old'\r\nwidth = 80\r\n", "model = 'acme/new'\r\nwidth = 80\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			paths := config.Paths{Config: filepath.Join(t.TempDir(), "groqchat", "config.toml")}
			if c.before != "" {
				writeFile(t, paths.Config, c.before)
			}
			if err := config.Write(paths, "model", "acme/new"); err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(paths.Config)
			if err != nil || string(got) != c.after {
				t.Errorf("%v, got\n%s", err, got)
			}
			loaded, err := config.Load(config.Input{File: paths.Config})
			if err != nil || loaded.Model != "acme/new" {
				t.Errorf("loads %q, %v", loaded.Model, err)
			}
		})
	}
}

func TestWrite_LeavesAloneWhatItCannotChange(t *testing.T) {
	paths := config.Paths{Config: filepath.Join(t.TempDir(), "config.toml")}
	const broken = "model = \"old\nwidth = \n"
	writeFile(t, paths.Config, broken)
	for _, c := range []struct{ name, value, says string }{
		{"model", "new", "line 1"}, {"model", "a b", "not the id of a model"}, {"width", "8", "not a whole number from 20"}, {"width", "80", "line 1"}, {"width", "", "line 1"}, {"api_key", "gsk_x", "no setting"}, {"nonsense", "x", "no setting"},
	} {
		if err := config.Write(paths, c.name, c.value); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s = %s: %v", c.name, c.value, err)
		}
	}
	if got, _ := os.ReadFile(paths.Config); string(got) != broken {
		t.Errorf("the file is now %q", got)
	}
	if err := config.Write(config.Paths{}, "model", "new"); err == nil {
		t.Error("wrote without a place")
	}
}

func TestWrite_TakesEverySettingAndGivesTheFileBack(t *testing.T) {
	const before, after = "# first\nmotion2 = 1 # odd\n", "# between\n\n[keys]\nsend = \"enter\" # mine\n"
	for _, s := range config.Settings() {
		if s.Kind == "secret" {
			continue
		}
		tc := samples()[s.Name]
		old := tc.goodTOML
		if old == "" {
			old = quoted(tc.good)
		}
		if s.Kind == "list" {
			old = "[\n  \"x\", # one\n  \"y\"\n]"
		}
		paths := config.Paths{Config: filepath.Join(t.TempDir(), "config.toml")}
		want := func(when, text string) {
			t.Helper()
			if got, err := os.ReadFile(paths.Config); err != nil || string(got) != text {
				t.Errorf("%s, %s: %v\n%s\nwant\n%s", s.Name, when, err, got, text)
			}
		}
		for _, line := range []string{s.Name + " = " + old + " # kept\n", ""} {
			writeFile(t, paths.Config, before+line+after)
			if err := config.Write(paths, s.Name, tc.good); err != nil {
				t.Errorf("%s: %v", s.Name, err)
			}
			loaded, err := config.Load(config.Input{File: paths.Config})
			if got := s.Get(loaded.Config); err != nil || got != tc.good && got != tc.shown {
				t.Errorf("%s: written %q, loads %q, %v", s.Name, tc.good, got, err)
			}
			if text, _ := os.ReadFile(paths.Config); line != "" && !strings.Contains(string(text), " # kept\n"+after) {
				t.Errorf("%s: more than the value was changed:\n%s", s.Name, text)
			}
			if err := config.Write(paths, s.Name, ""); err != nil {
				t.Errorf("%s: %v", s.Name, err)
			}
			want("taken out", before+after)
		}
	}
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestWrite_NobodyTakesBackWhatAnotherWrote: two that write different settings at
// the same time find what they wrote, at every step.
func TestWrite_NobodyTakesBackWhatAnotherWrote(t *testing.T) {
	dir := t.TempDir()
	paths := config.Paths{Config: filepath.Join(dir, "config.toml"), State: filepath.Join(dir, "state")}
	var writers sync.WaitGroup
	for _, name := range []string{"width", "trash_days"} {
		writers.Go(func() {
			for i := range 500 {
				value := strconv.Itoa(20 + i%100)
				if err := config.Write(paths, name, value); err != nil {
					t.Error(err)
					return
				}
				text, err := os.ReadFile(paths.Config)
				if err != nil || !strings.Contains(string(text), name+" = "+value+"\n") {
					t.Errorf("%s = %s is gone: %q, %v", name, value, text, err)
					return
				}
			}
		})
	}
	writers.Wait()
}
