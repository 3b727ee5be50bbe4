package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"groqchat/history/atomicfile"
)

// Write changes one setting in config.toml and leaves every other byte of the file
// as it is, comments too; "" takes its line out, and a missing file is made. A file
// that is no TOML is not touched. Two processes change it one after the other. The key has a place of its own, see
// [KeyStore].
func Write(paths Paths, name, value string) error {
	if paths.Config == "" {
		return ErrNoHome
	}
	row, ok := FindSetting(name)
	if !ok || row.Kind == "secret" {
		return fmt.Errorf("there is no setting %q that could be written", name)
	}
	var valid Config
	if err := row.Set(&valid, value); err != nil && value != "" {
		return fmt.Errorf("%s: %w", name, err)
	}
	if value != "" {
		value = row.Get(valid)
	}
	return inTurn(paths, func() error { return rewrite(paths.Config, row, value) })
}

// rewrite reads the file, changes the row in it and replaces it.
func rewrite(path string, row Setting, value string) error {
	text, _, err := readFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read %s: %w", path, err)
	}
	if value == "" {
		text, err = without(text, row.Name)
	} else {
		text, err = with(text, row, value)
	}
	if err == nil {
		err = atomicfile.Write(path, text, 0o600)
	}
	if err != nil {
		return fmt.Errorf("change %s: %w", path, err)
	}
	return nil
}

// with is a config.toml in which a setting at its top has another value. A new
// one stands before the first table.
func with(src []byte, row Setting, value string) ([]byte, error) {
	if err := sound(src); err != nil {
		return nil, err
	}
	literal, err := literalOf(row, value)
	if err != nil {
		return nil, err
	}
	if start, end, ok := lineOf(src, row.Name); ok {
		return slices.Concat(src[:start], []byte(literal), src[end:]), nil
	}
	line := row.Name + " = " + literal + "\n"
	at := firstTable(src)
	if at > 0 && src[at-1] != '\n' {
		line = "\n" + line
	}
	return slices.Concat(src[:at], []byte(line), src[at:]), nil
}

// without is a config.toml without a setting at its top: its line goes, with the
// comment that is on it.
func without(src []byte, name string) ([]byte, error) {
	if err := sound(src); err != nil {
		return nil, err
	}
	start, end, ok := lineOf(src, name)
	if !ok {
		return src, nil
	}
	start = bytes.LastIndexByte(src[:start], '\n') + 1
	if n := bytes.IndexByte(src[end:], '\n'); n >= 0 {
		return slices.Concat(src[:start], src[end+n+1:]), nil
	}
	return src[:start], nil
}

// sound is an error for a text that is no TOML.
func sound(src []byte) error {
	if _, line, column, err := parseTOML(src); err != nil {
		return fmt.Errorf("line %d, column %d: %w", line, column, err)
	}
	return nil
}

// literalOf writes a value as TOML.
func literalOf(row Setting, value string) (string, error) {
	var v any = value
	switch row.Kind {
	case "int", "float", "bool":
		return value, nil // what was set is written as it is in TOML
	case "list":
		v = strings.Split(value, ",")
	}
	line, err := toml.Marshal(map[string]any{row.Name: v})
	if err != nil {
		return "", fmt.Errorf("write it as TOML: %w", err)
	}
	_, literal, _ := strings.Cut(strings.TrimSpace(string(line)), "= ")
	return literal, nil
}

// lineOf is where the value of a name at the top of the file stands.
func lineOf(src []byte, name string) (start, end int, ok bool) {
	var p unstable.Parser
	p.Reset(src)
	for p.NextExpression() {
		node := p.Expression()
		if node.Kind == unstable.Table || node.Kind == unstable.ArrayTable {
			return 0, 0, false
		}
		if node.Kind != unstable.KeyValue {
			continue
		}
		if key, _ := keyOf(&p, node); !slices.Equal(key, []string{name}) {
			continue
		}
		if node.Value().Kind == unstable.Array {
			return arrayOf(src, node)
		}
		at := node.Value().Raw
		if at.Length == 0 {
			at = p.Range(node.Value().Data)
		}
		return int(at.Offset), int(at.Offset + at.Length), true
	}
	return 0, 0, false
}

// arrayOf is where an array stands, of which the parser keeps no place: it ends at
// the first bracket up to which there is one.
func arrayOf(src []byte, node *unstable.Node) (start, end int, ok bool) {
	it := node.Key()
	it.Next()
	start = int(it.Node().Raw.Offset)
	start += bytes.IndexByte(src[start:], '[')
	for end = start; end < len(src); end++ {
		if src[end] != ']' {
			continue
		}
		if _, _, _, err := parseTOML(slices.Concat([]byte("x = "), src[start:end+1])); err == nil {
			return start, end + 1, true
		}
	}
	return 0, 0, false
}

// firstTable is where the line of the first table begins, the end of the file if
// there is none.
func firstTable(src []byte) int {
	var p unstable.Parser
	p.Reset(src)
	for p.NextExpression() {
		node := p.Expression()
		if node.Kind != unstable.Table && node.Kind != unstable.ArrayTable {
			continue
		}
		it := node.Key()
		it.Next()
		return bytes.LastIndexByte(src[:it.Node().Raw.Offset], '\n') + 1
	}
	return len(src)
}
