package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestArchitecture holds the laws of the house: who may import whom, how large
// things are, and what is nowhere to be found. It reads the sources as they are,
// so it needs no linter; a new folder needs a row in testdata/imports.
func TestArchitecture(t *testing.T) {
	laws := []struct {
		name string
		hold func(*testing.T, sources)
	}{
		{"imports follow the table", importsFollowTheTable},
		{"no variable of a package can change", noMutableVariables},
		{"nothing forbidden is called", nothingForbiddenIsCalled},
		{"goroutines begin where panics are caught", goroutinesBeginInOnePlace},
		{"functions are short", functionsAreShort},
		{"files are short", filesAreShort},
		{"what is exported is documented", exportsAreDocumented},
		{"packages have names of their own", packagesAreNamed},
	}
	src := readSources(t)
	for _, law := range laws {
		t.Run(law.name, func(t *testing.T) { law.hold(t, src) })
	}
}

// ours begins the path of every package of this module.
const ours = "groqchat/"

// importRow is what a folder may import, see testdata/imports.
type importRow struct{ sources, tests, never []string }

// readImportTable reads testdata/imports, which explains its form.
func readImportTable(t *testing.T) map[string]*importRow {
	t.Helper()
	table := map[string]*importRow{}
	row, list := &importRow{}, new([]string)
	for line := range strings.Lines(read(t, "testdata/imports")) {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
			continue
		case words[0] == "tests":
			list, words = &row.tests, words[1:]
		case words[0] == "never":
			list, words = &row.never, words[1:]
		case line[0] != ' ':
			row = &importRow{}
			table[words[0]], list, words = row, &row.sources, words[1:]
		}
		*list = append(*list, words...)
	}
	return table
}

// testLibraries may be imported by every test and by nothing else.
func testLibraries() []string {
	return []string{
		"github.com/google/go-cmp", "pgregory.net/rapid", "go.uber.org/goleak", "github.com/rogpeppe/go-internal",
		"github.com/creack/pty", "github.com/charmbracelet/x/vt", "github.com/charmbracelet/ultraviolet", "github.com/charmbracelet/x/exp",
	}
}

// covers says whether a list holds the path or one above it; a $ ends an entry
// that means that package alone.
func covers(list []string, name string) bool {
	return slices.ContainsFunc(list, func(entry string) bool {
		exact, only := strings.CutSuffix(entry, "$")
		return name == exact || !only && strings.HasPrefix(name, entry+"/")
	})
}

func importsFollowTheTable(t *testing.T, src sources) {
	table := readImportTable(t)
	for _, f := range src {
		row, ok := table[f.dir]
		if !ok {
			t.Errorf("%s: the folder has no row in testdata/imports", f.name)
			continue
		}
		for _, name := range f.imports() {
			host, _, _ := strings.Cut(name, "/")
			standard := !strings.Contains(host, ".") && host+"/" != ours
			allowed := covers(row.sources, name) || standard && !covers(append(row.never, "testing"), name)
			inTest := f.test && (standard || covers(row.tests, name) || covers(testLibraries(), name) || name == ours+f.dir)
			if !allowed && !inTest {
				t.Errorf("%s imports %s, which testdata/imports does not allow", f.name, name)
			}
		}
	}
}

// noMutableVariables allows what nobody changes: sentinel errors, assertions of
// interfaces, embedded files, and what the linker writes into main.
func noMutableVariables(t *testing.T, src sources) {
	for _, f := range src {
		for _, decl := range f.Decls {
			group, ok := decl.(*ast.GenDecl)
			if !ok || group.Tok != token.VAR {
				continue
			}
			for _, spec := range group.Specs {
				v := spec.(*ast.ValueSpec)
				linked := f.name == "main.go" && v.Values == nil && fmt.Sprint(v.Names) == "[version commit date]"
				if !linked && !isSentinel(v) && !isAssertion(v) && !isEmbedded(group, v) {
					t.Errorf("%s: variable %s of the package", f.at(v), v.Names[0])
				}
			}
		}
	}
}

func isSentinel(v *ast.ValueSpec) bool {
	return len(v.Values) > 0 && !slices.ContainsFunc(v.Values, func(e ast.Expr) bool {
		call, ok := e.(*ast.CallExpr)
		return !ok || types.ExprString(call.Fun) != "errors.New"
	})
}

func isAssertion(v *ast.ValueSpec) bool { return v.Type != nil && v.Names[0].Name == "_" }

func isEmbedded(group *ast.GenDecl, v *ast.ValueSpec) bool {
	for _, doc := range []*ast.CommentGroup{group.Doc, v.Doc} {
		if doc != nil && strings.Contains(doc.List[len(doc.List)-1].Text, "//go:embed ") {
			return true
		}
	}
	return false
}

func nothingForbiddenIsCalled(t *testing.T, src sources) {
	ends := []string{"panic", "os.Exit", "log.Fatal", "log.Fatalf", "log.Panic", "log.Panicf"}
	for _, f := range src {
		for _, fn := range f.functions() {
			if fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s: init", f.at(fn))
			}
		}
		f.calls(func(call *ast.CallExpr, name string) {
			mayEnd := f.test || f.name == "main.go"
			if name == "time.Sleep" || slices.Contains(ends, name) && !mayEnd {
				t.Errorf("%s: %s", f.at(call), name)
			}
		})
	}
}

// goroutinesBeginInOnePlace: one that panics outside of these functions would
// leave the terminal in raw mode.
func goroutinesBeginInOnePlace(t *testing.T, src sources) {
	places := []string{
		"ui/pump.go spawn",
		"ui/crash.go aside",
		"ui/cli/apart.go apart",
		"chat/batch/run.go begin",   // a panic becomes the outcome of the item
		"chat/demo/server.go Start", // knows nothing of ours; net/http catches panics of handlers
	}
	for _, f := range src {
		for _, fn := range f.functions() {
			ast.Inspect(fn, func(n ast.Node) bool {
				if g, ok := n.(*ast.GoStmt); ok && !f.test && !slices.Contains(places, f.name+" "+fn.Name.Name) {
					t.Errorf("%s: %s begins a goroutine", f.at(g), fn.Name)
				}
				return true
			})
		}
	}
}

// How large things may be, in lines.
const (
	longestFunction = 60
	longestRoute    = 40 // Update and View only route
	medianFunction  = 10
	ninthFunction   = 30 // of ten
	longestFile     = 450
)

// tables are functions that are long because they are a table, and are read as one.
func tables() []string {
	return []string{
		"chat/demo/catalogue.go catalogue", // a row for each model
	}
}

func functionsAreShort(t *testing.T, src sources) {
	var lengths []int
	for _, f := range src {
		for _, fn := range f.functions() {
			n, most := f.line(fn.End())-f.line(fn.Pos())+1, longestFunction
			if f.dir == "ui" && fn.Recv != nil && (fn.Name.Name == "Update" || fn.Name.Name == "View") {
				most = longestRoute
			}
			if n > most && !slices.Contains(tables(), f.name+" "+fn.Name.Name) {
				t.Errorf("%s: %s has %d lines, more than %d", f.at(fn), fn.Name, n, most)
			}
			if !f.test {
				lengths = append(lengths, n)
			}
		}
	}
	slices.Sort(lengths)
	if median := lengths[len(lengths)/2]; median > medianFunction {
		t.Errorf("half of the functions have %d lines or more; that may be %d", median, medianFunction)
	}
	if ninth := lengths[len(lengths)*9/10]; ninth > ninthFunction {
		t.Errorf("a tenth of the functions has %d lines or more; that may be %d", ninth, ninthFunction)
	}
}

func filesAreShort(t *testing.T, src sources) {
	for _, f := range src {
		if n := f.line(f.FileEnd); n > longestFile {
			t.Errorf("%s has %d lines, more than %d", f.name, n, longestFile)
		}
	}
}

func exportsAreDocumented(t *testing.T, src sources) {
	packages := map[string]bool{}
	for _, f := range src {
		if f.test {
			continue
		}
		packages[f.dir] = packages[f.dir] || f.Doc != nil
		for _, fn := range f.functions() {
			if fn.Doc == nil && isExported(fn) {
				t.Errorf("%s: %s is not documented", f.at(fn), fn.Name)
			}
		}
		for _, decl := range f.Decls {
			if group, ok := decl.(*ast.GenDecl); ok {
				for _, id := range undocumented(group) {
					t.Errorf("%s: %s is not documented", f.at(id), id)
				}
			}
		}
	}
	for dir, documented := range packages {
		if !documented {
			t.Errorf("package %s is not documented", dir)
		}
	}
}

// isExported leaves out methods that no reader meets, and those whose meaning the
// standard library has fixed.
func isExported(fn *ast.FuncDecl) bool {
	if fn.Recv == nil {
		return fn.Name.IsExported()
	}
	fixed := slices.Contains([]string{"Error", "Unwrap", "Is", "String"}, fn.Name.Name)
	receiver := strings.TrimPrefix(types.ExprString(fn.Recv.List[0].Type), "*")
	return fn.Name.IsExported() && ast.IsExported(receiver) && !fixed
}

// undocumented gives the exported names of a declaration that neither a comment
// of their own nor one of the group or the line describes.
func undocumented(group *ast.GenDecl) []*ast.Ident {
	var names []*ast.Ident
	for _, spec := range group.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && group.Doc == nil && s.Doc == nil {
				names = append(names, s.Name)
			}
		case *ast.ValueSpec:
			for _, id := range s.Names {
				if id.IsExported() && cmp.Or(group.Doc, s.Doc, s.Comment) == nil {
					names = append(names, id)
				}
			}
		}
	}
	return names
}

func packagesAreNamed(t *testing.T, src sources) {
	empty := []string{"util", "utils", "common", "helper", "helpers", "types", "models", "misc", "base", "shared", "lib"}
	for _, f := range src {
		if slices.Contains(empty, strings.TrimSuffix(f.Name.Name, "_test")) {
			t.Errorf("%s: package %s says nothing", f.name, f.Name)
		}
	}
}

// TestTree_HasNoStrangeFolders: the top level is a promise to the reader.
func TestTree_HasNoStrangeFolders(t *testing.T) {
	known := []string{"main.go", "main_test.go", "chat", "config", "history", "ui", "testdata", "bin", "dist"}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := e.Name()
		counts := e.IsDir() || path.Ext(name) == ".go"
		if counts && !strings.HasPrefix(name, ".") && !slices.Contains(known, name) {
			t.Errorf("%s does not belong at the top level", name)
		}
	}
}

// TestTree_NamesNoMachine: a path or a registry of one machine is of no use on
// another.
func TestTree_NamesNoMachine(t *testing.T) {
	// Written so that this file does not find itself.
	machine := regexp.MustCompile(`(^|[^\w./~$}])/(?:work|root|Users/\w+)/` + `|/tmp/(?:work|bash)` + `|(?:goproxy|artifactory|nexus)[.]\w` + `|registry[.](?:npmjs|yarnpkg)`)
	for _, name := range files(t) {
		text := read(t, name)
		if found := machine.FindString(text); found != "" && !strings.Contains(text, "\x00") {
			t.Errorf("%s holds %q", name, found)
		}
	}
}

// TestReadme_BeginsWithTwoCommands: whoever has the sources needs no more to start.
func TestReadme_BeginsWithTwoCommands(t *testing.T) {
	lines := strings.Split(read(t, "README.md"), "\n")
	for _, command := range []string{"make run", "make test"} {
		if !slices.ContainsFunc(lines[:min(20, len(lines))], func(s string) bool { return strings.HasPrefix(s, command) }) {
			t.Errorf("the first screen of the README does not say %s", command)
		}
	}
}

func TestReadme_ShowsPicturesThatExist(t *testing.T) {
	for _, at := range regexp.MustCompile(`\.github/pictures/[a-z-]+\.svg`).FindAllString(read(t, "README.md"), -1) {
		if _, err := os.Stat(at); err != nil {
			t.Errorf("%v: make pictures draws it", err)
		}
	}
}

// TestModules_SayWhatTheyAre: the modules of charm.land are better known by the
// addresses of their sources.
func TestModules_SayWhatTheyAre(t *testing.T) {
	for _, line := range strings.Split(read(t, "go.mod"), "\n") {
		_, module, ok := strings.Cut(line, "charm.land/")
		name, _, _ := strings.Cut(module, "/")
		if ok && !strings.Contains(line, "github.com/charmbracelet/"+name) {
			t.Errorf("go.mod: %q has no comment that names github.com/charmbracelet/%s", strings.TrimSpace(line), name)
		}
	}
}

// source is one parsed file.
type source struct {
	*ast.File
	name, dir string
	test      bool
	set       *token.FileSet
}

type sources []source

// readSources parses every Go file of the tree but those of testdata, which
// belong to the tests.
func readSources(t *testing.T) sources {
	t.Helper()
	var all sources
	for _, name := range files(t) {
		if path.Ext(name) != ".go" || strings.Contains("/"+name, "/testdata/") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, source{file, name, path.Dir(name), strings.HasSuffix(name, "_test.go"), set})
	}
	return all
}

// files gives the names of the tree's files, but for what is built and what git keeps.
func files(t *testing.T) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() && slices.Contains([]string{".git", "bin", "dist"}, name) {
			return fs.SkipDir
		}
		if err == nil && e.Type().IsRegular() && name != "groqchat" && name != ".git" { // a file in a second work tree
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func (f source) line(p token.Pos) int { return f.set.Position(p).Line }

func (f source) at(n ast.Node) string { return fmt.Sprintf("%s:%d", f.name, f.line(n.Pos())) }

func (f source) imports() []string {
	names := make([]string, len(f.Imports))
	for i, spec := range f.Imports {
		names[i], _ = strconv.Unquote(spec.Path.Value)
	}
	return names
}

func (f source) functions() []*ast.FuncDecl {
	var all []*ast.FuncDecl
	for _, decl := range f.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok {
			all = append(all, fn)
		}
	}
	return all
}

// calls visits every call with the name that is called: f, pkg.f, x.y.f.
func (f source) calls(visit func(*ast.CallExpr, string)) {
	ast.Inspect(f.File, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			visit(call, types.ExprString(call.Fun))
		}
		return true
	})
}
