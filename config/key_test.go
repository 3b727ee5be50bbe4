package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"groqchat/chat"
	"groqchat/config"
)

const goodKey = "gsk_abcdefghijklmnop1234"

func TestCheckKey_TrimsWhatIsAroundIt(t *testing.T) {
	for _, raw := range []string{goodKey, " " + goodKey + "\r\n", "\ufeff" + goodKey, "\t" + goodKey + "\u00a0\u200b"} {
		key, err := config.CheckKey(raw)
		if err != nil || key.Reveal() != goodKey {
			t.Errorf("%q: %q, %v", raw, key.Reveal(), err)
		}
	}
}

func TestCheckKey_RefusesWhatCannotBeOneAndSaysWhere(t *testing.T) {
	for name, tc := range map[string]struct {
		raw, reason string
		position    int
	}{
		"empty":          {" \n", "empty", 0},
		"space":          {"gsk_canary canary", "a space", 11},
		"space, trimmed": {"\n gsk_canary canary", "a space", 13},
		"line break":     {"gsk_canary\ncanary", "a line break", 11},
		"return":         {"gsk_canary\r\ncanary", "a line break", 11},
		"tab":            {"gsk_canary\tcanary", "a tab", 11},
		"quoted":         {`"gsk_canarycanary"`, "a quotation mark", 1},
		"quoted singly":  {`'gsk_canarycanary'`, "a quotation mark", 1},
		"quoted at end":  {"gsk_canarycanary`", "a quotation mark", 17},
		"accent":         {"gsk_canéarycanary", "not plain ASCII", 8},
		"inner BOM":      {"gsk_can\ufeffary", "not plain ASCII", 8},
		"half a rune":    {"gsk_can\xffary", "not plain ASCII", 8},
		"escape":         {"gsk_canary\x1b[0m", "a control character", 11},
		"NUL":            {"gsk_canary\x00x", "a control character", 11},
		"delete":         {"gsk_canary\x7fx", "a control character", 11},
		"10 KB":          {strings.Repeat("canary", 1707), "10242 characters", 0},
	} {
		t.Run(name, func(t *testing.T) {
			key, err := config.CheckKey(tc.raw)
			var refused *config.KeyError
			if !errors.As(err, &refused) || !key.Empty() {
				t.Fatalf("%v, %v", key, err)
			}
			if refused.Position != tc.position {
				t.Errorf("position %d, want %d", refused.Position, tc.position)
			}
			contains(t, err.Error(), tc.reason)
			if strings.Contains(err.Error(), "canary") || strings.Contains(err.Error(), "gsk_") {
				t.Errorf("the key is shown: %v", err)
			}
			if chat.KindOf(err) != chat.BadKey {
				t.Errorf("kind %v", chat.KindOf(err))
			}
		})
	}
}

func TestKeyStore_KeepsAKeyThatLoadFinds(t *testing.T) {
	u := newUser(t)
	before := u.load()
	paths := before.Paths
	for _, key := range []string{goodKey, "gsk_another_one_5678"} {
		if _, err := before.KeyStore(nil).Save(" " + key + "\n"); err != nil {
			t.Fatal(err)
		}
		l := u.load()
		if l.Key.Reveal() != key || l.Sources["api_key"] != (config.Source{Kind: config.FromKeyFile, Detail: paths.KeyFile}) {
			t.Errorf("%v from %v", l.Key, l.Sources["api_key"])
		}
		if got := warnings(l); got != "" {
			t.Error(got)
		}
	}
	if runtime.GOOS == "windows" {
		return
	}
	for path, want := range map[string]os.FileMode{paths.KeyFile: 0o600, filepath.Dir(paths.KeyFile): 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
}

func TestKeyStore_WritesNothingWrong(t *testing.T) {
	u := newUser(t)
	l := u.load()
	if _, err := l.KeyStore(nil).Save("gsk_a b"); chat.KindOf(err) != chat.BadKey {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(filepath.Dir(l.Paths.KeyFile)); err == nil {
		t.Error("something was written")
	}
	if _, err := (config.Loaded{}).KeyStore(nil).Save(goodKey); !errors.Is(err, config.ErrNoHome) {
		t.Errorf("without a place: %v", err)
	}
}

func TestLoad_TakesTheKeyFromTheStrongestSource(t *testing.T) {
	u := newUser(t)
	if l := u.load(); !l.Key.Empty() || l.Sources["api_key"].Kind != config.FromDefault {
		t.Errorf("a key out of nothing: %v", l.Sources["api_key"])
	}
	steps := []struct {
		give func()
		from string
	}{
		{func() { u.dotEnv("A=1\nGROQ_API_KEY=gsk_key_of_step_number_0") }, config.FromDotEnv},
		{func() { u.file(".config/groqchat/key", "gsk_key_of_step_number_1\n") }, config.FromKeyFile},
		{func() { u.config(`api_key = "gsk_key_of_step_number_2"`) }, config.FromFile},
		{func() { u.export("GROQ_API_KEY=gsk_key_of_step_number_3") }, config.FromEnv},
	}
	for i, step := range steps {
		step.give()
		l := u.load()
		want := "gsk_key_of_step_number_" + string(rune('0'+i))
		if got := l.Key.Reveal(); got != want || l.Sources["api_key"].Kind != step.from {
			t.Errorf("got %s from %v, want %s from %s", got, l.Sources["api_key"], want, step.from)
		}
	}
}

func TestLoad_AWrongKeyIsNotReplacedByAWeakerSource(t *testing.T) {
	u := newUser(t)
	u.dotEnv("GROQ_API_KEY=" + goodKey)
	u.file(".config/groqchat/key", "gsk_two\ngsk_lines")
	err := u.refused()
	contains(t, err.Error(), "the key in "+filepath.Join(u.home, ".config", "groqchat", "key"), "a line break at character 8")
	u.export("GROQ_API_KEY=gsk_a b")
	l, err := config.Load(u.in)
	if err == nil || !l.Key.Empty() {
		t.Fatalf("%v, %v", l.Key, err)
	}
	contains(t, err.Error(), "the key in GROQ_API_KEY has a space at character 6")
}

func TestLoad_AnEmptyKeyFileIsNone(t *testing.T) {
	u := newUser(t)
	u.file(".config/groqchat/key", " \n")
	u.dotEnv("GROQ_API_KEY=" + goodKey)
	if got := u.load().Sources["api_key"].Kind; got != config.FromDotEnv {
		t.Errorf("key from %s", got)
	}
}

func TestLoad_SaysOfAKeyFileThatItCannotBeRead(t *testing.T) {
	u := newUser(t)
	if err := os.MkdirAll(filepath.Join(u.home, ".config", "groqchat", "key"), 0o700); err != nil {
		t.Fatal(err)
	}
	contains(t, warnings(u.load()), "cannot read the key in it")
}
