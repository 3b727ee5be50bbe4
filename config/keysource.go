package config

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// keyVariable is the key's variable, and the only name that is read in ./.env.
const keyVariable = "GROQ_API_KEY"

// key finishes the paths and fetches the key from the weaker sources, if one is
// needed and no stronger one has a key or a wrong one.
func (l *loader) key() {
	l.loaded.Paths = l.folders.paths(l.namedFile(), l.loaded.DataDir)
	if l.in.Keyless || !l.loaded.Key.Empty() || l.bad["api_key"] != nil {
		return
	}
	if !l.keyring() && !l.keyFile() {
		l.dotEnv()
	}
}

func (l *loader) namedFile() string {
	if l.in.File == "" {
		return ""
	}
	return l.loaded.Paths.Config
}

// keyFile takes the key that was kept where there is no keyring; it reports whether
// there is one, if only a wrong one.
func (l *loader) keyFile() bool {
	path := l.loaded.Paths.KeyFile
	text, mode, err := readFile(path)
	if err != nil || l.folders.config == "" {
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			l.warn(path, 0, fmt.Sprintf("cannot read the key in it: %v", plain(err)))
		}
		return false
	}
	if strings.TrimFunc(string(text), invisible) == "" {
		return false
	}
	l.readableByOthers(path, mode)
	l.take(string(text), Source{FromKeyFile, path})
	return true
}

// dotEnv takes the key from ./.env. What is wrong with it is only a warning: the
// file is somebody else's, as is everything in the current directory.
func (l *loader) dotEnv() {
	if l.in.Dir == "" {
		return
	}
	path := filepath.Join(l.in.Dir, ".env")
	text, mode, err := readFile(path)
	if err != nil {
		return
	}
	value, line, ok := dotEnvKey(string(text))
	if !ok || strings.TrimFunc(value, invisible) == "" {
		return
	}
	l.readableByOthers(path, mode)
	secret, err := CheckKey(value)
	if err != nil {
		l.warn(path, line, err.Error()+"; it is not used")
		return
	}
	l.loaded.Key = secret
	l.loaded.Sources["api_key"] = Source{FromDotEnv, fmt.Sprintf("%s:%d", path, line)}
}
