package ui

import (
	"strings"
	"unicode"
)

// fileUse is what a command does with a path.
type fileUse int

const (
	noFile   fileUse = iota
	readFile         // paths as a shell writes them, of files that there are
	makeFile         // one path as it stands, of a file that is to be made
)

// written is a path as a command takes it: a file that is read may be followed by
// others.
func (u fileUse) written(path string) string {
	switch {
	case u != readFile:
		return path
	case strings.HasSuffix(path, "/"):
		return quotePath(path)
	}
	return quotePath(path) + " "
}

// quotePath writes a path so that it is read as one word.
func quotePath(path string) string {
	return strings.NewReplacer(`\`, `\\`, " ", `\ `, "\t", "\\\t", `'`, `\'`, `"`, `\"`).Replace(path)
}

// unquotePath is what a word of quotePath names.
func unquotePath(word string) string {
	return strings.NewReplacer(`\\`, `\`, `\ `, " ", "\\\t", "\t", `\'`, `'`, `\"`, `"`).Replace(word)
}

// lastBlank is where the last blank stands that parts two words, -1 if none does.
func lastBlank(text string) int {
	for i := len(text); ; {
		i = strings.LastIndexFunc(text[:i], unicode.IsSpace)
		if i < 1 || text[i-1] != '\\' {
			return i
		}
	}
}

// lastPath is what stands behind the last blank that parts two paths.
func lastPath(text string) string {
	start, quote, escaped := 0, rune(0), false
	for i, r := range text {
		switch {
		case escaped:
			escaped = false
		case r == '\\' && quote != '\'':
			escaped = true
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '\'' || r == '"':
			quote = r
		case r == ' ':
			start = i + 1
		}
	}
	return text[start:]
}
