package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"groqchat/config"
)

// user is somebody with a home folder of their own and an empty environment.
type user struct {
	t    *testing.T
	home string
	in   config.Input
}

// newUser makes one who stands in a folder of their own.
func newUser(t *testing.T) *user {
	t.Helper()
	home, dir := t.TempDir(), t.TempDir()
	return &user{t: t, home: home, in: config.Input{Dir: dir, Env: []string{"HOME=" + home, "USERPROFILE=" + home}, Flags: map[string]string{}}}
}

// file puts a private file below the home folder, and gives its path.
func (u *user) file(name, text string) string {
	u.t.Helper()
	return write(u.t, filepath.Join(u.home, filepath.FromSlash(name)), text, 0o600)
}

// config puts a config.toml into its usual place.
func (u *user) config(lines ...string) string {
	u.t.Helper()
	return u.file(".config/groqchat/config.toml", strings.Join(lines, "\n")+"\n")
}

func (u *user) dotEnv(text string) string {
	u.t.Helper()
	return write(u.t, filepath.Join(u.in.Dir, ".env"), text, 0o600)
}

func (u *user) export(entry string) { u.in.Env = append(u.in.Env, entry) }

// load loads what must load.
func (u *user) load() config.Loaded {
	u.t.Helper()
	loaded, err := config.Load(u.in)
	if err != nil {
		u.t.Fatal(err)
	}
	return loaded
}

// refused loads what must not, and gives the error.
func (u *user) refused() error {
	u.t.Helper()
	_, err := config.Load(u.in)
	if err == nil {
		u.t.Fatal("no error")
	}
	return err
}

func write(t *testing.T, path, text string, mode os.FileMode) string {
	t.Helper()
	err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), mode), os.Chmod(path, mode))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// warnings is all warnings, one a line.
func warnings(l config.Loaded) string {
	var b strings.Builder
	for _, w := range l.Warnings {
		b.WriteString(w.String() + "\n")
	}
	return b.String()
}

// value is a setting as it is shown.
func value(t *testing.T, l config.Loaded, name string) string {
	t.Helper()
	s, ok := config.FindSetting(name)
	if !ok {
		t.Fatalf("no setting %q", name)
	}
	return s.Get(l.Config)
}

// contains reports each text that another lacks.
func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing in:\n%s", part, text)
		}
	}
}
