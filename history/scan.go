package history

import (
	"bytes"
	"encoding/json"
)

// The standard decoder takes "ID" for "id" and the last of two equal names, in
// silence. A file that is to be written back as it was needs to know better, so
// objects are taken apart here and only the values are decoded by it. All of
// this expects UTF-8 that json.Valid has accepted, as checkText makes sure, and
// costs one look at each byte a level.

// member is one name of an object and its value as it stands in the file.
type member struct {
	name  string
	value json.RawMessage
}

// members takes an object apart, in the order of the file; ok is false when raw
// is no object.
func members(raw []byte) (list []member, ok bool) {
	i := skipSpace(raw, 0)
	if i >= len(raw) || raw[i] != '{' {
		return nil, false
	}
	for i = skipSpace(raw, i+1); i < len(raw) && raw[i] == '"'; {
		end := skipString(raw, i)
		name := unquote(raw[i:end])
		i = skipSpace(raw, end)
		if i >= len(raw) || raw[i] != ':' {
			return nil, false
		}
		i = skipSpace(raw, i+1)
		end = skipValue(raw, i)
		list = append(list, member{name, raw[i:end]})
		i = skipSeparator(raw, end)
	}
	return list, true
}

// elements takes an array apart; ok is false when raw is no array.
func elements(raw []byte) (list []json.RawMessage, ok bool) {
	i := skipSpace(raw, 0)
	if i >= len(raw) || raw[i] != '[' {
		return nil, false
	}
	for i = skipSpace(raw, i+1); i < len(raw) && raw[i] != ']'; {
		end := skipValue(raw, i)
		if end == i {
			return nil, false
		}
		list = append(list, raw[i:end])
		i = skipSeparator(raw, end)
	}
	return list, true
}

func skipSpace(raw []byte, i int) int {
	for i < len(raw) && (raw[i] == ' ' || raw[i] == '\n' || raw[i] == '\t' || raw[i] == '\r') {
		i++
	}
	return i
}

// skipSeparator steps over a comma, if there is one, and the space around it.
func skipSeparator(raw []byte, i int) int {
	if i = skipSpace(raw, i); i < len(raw) && raw[i] == ',' {
		i = skipSpace(raw, i+1)
	}
	return i
}

// skipString gives the index after the string that begins at i.
func skipString(raw []byte, i int) int {
	quote := 0 // the next one, looked for again only when it is passed
	for i++; i < len(raw); {
		if quote < i {
			if quote = bytes.IndexByte(raw[i:], '"'); quote < 0 {
				break
			}
			quote += i
		}
		slash := bytes.IndexByte(raw[i:quote], '\\')
		if slash < 0 {
			return quote + 1
		}
		i += slash + len(`\"`)
	}
	return len(raw)
}

// skipValue gives the index after the value that begins at i. It counts brackets
// in place of calling itself, so that no depth of nesting can exhaust it.
func skipValue(raw []byte, i int) int {
	depth := 0
	for i < len(raw) {
		switch raw[i] {
		case '"':
			i = skipString(raw, i)
		case '{', '[':
			depth++
			i++
		case '}', ']':
			if depth == 0 {
				return i
			}
			depth--
			i++
		case ',', ' ', '\n', '\t', '\r':
			if depth == 0 {
				return i
			}
			i++
			continue
		default:
			i++
			continue
		}
		if depth == 0 {
			return i
		}
	}
	return len(raw)
}

// unquote decodes a string; most names have nothing to decode.
func unquote(raw []byte) string {
	if bytes.IndexByte(raw, '\\') < 0 && len(raw) >= 2 {
		return string(raw[1 : len(raw)-1])
	}
	var s string
	// Valid by the promise above; else the empty name is unknown like any other.
	_ = json.Unmarshal(raw, &s)
	return s
}
