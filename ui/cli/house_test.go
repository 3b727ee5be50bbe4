package cli_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// house is the packages of the program and what each imports of the others.
type house map[string][]string

// readHouse reads the imports of all sources but tests.
func readHouse(t *testing.T, root string) house {
	t.Helper()
	h := house{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range file.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			if ours, ok := strings.CutPrefix(name, "groqchat/"); ok && !slices.Contains(h[filepath.ToSlash(folder)], ours) {
				h[filepath.ToSlash(folder)] = append(h[filepath.ToSlash(folder)], ours)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// reaches reports whether one package imports the other, itself or by others.
func (h house) reaches(from, to string) bool {
	return slices.ContainsFunc(h[from], func(next string) bool { return next == to || h.reaches(next, to) })
}

// picture is the house as a Mermaid graph. An arrow that others imply is left out.
func (h house) picture() string {
	var b strings.Builder
	b.WriteString("```mermaid\ngraph TD\n")
	for _, from := range slices.Sorted(maps.Keys(h)) {
		for _, to := range slices.Sorted(slices.Values(h[from])) {
			implied := slices.ContainsFunc(h[from], func(other string) bool { return other != to && h.reaches(other, to) })
			if name := strings.Replace(from, ".", "main.go", 1); !implied {
				fmt.Fprintf(&b, "    %s --> %s\n", box(name), box(to))
			}
		}
	}
	b.WriteString("```\n")
	return b.String()
}

// box is a package in the graph: an identifier, and its name.
func box(name string) string {
	return strings.NewReplacer("/", "_", ".", "_").Replace(name) + "[" + name + "]"
}

// TestHouse_IsDrawnAsItIs compares the picture in the page on the architecture.
func TestHouse_IsDrawnAsItIs(t *testing.T) {
	root := filepath.Join("..", "..")
	page := filepath.Join(root, ".github", "ARCHITECTURE.md")
	raw, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	h := readHouse(t, root)
	before, rest, begins := strings.Cut(string(raw), "`make golden` -->\n")
	drawn, after, ends := strings.Cut(rest, "<!-- /house -->")
	if !begins || !ends {
		t.Fatal("the page has no place for the picture")
	}
	want := "\n" + h.picture() + "\n"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(page, []byte(before+"`make golden` -->\n"+want+"<!-- /house -->"+after), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if drawn != want {
		t.Errorf("the picture shows another house: make golden draws it\nhave%s\nwant%s", drawn, want)
	}
	for name := range h {
		if name != "." && !strings.Contains(string(raw), "| `"+name+"` |") {
			t.Errorf("the page has no row for %s", name)
		}
	}
}
