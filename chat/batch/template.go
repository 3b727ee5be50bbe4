package batch

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"groqchat/chat"
)

// promptField is the field that holds the question where nothing else is said.
const promptField = "prompt"

// filled is the template with the fields of one item in it. {{ and }} stand for
// braces; a brace that names nothing that could be a field stays as it is, as in
// a piece of JSON.
func (in Input) filled(fields map[string]string) (string, error) {
	text := in.Template
	if text == "" {
		text = "{" + promptField + "}"
	}
	var b strings.Builder
	for text != "" {
		i := strings.IndexAny(text, "{}")
		if i < 0 {
			break
		}
		b.WriteString(text[:i])
		text = text[i:]
		if twice := text[:1] + text[:1]; strings.HasPrefix(text, twice) {
			b.WriteByte(text[0])
			text = text[2:]
			continue
		}
		name, rest, ok := placeholder(text)
		if !ok {
			b.WriteByte(text[0])
			text = text[1:]
			continue
		}
		value, known := fields[name]
		if !known {
			return "", noField(name, fields)
		}
		b.WriteString(value)
		text = rest
	}
	prompt := b.String() + text
	if strings.TrimSpace(prompt) == "" {
		return "", errors.New("the question is empty")
	}
	return prompt, nil
}

// placeholder takes a name in braces off the beginning of text.
func placeholder(text string) (name, rest string, ok bool) {
	name, rest, ok = strings.Cut(text[1:], "}")
	ok = ok && text[0] == '{' && name != "" && name == strings.TrimSpace(name) && !strings.ContainsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" _-.#/()?%$", r)
	})
	return name, rest, ok
}

// noField names the fields that there are.
func noField(name string, fields map[string]string) error {
	names := slices.Sorted(maps.Keys(fields))
	if near := chat.Nearest(name, names); near != "" {
		return fmt.Errorf("there is no {%s}; did you mean {%s}?", name, near)
	}
	if name == promptField {
		return fmt.Errorf("there is no %q; say with --template which of these make a question: {%s}", name, strings.Join(names, "} {"))
	}
	return fmt.Errorf("there is no {%s}; there are {%s}, and {{ is a brace", name, strings.Join(names, "} {"))
}
