package config

import (
	"errors"
	"fmt"
	"regexp"

	"groqchat/chat"
)

// ErrNoHome is that there is no place for files: no home folder is known.
var ErrNoHome = errors.New("there is no home folder to keep files in; set HOME, or all of XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME and XDG_CACHE_HOME")

// ValueError is a setting that somebody gave a value it cannot have: wrong usage.
type ValueError struct {
	Setting string
	Source  Source
	Err     error // what is wrong, and what would be right
}

func (e *ValueError) Error() string {
	where := e.Source.Detail
	if e.Source.Kind == FromFile {
		where += ": " + e.Setting
	}
	return where + ": " + redact(e.Err.Error())
}

// Unwrap gives what is wrong with the value.
func (e *ValueError) Unwrap() error { return e.Err }

// FileError is a configuration file that was named but cannot be read. It wraps
// the system's error.
type FileError struct {
	File string
	Err  error
}

func (e *FileError) Error() string {
	return fmt.Sprintf("cannot read the configuration file %s: %v", e.File, plain(e.Err))
}

// Unwrap gives the system's error.
func (e *FileError) Unwrap() error { return e.Err }

// KeyError is a key that cannot be one. It never holds the key.
type KeyError struct {
	Source   Source // the zero value where [CheckKey] was asked directly
	Position int    // of the offending character, counted from 1 in what was given; 0 for the whole
	Reason   string // what is wrong, as the end of "the key …"
}

func (e *KeyError) Error() string {
	text := "the key"
	if e.Source.Detail != "" {
		text += " in " + e.Source.Detail
	}
	text += " " + e.Reason
	if e.Position > 0 {
		text += fmt.Sprintf(" at character %d", e.Position)
	}
	return text + "; copy it again from https://console.groq.com/keys"
}

// Unwrap makes it an error of the domain, of the kind [chat.BadKey].
func (e *KeyError) Unwrap() error {
	return &chat.Error{Kind: chat.BadKey, Message: e.Error()}
}

// maxShown is the most runes of an error about a value: the value is in it.
const maxShown = 300

// redact takes out of a text about a value what looks like a key, for people do
// paste a key into the wrong place, and cuts what is too long to be read.
func redact(text string) string {
	text = regexp.MustCompile(`gsk_[A-Za-z0-9]{4,}`).ReplaceAllStringFunc(text, func(key string) string {
		return NewSecret(key).String()
	})
	if runes := []rune(text); len(runes) > maxShown {
		text = string(runes[:maxShown/2]) + " … " + string(runes[len(runes)-maxShown/2:])
	}
	return text
}

// plain is an error of the system without the path, which stands beside it anyway.
func plain(err error) error {
	for cause := err; cause != nil; cause = errors.Unwrap(cause) {
		err = cause
	}
	return err
}
