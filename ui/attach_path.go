package ui

import (
	"net/url"
	"path/filepath"
	"strings"
)

// pathsMost is how many files one paste or command names at the most, and
// pathsLength how long a text is that can be one, in bytes.
const (
	pathsMost   = 20
	pathsLength = 16 << 10
)

// splitPaths takes a text apart into paths as a shell would: blanks part them,
// quotes and backslashes keep blanks. An address file:// is the path in it. After
// a drive letter a backslash is what it is on Windows.
func splitPaths(text string) []string {
	var paths []string
	var b strings.Builder
	begun, quote := false, rune(0)
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote, begun = r, true
		case r == '\\' && quote != '\'' && i+1 < len(runes) && !onDrive(b.String()):
			i++
			b.WriteRune(runes[i])
			begun = true
		case quote == 0 && strings.ContainsRune(" \t\r\n", r):
			if begun {
				paths = append(paths, pathOf(b.String()))
			}
			b.Reset()
			begun = false
		default:
			b.WriteRune(r)
			begun = true
		}
	}
	if begun {
		paths = append(paths, pathOf(b.String()))
	}
	return paths
}

// onDrive reports whether a path begins as those of Windows do.
func onDrive(s string) bool {
	return len(s) >= 2 && s[1] == ':' && (s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z') || strings.HasPrefix(s, `\`)
}

// pathOf is the path of an address file://, else s itself.
func pathOf(s string) string {
	rest, ok := strings.CutPrefix(s, "file://")
	if !ok {
		return s
	}
	rest = strings.TrimPrefix(rest, "localhost")
	if path, err := url.PathUnescape(rest); err == nil {
		rest = path
	}
	if len(rest) > 2 && rest[0] == '/' && onDrive(rest[1:]) {
		rest = rest[1:]
	}
	return rest
}

// droppedPaths is the ways to read a paste as paths of files that were dropped on
// the terminal, none if it is none: all of them are absolute, and there is nothing
// else in it.
func droppedPaths(text string) [][]string {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > pathsLength {
		return nil
	}
	var ways [][]string
	if parts := splitPaths(text); len(parts) <= pathsMost && allAbsolute(parts) {
		ways = append(ways, parts)
	}
	if whole := []string{pathOf(text)}; !strings.Contains(text, "\n") && allAbsolute(whole) {
		ways = append(ways, whole) // some terminals do not quote
	}
	return ways
}

func allAbsolute(paths []string) bool {
	for _, p := range paths {
		if !filepath.IsAbs(p) && !strings.HasPrefix(p, "/") && !strings.HasPrefix(p, "~/") && !onDrive(p) || strings.ContainsRune(p, 0) {
			return false
		}
	}
	return len(paths) > 0
}
