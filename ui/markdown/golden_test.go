package markdown

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/google/go-cmp/cmp"

	"groqchat/ui/theme"
)

func TestRender_LooksAsItDid(t *testing.T) {
	light, _ := theme.Find("light")
	all := []int{20, 40, 80, 120, 200}
	for _, tt := range []struct {
		source  string
		name    string
		styles  theme.Styles
		profile colorprofile.Profile
		widths  []int
	}{
		{"torture", "dark", dark(), colorprofile.TrueColor, all},
		{"torture", "light", theme.New(light), colorprofile.TrueColor, all},
		{"torture", "plain", dark(), colorprofile.ASCII, all},
		{"torture", "256", dark(), colorprofile.ANSI256, all},
		{"torture", "16", dark(), colorprofile.ANSI, all},
		{"torture", "dracula", sheeted(t, "dracula"), colorprofile.TrueColor, []int{80}},
		{"torture", "ascii", sheeted(t, "ascii"), colorprofile.ASCII, []int{80}},
		{"torture", "pink", sheeted(t, "pink"), colorprofile.ANSI256, []int{80}},
		{"code", "dark", dark(), colorprofile.TrueColor, []int{44}},
		{"code", "light", theme.New(light), colorprofile.TrueColor, []int{44}},
	} {
		src, err := os.ReadFile(filepath.Join("testdata", tt.source+".md"))
		if err != nil {
			t.Fatal(err)
		}
		for _, width := range tt.widths {
			var b bytes.Buffer
			w := colorprofile.Writer{Forward: &b, Profile: tt.profile}
			for _, l := range New(tt.styles).Render(string(src), width) {
				if _, err := w.WriteString(l + "\n"); err != nil {
					t.Fatal(err)
				}
			}
			golden(t, fmt.Sprintf("%s-%s-%d.golden", tt.source, tt.name, width), b.String())
		}
	}
}

// sheeted is the dark theme with one of Glamour's style sheets.
func sheeted(t testing.TB, name string) theme.Styles {
	t.Helper()
	sheet, ok := theme.FindSheet(name)
	if !ok {
		t.Fatalf("there is no style sheet %q", name)
	}
	return dark().WithMarkdown(sheet)
}

// golden compares with a file in testdata, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		a, b := strings.SplitAfter(string(want), "\n"), strings.SplitAfter(got, "\n")
		t.Errorf("%s differs; run with -update if it is better now:\n%s", name, cmp.Diff(a, b))
	}
}

// rounds is how often something random is tried: more often in a soak.
func rounds(usual, soak int) int {
	if os.Getenv("GROQCHAT_SOAK") != "" {
		return soak
	}
	return usual
}

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write the golden files")
	flag.Parse()
	os.Exit(m.Run())
}
