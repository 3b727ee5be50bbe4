package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
	"groqchat/ui/safe"
)

// searchTitle tells the list of what a search found from others.
const searchTitle = "Search"

const (
	// searchPause is how long a search waits for the next letter before it begins.
	searchPause = 80 * time.Millisecond
	// shownHits bounds the sessions that a search shows, and its rows.
	shownHits = 100
)

// search is the search under way, and where the session that was chosen of it is
// to be opened. A search with another id is a stranger.
type search struct {
	id     int
	query  string
	cancel context.CancelFunc
	feed   *hitFeed
	hits   []history.Hit
	jump   jump
	began  time.Time
}

// jump is the message at which a session is shown that is being loaded.
type jump struct {
	load    int
	message string
}

// hitFeed carries hits from the search to the screen. Putting never waits.
type hitFeed struct {
	mu     sync.Mutex
	hits   []history.Hit
	looked int // how many sessions
	all    int // of how many
	err    error
	done   bool
	wake   chan struct{} // one slot: something is there
}

func newHitFeed() *hitFeed { return &hitFeed{wake: make(chan struct{}, 1)} }

func (f *hitFeed) put(h history.Hit) {
	f.mu.Lock()
	f.hits = append(f.hits, h)
	f.mu.Unlock()
	f.ring()
}

// tell says how many of how many sessions were looked at, and wakes for each
// hundredth.
func (f *hitFeed) tell(looked, all int) {
	f.mu.Lock()
	before := f.looked
	f.looked, f.all = looked, all
	f.mu.Unlock()
	if all > 0 && before*100/all != looked*100/all {
		f.ring()
	}
}

// far is how far the search is.
func (f *hitFeed) far() (looked, all int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.looked, f.all
}

func (f *hitFeed) end(err error) {
	f.mu.Lock()
	f.err, f.done = err, true
	f.mu.Unlock()
	f.ring()
}

func (f *hitFeed) ring() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// take gives all that gathered, and whether that was the last of it.
func (f *hitFeed) take() (hits []history.Hit, done bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	hits, f.hits = f.hits, nil
	return hits, f.done, f.err
}

// hitsFoundMsg says that a search has found something, or has ended.
type hitsFoundMsg struct{ search int }

// openSearch opens the list of what a search for words finds.
func (m *Model) openSearch(words string) tea.Cmd {
	if m.opts.Store == nil {
		return m.notice.say(toneInfo, "This is a temporary chat: there are no saved sessions here.")
	}
	p := newPicker(searchTitle, "type what was said")
	p.heading = []string{"session › text", "when", "who"}
	p.hint = hints("type to search", m.keys.hint("overlay-accept", "open there"), m.keys.hint("overlay-close", "close"))
	p.filter.insert(words)
	p.typed = (*Model).searchAsTyped
	m.over = p
	return m.searchAsTyped()
}

// searcher is the picker that shows what a search finds, nil if none is open.
func (m *Model) searcher() *picker {
	if p, ok := m.over.(*picker); ok && (p.title == searchTitle || p.title == sessionsTitle) {
		return p
	}
	return nil
}

// searchAsTyped searches for what stands in the filter. The search before it ends,
// and what it still finds belongs to nobody.
func (m *Model) searchAsTyped() tea.Cmd {
	p := m.searcher()
	if p == nil || m.opts.Store == nil {
		return nil
	}
	if m.search.cancel != nil {
		m.search.cancel()
	}
	m.search.id++
	m.search.query, m.search.hits, m.search.cancel = strings.TrimSpace(p.filter.value()), nil, nil
	p.setBelow(nil)
	p.far = Progress{}
	if m.search.query == "" {
		if p.title == searchTitle {
			p.empty = "type what was said"
		}
		return nil
	}
	p.empty, m.search.began = "searching …", m.clock
	var ctx context.Context
	ctx, m.search.cancel = context.WithCancel(m.ctx)
	m.search.feed = newHitFeed()
	return tea.Batch(lookFor(ctx, m.opts.Store, m.search.query, m.search.feed), waitForHits(m.search.id, m.search.feed))
}

// lookFor searches, unless the next letter is typed at once.
func lookFor(ctx context.Context, store *history.Store, query string, feed *hitFeed) tea.Cmd {
	return func() tea.Msg {
		err := errors.New("the search ended in an internal error")
		defer func() { feed.end(err) }() // also when it panics: somebody waits
		select {
		case <-ctx.Done():
			err = ctx.Err()
		case <-time.After(searchPause):
			err = store.SearchTelling(ctx, query, feed.put, feed.tell)
		}
		return nil
	}
}

// waitForHits waits for something, and gathers a little more for one frame.
func waitForHits(id int, feed *hitFeed) tea.Cmd {
	return func() tea.Msg {
		<-feed.wake
		<-time.After(gather)
		return hitsFoundMsg{id}
	}
}

// onHits shows what was found so far.
func (m *Model) onHits(msg hitsFoundMsg) tea.Cmd {
	p := m.searcher()
	if msg.search != m.search.id || p == nil {
		m.changed = false
		return nil
	}
	hits, done, err := m.search.feed.take()
	hits = append(m.search.hits, hits...)
	slices.SortFunc(hits, history.Better)
	m.search.hits = hits[:min(len(hits), shownHits)]
	p.setBelow(hitChoices(m.search.hits, m.clock, p.title == searchTitle))
	if !done {
		looked, all := m.search.feed.far()
		p.far = Progress{Done: looked, All: all, Took: m.clock.Sub(m.search.began), Measure: Things("session")}
		return waitForHits(msg.search, m.search.feed)
	}
	p.empty, p.far = "nothing is found", Progress{}
	if err != nil {
		p.empty = sentence(safe.Line(err.Error(), 200))
	}
	return nil
}

// searchAfter brings what was found up to date after a change to the sessions: one
// that was deleted goes at once, for the rest the search is done again.
func (m *Model) searchAfter(deleted string) tea.Cmd {
	p := m.searcher()
	if p == nil || m.search.query == "" || m.search.query != strings.TrimSpace(p.filter.value()) {
		return nil
	}
	if deleted == "" {
		return m.searchAsTyped()
	}
	m.search.hits = slices.DeleteFunc(m.search.hits, func(h history.Hit) bool { return h.ID == deleted })
	p.setBelow(hitChoices(m.search.hits, m.clock, p.title == searchTitle))
	return nil
}

// hitChoices is a row for each message that was found, the best first. Sessions
// whose title was found have a row of their own where no list shows them anyway.
func hitChoices(hits []history.Hit, now time.Time, titles bool) []choice {
	const titleCells = 24
	var choices []choice
	for _, h := range hits {
		title := h.Summary.Title
		if title == "" {
			title = "(no title)"
		}
		when := age(now.Sub(h.Updated))
		if titles && h.Title {
			choices = append(choices, choice{key: h.ID, mark: " ", do: resumeSession(h.ID), columns: []string{withTags(title, h.Tags), when, "title"}})
		}
		for _, match := range h.Matches {
			choices = append(choices, choice{
				key: h.ID + "/" + match.Message, mark: " ", do: resumeAt(h.ID, match.Message),
				columns: []string{safe.Line(title, titleCells) + " › " + match.Line, when, who(match)},
			})
		}
	}
	return choices[:min(len(choices), shownHits)]
}

func who(match history.Match) string {
	switch {
	case match.Role == chat.User:
		return "you"
	case match.Thought:
		return "thought"
	}
	return "answer"
}

// withTags is a title with the tags behind it.
func withTags(title string, tags []string) string {
	for _, tag := range tags {
		title += " #" + tag
	}
	return title
}

// resumeAt opens a session at a message.
func resumeAt(id, message string) action {
	return func(m *Model) tea.Cmd {
		if id == m.conv.ID {
			m.showMessage(message)
			return nil
		}
		cmd := resumeSession(id)(m)
		m.search.jump = jump{m.load, message}
		return cmd
	}
}

// arrive goes to the message for which a session was loaded, if there is one.
func (m *Model) arrive(load int) {
	if m.search.jump.message != "" && m.search.jump.load == load {
		m.showMessage(m.search.jump.message)
	}
	m.search.jump = jump{}
}

// showMessage scrolls to a message; one of another branch makes that the one that
// is shown.
func (m *Model) showMessage(id string) {
	isIt := func(msg chat.Message) bool { return msg.ID == id }
	at := slices.IndexFunc(m.conv.Path(), isIt)
	if at < 0 && m.conv.Show(id) {
		path := m.conv.Path()
		m.transcript.replace(path)
		m.transcript.place(m.conv.Places())
		at = slices.IndexFunc(path, isIt)
	}
	if at >= 0 {
		m.transcript.move(place{item: at})
		m.lines.points(id)
	}
}
