package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/safe"
)

// signAfter is how long an answer takes before its end is worth a sign to whoever
// looks elsewhere meanwhile.
const signAfter = 10 * time.Second

// attention is whether the user looks at this window, as far as the terminal tells:
// one that tells nothing is looked at.
type attention struct {
	away  bool      // the window has lost the focus
	news  bool      // an answer has ended since
	since time.Time // when it got the focus
}

func (m *Model) onFocused() { m.attention = attention{since: m.clock} }

func (m *Model) onBlurred() { m.attention.away = true }

// windowTitle is what goes on, and the session's title, made safe. The mark comes
// first, since tabs are narrow.
func (m *Model) windowTitle() string {
	title := m.ownTitle()
	switch {
	case m.turn.live:
		return "… " + title
	case m.attention.news:
		return "● " + title
	default:
		return title
	}
}

// ownTitle is the program's name with the session's.
func (m *Model) ownTitle() string {
	if m.conv.Title == "" {
		return "groqchat"
	}
	return "groqchat: " + safe.Line(m.conv.Title, 60)
}

// tellEnd is the sign that an answer has ended in a window that nobody looks at,
// where it took long and is not ended by the user.
func (m *Model) tellEnd() tea.Cmd {
	if !m.attention.away || m.turn.stopping || m.turn.again {
		return nil
	}
	m.attention.news = true
	if m.clock.Sub(m.turn.began) < signAfter {
		return nil
	}
	switch m.opts.Config.Notify {
	case "bell":
		return tea.Raw("\a")
	case "desktop":
		return tea.Raw(ansi.Notify(m.ownTitle() + dot + "the answer is there"))
	default:
		return nil
	}
}

// taskbar is the progress that the desktop shows at the window's icon: an answer
// has no length, so it only moves; work that is counted shows its part.
func (m *Model) taskbar() *tea.ProgressBar {
	if !m.turn.live && !m.work.slow() || !m.opts.Config.Taskbar || !hasTaskbar(m.opts.Env) {
		return nil
	}
	if m.work.slow() {
		return tea.NewProgressBar(tea.ProgressBarDefault, m.work.progress.Percent())
	}
	return tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
}

// hasTaskbar reports whether the terminal knows ConEmu's sequence for progress
// (OSC 9;4). Asking is impossible, and others show it as a message, so only those
// that are known get it, and none behind a multiplexer.
func hasTaskbar(env []string) bool {
	if lookup(env, "TMUX") != "" || lookup(env, "STY") != "" {
		return false
	}
	known := []string{"ghostty", "mintty"}
	return slices.Contains(known, lookup(env, "TERM_PROGRAM")) || lookup(env, "WT_SESSION") != "" ||
		lookup(env, "ConEmuANSI") == "ON" || lookup(env, "VTE_VERSION") != ""
}
