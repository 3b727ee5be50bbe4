package markdown

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// moduleDirs are the folders of the modules that are built in, by path. Their
// examples and READMEs are read where they lie.
func moduleDirs(t *testing.T, args ...string) []string {
	t.Helper()
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("the go command is not there to say where the modules lie")
	}
	out, err := exec.CommandContext(t.Context(), goTool, append([]string{"list", "-m", "-f", "{{.Dir}}"}, args...)...).Output()
	if err != nil {
		t.Skipf("go list cannot say where the modules lie: %v", err)
	}
	return slices.DeleteFunc(strings.Split(string(out), "\n"), func(s string) bool { return s == "" })
}

// examples are the documents of the CommonMark specification and of goldmark's
// tests of its extensions.
func examples(t *testing.T) []string {
	t.Helper()
	dir := moduleDirs(t, "github.com/yuin/goldmark")[0]
	raw, err := os.ReadFile(filepath.Join(dir, "_test", "spec.json"))
	if err != nil {
		t.Skipf("the module came without its tests: %v", err)
	}
	var spec []struct{ Markdown string }
	if err := json.Unmarshal(raw, &spec); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, s := range spec {
		all = append(all, s.Markdown)
	}
	files, err := filepath.Glob(filepath.Join(dir, "extension", "_test", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.Split(string(raw), "//= = =") {
			if fields := strings.Split(part, "//- - -"); len(fields) > 1 {
				_, text, _ := strings.Cut(fields[1], "\n")
				all = append(all, text)
			}
		}
	}
	if len(all) < 700 {
		t.Errorf("only %d examples were found", len(all))
	}
	return all
}

// readmes are the READMEs of the modules that the program is made of.
func readmes(t *testing.T, most int) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, dir := range moduleDirs(t, "all")[1:] {
		raw, err := os.ReadFile(filepath.Join(dir, "README.md"))
		if err != nil || len(all) == most {
			continue
		}
		all[filepath.Base(dir)] = string(raw)
	}
	if len(all) < 12 {
		t.Skipf("only %d modules have a README here", len(all))
	}
	return all
}

// sameStreamed compares a document in parts with the whole of it, and checks
// what is promised of every line.
func sameStreamed(t testing.TB, r *Renderer, src string, width int, part func() int) {
	t.Helper()
	want := r.Render(src, width)
	// Chroma gives up on code that takes it too long by the clock, so that the
	// colours may differ on a busy machine.
	text := func(lines []string) []string { return strings.Split(ansi.Strip(strings.Join(lines, "\n")), "\n") }
	if diff := cmp.Diff(text(want), text(streamed(t, r, src, width, part))); diff != "" {
		t.Errorf("streamed at %d it differs: %.300q\n%s", width, src, diff)
	}
	for _, l := range want {
		if w := ansi.Method(r.ruler).StringWidth(l); w > max(1, width) {
			t.Errorf("%d cells at %d: %q", w, width, l)
		}
	}
}

func TestStream_EndsInTheWholeForTheExamplesOfTheSpecifications(t *testing.T) {
	r := New(dark())
	for i, src := range examples(t) {
		sameStreamed(t, r, src, 30, sized(1))
		sameStreamed(t, r, src, 80, sized(1+i%7))
	}
}

func TestStream_EndsInTheWholeForREADMEs(t *testing.T) {
	r := New(dark())
	random := rand.New(rand.NewPCG(2, 9))
	for _, src := range readmes(t, 24) {
		sameStreamed(t, r, src[:min(len(src), 40<<10)], 80, func() int { return 1 + random.IntN(400) })
	}
}

func TestStream_EndsInTheWholeForAnyDocument(t *testing.T) {
	r := New(dark())
	rapid.Check(t, func(t *rapid.T) {
		atom := rapid.OneOf(rapid.SampledFrom(atoms()), rapid.String())
		src := strings.Join(rapid.SliceOfN(atom, 0, 40).Draw(t, "document"), "")
		width := rapid.IntRange(1, 120).Draw(t, "width")
		parts := rapid.SliceOfN(rapid.IntRange(1, 12), 1, 20).Draw(t, "parts")
		i := 0
		want := r.Render(src, width)
		got := streamed(t, r, src, width, func() int { i++; return parts[i%len(parts)] })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("streamed at %d it differs: %q\n%s", width, src, diff)
		}
	})
}
