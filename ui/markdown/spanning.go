package markdown

import "strings"

// bracket is a comment or a text that may span lines.
type bracket struct{ open, close string }

// spanning lists what a language's lexer finds with one expression, beginning
// and end together, though it may span lines; such lines are lexed together.
// (YAML's block texts end by their indentation: they get another colour here.)
func spanning(language string) []bracket {
	comment := bracket{"/*", "*/"}
	switch language {
	case "Go":
		return []bracket{comment, {"`", "`"}}
	case "C", "C++", "C#", "CSS", "Dart", "Groovy", "Java", "JavaScript", "Kotlin", "MySQL", "Objective-C", "PHP", "Protocol Buffer",
		"react", "Sass", "Scala", "SCSS", "Solidity", "SQL", "Swift", "Terraform", "TypeScript", "PostgreSQL SQL dialect":
		return []bracket{comment}
	case "Rust":
		return []bracket{comment, {`r#"`, `"#`}}
	case "TOML":
		return []bracket{{`"""`, `"""`}, {"'''", "'''"}}
	case "Bash":
		return []bracket{{"<<", heredoc}}
	case "OCaml", "Pascal", "Delphi":
		return []bracket{{"(*", "*)"}}
	}
	return nil
}

// heredoc stands for an end that the beginning names.
const heredoc = "heredoc"

// open returns what will end the comment or text that is open after a line, if
// until was to end what was open before it; "" if none is.
func (c *cutter) open(line, until string) string {
	lang := c.lang
	if c.inner.holds(line) {
		lang = c.inner.lang
	}
	if lang == nil {
		return ""
	}
	for {
		if until != "" {
			_, rest, ok := strings.Cut(line, until)
			if !ok {
				return until
			}
			line = rest
		}
		if line, until = lang.seek(line); until == "" {
			return ""
		}
	}
}

// seek looks for the first bracket in a line, outside of texts and of comments
// to the end of the line. It returns what follows it and what will end it.
func (l *language) seek(line string) (rest, until string) {
	for i := 0; i < len(line); i++ {
		for _, b := range l.brackets {
			switch {
			case b.open == "/*" && strings.HasPrefix(line[i:], "//"):
				return "", ""
			case !strings.HasPrefix(line[i:], b.open):
			case b.close == heredoc:
				return named(line[i+len(b.open):])
			default:
				return line[i+len(b.open):], b.close
			}
		}
		if c := line[i]; c == '"' || c == '\'' {
			i += quoted(line[i+1:], c)
		}
	}
	return "", ""
}

// named reads the word that names the end of what begins; "" if there is none.
func named(s string) (rest, until string) {
	s = strings.TrimLeft(s, `-\"' `)
	n := 0
	for n < len(s) && (isLetter(s[n]) || s[n] == '_' || s[n] >= '0' && s[n] <= '9') {
		n++
	}
	if n == 0 || s[0] <= '9' { // a shift of bits, a here-string
		return s, ""
	}
	return s[n:], s[:n]
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
