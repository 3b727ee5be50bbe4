package config

import "strings"

// dotEnvKey finds the key in the text of a .env, and the line that it is on. All
// other lines are passed over, whatever is wrong with them. Of several the last
// counts, as in a shell.
func dotEnvKey(text string) (value string, line int, ok bool) {
	n := 0
	for s := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		n++
		name, v, found := strings.Cut(strings.TrimSpace(s), "=")
		if rest, exported := strings.CutPrefix(name, "export "); exported {
			name = rest
		}
		if found && strings.TrimSpace(name) == keyVariable {
			value, line, ok = unquote(strings.TrimSpace(v)), n, true
		}
	}
	return value, line, ok
}

// unquote takes the quotes, or a comment after white space, off a value. What is
// quoted by half stays as it is, and is refused as a key.
func unquote(v string) string {
	if v == "" {
		return v
	}
	if quote := v[0]; quote == '"' || quote == '\'' {
		inner, rest, closed := strings.Cut(v[1:], string(quote))
		rest = strings.TrimSpace(rest)
		if closed && (rest == "" || rest[0] == '#') {
			return inner
		}
		return v
	}
	if v[0] == '#' {
		return ""
	}
	for _, comment := range []string{" #", "\t#"} {
		v, _, _ = strings.Cut(v, comment)
	}
	return strings.TrimSpace(v)
}
