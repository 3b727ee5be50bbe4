package config

import (
	"fmt"
	"strconv"
	"strings"
)

// Example is a config.toml with every setting explained and commented out. As it
// is it changes nothing, and neither does it with the defaults uncommented.
func Example() string {
	var b strings.Builder
	b.WriteString("# The configuration of groqchat. A line without # in front of it counts.\n" +
		"# A flag stands over the environment, the environment over this file;\n" +
		"# `groqchat config show` says what holds and where it came from.\n")
	for _, s := range Settings() {
		if s.Kind == "secret" {
			continue // does not belong into a file that people share
		}
		fmt.Fprintf(&b, "\n# %s [$%s]\n", sentence(s.Help), s.Env)
		value := s.Default
		if value == "" {
			b.WriteString("# Not set by default; for example:\n")
			value = sample(s)
		}
		fmt.Fprintf(&b, "# %s = %s\n", s.Name, tomlValue(s.Kind, value))
	}
	b.WriteString("\n# Keys by the name of the action, as `?` in the chat lists them. This table has\n" +
		"# to stay below the settings. An empty list unbinds an action.\n" +
		"# [keys]\n# models = [\"ctrl+o\", \"alt+m\"]\n")
	return b.String()
}

// sentence begins a help text with a capital.
func sentence(help string) string { return strings.ToUpper(help[:1]) + help[1:] + "." }

// sample is a value for a setting that has no default: of its own where any value
// of the kind would mislead.
func sample(s Setting) string {
	own := map[string]string{
		"system": "Answer briefly.", "persona": "programming:go", "reasoning_effort": "medium", "max_completion_tokens": "4096",
		"temperature": "0.7", "top_p": "0.9", "data_dir": "~/Documents/groqchat", "debug": "~/groqchat.log",
	}
	if value, ok := own[s.Name]; ok {
		return value
	}
	return map[string]string{"int": "42", "float": "1", "bool": "true", "list": "END,###", "duration": "45s"}[s.Kind]
}

// tomlValue writes a value as config.toml wants it.
func tomlValue(kind, value string) string {
	switch kind {
	case "int", "float", "bool":
		return value
	case "list":
		items := strings.Split(value, ",")
		for i, item := range items {
			items[i] = strconv.Quote(item)
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	return strconv.Quote(value)
}
