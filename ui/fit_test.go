package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

func TestFit_LeavesOutWholeParts(t *testing.T) {
	parts := []string{"gpt-oss-120b", "312 tokens", "512 tok/s", "0.8 s", "stopped"}
	for width, want := range map[int]string{
		80: "gpt-oss-120b · 312 tokens · 512 tok/s · 0.8 s · stopped",
		50: "gpt-oss-120b · 312 tokens · 512 tok/s · stopped",
		25: "gpt-oss-120b · stopped",
		21: "gpt-oss-120b",
		8:  "gpt-oss…",
		0:  "",
	} {
		if got := fit(parts, 1, width); got != want {
			t.Errorf("%d: %q, want %q", width, got, want)
		}
	}
	if got := strings.Join(stacked("enter send · f5 demo · ctrl+d quit", 20), "|"); got != "enter send · f5 demo|ctrl+d quit" {
		t.Errorf("stacked: %q", got)
	}
}

func TestHelp_ShowsEveryKeyWhatever(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		for _, width := range []int{20, 40, 80, 120} {
			s.feed(tea.WindowSizeMsg{Width: width, Height: 24})
			text := strings.Join(strings.Fields(plain(helpRows(s.m, width))), " ")
			for _, key := range []string{"ctrl+j", "ctrl+backspace", "alt+b", "shift+f2"} {
				if !strings.Contains(text, key) {
					t.Errorf("%d columns: no %s", width, key)
				}
			}
			if strings.Contains(text, "…") {
				t.Errorf("%d columns: something is cut: %s", width, text)
			}
		}
	})
}

func TestStatus_DropsTheServerBeforeItCutsTheModel(t *testing.T) {
	s := status{model: "gpt-oss-120b", effort: "medium", server: "demo"}
	for width, want := range map[int]string{40: " gpt-oss-120b · medium · demo", 24: " gpt-oss-120b · medium", 20: " gpt-oss-120b"} {
		if got := s.line(width); got != want {
			t.Errorf("%d: %q, want %q", width, got, want)
		}
	}
}

// TestStatus_SaysWhatHappensInAnyWindow, with as much of the model as has room.
func TestStatus_SaysWhatHappensInAnyWindow(t *testing.T) {
	model := status{model: "gpt-oss-120b", effort: "medium", server: "demo", minute: "minute 1k/8k"}
	for _, tc := range []struct {
		activity, warning string
		width             int
		want              string
	}{
		{"streaming 480 tok/s", "", 20, " gpt-oss… 480 tok/s"},
		{"streaming 480 tok/s", "", 30, " gpt-oss… streaming 480 tok/s"},
		{"streaming 480 tok/s", "", 36, " gpt-oss-120b   streaming 480 tok/s"},
		{"⠦ sending in 14 s", "read-only", 20, " gpt-oss-1… in 14 s"},
		{"⠦ waiting 1.2 s", "", 20, " gpt-oss-120b 1.2 s"},
		{"stopping", "", 20, " gpt-oss-… stopping"},
		{"", "not saved · unencrypted", 20, " gpt-oss… not saved"},
		{"", "temporary", 30, " gpt-oss-120b      temporary"},
		{"", "", 20, " gpt-oss-120b"},
	} {
		s := model
		s.activity, s.warning = tc.activity, tc.warning
		if got := s.line(tc.width); got != tc.want {
			t.Errorf("%q, %q in %d cells: %q, want %q", tc.activity, tc.warning, tc.width, got, tc.want)
		}
	}
}

// What happened to an answer stands below it; the notice says what to do.
func TestEnd_SaysNothingTwice(t *testing.T) {
	bubble(t, func(t *testing.T) {
		for _, tc := range []struct {
			ending *script
			once   string
		}{
			{&script{events: []chat.Event{chat.Delta{Text: "half"}, chat.Done{Finish: "length"}}}, "cut off"},
			{&script{events: []chat.Event{chat.Delta{Text: "half"}}, err: chat.Errorf(chat.Cut, "the line went dead")}, "line went dead"},
		} {
			s := open(t, options(t, tc.ending))
			s.write("q")
			s.press("enter")
			s.settle()
			if n := strings.Count(s.text(), tc.once); n != 1 {
				t.Errorf("%q is said %d times:\n%s", tc.once, n, s.text())
			}
			s.shows("f6 goes on with it · f5 tries again")
		}
	})
}

func TestNotice_QuittingIsOfferedAsLongAsItHolds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.settle()
		s.press("ctrl+c")
		s.shows("Press it again to quit.")
		began := s.m.opts.Now()
		s.settle()
		s.lacks("Press it again")
		if d := s.m.opts.Now().Sub(began); d > quitTime {
			t.Errorf("it stood for %v", d)
		}
	})
}

func TestComposer_PlaceholderLeavesOutWholeKeys(t *testing.T) {
	text := "Ask anything" + placeholderGap + "enter send" + dot + "f1 help"
	for width, want := range map[int]string{
		80: text, 25: "Ask anything   enter send", 24: "Ask anything", 12: "Ask anything", 5: "Ask …",
	} {
		if got := fitPlaceholder(text, width); got != want {
			t.Errorf("%q in %d cells, want %q", got, width, want)
		}
	}
}
