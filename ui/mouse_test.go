package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// click presses and releases the button on a text of the screen.
func (s *screen) click(text string) {
	s.t.Helper()
	x, y := s.find(text)
	s.clickAt(x, y)
}

func (s *screen) clickAt(x, y int) {
	s.t.Helper()
	s.feed(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}, tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
}

// wheel turns the wheel over a text of the screen.
func (s *screen) wheel(text string, button tea.MouseButton, n int) {
	s.t.Helper()
	x, y := s.find(text)
	for range n {
		s.feed(tea.MouseWheelMsg{X: x, Y: y, Button: button})
	}
}

func TestMouse_ChoosesInListsAndTakesWhatIsChosen(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("ok")))
		s.settle()
		s.press("ctrl+o")
		s.click("gpt-oss-20b")
		p := s.m.over.(*picker)
		if got := p.selected().key; got != "openai/gpt-oss-20b" {
			t.Fatalf("a click chooses %s", got)
		}
		s.wheel("Models", tea.MouseWheelUp, 3)
		if p.at != 0 {
			t.Errorf("the wheel goes to %d", p.at)
		}
		s.click("gpt-oss-20b")
		s.click("gpt-oss-20b")
		if s.m.over != nil || s.m.conv.Model != "openai/gpt-oss-20b" {
			t.Errorf("two clicks leave %T open, the model is %s", s.m.over, s.m.conv.Model)
		}
	})
}

// TestMouse_ListsStayWhereTheyAreClicked in a window that shows a part of them.
func TestMouse_ListsStayWhereTheyAreClicked(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("ok")))
		s.settle()
		s.press("ctrl+p")
		p := s.m.over.(*picker)
		last := p.touch.of[len(p.touch.of)-1]
		s.clickAt(10, s.m.sheet.top+p.touch.first+last)
		if p.at != last || p.touch.of[0] != 0 {
			t.Errorf("a click on choice %d chooses %d:\n%s", last, p.at, s.text())
		}
		s.press("down")
		if first := p.touch.of[0]; first == 0 {
			t.Error("the keys do not move the list any more")
		}
	})
}

func TestMouse_ClosesWhatItClicksBeside(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, got := pointed(t, "an answer")
		for _, key := range []string{"ctrl+o", "ctrl+p", "f7"} {
			s.press(key)
			s.clickAt(20, 0)
			if s.m.over != nil {
				t.Errorf("after %s a click beside leaves %T open", key, s.m.over)
			}
		}
		s.press("ctrl+o")
		*got = ""
		s.drag("what", "question")
		if s.m.over == nil || *got != "what is a question" {
			t.Errorf("a drag beside copies %q and leaves %T open", *got, s.m.over)
		}
		s.press("esc")
		if s.m.over == nil || s.m.marks() != nil {
			t.Error("esc does more than take the mark away")
		}
	})
}

func TestMouse_MarksWhatStandsInOverlays(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, got := pointed(t, "an answer")
		d := &dialog{title: "Limit reached", text: "A text that is so long that it takes a second row here.", choices: []choice{option("One", "", nil), option("Two", "", nil)}}
		s.m.over = d
		s.feed(nil, tea.WindowSizeMsg{Width: 44, Height: 30})
		s.drag("A text", "row here.")
		if want := "A text that is so long that it takes a second row here."; *got != want {
			t.Errorf("copied %q", *got)
		}
		if !strings.Contains(s.m.frame.Content, s.m.styles.Marked.Render("A text that is so long that it takes a")) {
			t.Error("what is marked is not to be seen")
		}
		s.drag("1 One", "2 Two")
		if *got != "1 One\n2 Two" {
			t.Errorf("choices are copied as %q", *got)
		}
		<-time.After(time.Second)
		s.clicks("second", 2)
		if *got != "second" {
			t.Errorf("two clicks copy %q", *got)
		}
		s.press("x")
		s.click("2 Two")
		if d.at != 1 {
			t.Errorf("a click chooses %d", d.at)
		}
	})
}

func TestMouse_MarksAPageOverItsEdge(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, got := pointed(t, "an answer")
		s.feed(sized(80, 12))
		s.press("f1")
		p := s.m.over.(*page)
		s.wheel("Help", tea.MouseWheelDown, 3)
		if p.top != 3*wheelRows {
			t.Errorf("the wheel goes to %d", p.top)
		}
		p.scroll(p.most)
		s.wheel("Help", tea.MouseWheelDown, 1)
		if p.top != p.most {
			t.Errorf("the wheel goes to %d of %d", p.top, p.most)
		}
		p.scroll(-p.most)
		s.feed(sized(80, 12))
		s.wheel("Help", tea.MouseWheelUp, 1)
		x, y := s.find("Write")
		s.feed(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
		for range 5 {
			s.feed(tea.MouseMotionMsg{X: 70, Y: 11, Button: tea.MouseLeft})
		}
		s.feed(tea.MouseReleaseMsg{X: 70, Y: 11, Button: tea.MouseLeft})
		s.settle()
		if n := strings.Count(*got, "\n"); !strings.HasPrefix(*got, "Write") || n < 6 || p.top != 5 {
			t.Errorf("scrolled to %d, copied %q", p.top, *got)
		}
		s.press("esc")
		s.clickAt(3, 11-s.m.regions.status)
		if s.m.over != nil {
			t.Error("a click on the hints does not close the page")
		}
	})
}

func TestMouse_PutsTheCursorInTheInput(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("ok")))
		s.settle()
		s.write("some words here")
		s.click("words")
		s.write("X")
		if got := s.m.composer.text(); got != "some Xwords here" {
			t.Errorf("the input holds %q", got)
		}
		<-time.After(time.Second)
		s.click("Xwords")
		s.click("Xwords")
		if got := s.m.composer.editor.selected(); got != "Xwords" {
			t.Errorf("two clicks select %q", got)
		}
		s.click("Xwords")
		if got := s.m.composer.editor.selected(); got != "some Xwords here" {
			t.Errorf("three clicks select %q", got)
		}
		s.drag("words", "here")
		if got := s.m.composer.editor.selected(); got != "words her" {
			t.Errorf("a drag selects %q", got)
		}
	})
}

func TestMouse_TakesSuggestions(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("ok")))
		s.settle()
		s.write("/s")
		at := s.m.popup.at
		s.wheel("/system", tea.MouseWheelDown, 1)
		if s.m.popup.at == at || s.m.transcript.top != (place{}) {
			t.Errorf("the wheel goes from %d to %d", at, s.m.popup.at)
		}
		s.click("/search")
		s.shows("▸ /search")
		s.click("/search")
		if got := s.m.composer.text(); got != "/search " {
			t.Errorf("the input holds %q", got)
		}
	})
}

func TestMouse_CopiesLinksAndChoosesMessages(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, got := pointed(t, "See [the page](https://example.com/a_b) for more.")
		s.click("the page")
		s.settle()
		if *got != "https://example.com/a_b" {
			t.Errorf("a click on a link copies %q", *got)
		}
		_, y := s.find("the page")
		s.click("more.")
		if s.m.focused() {
			t.Error("a click on words chooses a message")
		}
		s.clickAt(0, y)
		if msg, ok := s.m.chosenMessage(); !ok || msg.Role != chat.Assistant {
			t.Errorf("a click before an answer chooses %q", msg.Content)
		}
		s.click("question")
		if msg, _ := s.m.chosenMessage(); msg.Role != chat.User {
			t.Errorf("a click chooses %q", msg.Content)
		}
		s.clickAt(5, s.m.regions.composerTop())
		if s.m.focused() {
			t.Error("a click on the input leaves the focus with the messages")
		}
		s.feed(tea.BlurMsg{}, tea.FocusMsg{})
		s.clickAt(0, y)
		if s.m.focused() {
			t.Error("the click that brings the window to the front chooses a message")
		}
	})
}

func TestMouse_MarksInTheReaderAndInARace(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, got := pointed(t, "One paragraph that is longer than the window is wide, so it is wrapped.\n\n```zzz\ncode\n```")
		s.press("tab", "enter")
		if _, reads := s.m.over.(*reader); !reads {
			t.Fatalf("%T is open", s.m.over)
		}
		s.drag("paragraph", "wrapped.")
		if *got != "paragraph that is longer than the window is wide, so it is wrapped." {
			t.Errorf("copied %q", *got)
		}
		s.press("x")
		s.click("1 │ zzz")
		s.settle()
		if *got != "code\n" {
			t.Errorf("a click on the mark of code copies %q", *got)
		}
	})
	bubble(t, func(t *testing.T) {
		s, got := pointed(t, "A racer says words.")
		s.feed(sized(100, 24))
		s.command("/race gpt-oss-120b gpt-oss-20b")
		s.command("run")
		s.settle()
		v, racing := s.m.over.(*raceView)
		if !racing {
			t.Fatalf("%T is open:\n%s", s.m.over, s.text())
		}
		s.drag("racer", "words.")
		if *got != "racer says words." {
			t.Errorf("copied %q", *got)
		}
		s.clickAt(v.pages[1].x+4, v.pages[1].y)
		if v.at != 1 {
			t.Errorf("a click chooses %d", v.at)
		}
	})
}

// TestMouse_IsLeftToGNUScreen, which else keeps esc back, until it is asked for.
func TestMouse_IsLeftToGNUScreen(t *testing.T) {
	bubble(t, func(t *testing.T) {
		for _, tc := range []struct {
			env  []string
			mode tea.MouseMode
		}{{[]string{"STY=1.x"}, tea.MouseModeNone}, {[]string{"STY=1.x", "TMUX=y"}, tea.MouseModeNone}, {[]string{"TMUX=y"}, tea.MouseModeCellMotion}, {nil, tea.MouseModeCellMotion}} {
			o := options(t, answer("ok"))
			o.Env = tc.env
			s := open(t, o)
			s.settle()
			if got := s.m.View().MouseMode; got != tc.mode {
				t.Errorf("%v: the mouse is in mode %v", tc.env, got)
			}
			if tc.mode == tea.MouseModeNone {
				s.press("f9")
				if got := s.m.View().MouseMode; got != tea.MouseModeCellMotion {
					t.Errorf("asked for it is in mode %v", got)
				}
			}
		}
	})
}
