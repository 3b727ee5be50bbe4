package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// Whatever stands in config.toml, the program starts or says why not, with values
// that are valid.
func FuzzLoad_File(f *testing.F) {
	f.Add(Example())
	f.Add(strings.ReplaceAll(Example(), "# ", ""))
	f.Add("width = 50\n[keys]\nsend = ['x', 1]\nkeys.a.b = {c=1}\n")
	f.Add("base_url = \"http://u:p@h\"\napi_key = \"a b\"\n[[model]]\n")
	f.Add("a = [[[[{b = [")
	home := f.TempDir()
	path := filepath.Join(home, ".config", app, "config.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := Load(Input{Env: []string{"HOME=" + home, "USERPROFILE=" + home, "APPDATA=" + home, "LOCALAPPDATA=" + home}})
		var key *KeyError
		var value *ValueError
		if err != nil && !errors.As(err, &key) && !errors.As(err, &value) {
			t.Errorf("an error of no type: %v", err)
		}
		again := Default()
		for _, s := range Settings() {
			if _, ok := l.Sources[s.Name]; !ok {
				t.Errorf("%s has no source", s.Name)
			}
			if v := s.Get(l.Config); v != "" && s.Kind != "secret" {
				if err := s.Set(&again, v); err != nil || s.Get(again) != v {
					t.Errorf("%s: %q does not survive: %q, %v", s.Name, v, s.Get(again), err)
				}
			}
		}
		for _, w := range l.Warnings {
			if w.Text == "" || w.Line < 0 || w.Line > strings.Count(text, "\n")+1 {
				t.Errorf("warning %+v", w)
			}
		}
	})
}

// Of a .env only a key can come, and only as it stands there.
func FuzzLoad_DotEnv(f *testing.F) {
	f.Add("GROQ_API_KEY=gsk_abc\nGROQ_BASE_URL=https://evil.example\n")
	f.Add("export GROQ_API_KEY='gsk abc'#")
	f.Add("\ufeffGROQ_API_KEY=\"")
	f.Add("GROQ_API_KEY\x00=\xff")
	home, dir := f.TempDir(), f.TempDir()
	env := []string{"HOME=" + home, "USERPROFILE=" + home, "APPDATA=" + home, "LOCALAPPDATA=" + home}
	want, err := Load(Input{Env: env, Dir: dir})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(filepath.Join(dir, ".env"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := Load(Input{Env: env, Dir: dir})
		if err != nil {
			t.Fatalf("a .env stops the program: %v", err)
		}
		if key := l.Key.Reveal(); !strings.Contains(text, key) || strings.ContainsAny(key, " \r\n\"'") {
			t.Errorf("key %q", key)
		}
		l.Key, l.Sources["api_key"], l.Warnings = want.Key, want.Sources["api_key"], want.Warnings
		if diff := cmp.Diff(want, l); diff != "" {
			t.Error(diff)
		}
	})
}

// No error of an address shows what stands before an @ or after a question mark,
// and what is taken is final.
func FuzzCheckBaseURL(f *testing.F) {
	for _, seed := range []string{"https://api.groq.com", "u:p@h", "http://[::1%25eth0]:1/a%2fb", "https://h/?k=v#f", "https://h\\@e"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := CheckBaseURL(raw, true)
		if err == nil {
			if again, err := CheckBaseURL(got, true); err != nil || again != got {
				t.Errorf("%q gives %q, and that %q, %v", raw, got, again, err)
			}
		}
		if _, err := CheckBaseURL("https://u:canary@"+raw, true); err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%q: %v", raw, err)
		}
		if utf8.RuneCountInString(redact(raw)) > maxShown+3 {
			t.Error("a text too long to be read")
		}
	})
}
