package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// clips presses a key and reports whether it put a text into the clipboard.
func clips(s *screen, key, text string) bool {
	s.t.Helper()
	s.clipped = ""
	s.press(key)
	s.until("the terminal is told", func() bool { return s.clipped != "" })
	return s.clipped == ansi.SetSystemClipboard(text)
}

func TestComposer_CopiesAndCutsWhatIsSelected(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.write("one two")
		s.press("ctrl+shift+left")
		if !clips(s, "ctrl+c", "two") {
			t.Error("ctrl+c does not copy the selection")
		}
		s.shows("Copied 3 characters (through the terminal).", "❯ one two")
		s.press("alt+a")
		if !clips(s, "ctrl+x", "one two") || !s.m.composer.empty() {
			t.Errorf("ctrl+x leaves %q", s.m.composer.text())
		}
		s.press("ctrl+y", "alt+y")
		if got := s.m.composer.text(); got != "two" {
			t.Errorf("what was copied before the cut is %q", got)
		}
		s.press("shift+left", "shift+left")
		if !clips(s, "alt+w", "wo") {
			t.Error("alt+w does not copy the selection")
		}
	})
}

func TestComposer_TheLadderOfCtrlCGoesOnAfterACopy(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.write("one")
		s.press("alt+a", "ctrl+c")
		if s.m.composer.empty() {
			t.Error("the first ctrl+c does not only copy")
		}
		s.press("ctrl+c")
		s.shows("Cleared; up brings it back.")
		s.press("ctrl+c", "ctrl+c")
		s.settle()
		if !s.quit {
			t.Error("the ladder does not end")
		}
	})
}

func TestComposer_EscEndsTheSelection(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.write("one")
	s.press("alt+a", "esc")
	s.write("!")
	if got := s.m.composer.text(); got != "one!" {
		t.Errorf("left is %q", got)
	}
}

func TestComposer_CutWithoutASelectionDoesNothing(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.write("one")
	s.press("ctrl+x", "alt+w")
	if got := s.m.composer.text(); got != "one" {
		t.Errorf("left is %q", got)
	}
}

func TestComposer_SaysWhatIsTooMuchForTheClipboard(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		large := strings.Repeat("a line\n", clipboardSure/7+1)
		s.feed(tea.PasteMsg{Content: large})
		s.press("alt+a")
		if !clips(s, "ctrl+c", large) {
			t.Error("a text that many terminals take is not copied")
		}
		s.shows("through the terminal, and some take less than 74")
		s.m.composer.insert(strings.Repeat("x", clipboardMost))
		t.Setenv("TMPDIR", t.TempDir())
		s.press("alt+a")
		s.clipped = ""
		s.press("ctrl+x")
		s.settled()
		if s.clipped != "" {
			t.Error("a text that no terminal takes is sent to one")
		}
		s.shows("No terminal takes 1.1 MB for its clipboard")
		s.press("ctrl+y")
		if got := len(s.m.composer.text()); got != len(large)+clipboardMost {
			t.Errorf("%d bytes came back", got)
		}
	})
}

// hostile is what may stand in a clipboard.
const hostile = "a\x00b\r\nc\rd\te\x1b[31m\x1b]52;c;AA\x07\u202e\xff"

func TestComposer_APasteStaysOneUntilEnter(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		s := open(t, options(t, model))
		s.feed(pasteOf(hostile)...)
		const kept = "a\x00b\nc\nd\te\x1b[31m\x1b]52;c;AA\x07\u202e\ufffd"
		if got := s.m.composer.text(); got != kept {
			t.Errorf("kept %q", got)
		}
		s.shows("❯ a␀b\n  c\n  d   e␛[31m␛]52;c;AA␇▫")
		s.press("enter")
		s.settle()
		if asked := model.asked(); len(asked) != 1 || asked[0].Messages[0].Content != strings.TrimSpace(kept) {
			t.Errorf("asked %+v", asked)
		}
	})
}

// pasteOf is the messages of a paste.
func pasteOf(text string) []tea.Msg {
	return []tea.Msg{tea.PasteStartMsg{}, tea.PasteMsg{Content: text}, tea.PasteEndMsg{}}
}

// TestComposer_APasteThatEndsItselfSendsNothing pastes a text that holds the
// sequence which ends a paste, so that its rest comes as keys.
func TestComposer_APasteThatEndsItselfSendsNothing(t *testing.T) {
	for _, end := range []struct {
		name  string
		msgs  []tea.Msg
		after string
	}{
		{"its own end comes", []tea.Msg{tea.PasteEndMsg{}}, ""},
		{"it begins another", pasteOf("more"), "more"},
	} {
		t.Run(end.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				model := answer("x")
				s := open(t, options(t, model))
				s.settle()
				s.feed(pasteOf("evil ")...)
				s.press("r", "m", "enter", "tab", "ctrl+c", "ctrl+d", "esc", "ctrl+j", "z", "enter")
				<-time.After(pasteTail / 2)
				s.press("up", "enter")
				s.feed(end.msgs...)
				s.settle()
				if got, want := s.m.composer.text(), "evil rm\n\t\x03\x04\x1b\nz\n\n"+end.after; got != want || len(model.asked()) > 0 || s.quit {
					t.Errorf("kept %q, want %q, asked %d times, quit %v", got, want, len(model.asked()), s.quit)
				}
				<-time.After(time.Second)
				s.press("enter")
				s.settle()
				if len(model.asked()) != 1 {
					t.Errorf("asked %d times", len(model.asked()))
				}
			})
		})
	}
}

func TestComposer_KeysRightBehindAPasteAct(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("x")
		s := open(t, options(t, model))
		s.settle()
		s.feed(pasteOf("one ")...)
		s.press("t", "w", "x", "backspace", "o", "enter", "a", "f", "t", "e", "r")
		if got := s.m.composer.text(); got != "one twx" {
			t.Errorf("held at once: %q", got)
		}
		<-time.After(pasteTail)
		s.settle()
		if asked := model.asked(); len(asked) != 1 || asked[0].Messages[0].Content != "one two" {
			t.Errorf("asked %+v", asked)
		}
		if got := s.m.composer.text(); got != "after" {
			t.Errorf("the composer holds %q", got)
		}
	})
}

func TestComposer_RefusesAPasteThatNoMessageHolds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.write("kept ")
		s.feed(tea.PasteMsg{Content: strings.Repeat("a", composerBytes-5)})
		s.feed(tea.PasteMsg{Content: "b"})
		s.shows("! A paste of 1 B was not taken: a message holds up to 4.2 MB.", "❯ kept [pasted 1 line, 4.2 MB]")
		if got := len(s.m.composer.text()); got != composerBytes {
			t.Errorf("%d bytes are kept", got)
		}
	})
}

func TestComposer_ShowsAPasteInFull(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.press("alt+e")
		s.shows("There is no paste to show in full.")
		first, second := strings.Repeat("one\n", 30), strings.Repeat("two \U00100000\n", 30)
		s.feed(tea.PasteMsg{Content: first})
		s.feed(tea.PasteMsg{Content: second})
		s.press("alt+e")
		s.shows("↑ two", "  two ▫")
		if got := s.m.composer.text(); got != first+second {
			t.Errorf("holds %q", got)
		}
		s.press("ctrl+_")
		s.shows("❯ [pasted 30 lines, 120 B][pasted 30 lines, 270 B]")
		s.press("left", "alt+e", "!")
		if got := s.m.composer.text(); got != first+"!"+second {
			t.Errorf("holds %q", got)
		}
		s.press("ctrl+c", "up", "alt+>")
		s.shows("[pasted 30 lines, 270 B]")
		s.press("ctrl+c")
		s.feed(tea.PasteMsg{Content: strings.Repeat("x", composerExpandBytes+1)})
		s.press("alt+e")
		s.shows("! The paste has 1.0 MB; up to 1.0 MB can be shown and edited here.")
	})
}

func TestComposer_KeepsEditsWhileTheWindowIsTooSmall(t *testing.T) {
	model := answer("x")
	s := open(t, options(t, model))
	s.write("before ")
	for _, size := range []tea.WindowSizeMsg{{Width: 1, Height: 1}, {Width: 19, Height: 24}, {Width: 80, Height: 5}} {
		s.feed(size)
		s.write("xyz")
		s.press("backspace", "backspace", "enter")
	}
	s.feed(tea.PasteMsg{Content: "pasted"}, tea.WindowSizeMsg{Width: 20, Height: 6})
	if got := s.m.composer.text(); got != "before xxxpasted" || len(model.asked()) > 0 {
		t.Errorf("the composer holds %q, %d messages were sent", got, len(model.asked()))
	}
}

func TestComposer_CountsCellsAsTheRendererDoes(t *testing.T) {
	const text = "世界👍🏽🇩🇪👨‍👩‍👧e\u0301❤️0️⃣"
	for _, c := range []struct {
		name string
		msgs []tea.Msg
		want int
	}{
		{"a terminal that says nothing", nil, 4 + 4 + 2 + 6 + 1 + 1 + 1},
		{"one that does not know the mode", []tea.Msg{tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeNotRecognized}}, 19},
		{"another mode", []tea.Msg{tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeReset}}, 19},
		{"one that counts by characters", []tea.Msg{tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset}}, 4 + 2 + 2 + 2 + 1 + 2 + 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, options(t, answer("x")))
			s.m.composer.insert(text)
			s.feed(c.msgs...)
			s.press("home", "end")
			if got := s.m.View().Cursor; got.X != 2+c.want || got.Y != 22 {
				t.Errorf("the cursor is at %d,%d, want %d,22", got.X, got.Y, 2+c.want)
			}
		})
	}
}

// TestComposer_PutsTheCursorWhereTheTextGoesOn has the cells that a terminal of 20
// columns would show the cursor at.
func TestComposer_PutsTheCursorWhereTheTextGoesOn(t *testing.T) {
	for _, c := range []struct {
		name, text string
		keys       []string
		x, y       int // from the first row of the input
	}{
		{"behind a full row", strings.Repeat("a", 17), nil, 19, 0},
		{"behind a full row of wide text", strings.Repeat("世", 8), nil, 18, 0},
		{"one more", strings.Repeat("a", 18), nil, 3, 1},
		{"one more wide", strings.Repeat("世", 9), nil, 4, 1},
		{"before what was wrapped", strings.Repeat("世", 9), []string{"left"}, 2, 1},
		{"behind a blank that hangs over", strings.Repeat("a", 17) + " ", nil, 2, 1},
		{"behind a tab", "a\tb", nil, 7, 0},
		{"on a tab", "世\tb", []string{"left", "left"}, 4, 0},
		{"behind combining marks", "e\u0301\u0323", nil, 3, 0},
		{"on a line of its own", "世界\n", nil, 2, 1},
		{"in the middle of wide text", "世界世界", []string{"left", "left"}, 6, 0},
		{"when it scrolls", strings.Repeat("世\n", 9) + "世界", []string{"left"}, 4, 3},
		{"when it scrolled back", strings.Repeat("世\n", 9) + "世界", []string{"up", "up", "up", "up", "end"}, 4, 0},
		{"at a mark that stands alone", "\u0301", nil, 3, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, options(t, answer("x")))
			s.feed(tea.WindowSizeMsg{Width: 20, Height: 12})
			s.m.composer.insert(c.text)
			s.press("f9")
			s.press(c.keys...)
			at := s.m.View().Cursor
			if y := at.Y - s.m.regions.composerTop(); at.X != c.x || y != c.y {
				t.Errorf("the cursor is at %d,%d of the input, want %d,%d\n%s", at.X, y, c.x, c.y, s.text())
			}
		})
	}
}

func TestComposer_SaysThatThereIsMore(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.feed(tea.WindowSizeMsg{Width: 40, Height: 12})
	s.m.composer.insert("1\n2\n3\n4\n5\n6")
	s.press("left")
	s.shows("↑ 3\n  4\n  5\n  6\n")
	s.press("alt+<")
	s.shows("❯ 1\n  2\n  3\n↓ 4\n")
	s.press("down", "down", "down", "down")
	s.shows("↑ 2\n  3\n  4\n↓ 5\n")
	s.feed(tea.WindowSizeMsg{Width: 40, Height: 6})
	s.press("up")
	s.shows("↑ 4\n↓ 5\n")
	s.press("alt+a", "backspace")
	s.shows("❯ Ask")
	if got := s.m.regions.composer; got != 1 {
		t.Errorf("an empty input takes %d rows", got)
	}
}

func TestComposer_ShowsWhatIsSelected(t *testing.T) {
	c := newComposer("")
	st := composerStyles()
	c.insert("one two\nthree")
	c.do(opLeft)
	c.do(opSelect | opUp)
	got := c.view(st, 40, 2, true)
	want := []string{
		st.Accent.Render("❯") + " " + st.Text.Render("one ") + st.Selected.Render("two") + st.Selected.Render(" "),
		"  " + st.Selected.Render("thre") + st.Text.Render("e"),
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}
