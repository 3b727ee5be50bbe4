package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// pointed is a screen with an answer of this text, and what was copied last.
func pointed(t *testing.T, text string) (*screen, *string) {
	t.Helper()
	o, got := options(t, answer(text)), new(string)
	o.Clipboard = func(text string) (string, error) {
		*got = text
		return "test", nil
	}
	s := open(t, o)
	s.settle()
	s.feed(tea.WindowSizeMsg{Width: 44, Height: 40})
	s.command("what is a question that is so long that it goes over the edge?")
	s.settle()
	return s, got
}

// find is where a text begins on the screen.
func (s *screen) find(text string) (x, y int) {
	s.t.Helper()
	for y, row := range strings.Split(s.text(), "\n") {
		if before, _, ok := strings.Cut(row, text); ok {
			return len([]rune(before)), y
		}
	}
	s.t.Fatalf("%q is not on the screen:\n%s", text, s.text())
	return 0, 0
}

// drag marks from the beginning of one text to the end of another.
func (s *screen) drag(from, to string) {
	s.t.Helper()
	x, y := s.find(from)
	s.feed(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	x, y = s.find(to)
	x += len([]rune(to)) - 1
	s.feed(tea.MouseMotionMsg{X: x, Y: y, Button: tea.MouseLeft}, tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
	s.settle()
}

// clicks clicks n times on a text.
func (s *screen) clicks(text string, n int) {
	s.t.Helper()
	x, y := s.find(text)
	var all []tea.Msg
	for range n {
		all = append(all, tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}, tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
	}
	s.feed(all...)
	s.settle()
	<-time.After(clickTime)
}

const pointedText = `The first paragraph is **longer** than the window is wide, so it is wrapped.

- an item that is longer than the window is wide too
- another

> A quotation that goes on and on and on for more than a row.

` + "```zzz\nfunc main() {\n\tfmt.Println(\"a line of code that is longer than the window\")\n}\n```" + `

| a | b |
|---|---|
| one | two |
`

func TestMarking_CopiesWhatWasWritten(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"a wrapped paragraph": {"first", "wrapped.", "first paragraph is longer than the window is wide, so it is wrapped."},
		"a part of a row":     {"paragraph", "longer", "paragraph is longer"},
		"items":               {"• an", "another", "• an item that is longer than the window is wide too\n• another"},
		"a quotation":         {"quotation", "row.", "quotation that goes on and on and on for more than a row."},
		"code with its mark":  {"1 │ zzz", "}", "func main() {\n    fmt.Println(\"a line of code that is longer than the window\")\n}"},
		"across parts":        {"wrapped.", "item", "wrapped.\n\n• an item"},
		"across messages":     {"edge", "first", "edge?\n\nThe first"},
		"a question":          {"question", "edge?", "question that is so long that it goes over the edge?"},
		"back to front":       {"two", "one", "one │ t"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				s, got := pointed(t, pointedText)
				if name == "back to front" {
					x, y := s.find("two")
					s.feed(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
					x, y = s.find("one")
					s.feed(tea.MouseMotionMsg{X: x, Y: y, Button: tea.MouseLeft}, tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
					s.settle()
				} else {
					s.drag(c.from, c.to)
				}
				if strings.Join(strings.Fields(*got), " ") != strings.Join(strings.Fields(c.want), " ") || name != "back to front" && *got != c.want {
					t.Errorf("copied %q, want %q\n%s", *got, c.want, s.text())
				}
			})
		})
	}
}

func TestMarking_WordsParagraphsAndCode(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, got := pointed(t, pointedText)
		s.clicks("paragraph", 2)
		if *got != "paragraph" {
			t.Errorf("two clicks copy %q", *got)
		}
		s.clicks("paragraph", 3)
		if !strings.HasPrefix(*got, "The first paragraph is longer") || !strings.HasSuffix(*got, "so it is wrapped.") || strings.Contains(*got, "\n") {
			t.Errorf("three clicks copy %q", *got)
		}
		s.clicks("1 │ zzz", 1)
		if !strings.HasPrefix(*got, "func main() {\n\tfmt") {
			t.Errorf("a click on the mark of code copies %q", *got)
		}
		*got = ""
		s.clicks("paragraph", 1)
		if *got != "" || s.m.transcript.marked.on {
			t.Errorf("a click copies %q", *got)
		}
	})
}

// TestMarking_IsShownAndGoesWithAKey which does what it does all the same.
func TestMarking_IsShownAndGoesWithAKey(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, got := pointed(t, pointedText)
		s.drag("first", "paragraph")
		if !strings.Contains(s.m.frame.Content, s.m.styles.Marked.Render("first paragraph")) {
			t.Error("what is marked is not to be seen")
		}
		*got = ""
		s.press("ctrl+c")
		s.settle()
		if *got != "first paragraph" || s.m.transcript.marked.on || s.m.quitArmed.After(time.Time{}) {
			t.Errorf("ctrl+c copies %q", *got)
		}
		s.drag("first", "paragraph")
		s.press("x")
		if s.m.composer.text() != "x" || s.m.transcript.marked.on {
			t.Errorf("the input holds %q", s.m.composer.text())
		}
		s.drag("first", "paragraph")
		s.feed(tea.WindowSizeMsg{Width: 60, Height: 40})
		if s.m.transcript.marked.on {
			t.Error("it is marked in another layout")
		}
	})
}

// TestMouse_IsGivenToTheTerminal by a key, and by a setting.
func TestMouse_IsGivenToTheTerminal(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := pointed(t, "x")
		if s.m.frame.MouseMode != tea.MouseModeCellMotion {
			t.Error("the mouse is not asked for")
		}
		s.press("f9")
		s.shows("The mouse is the terminal's now; f9")
		if s.m.frame.MouseMode != tea.MouseModeNone {
			t.Error("the mouse is not given back")
		}
		s.press("f9")
		if s.m.frame.MouseMode != tea.MouseModeCellMotion {
			t.Error("the mouse is not taken back")
		}
	})
}

// TestMarking_WithCodeThatIsNotWrapped copies whole lines.
func TestMarking_WithCodeThatIsNotWrapped(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, got := pointed(t, pointedText)
		s.m.transcript.setCode(true, 0)
		s.m.refresh()
		s.drag("1 │ zzz", "}")
		if want := "func main() {\n    fmt.Println(\"a line of code that is longer than the window\")\n}"; *got != want {
			t.Errorf("copied %q, want %q\n%s", *got, want, s.text())
		}
	})
}
