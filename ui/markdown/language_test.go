package markdown

import (
	"maps"
	"testing"
)

// programmingLanguages is what fences call languages, by chroma's names.
func programmingLanguages() map[string][]string {
	return map[string][]string{
		"Go":           {"go", "Go", "golang", "go title=\"x.go\"", "go,linenos", "main.go", "cmd/x/main.go", "go:main.go", "go.mod", ".go", "go{1,3-4}"},
		"Python":       {"py", "python", "python3", "{python}", "{.python}", "{.python .numberLines}", "app.py", "python title='a'"},
		"JavaScript":   {"js", "javascript", "mjs", "cjs", "node", "js,ignore", "index.js", "language-js"},
		"react":        {"jsx", "react"},
		"TypeScript":   {"ts", "typescript", "tsx", "mts", "src/App.tsx"},
		"Bash":         {"sh", "bash", "shell", "zsh", "ksh", "install.sh", ".env", "env", ".bashrc"},
		"Bash Session": {"console", "shell-session", "sh-session", "terminal"},
		"C":            {"c", "main.c", "c h"},
		"C++":          {"c++", "cpp", "cc", "hpp", "C++", "x.cpp"},
		"C#":           {"c#", "cs", "csharp", "C#", "Program.cs"},
		"Java":         {"java", "Main.java"},
		"Kotlin":       {"kt", "kotlin", "kts", "build.gradle.kts"},
		"Rust":         {"rs", "rust", "rust,no_run", "src/main.rs"},
		"Swift":        {"swift"},
		"Objective-C":  {"objc", "objective-c"},
		"Ruby":         {"rb", "ruby", "Gemfile"},
		"PHP":          {"php", "index.php"},
	}
}

// otherLanguages is the same for data, pages and the like.
func otherLanguages() map[string][]string {
	return map[string][]string{
		"YAML":       {"yml", "yaml", "docker-compose.yml"},
		"JSON":       {"json", "jsonc", "json5", "jsonl", "ndjson", "package.json"},
		"TOML":       {"toml", "Cargo.toml"},
		"INI":        {"ini", "cfg", "setup.cfg"},
		"Docker":     {"dockerfile", "Dockerfile", "docker", "Containerfile"},
		"Makefile":   {"make", "makefile", "Makefile", "mk"},
		"PowerShell": {"ps1", "powershell", "pwsh"},
		"Diff":       {"diff", "patch", "fix.patch"},
		"SQL":        {"sql", "schema.sql"},
		"HTML":       {"html", "htm", "index.html"},
		"XML":        {"xml", "svg", "pom.xml", "csproj"},
		"CSS":        {"css"},
		"SCSS":       {"scss", "less"},
		"vue":        {"vue"},
		"Svelte":     {"svelte"},
		"markdown":   {"md", "markdown", "README.md"},
		"GraphQL":    {"graphql", "gql"},

		"Terraform":                {"tf", "terraform", "hcl"},
		"Lua":                      {"lua"},
		"R":                        {"r", "R"},
		"Dart":                     {"dart"},
		"Elixir":                   {"elixir", "ex", "exs"},
		"Haskell":                  {"hs", "haskell"},
		"Scala":                    {"scala"},
		"Perl":                     {"pl", "perl"},
		"Protocol Buffer":          {"proto", "protobuf"},
		"CMake":                    {"cmake", "CMakeLists.txt"},
		"Nginx configuration file": {"nginx", "nginx.conf"},
		"VimL":                     {"vim"},
		"Zig":                      {"zig"},
		"TeX":                      {"tex", "latex"},
	}
}

func TestFind_KnowsLanguagesAsModelsNameThem(t *testing.T) {
	ls := &languages{}
	known := programmingLanguages()
	maps.Copy(known, otherLanguages())
	for name, infos := range known {
		for _, info := range infos {
			if l := ls.find(info); l == nil || l.name != name {
				t.Errorf("%q is %s, want %s", info, nameOf(l), name)
			}
		}
	}
	for _, info := range []string{"", " ", "nonsense", "text", "plaintext", "plain", "txt", "output", "log", "*", "notes.txt", "{}", "{#id}", ".", "a/"} {
		if l := ls.find(info); l != nil {
			t.Errorf("%q is known as %s", info, l.name)
		}
	}
}

func nameOf(l *language) string {
	if l == nil {
		return "not known"
	}
	return l.name
}
