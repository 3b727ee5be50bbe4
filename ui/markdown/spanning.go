package markdown

import "strings"

// bracket is a comment or a text that may span lines. An end is looked for from
// where it begins on; one that begins with a newline counts only where a line
// begins. Without an end it is a comment to the end of the line, in which no other
// bracket counts.
type bracket struct{ open, close string }

// heredoc stands for an end that the beginning names.
const heredoc = "heredoc"

// spanning lists what a language's lexer finds with one expression, beginning
// and end together, though it may span lines; such lines are lexed together.
func spanning(language string) []bracket {
	line, comment := bracket{"//", ""}, bracket{"/*", "*/"}
	script := bracket{"#", ""}
	texts := []bracket{{`"""`, `"""`}, {"'''", "'''"}}
	switch language {
	case "Go":
		return []bracket{line, comment, {"`", "`"}}
	case "C#":
		return []bracket{line, comment, {`@"`, `"`}, {`@$"`, `"`}}
	case "C", "C++", "CSS", "Dart", "Java", "JavaScript", "Kotlin", "MySQL", "Objective-C", "Protocol Buffer",
		"react", "Sass", "SCSS", "Solidity", "SQL", "Swift", "TypeScript":
		return []bracket{line, comment}
	case "Scala", "Groovy":
		return append(texts, line, comment)
	case "Rust":
		return []bracket{line, comment, {`r"`, `"`}, {`r#"`, `"#`}, {`r##"`, `"##`}}
	case "PostgreSQL SQL dialect":
		return []bracket{{"--", ""}, comment, {"$$", "$$"}}
	case "PHP":
		return []bracket{line, script, comment, {"<<<", heredoc}}
	case "Terraform":
		return []bracket{line, script, comment, {"<<", heredoc}}
	case "Bash":
		return []bracket{script, {"<<", heredoc}}
	case "Perl":
		return []bracket{script, {"\n=pod", "\n=cut"}, {"\n=head", "\n=cut"}, {"<<", heredoc}}
	case "Ruby":
		return []bracket{script, {"\n=begin", "\n=end"}}
	case "TOML":
		return append(texts, script)
	case "GraphQL":
		return append(texts, script)
	case "PowerShell":
		return []bracket{script, {`@"`, "\n\"@"}, {"@'", "\n'@"}}
	case "Lua":
		return []bracket{{"--[[", "]]"}, {"--", ""}, {"[[", "]]"}}
	case "XML":
		return []bracket{{"<![CDATA[", "]]>"}}
	case "OCaml", "Pascal", "Delphi":
		return []bracket{{"(*", "*)"}}
	}
	return nil
}

// open returns what will end the comment or text that is open after a line, if
// until was to end what was open before it; "" if none is.
func (c *cutter) open(line, until string) string {
	lang := c.lang
	if c.inner.holds(line) {
		lang = c.inner.lang
	}
	if lang == nil || lang.stops == "" {
		return ""
	}
	rest := line
	for {
		if until != "" {
			var ok bool
			if rest, ok = after(rest, until); !ok {
				return until
			}
		}
		if rest, until = lang.seek(rest, len(rest) == len(line)); until == "" {
			return ""
		}
	}
}

// after returns what follows an end in a line, or in the rest of one.
func after(line, end string) (rest string, ok bool) {
	switch {
	case end[0] == '\n':
		return strings.CutPrefix(strings.TrimLeft(line, " \t"), end[1:])
	case end != `"`:
		_, rest, ok = strings.Cut(line, end)
		return rest, ok
	}
	for { // where a backslash is nothing special, a quote is doubled
		if _, rest, ok = strings.Cut(line, end); !ok || !strings.HasPrefix(rest, end) {
			return rest, ok
		}
		line = rest[1:]
	}
}

// seek looks for the first bracket in a line, or in the rest of one, outside of
// texts and of comments to the end of the line. It returns what follows it and
// what will end it.
func (l *language) seek(line string, begins bool) (rest, until string) {
	for i := 0; i < len(line); i++ {
		n := strings.IndexAny(line[i:], l.stops)
		if n < 0 {
			return "", ""
		}
		i += n
		if rest, until, ok := l.opens(line, i, begins); ok {
			return rest, until
		}
		if c := line[i]; c == '"' || c == '\'' {
			i += quoted(line[i+1:], c)
		}
	}
	return "", ""
}

// opens reports whether a bracket opens at a place of a line, or a comment to its
// end.
func (l *language) opens(line string, i int, begins bool) (rest, until string, ok bool) {
	for _, b := range l.brackets {
		open, first := strings.CutPrefix(b.open, "\n")
		switch {
		case !strings.HasPrefix(line[i:], open):
		case first && (!begins || i > 0):
		case open == "#" && i > 0 && line[i-1] != ' ':
		case b.close == "":
			return "", "", true
		case b.close != heredoc:
			return line[i+len(open):], b.close, true
		default:
			if rest, until = named(line[i+len(open):]); until != "" {
				return rest, until, true
			}
		}
	}
	return "", "", false
}

// stops is the bytes that seek has to look at, "" if there is nothing to seek.
func stops(brackets []bracket) string {
	if len(brackets) == 0 {
		return ""
	}
	bytes := `"'`
	for _, b := range brackets {
		bytes += strings.TrimPrefix(b.open, "\n")[:1]
	}
	return bytes
}

// named reads the word that names the end of what begins; "" if there is none.
func named(s string) (rest, until string) {
	s = strings.TrimLeft(s, `-~\"' `)
	n := 0
	for n < len(s) && (isLetter(s[n]) || s[n] == '_' || s[n] >= '0' && s[n] <= '9') {
		n++
	}
	if n == 0 || s[0] <= '9' { // a shift of bits, a here-string
		return s, ""
	}
	return s[n:], "\n" + s[:n]
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
