package config

import "strings"

// environ is the environment by name. On Windows the names are in capitals, as
// they are all one there.
type environ map[string]string

// newEnviron takes apart what is in the form of [os.Environ]; of a name that
// stands there twice the last value counts, as for a started program.
func newEnviron(entries []string, goos string) environ {
	e := make(environ, len(entries))
	for _, entry := range entries {
		name, value, ok := strings.Cut(entry, "=")
		if !ok || name == "" {
			continue
		}
		if goos == "windows" {
			name = strings.ToUpper(name)
		}
		e[name] = value
	}
	return e
}
