package config

import (
	"maps"
	"slices"
	"strings"
)

// Shown is a setting as `config show` lists it: the key masked, Value "" for
// unset.
type Shown struct {
	Name, Value string
	Source      Source
}

// Show lists every setting in the order of the table, and after them what [keys]
// changes, as keys.<action>.
func (l Loaded) Show() []Shown {
	var rows []Shown
	for _, s := range Settings() {
		rows = append(rows, Shown{s.Name, s.Get(l.Config), l.Sources[s.Name]})
	}
	for _, action := range slices.Sorted(maps.Keys(l.Keys)) {
		name := "keys." + action
		rows = append(rows, Shown{name, strings.Join(l.Keys[action], ", "), l.Sources[name]})
	}
	return rows
}

// From is the configuration after a setting was written into its file, or taken
// out of it.
func (l Loaded) From(setting string, written bool) Loaded {
	l.Sources = maps.Clone(l.Sources)
	l.Sources[setting] = Source{Kind: FromDefault}
	if written {
		l.Sources[setting] = Source{Kind: FromFile, Detail: l.Paths.Config}
	}
	return l
}
