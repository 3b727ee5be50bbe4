package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
)

// file applies config.toml. Only one that was named must be there.
func (l *loader) file() {
	path := l.in.File
	if path != "" {
		path = absolute(path, l.in.Dir, l.home)
	}
	l.loaded.Paths = l.folders.paths(path, "")
	text, mode, err := readFile(l.loaded.Paths.Config)
	switch {
	case err != nil && path != "":
		l.fail(&FileError{File: path, Err: err})
	case errors.Is(err, fs.ErrNotExist) || l.folders.config == "":
	case err != nil:
		l.warn(l.loaded.Paths.Config, 0, fmt.Sprintf("cannot read it: %v; the defaults are used", plain(err)))
	default:
		// Settings are no secret, and editors make files that all can read; but a key
		// may stand there, and who can write it chooses where the key is sent.
		if bytes.Contains(text, []byte("api_key")) || mode&0o022 != 0 {
			l.readableByOthers(l.loaded.Paths.Config, mode)
		}
		l.content(l.loaded.Paths.Config, text)
	}
}

// content applies the text of config.toml. If it is not TOML nothing of it holds,
// for half of somebody's wishes may be the opposite of them.
func (l *loader) content(path string, text []byte) {
	f, line, column, err := parseTOML(text)
	if err != nil {
		l.warn(path, line, fmt.Sprintf("column %d: %v; the file is left as it is and the defaults are used", column, redact(err.Error())))
		return
	}
	for _, name := range f.names() {
		line := f.line(name, "")
		i := slices.IndexFunc(l.settings, func(s Setting) bool { return s.Name == name })
		switch {
		case name == "keys":
			l.keyTable(path, f)
		case i < 0:
			l.warn(path, line, l.unknown(name, f.values[name]))
		default:
			l.fromFile(l.settings[i], f.values[name], path, line)
		}
	}
}

// fromFile applies one line of the file. For the address and the key a default is
// no remedy: it would send a conversation to somebody else.
func (l *loader) fromFile(s Setting, v any, path string, line int) {
	from := Source{FromFile, fmt.Sprintf("%s:%d", path, line)}
	value, err := written(s.Kind, v)
	if err != nil {
		err = &ValueError{Setting: s.Name, Source: from, Err: err}
	} else {
		err = l.apply(s, value, from, filepath.Dir(path))
	}
	if err == nil {
		return
	}
	if s.Name == "base_url" || s.Kind == "secret" {
		l.bad[s.Name] = err
		return
	}
	held := "it stays unset"
	if s.Default != "" {
		held = fmt.Sprintf("the default %s is used", s.Default)
	}
	l.warn(path, line, fmt.Sprintf("%s: %s; %s", s.Name, redact(errors.Unwrap(err).Error()), held))
}

// keyTable takes [keys] as it stands.
func (l *loader) keyTable(path string, f tomlFile) {
	table, ok := f.values["keys"].(map[string]any)
	if !ok {
		l.warn(path, f.line("keys", ""), `keys: it must be a table, as in [keys] and below it send = "enter"`)
		return
	}
	l.loaded.Keys = map[string][]string{}
	for _, action := range slices.Sorted(maps.Keys(table)) {
		line := f.line("keys", action)
		keys, ok := keysOf(table[action])
		if !ok {
			l.warn(path, line, fmt.Sprintf(`keys: %q must be a key or a list of keys, as in ["ctrl+o", "alt+m"]`, redact(action)))
			continue
		}
		l.loaded.Keys[action] = keys
		l.loaded.Sources["keys."+action] = Source{FromFile, fmt.Sprintf("%s:%d", path, line)}
	}
}

func keysOf(v any) ([]string, bool) {
	switch v := v.(type) {
	case string:
		return []string{v}, true
	case []any:
		return texts(v)
	}
	return nil, false
}

// unknown says what to do about a name that is no setting.
func (l *loader) unknown(name string, v any) string {
	text := fmt.Sprintf("%q is not a setting", redact(name))
	if near := nearest(name, l.settings); near != "" {
		return fmt.Sprintf("%s; did you mean %s?", text, near)
	}
	if _, table := v.(map[string]any); table {
		return text + "; settings stand at the top of the file, outside tables"
	}
	return text + "; `groqchat config show` lists them"
}
