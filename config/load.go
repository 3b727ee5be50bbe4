package config

import (
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
)

// Load merges all sources. It reads config.toml, and the keyring that it is given,
// the key file and ./.env if no stronger source has a key; it writes nothing and
// asks nobody else.
//
// An error is a [*ValueError] for a flag, a variable or an address that is wrong,
// a [*FileError] for a named file that cannot be read, a [*KeyError] for a key
// that cannot be one, or [ErrNoHome]. What could be loaded is returned with it,
// with defaults in place of what is wrong: good to show, not to send anything by.
func Load(in Input) (Loaded, error) {
	env := newEnviron(in.Env, runtime.GOOS)
	l := &loader{in: in, env: env, home: homeOf(runtime.GOOS, env), settings: Settings(), bad: map[string]error{}}
	l.folders = foldersOf(runtime.GOOS, env, l.home)
	l.loaded = Loaded{Config: Default(), Sources: map[string]Source{}}
	for _, s := range l.settings {
		l.loaded.Sources[s.Name] = Source{Kind: FromDefault}
	}
	l.file()
	l.environment()
	l.flags()
	l.address()
	l.key()
	if !l.folders.complete(l.loaded.DataDir) {
		l.fail(ErrNoHome)
	}
	return l.loaded, l.err()
}

// loader is one Load under way. The sources are applied weakest first, so that a
// stronger one also heals what is wrong in a weaker.
type loader struct {
	in       Input
	env      environ
	home     string
	folders  folders
	settings []Setting
	loaded   Loaded
	first    error            // the first error that belongs to no setting
	bad      map[string]error // by setting
}

// apply stores a value; base is the folder where a relative path of this source
// begins. The error is for the caller to judge.
func (l *loader) apply(s Setting, value string, from Source, base string) error {
	if s.Kind == "path" && value != "" {
		value = absolute(value, base, l.home)
	}
	if err := s.set(&l.loaded.Config, value); err != nil && s.Kind == "secret" {
		return from.refuse(err)
	} else if err != nil {
		return &ValueError{Setting: s.Name, Source: from, Err: err}
	}
	l.loaded.Sources[s.Name] = from
	delete(l.bad, s.Name)
	return nil
}

func (l *loader) flags() {
	for _, s := range l.settings {
		value, given := l.in.Flags[s.Name]
		if !given {
			continue
		}
		flag := s.Flag
		if flag == "" {
			flag = s.Name
		}
		if err := l.apply(s, value, Source{FromFlag, "--" + flag}, l.in.Dir); err != nil {
			l.bad[s.Name] = err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(l.in.Flags)) {
		if _, known := l.loaded.Sources[name]; !known {
			l.fail(&ValueError{Setting: name, Source: Source{FromFlag, "--" + name}, Err: errors.New("there is no such setting")})
		}
	}
}

// environment takes the variables. One that is empty counts as not set.
func (l *loader) environment() {
	for _, s := range l.settings {
		for _, name := range []string{variable(s.Name), s.Env} {
			value := l.env[name]
			if strings.TrimSpace(value) == "" {
				continue
			}
			if err := l.apply(s, value, Source{FromEnv, name}, l.in.Dir); err != nil {
				l.bad[s.Name] = err
			}
			break
		}
	}
	l.misspelt()
}

// misspelt warns of variables that look like one of ours. Others that begin alike
// may belong to somebody else.
func (l *loader) misspelt() {
	for _, name := range slices.Sorted(maps.Keys(l.env)) {
		word, ours := strings.CutPrefix(name, variablePrefix)
		if !ours {
			continue
		}
		if near := nearest(word, l.settings); near != "" && variable(near) != name {
			l.warn("", 0, fmt.Sprintf("%s is not a setting; did you mean %s?", name, variable(near)))
		}
	}
}

// address makes the address final, now that it is known whether plain http is
// allowed.
func (l *loader) address() {
	c := &l.loaded.Config
	url, err := CheckBaseURL(c.BaseURL, c.InsecureHTTP)
	if err != nil {
		l.bad["base_url"] = &ValueError{Setting: "base_url", Source: l.loaded.Sources["base_url"], Err: err}
		c.BaseURL = DefaultBaseURL
		l.loaded.Sources["base_url"] = Source{Kind: FromDefault}
		return
	}
	c.BaseURL = url
	if c.Unencrypted() {
		l.warn("", 0, fmt.Sprintf("insecure_http is on: key and conversation travel unencrypted to %s", url))
	}
}

func (l *loader) warn(file string, line int, text string) {
	l.loaded.Warnings = append(l.loaded.Warnings, Warning{File: file, Line: line, Text: text})
}

func (l *loader) fail(err error) {
	if l.first == nil {
		l.first = err
	}
}

// err is the error to tell: of a file before that of a value, of a value before
// that of the key, for a key may be right once the address is.
func (l *loader) err() error {
	if l.first != nil {
		return l.first
	}
	for _, s := range l.settings {
		if err := l.bad[s.Name]; err != nil && s.Kind != "secret" {
			return err
		}
	}
	return l.bad["api_key"]
}
