package ui

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// sampleAnswer has something of everything that a theme colours.
const sampleAnswer = "# Title\n\n## Heading\n\nText with **weight**, *stress*, ~~what is gone~~, `code` and [a link](https://groq.com).\n\n" +
	"> A quote.\n\n1. one\n   - [x] done\n   - [ ] to do\n\n```go\n// why\nfunc hi(n int) string { return \"hi\\n\" + 42 }\n```\n\n| a | b |\n|---|--:|\n| x | 1 |\n\n---\n\nend"

// TestColours_GoldenScreens: an answer with a warning, a chosen message, and the
// list of themes, in all depths of colour on both grounds. An escape is written ␛.
func TestColours_GoldenScreens(t *testing.T) {
	depths := map[string]colorprofile.Profile{
		"off": colorprofile.ASCII, "16": colorprofile.ANSI, "256": colorprofile.ANSI256, "true": colorprofile.TrueColor,
	}
	for _, name := range []string{"dark", "light", "terminal"} {
		for depth, profile := range depths {
			bubble(t, func(t *testing.T) {
				o := options(t, answer(sampleAnswer))
				o.Config.Theme, o.Profile = name, profile
				s := answered(t, o)
				s.ground(name != "light")
				s.feed(tea.WindowSizeMsg{Width: 60, Height: 44})
				s.write("/nonsense")
				s.press("enter")
				var b strings.Builder
				b.WriteString(fitted(s, profile))
				s.m.composer.clear()
				s.press("tab")
				b.WriteString(fitted(s, profile))
				s.press("esc")
				s.m.notice = notice{}
				s.m.openThemes()
				s.feed(tea.WindowSizeMsg{Width: 60, Height: 30})
				b.WriteString(fitted(s, profile))
				s.settle()
				golden(t, filepath.Join("testdata", "colours", name+"-"+depth+".txt"), b.String())
			})
		}
	}
}

// fitted is the screen as a terminal of so many colours gets it.
func fitted(s *screen, profile colorprofile.Profile) string {
	s.t.Helper()
	var b bytes.Buffer
	w := colorprofile.Writer{Forward: &b, Profile: profile}
	if _, err := w.WriteString(s.m.View().Content + "\n"); err != nil {
		s.t.Fatal(err)
	}
	return strings.ReplaceAll(b.String(), "\x1b", "␛") + strings.Repeat("═", s.m.regions.width) + "\n"
}

// golden compares with a file, and writes it anew under make golden.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		line := 0
		wants := strings.Split(string(want), "\n")
		gots := strings.Split(got, "\n")
		for line < min(len(wants), len(gots))-1 && wants[line] == gots[line] {
			line++
		}
		t.Errorf("%s:%d is %q, not %q; look at it, and run make golden if it is right", path, line+1, gots[line], wants[line])
	}
}

// TestColours_OffSendsNone: whatever the theme, there are only attributes.
func TestColours_OffSendsNone(t *testing.T) {
	for _, name := range []string{"dark", "light", "terminal"} {
		raw, err := os.ReadFile(filepath.Join("testdata", "colours", name+"-off.txt"))
		if err != nil {
			t.Fatal(err)
		}
		for _, sequence := range strings.Split(string(raw), "␛[")[1:] {
			parameters, _, _ := strings.Cut(sequence, "m")
			for p := range strings.SplitSeq(parameters, ";") {
				if len(p) > 1 {
					t.Fatalf("%s sends the colour %s", name, parameters)
				}
			}
		}
	}
}
