package config

import (
	"os/user"
	"path/filepath"
	"strings"
)

// Paths is where things live. All are absolute.
type Paths struct {
	Config   string // config.toml, or the file that was named instead
	Personas string
	Themes   string
	Data     string // the folder of sessions and what belongs to them
	Sessions string
	Trash    string
	State    string // prompt history, ledger, log
	Cache    string
	KeyFile  string
}

// app is the name of our folder in each of the system's.
const app = "groqchat"

// folders is our folders in the system's; "" where the system has none.
type folders struct{ config, data, state, cache string }

// foldersOf finds our folders. The XDG variables count on every system, if they
// are absolute; without them each system has its own custom. On macOS the
// configuration is in ~/.config all the same, where users of terminal programs
// look for it.
func foldersOf(goos string, env environ, home string) folders {
	at := func(variable string, custom ...string) string {
		if dir := env[variable]; filepath.IsAbs(dir) {
			return filepath.Join(dir, app)
		}
		if custom[0] == "" {
			return ""
		}
		return filepath.Join(custom...)
	}
	switch goos {
	case "windows":
		roaming, local := env["APPDATA"], env["LOCALAPPDATA"]
		return folders{
			at("XDG_CONFIG_HOME", roaming, app), at("XDG_DATA_HOME", local, app),
			at("XDG_STATE_HOME", local, app, "state"), at("XDG_CACHE_HOME", local, app, "cache"),
		}
	case "darwin":
		library := "Library"
		return folders{
			at("XDG_CONFIG_HOME", home, ".config", app), at("XDG_DATA_HOME", home, library, "Application Support", app),
			at("XDG_STATE_HOME", home, library, "Application Support", app, "state"), at("XDG_CACHE_HOME", home, library, "Caches", app),
		}
	}
	return folders{
		at("XDG_CONFIG_HOME", home, ".config", app), at("XDG_DATA_HOME", home, ".local", "share", app),
		at("XDG_STATE_HOME", home, ".local", "state", app), at("XDG_CACHE_HOME", home, ".cache", app),
	}
}

// paths is where things live, given our folders and what the user chose.
func (f folders) paths(configFile, dataDir string) Paths {
	p := Paths{
		Config: filepath.Join(f.config, "config.toml"), Personas: filepath.Join(f.config, "personas"),
		Themes: filepath.Join(f.config, "themes"), KeyFile: filepath.Join(f.config, "key"),
		Data: f.data, State: f.state, Cache: f.cache,
	}
	if configFile != "" {
		p.Config = configFile
	}
	if dataDir != "" {
		p.Data, p.State = dataDir, filepath.Join(dataDir, "state")
	}
	p.Sessions, p.Trash = filepath.Join(p.Data, "sessions"), filepath.Join(p.Data, "trash")
	return p
}

// complete reports whether there is a place for everything.
func (f folders) complete(dataDir string) bool {
	return f.config != "" && f.cache != "" && (dataDir != "" || f.data != "" && f.state != "")
}

// homeOf is the user's folder: what the environment says, else what the system
// knows of the account. A relative one would be a folder of strangers.
func homeOf(goos string, env environ) string {
	variable := "HOME"
	if goos == "windows" {
		variable = "USERPROFILE"
	}
	if home := env[variable]; filepath.IsAbs(home) {
		return home
	}
	account, err := user.Current()
	if err != nil || !filepath.IsAbs(account.HomeDir) {
		return ""
	}
	return account.HomeDir
}

// absolute is a path that a user wrote, whole: ~ is the home folder, and what is
// relative begins at base.
func absolute(path, base, home string) string {
	if rest, ok := strings.CutPrefix(path, "~"); ok && home != "" && (rest == "" || rest[0] == '/' || rest[0] == filepath.Separator) {
		return filepath.Join(home, rest)
	}
	if filepath.IsAbs(path) || base == "" {
		return filepath.Clean(path)
	}
	return filepath.Join(base, path)
}
