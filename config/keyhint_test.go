package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"groqchat/config"
)

func TestCheckKey_OfGroqBeginsWithItsMark(t *testing.T) {
	groq, local := config.Config{BaseURL: config.DefaultBaseURL}, config.Config{BaseURL: "http://127.0.0.1:8080/v1"}
	if _, err := groq.CheckKey("password"); err == nil || !strings.Contains(err.Error(), "does not begin with gsk_") || strings.Contains(err.Error(), "password") {
		t.Errorf("Groq's: %v", err)
	}
	for _, tc := range []struct {
		c   config.Config
		key string
	}{{groq, goodKey}, {local, "password"}} {
		if key, err := tc.c.CheckKey(" " + tc.key + "\n"); err != nil || key.Reveal() != tc.key {
			t.Errorf("%s: %v", tc.c.BaseURL, err)
		}
	}
}

func TestKeyHint_NamesWhereTheKeyComesFrom(t *testing.T) {
	const page = "https://console.groq.com/keys"
	for kind, want := range map[string]string{
		config.FromEnv: "the variable GROQ_API_KEY, which stands over a saved key", config.FromFile: "It stands in c.toml:3",
		config.FromKeyFile: "It was saved in ", config.FromDotEnv: "It stands in c.toml:3", config.FromDefault: "Check the key",
	} {
		detail := "c.toml:3"
		if kind == config.FromEnv {
			detail = "GROQ_API_KEY"
		}
		l := config.Loaded{Config: config.Default(), Sources: map[string]config.Source{"api_key": {Kind: kind, Detail: detail}}}
		if got := l.KeyHint(); !strings.Contains(got, want) || !strings.Contains(got, page) {
			t.Errorf("%s: %s", kind, got)
		}
		l.BaseURL = "https://elsewhere.example/v1"
		if got := l.KeyHint(); strings.Contains(got, page) {
			t.Errorf("%s, not Groq: %s", kind, got)
		}
	}
}

// Where no key is needed, the files that could hold one are not looked at.
func TestLoad_KeylessReadsNoKey(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ".env"), []byte("GROQ_API_KEY="+goodKey), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, keyless := range []bool{true, false} {
		got, err := config.Load(config.Input{Dir: dir, Env: []string{"HOME=" + t.TempDir()}, Keyless: keyless})
		if err != nil || got.Key.Empty() != keyless || len(got.Warnings) > 0 == keyless {
			t.Errorf("keyless %v: key %v, warnings %v, error %v", keyless, got.Key, got.Warnings, err)
		}
	}
}
