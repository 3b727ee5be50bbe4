package ui

import "strings"

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
