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

// Write changes one setting of text in config.toml and leaves every other byte
// of the file as it is, comments too; a missing file is made. A file that is no
// TOML is not touched.
func Write(paths Paths, name, value string) error {
	if paths.Config == "" {
		return ErrNoHome
	}
	row, ok := FindSetting(name)
	if !ok || row.Kind != "text" {
		return fmt.Errorf("there is no setting %q that could be written", name)
	}
	var valid Config
	if err := row.Set(&valid, value); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	text, _, err := readFile(paths.Config)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read %s: %w", paths.Config, err)
	}
	text, err = withText(text, name, row.Get(valid))
	if err == nil {
		err = atomicfile.Write(paths.Config, text, 0o600)
	}
	if err != nil {
		return fmt.Errorf("change %s: %w", paths.Config, err)
	}
	return nil
}

// withText is a config.toml in which a text at its top has another value. A new
// one stands before the first table.
func withText(src []byte, name, value string) ([]byte, error) {
	if _, line, column, err := parseTOML(src); err != nil {
		return nil, fmt.Errorf("line %d, column %d: %w", line, column, err)
	}
	literal, err := toml.Marshal(map[string]string{name: value})
	if err != nil {
		return nil, fmt.Errorf("write it as TOML: %w", err)
	}
	line := strings.TrimSpace(string(literal))
	if start, end, ok := lineOf(src, name); ok {
		_, quoted, _ := strings.Cut(line, "= ")
		return slices.Concat(src[:start], []byte(quoted), src[end:]), nil
	}
	at := firstTable(src)
	if at > 0 && src[at-1] != '\n' {
		line = "\n" + line
	}
	return slices.Concat(src[:at], []byte(line+"\n"), src[at:]), nil
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
		at := node.Value().Raw
		if at.Length == 0 {
			at = p.Range(node.Value().Data)
		}
		return int(at.Offset), int(at.Offset + at.Length), true
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
