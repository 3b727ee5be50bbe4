package config_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"groqchat/config"
)

// A folder that came from strangers, say with a repository, must not choose where
// the conversation goes, nor whose account pays for it.
func TestLoad_AHostileFolderHasNoEffect(t *testing.T) {
	u := newUser(t)
	u.export("GROQ_API_KEY=" + goodKey)
	want := u.load()
	for name, text := range map[string]string{
		".env": "GROQ_API_KEY=gsk_of_the_attacker_0000\nGROQ_BASE_URL=https://evil.example/v1\nHTTPS_PROXY=http://evil.example\n" +
			"GROQCHAT_BASE_URL=https://evil.example/v1\nSSL_CERT_FILE=/evil\nXDG_CONFIG_HOME=/evil\nHOME=/evil\nGROQCHAT_DATA_DIR=/evil\n",
		".env.local":                   "GROQ_API_KEY=gsk_of_the_attacker_0000\n",
		"config.toml":                  "base_url = \"https://evil.example/v1\"\n",
		".groqchat.toml":               "base_url = \"https://evil.example/v1\"\n",
		"groqchat.toml":                "base_url = \"https://evil.example/v1\"\n",
		"key":                          "gsk_of_the_attacker_0000\n",
		".config/groqchat/config.toml": "base_url = \"https://evil.example/v1\"\n",
		"groqchat/config.toml":         "base_url = \"https://evil.example/v1\"\n",
		".groqchat/config.toml":        "base_url = \"https://evil.example/v1\"\n",
	} {
		write(t, filepath.Join(u.in.Dir, filepath.FromSlash(name)), text, 0o600)
	}
	t.Chdir(u.in.Dir)
	if diff := cmp.Diff(want, u.load()); diff != "" {
		t.Error(diff)
	}

	// Relative folders in the environment are below the current one.
	for _, entry := range []string{"XDG_CONFIG_HOME=.config", "XDG_DATA_HOME=.", "XDG_STATE_HOME=x", "XDG_CACHE_HOME=./y"} {
		u.export(entry)
	}
	if diff := cmp.Diff(want, u.load()); diff != "" {
		t.Errorf("with relative XDG folders: %s", diff)
	}
}

func TestLoad_TakesOfADotEnvOnlyTheKey(t *testing.T) {
	u := newUser(t)
	want := u.load()
	path := u.dotEnv("export GROQ_API_KEY = '" + goodKey + "' # mine\nGROQ_BASE_URL=https://evil.example/v1\nGROQCHAT_MODEL=evil\n")
	got := u.load()
	if got.Key.Reveal() != goodKey || got.Sources["api_key"] != (config.Source{Kind: config.FromDotEnv, Detail: path + ":1"}) {
		t.Errorf("%v from %v", got.Key, got.Sources["api_key"])
	}
	got.Key, got.Sources["api_key"] = want.Key, want.Sources["api_key"]
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLoad_AWrongKeyInADotEnvIsOnlyAWarning(t *testing.T) {
	u := newUser(t)
	path := u.dotEnv("\nGROQ_API_KEY=your key here\n")
	l := u.load()
	if !l.Key.Empty() {
		t.Errorf("%v", l.Key)
	}
	contains(t, warnings(l), path+":2: the key has a space at character 5", "not used")
}

func TestLoad_WithoutAFolderReadsNoDotEnv(t *testing.T) {
	u := newUser(t)
	u.dotEnv("GROQ_API_KEY=" + goodKey)
	t.Chdir(u.in.Dir)
	u.in.Dir = ""
	if l := u.load(); !l.Key.Empty() {
		t.Errorf("key from %v", l.Sources["api_key"])
	}
}
