package ui

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

func TestGuide_NamesOnlyKeysCommandsAndSettingsThatThereAre(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("")))
		text := s.m.filled(guideText)
		if i := strings.Index(text, "(no key for"); i >= 0 {
			t.Errorf("the guide names a key that there is not: %.60s", text[i:])
		}
		for _, at := range regexp.MustCompile("`/([a-z]+)").FindAllStringSubmatch(guideText, -1) {
			if !slices.Contains(commandNames(s.m.commands), at[1]) {
				t.Errorf("the guide names /%s, which is no command", at[1])
			}
		}
		for _, b := range s.m.keys.rows {
			if b.scope != scopeFirst && len(b.key.Keys()) > 0 && !strings.Contains(text, "`"+b.name+"`") {
				t.Errorf("the guide leaves out the key for %s", b.name)
			}
		}
		s.settle()
	})
}

func TestGuide_OpensAndClosesAndIsSetBesideTheLoop(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("")))
		s.write("/help limits")
		s.press("enter")
		s.until("the guide", func() bool { return strings.Contains(s.text(), "Groq counts requests a day") })
		if strings.Contains(s.text(), "Every session is kept") {
			t.Error("it shows other topics too")
		}
		s.write("x")
		s.shows("❯ x")
		s.press("ctrl+c")
		s.write("/help limmits")
		s.press("enter")
		s.shows("The guide has no topic limmits; did you mean limits?")
		s.settle()
	})
}

// The rows follow the window and the look; until they are there, none is wider
// than the window.
func TestGuide_FollowsTheWindowAndTheLook(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("")))
		s.write("/guide")
		s.press("enter")
		s.until("the guide", func() bool { return strings.Contains(s.text(), "Write a question") })
		wide := s.m.typesetter.done
		s.feed(tea.WindowSizeMsg{Width: 40, Height: 20})
		for row := range strings.Lines(s.m.frame.Content) {
			if w := ansi.StringWidth(strings.TrimSuffix(row, "\n")); w > 40 {
				t.Errorf("a row of %d cells before it is set anew", w)
			}
		}
		s.until("the guide in the new width", func() bool { return s.m.typesetter.done.width < 40 })
		dark := s.m.styles.Palette
		s.m.opts.Config.Theme = "light"
		s.feed(nil)
		s.until("the guide in the other look", func() bool { return s.m.typesetter.done.palette != dark })
		if s.m.typesetter.done == wide {
			t.Error("nothing was set anew")
		}
		s.press("esc")
		s.settle()
	})
}
