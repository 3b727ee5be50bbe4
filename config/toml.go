package config

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// tomlFile is the content of a config.toml with the places of its names.
type tomlFile struct {
	values map[string]any
	lines  map[[2]string]int // of a name, and of a name in a table
}

// parseTOML reads the text of a config.toml. On an error line and column are
// where the text ceases to be TOML.
func parseTOML(text []byte) (f tomlFile, line, column int, err error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if err := toml.Unmarshal(text, &f.values); err != nil {
		var at *toml.DecodeError
		if errors.As(err, &at) {
			line, column = at.Position()
		}
		return tomlFile{}, line, column, errors.New(strings.TrimPrefix(err.Error(), "toml: "))
	}
	f.lines = namesOf(text)
	return f, 0, 0, nil
}

// namesOf finds on which line each name stands. The decoder does not tell that of
// what it could decode, its parser does.
func namesOf(text []byte) map[[2]string]int {
	lines := map[[2]string]int{}
	var p unstable.Parser
	p.Reset(text)
	var table []string
	for p.NextExpression() {
		node := p.Expression()
		name, line := keyOf(&p, node)
		switch node.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = name
		case unstable.KeyValue:
			name = slices.Concat(table, name)
		default:
			continue
		}
		for depth := range min(2, len(name)) {
			var at [2]string
			copy(at[:], name[:depth+1])
			if lines[at] == 0 {
				lines[at] = line
			}
		}
	}
	return lines
}

// keyOf is the parts of a dotted key and its line.
func keyOf(p *unstable.Parser, node *unstable.Node) (name []string, line int) {
	if node.Kind == unstable.Comment {
		return nil, 0
	}
	for it := node.Key(); it.Next(); {
		name = append(name, string(it.Node().Data))
		if line == 0 {
			line = p.Shape(it.Node().Raw).Start.Line
		}
	}
	return name, line
}

// line is where a name stands; an entry of a table written on one line stands
// where the table does.
func (f tomlFile) line(name, entry string) int {
	return cmp.Or(f.lines[[2]string{name, entry}], f.lines[[2]string{name}])
}

// names is the names at the top of the file, in its order.
func (f tomlFile) names() []string {
	return slices.SortedFunc(maps.Keys(f.values), func(a, b string) int {
		return cmp.Or(cmp.Compare(f.line(a, ""), f.line(b, "")), cmp.Compare(a, b))
	})
}

// written gives a value of the file as it would be typed on the command line.
func written(kind string, v any) (string, error) {
	switch v := v.(type) {
	case string:
		if slices.Contains([]string{"text", "path", "secret", "duration", "list"}, kind) {
			return v, nil
		}
	case bool:
		if kind == "bool" {
			return strconv.FormatBool(v), nil
		}
	case int64:
		if slices.Contains([]string{"int", "float", "duration"}, kind) {
			return strconv.FormatInt(v, 10), nil
		}
	case float64:
		if kind == "float" || kind == "duration" {
			return strconv.FormatFloat(v, 'g', -1, 64), nil
		}
	case []any:
		if kind == "list" {
			return writtenList(v)
		}
	}
	return "", errors.New("it must be " + wanted(kind))
}

func writtenList(items []any) (string, error) {
	texts, ok := texts(items)
	if !ok {
		return "", errors.New("it must be " + wanted("list"))
	}
	for _, t := range texts {
		if strings.Contains(t, ",") {
			return "", fmt.Errorf("%q has a comma in it, which separates the texts of a list", t)
		}
	}
	return strings.Join(texts, ","), nil
}

// texts is a list in which there is nothing but texts.
func texts(items []any) ([]string, bool) {
	all := make([]string, 0, len(items))
	for _, item := range items {
		text, ok := item.(string)
		if !ok {
			return nil, false
		}
		all = append(all, text)
	}
	return all, true
}

// wanted says how a value of a kind is written in the file.
func wanted(kind string) string {
	switch kind {
	case "int":
		return "a whole number, without quotes"
	case "float":
		return "a number, without quotes"
	case "bool":
		return "true or false, without quotes"
	case "list":
		return `a list of texts, as in ["a", "b"]`
	case "duration":
		return `a time in quotes, such as "45s"`
	}
	return "a text in quotes"
}
