package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
	"groqchat/ui/safe"
)

// sessionsTitle tells the session picker from others.
const sessionsTitle = "Sessions"

// openSessions opens the session picker; the list comes from disk in its time.
func (m *Model) openSessions() tea.Cmd {
	if m.opts.Store == nil {
		return m.notice.say(toneInfo, "This is a temporary chat: there are no saved sessions here.")
	}
	p := newPicker(sessionsTitle, "reading the saved sessions …")
	p.heading = []string{"title", "when", "messages", "model"}
	p.hint = hints(m.keys.hint("overlay-accept", "resume"), m.keys.hint("session-rename", "rename"), m.keys.hint("session-pin", "pin"),
		m.keys.hint("session-delete", "delete"), m.keys.hint("session-export", "export"), m.keys.hint("overlay-close", "close"))
	p.typed, p.extra = (*Model).searchAsTyped, manageSession
	m.over = p
	return listSessions(m.ctx, m.opts.Store)
}

// onListed fills the session picker, if it is still open.
func (m *Model) onListed(msg listedMsg) tea.Cmd {
	p, ok := m.over.(*picker)
	if !ok || p.title != sessionsTitle {
		return nil
	}
	p.empty = "no session matches"
	if msg.rest != nil {
		p.empty = "reading the saved sessions …"
	}
	if len(msg.listing.Summaries) == 0 && msg.rest == nil {
		p.empty = "there are no saved sessions yet"
	}
	if msg.err != nil {
		p.empty = sentence(safe.Line(msg.err.Error(), 200))
	}
	m.titles = make(map[string]string, len(msg.listing.Summaries))
	for _, s := range msg.listing.Summaries {
		m.titles[s.ID] = s.Title
	}
	p.set(sessionChoices(msg.listing.Summaries, m.clock, m.conv.ID))
	if msg.rest != nil {
		return msg.rest
	}
	if n := len(msg.listing.Problems); n > 0 {
		return m.notice.say(toneWarning, fmt.Sprintf("%s cannot be read; `groqchat sessions doctor` says why, and mends what it can.", plural(n, "session file")))
	}
	return nil
}

// sessionChoices is a row for each session, those that are pinned first, then the
// newest.
func sessionChoices(all []history.Summary, now time.Time, current string) []choice {
	choices := make([]choice, 0, len(all))
	all = slices.Clone(all)
	slices.SortStableFunc(all, history.PinnedFirst)
	for _, s := range all {
		mark := " "
		if s.Pinned {
			mark = "*"
		}
		if s.ID == current {
			mark = "●"
		}
		title := s.Title
		if title == "" {
			title = "(no title)"
		}
		choices = append(choices, choice{
			key: s.ID, match: title + " " + strings.Join(s.Tags, " ") + " " + s.ID, mark: mark, do: resumeSession(s.ID),
			columns: []string{withTags(title, s.Tags), age(now.Sub(s.Updated)), chat.Count(s.Count), chat.ShortModel(s.Model)},
		})
	}
	return choices
}

// age is how long ago something was, in few cells.
func age(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "now"
	case d < time.Hour:
		return fmt.Sprintf("%d min", d/time.Minute)
	case d < day:
		return fmt.Sprintf("%d h", d/time.Hour)
	case d < 60*day:
		return plural(int(d/day), "day")
	default:
		return fmt.Sprintf("%d months", d/(30*day))
	}
}

const day = 24 * time.Hour

// resumeSession opens a saved session in place of the present one.
func resumeSession(id string) action {
	return func(m *Model) tea.Cmd {
		if id == m.conv.ID && m.lines != nil {
			return m.notice.say(toneInfo, "This session is open already.")
		}
		if id == m.conv.ID {
			return nil
		}
		store, now := m.opts.Store, m.opts.Now
		return m.depart(func(load int) tea.Msg { return loadSession(store, load, id, now) })
	}
}

// depart saves the session in order to leave it, and goes on with what becomes of
// the number of this step: another step after it has another. A session that cannot
// be saved is left only when that is asked for again.
func (m *Model) depart(then func(load int) tea.Msg) tea.Cmd {
	if m.turn.live {
		return m.notice.say(toneInfo, "An answer is under way: "+m.keys.hint("stop", "stops it")+" first.")
	}
	m.load++
	load := m.load
	m.lines.departs()
	next := func() tea.Msg { return then(load) }
	if m.unsaved.forsake || m.readOnly != "" {
		return next
	}
	return saveThen(m.saver, m.snapshot(), next)
}

// onLoaded shows a session that was read from disk. Its lock is held by now, and
// that of the one before is given back; or its own, if it comes too late.
func (m *Model) onLoaded(msg loadedMsg) tea.Cmd {
	if msg.load != m.load || m.turn.live {
		return m.release(msg.session.ID)
	}
	if msg.err != nil {
		if m.composer.empty() {
			m.composer.setText(msg.typed)
		}
		m.notice.stay(toneError, sentence(msg.err.Error()))
		return nil
	}
	m.notice.clear()
	leave := m.leave()
	m.adopt(msg.session)
	m.arrive(msg.load)
	return leave
}

// release gives the lock of a session back that is not shown any more.
func (m *Model) release(id string) tea.Cmd {
	store := m.opts.Store
	if store == nil || id == "" || id == m.conv.ID {
		return nil
	}
	return func() tea.Msg {
		store.Release(id)
		return nil
	}
}

// sweep removes what earlier starts left behind, and finds what they could not save.
func (m *Model) sweep() tea.Cmd {
	store, now := m.opts.Store, m.opts.Now
	if store == nil {
		return nil
	}
	ctx := m.ctx
	return func() tea.Msg {
		// Whatever cannot be swept now can be the next time, and `sessions doctor` says why.
		_ = store.Sweep(ctx, now())
		return nil
	}
}

// firstSessions is how many sessions are shown before the others are read: more
// than a screen has rows.
const firstSessions = 50

// listSessions reads the newest sessions, and then all.
func listSessions(ctx context.Context, store *history.Store) tea.Cmd {
	return func() tea.Msg {
		newest, rest, err := store.ListNewest(ctx, firstSessions)
		if rest == nil {
			return listedMsg{listing: newest, err: err}
		}
		return listedMsg{listing: newest, rest: func() tea.Msg {
			all, err := rest(ctx)
			return listedMsg{listing: all, err: err}
		}}
	}
}

func loadSession(store *history.Store, load int, id string, now func() time.Time) tea.Msg {
	session, err := store.Resume(id, now())
	return loadedMsg{load: load, session: session, err: err}
}
