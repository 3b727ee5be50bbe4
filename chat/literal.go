package chat

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
)

// dialect is how a language writes the values of JSON.
type dialect struct {
	escape           func(rune) string // of what cannot stand as it is in a string
	yes, no, nothing string
	bare             bool // names that are identifiers need no quotes
}

func jsonDialect() dialect {
	return dialect{escape: escapeUnits, yes: "true", no: "false", nothing: "null"}
}

func jsDialect() dialect {
	d := dialect{yes: "true", no: "false", nothing: "null", bare: true}
	d.escape = func(r rune) string { return fmt.Sprintf(`\u{%x}`, r) }
	return d
}

func pythonDialect() dialect {
	d := dialect{yes: "True", no: "False", nothing: "None"}
	d.escape = func(r rune) string {
		if r > 0xffff {
			return fmt.Sprintf(`\U%08x`, r)
		}
		return fmt.Sprintf(`\u%04x`, r)
	}
	return d
}

// escapeUnits writes a character as JSON does: in units of UTF-16. A backtick too,
// so that the text can stand in Go's raw strings.
func escapeUnits(r rune) string {
	if r > 0xffff {
		high, low := utf16.EncodeRune(r)
		return fmt.Sprintf(`\u%04x\u%04x`, high, low)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// text writes a string. What nobody can see is escaped: it could turn what follows
// around, and some compilers refuse it.
func (d dialect) text(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '`' || !unicode.IsPrint(r):
			b.WriteString(d.escape(r))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func (d dialect) name(s string) string {
	plain := func(r rune) bool { return r == '_' || r >= 'a' && r <= 'z' }
	if d.bare && s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !plain(r) }) {
		return s
	}
	return d.text(s)
}

// member is a name and a value of an object of JSON, in its order.
type member struct {
	name  string
	value any // string, json.Number, bool, nil, []any or []member
}

// write writes a value over several lines, after an indent.
func (d dialect) write(b *strings.Builder, v any, indent string) {
	switch v := v.(type) {
	case string:
		b.WriteString(d.text(v))
	case json.Number:
		b.WriteString(v.String())
	case bool:
		b.WriteString(map[bool]string{true: d.yes, false: d.no}[v])
	case nil:
		b.WriteString(d.nothing)
	case []any:
		d.list(b, len(v), "[]", indent, func(i int, deep string) { d.write(b, v[i], deep) })
	case []member:
		d.list(b, len(v), "{}", indent, func(i int, deep string) {
			b.WriteString(d.name(v[i].name) + ": ")
			d.write(b, v[i].value, deep)
		})
	}
}

// list writes n items between brackets, each on its line.
func (d dialect) list(b *strings.Builder, n int, brackets, indent string, item func(i int, deep string)) {
	if n == 0 {
		b.WriteString(brackets)
		return
	}
	b.WriteByte(brackets[0])
	deep := indent + "  "
	for i := range n {
		b.WriteString(strings.Repeat(",", min(i, 1)) + "\n" + deep)
		item(i, deep)
	}
	b.WriteString("\n" + indent + brackets[1:])
}

// literal is a value as the language writes it.
func (d dialect) literal(v any, indent string) string {
	var b strings.Builder
	d.write(&b, v, indent)
	return b.String()
}

// readBody reads the body of a request: what people look for first stands first.
func readBody(body []byte) ([]member, error) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	v, err := readValue(dec)
	if err != nil {
		return nil, err
	}
	all, ok := v.([]member)
	if !ok {
		return nil, errors.New("the body is no object")
	}
	first := []string{"messages", "model"}
	slices.SortStableFunc(all, func(a, b member) int {
		return cmp.Compare(slices.Index(first, b.name), slices.Index(first, a.name))
	})
	return all, nil
}

// readValue reads one value with the order of its names.
func readValue(dec *json.Decoder) (any, error) {
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('['):
		list := []any{}
		for dec.More() {
			v, err := readValue(dec)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err = dec.Token()
		return list, err
	case json.Delim('{'):
		return readMembers(dec)
	}
	return token, nil
}

func readMembers(dec *json.Decoder) (any, error) {
	all := []member{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, err
		}
		v, err := readValue(dec)
		if err != nil {
			return nil, err
		}
		text, _ := name.(string)
		all = append(all, member{text, v})
	}
	_, err := dec.Token()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return all, err
}

// shellQuote is a text as one word of a POSIX shell.
func shellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// goQuote is a text as Go writes it.
func goQuote(s string) string { return strconv.Quote(s) }
