package markdown

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// language is one that code may be written in. What lexing needs is made when it
// is first lexed, by whichever goroutine that is; after that nothing of it changes.
type language struct {
	name     string
	known    chroma.Lexer
	brackets []bracket
	stops    string

	once  sync.Once
	start *chroma.LexerState  // nil for a lexer that is not made of expressions
	first map[string][]firsts // of the rules of each state
	ready atomic.Bool
}

// prepare compiles the expressions, which takes 1 to 15 ms the first time.
func (l *language) prepare() {
	defer l.ready.Store(true) // also if chroma panics about its own rules
	l.once.Do(func() {
		if l.start = startOf(l.known); l.start != nil {
			l.first = firstsOf(l.start.Rules, l.known.Config())
		}
	})
}

// languages finds languages by what fences call them.
type languages struct {
	names map[string]chroma.Lexer // by lower-case name, alias and file name or its ending
	known map[string]*language    // by chroma's name
}

// find returns the language that the info string of a fence names; nil if it is
// not known or has no colours. A name is only looked up: the registry's own
// search tries every pattern of file names it has, which takes 5 ms.
func (ls *languages) find(info string) *language {
	for _, name := range calls(info) {
		if l := ls.named(name); l != nil {
			if l.name == "plaintext" {
				return nil
			}
			return l
		}
	}
	return nil
}

// calls gives what the info string of a fence may call its language, the likeliest
// first: ```go title="x", ```{.python}, ```c:main.c, ```src/main.go.
func calls(info string) []string {
	fields := strings.FieldsFunc(strings.ToLower(info), func(c rune) bool { return strings.ContainsRune(" \t,:;{}()[]|'\"", c) })
	if len(fields) == 0 {
		return nil
	}
	name := strings.TrimLeft(fields[0], ".#")
	if class, ok := strings.CutPrefix(name, "language-"); ok {
		name = class
	}
	base := name[strings.LastIndexByte(name, '/')+1:]
	return []string{name, synonym(name), base, base[strings.LastIndexByte(base, '.')+1:]}
}

// synonym is chroma's name for what models call a language and chroma does not.
func synonym(name string) string {
	switch name {
	case "jsonc", "json5", "jsonl", "ndjson", "geojson", "webmanifest":
		return "json"
	case "mjs", "cjs", "node", "nodejs", "javascriptreact":
		return "javascript"
	case "mts", "cts", "typescriptreact":
		return "typescript"
	case "shell-session", "terminal", "cmdline":
		return "console"
	case "dotenv", "env":
		return "bash"
	case "gitdiff":
		return "diff"
	case "gomod", "go.mod", "go.sum":
		return "go"
	case "pgsql":
		return "postgresql"
	case "less":
		return "scss"
	case "csproj", "plist", "xaml":
		return "xml"
	}
	return name
}

// named looks a language up.
func (ls *languages) named(name string) *language {
	if ls.names == nil {
		ls.index()
	}
	lexer := ls.names[name]
	if lexer == nil {
		return nil
	}
	config := lexer.Config()
	l := ls.known[config.Name]
	if l == nil {
		l = &language{name: config.Name, known: lexer, brackets: spanning(config.Name)}
		l.stops = stops(l.brackets)
		ls.known[config.Name] = l
	}
	return l
}

// index lists all names; those of languages go before those of files.
func (ls *languages) index() {
	ls.names, ls.known = map[string]chroma.Lexer{}, map[string]*language{}
	for _, l := range lexers.GlobalLexerRegistry.Lexers {
		for _, pattern := range l.Config().Filenames {
			name := strings.ToLower(strings.TrimPrefix(pattern, "*."))
			if _, taken := ls.names[name]; !taken {
				ls.names[name] = l
			}
		}
	}
	for _, l := range lexers.GlobalLexerRegistry.Lexers {
		for _, alias := range l.Config().Aliases {
			ls.names[strings.ToLower(alias)] = l
		}
		ls.names[strings.ToLower(l.Config().Name)] = l
	}
}
