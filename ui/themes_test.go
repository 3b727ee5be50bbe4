package ui

import (
	"errors"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"groqchat/config"
	"groqchat/ui/theme"
)

// themed is a screen on which there was an answer; the settings that were written
// stand in written.
func themed(t *testing.T, change func(*Options)) (s *screen, written *[]string) {
	t.Helper()
	o := options(t, answer("An answer with `code`.\n\n```go\nreturn nil\n```"))
	o.Config.Theme = config.AutoTheme
	written = &[]string{}
	o.SetDefault = func(setting, value string) error {
		*written = append(*written, setting+"="+value)
		return nil
	}
	if change != nil {
		change(&o)
	}
	return answered(t, o), written
}

// ground says what the terminal's ground is.
func (s *screen) ground(dark bool) {
	c := color.Color(color.White)
	if dark {
		c = color.Black
	}
	s.feed(tea.BackgroundColorMsg{Color: c})
}

// wears fails the test unless the screen is drawn in a theme.
func (s *screen) wears(name string) {
	s.t.Helper()
	p, ok := theme.Find(name)
	if !ok {
		s.t.Fatalf("there is no theme %s", name)
	}
	got := s.m.styles.Palette
	if got.Name != name {
		s.t.Errorf("the theme is %s, want %s", got.Name, name)
	}
	if look := s.m.transcript.look.styles.Palette; look != got {
		s.t.Errorf("the transcript is drawn in %s", look.Name)
	}
	if sgr := theme.New(p).User.Render("hello"); !strings.Contains(s.m.View().Content, sgr) {
		s.t.Errorf("the question is not in the colours of %s", name)
	}
}

// reports waits for a notice.
func (s *screen) reports(text string) {
	s.t.Helper()
	s.until(text, func() bool { return strings.Contains(s.m.notice.text, text) })
}

// themeFile writes a theme of the user's.
func themeFile(t *testing.T, s *screen, name, text string) {
	t.Helper()
	dir := s.m.opts.Config.Paths.Themes
	if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
}

func TestThemes_AutoFollowsTheGround(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := themed(t, nil)
		s.wears("dark")
		s.ground(false)
		s.wears("light")
		s.ground(true)
		s.wears("dark")
		s, _ = themed(t, func(o *Options) { o.Config.ThemeDark, o.Config.ThemeLight = "midnight", "paper" })
		s.wears("midnight")
		s.ground(false)
		s.wears("paper")
	})
}

// TestThemes_AskForTheGroundAgain: when the terminal says that its colours have
// changed, and when somebody comes back to it.
func TestThemes_AskForTheGroundAgain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := themed(t, nil)
		if !s.m.View().ReportFocus {
			t.Error("the focus is not reported")
		}
		for _, msg := range []tea.Msg{tea.FocusMsg{}, uv.DarkColorSchemeEvent{}, uv.LightColorSchemeEvent{}} {
			if !asksForGround(s.m.route(msg)) {
				t.Errorf("%T: nothing is asked", msg)
			}
		}
		if !asksForGround(s.m.Init()) {
			t.Error("nothing is asked at the start")
		}
		s.drain()
	})
}

// asksForGround reports whether a command, or one of a batch, asks the terminal.
func asksForGround(cmd tea.Cmd) bool {
	if cmd == nil {
		return false
	}
	want, msg := tea.RequestBackgroundColor(), cmd()
	if all, ok := msg.(tea.BatchMsg); ok {
		return asksForGround(all[0])
	}
	return msg == want
}

func TestThemes_ListShowsThemAndTakesOne(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, written := themed(t, nil)
		s.ground(true)
		s.write("/theme")
		s.press("enter")
		s.settle()
		s.shows("Themes", "auto · suits the terminal's ground, now dark", "contrast", "5.1:1", "▸•auto", "What you ask")
		s.wears("dark")
		s.press("down", "down", "down")
		s.wears("midnight")
		s.press("esc")
		s.wears("dark")
		s.write("/theme")
		s.press("enter")
		s.write("moss")
		s.wears("moss")
		s.press("enter")
		s.reports("The theme is moss.")
		s.wears("moss")
		if got := (*written)[0]; len(*written) != 1 || got != "theme=moss" {
			t.Errorf("written: %q", *written)
		}
		s.ground(false)
		if got := s.m.styles.Palette; got.Name != "moss" || !got.Painted {
			t.Errorf("on a light ground it is %s, painted: %v", got.Name, got.Painted)
		}
	})
}

func TestThemes_LeavingTheListInAnyWayGivesTheOldOneBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := themed(t, nil)
		for _, leave := range []func(){
			func() { s.press("esc") },
			func() { s.press("ctrl+c") },
			func() { s.m.openHelp(); s.m.refresh() },
		} {
			s.m.over = nil
			s.m.openThemes()
			s.press("end", "down", "down")
			if s.m.styles.Palette.Name == "dark" {
				t.Fatal("the list shows nothing")
			}
			leave()
			if got := s.m.styles.Palette.Name; got != "dark" {
				t.Errorf("the theme is %s", got)
			}
		}
		s.settle()
	})
}

func TestThemes_CommandTakesAName(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, written := themed(t, nil)
		enter := func(line string) {
			s.write(line)
			s.press("enter")
		}
		enter("/theme midnight")
		s.reports("The theme is midnight.")
		s.wears("midnight")
		enter("/theme auto")
		s.reports("The theme is auto, now dark.")
		s.wears("dark")
		enter("/theme midnigth")
		s.reports("There is no theme midnigth; did you mean midnight?")
		s.wears("dark")
		if got := s.m.composer.text(); got != "/theme midnigth" {
			t.Errorf("the input holds %q", got)
		}
		if got := strings.Join(*written, " "); got != "theme=midnight theme=auto" {
			t.Errorf("written: %s", got)
		}
		s.m.composer.clear()
		s.write("/theme pap")
		s.shows("paper")
		s.press("tab")
		if got := s.m.composer.text(); got != "/theme paper" {
			t.Errorf("completed to %q", got)
		}
	})
}

func TestThemes_SayWhatStandsOverTheSetting(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := themed(t, func(o *Options) {
			o.Config.Theme = "dark"
			o.Config.Sources["theme"] = config.Source{Kind: config.FromFlag, Detail: "--theme"}
		})
		s.run(s.m.useTheme("moss"))
		s.reports("The theme is moss. --theme stands over it at the next start.")
		s.wears("moss")
		s, _ = themed(t, func(o *Options) { o.SetDefault = nil })
		s.run(s.m.useTheme("moss"))
		s.says("The theme is moss.")
	})
}

// TestThemes_FilesOfTheUserAreReadAnew: when the list opens, and while one of them
// is shown or wanted.
func TestThemes_FilesOfTheUserAreReadAnew(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := themed(t, nil)
		s.watch = true
		themeFile(t, s, "mine.toml", "base = \"moss\"\nhelp = \"of my own\"\naccent = \"#ff00ff\"")
		s.run(s.m.openThemes())
		s.until("the folder is read", func() bool { return len(s.m.themes.all) == 11 })
		s.write("mine")
		s.shows("mine · of my own")
		s.press("enter")
		s.until("it is shown", func() bool { return s.m.styles.Palette.Accent == "#ff00ff" })
		if moss, _ := theme.Find("moss"); s.m.styles.Palette.Text != moss.Text {
			t.Error("what it leaves out is not of its base")
		}
		themeFile(t, s, "mine.toml", "base = \"moss\"\naccent = \"#00ff00\"\nlink = \"blue\"")
		s.until("the change is shown", func() bool { return s.m.styles.Palette.Accent == "#00ff00" })
		s.says(`mine.toml:3: link: "blue" is not a colour`)
		themeFile(t, s, "mine.toml", "accent = \"#00ff00\"")
		s.until("the warning is gone", func() bool { return s.m.notice.text == "" })
		if err := os.Remove(filepath.Join(s.m.opts.Config.Paths.Themes, "mine.toml")); err != nil {
			t.Fatal(err)
		}
		s.until("the file is missed", func() bool { return s.m.styles.Palette.Name == "dark" })
		themeFile(t, s, "mine.toml", "accent = 5")
		s.until("it is there again", func() bool { return s.m.styles.Palette.Accent == "5" })
		s.watch = false
	})
}

func TestThemes_CompletesWhatFilesLeaveOut(t *testing.T) {
	light, _ := theme.Find("light")
	for _, tc := range []struct {
		file config.Theme
		text string
		dark bool
	}{
		{config.Theme{Name: "a"}, palette(true).Text, true},
		{config.Theme{Name: "a", Colors: map[string]string{"ground": "#ffffff"}}, light.Text, false},
		{config.Theme{Name: "a", Base: "light"}, light.Text, false},
		{config.Theme{Name: "light"}, light.Text, false},
		{config.Theme{Name: "light", Base: "dark"}, palette(true).Text, true},
	} {
		if p := customTheme(tc.file); p.Text != tc.text || p.Dark != tc.dark || p.Name != tc.file.Name || !p.Custom {
			t.Errorf("%+v becomes %+v", tc.file, p)
		}
	}
}

// TestThemes_PaintTheGroundWhereItIsUnlike: dark text on a dark ground is read by
// nobody.
func TestThemes_PaintTheGroundWhereItIsUnlike(t *testing.T) {
	bubble(t, func(t *testing.T) {
		for _, tc := range []struct {
			setting, theme string
			told, dark     bool
			painted        bool
		}{
			{"auto", "paper", true, true, true},
			{"auto", "paper", true, false, false},
			{"auto", "paper", false, false, false},
			{"auto", "terminal", true, false, false},
			{"always", "moss", true, true, true},
			{"always", "terminal", true, true, false},
			{"never", "paper", true, true, false},
		} {
			s, _ := themed(t, func(o *Options) { o.Config.Theme, o.Config.Ground = tc.theme, tc.setting })
			if tc.told {
				s.ground(tc.dark)
			}
			rows := strings.Split(s.m.View().Content, "\n")
			painted := 0
			for _, row := range rows {
				if strings.Contains(row, "48;2;") {
					painted++
				}
			}
			if want := map[bool]int{true: len(rows)}[tc.painted]; painted != want {
				t.Errorf("%+v: %d of %d rows are painted", tc, painted, len(rows))
			}
			if c := s.m.View().Cursor; (c.Color != nil) != tc.painted {
				t.Errorf("%+v: the cursor has the colour %v", tc, c.Color)
			}
		}
	})
}

// TestThemes_FarewellStandsOnTheTerminalsGround: what is left there is not painted.
func TestThemes_FarewellStandsOnTheTerminalsGround(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := themed(t, func(o *Options) { o.Config.Theme = "paper" })
		s.ground(true)
		s.settle()
		if left, want := strings.Join(s.m.farewell(), "\n"), theme.New(palette(true)).User.Render("hello"); !strings.Contains(left, want) {
			t.Errorf("left: %q", left)
		}
	})
}

// TestThemes_MakeOnlyWhatIsInViewAnew: however much was said.
func TestThemes_MakeOnlyWhatIsInViewAnew(t *testing.T) {
	conv := long(t, 1000)
	m := tall(conv.Path())
	m.view()
	m.restyle(theme.New(palette(false)))
	if n := len(m.opened); n != 0 {
		t.Fatalf("%d messages are ready before they are seen", n)
	}
	m.view()
	if n := len(m.opened); n == 0 || n > m.height {
		t.Errorf("%d messages were made for a window of %d rows", n, m.height)
	}
}

func TestThemes_ReaderFollowsToo(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := themed(t, nil)
		msg := s.m.conv.Path()[1]
		s.m.over = newReader(msg, s.m.transcript)
		s.ground(false)
		if got := s.m.over.(*reader).alone.look.styles.Palette.Name; got != "light" {
			t.Errorf("the message is read in %s", got)
		}
		s.settle()
	})
}
