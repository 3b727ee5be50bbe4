package markdown

import "strings"

// bracket is a comment or a text that may span lines.
type bracket struct{ open, close string }

// spanning lists what a language's lexer finds with one expression, beginning
// and end together, though it may span lines; such lines are lexed together.
func spanning(language string) []bracket {
	comment := bracket{"/*", "*/"}
	switch language {
	case "Go":
		return []bracket{comment, {"`", "`"}}
	case "C", "C++", "C#", "CSS", "Dart", "Groovy", "Java", "JavaScript", "Kotlin", "Objective-C", "PHP", "Protocol Buffer", "react",
		"Rust", "Sass", "Scala", "SCSS", "Solidity", "SQL", "Swift", "Terraform", "TypeScript", "MySQL", "PostgreSQL SQL dialect":
		return []bracket{comment}
	case "OCaml", "Pascal", "Delphi":
		return []bracket{{"(*", "*)"}}
	}
	return nil
}

// open returns what will end the comment or text that is open after a line, if
// until was to end what was open before it; "" if none is.
func (l *lexer) open(line, until string) string {
	for {
		if until != "" {
			_, rest, ok := strings.Cut(line, until)
			if !ok {
				return until
			}
			line, until = rest, ""
		}
		if line, until = l.seek(line); until == "" {
			return ""
		}
	}
}

// seek looks for the first bracket in a line, outside of texts and of comments
// to the end of the line. It returns what follows it and what will end it.
func (l *lexer) seek(line string) (rest, until string) {
	for i := 0; i < len(line); i++ {
		if strings.HasPrefix(line[i:], "//") {
			return "", ""
		}
		for _, b := range l.brackets {
			if strings.HasPrefix(line[i:], b.open) {
				return line[i+len(b.open):], b.close
			}
		}
		if c := line[i]; c == '"' || c == '\'' {
			i += quoted(line[i+1:], c)
		}
	}
	return "", ""
}

// quoted measures a text up to its end, 0 if it does not end in the line.
func quoted(s string, quote byte) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case quote:
			return i + 1
		}
	}
	return 0
}
