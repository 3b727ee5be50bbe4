package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// A race is one turn of several streams. The first is that of the conversation
// itself; each other has a lane with a copy in which its answer is under way. Once
// a lane has ended, its answer is a variant of the conversation's.

// mostRacers is how many models are asked at once at the most.
const mostRacers = 3

// race is what is known of the models that race; the zero value is none.
type race struct {
	models []string // that the next question goes to
	main   string   // the id of the conversation's own answer
	lanes  []*lane
}

// lane is a model's part beside the first one.
type lane struct {
	conv  chat.Conversation
	turn  turn
	ended bool
	kept  string // the id of its answer in the conversation, "" while there is none
}

// raceAdvancedMsg says that the feed of a lane has something.
type raceAdvancedMsg struct{ turn, lane int }

// running reports whether a lane is still under way.
func (r *race) running() bool {
	return slices.ContainsFunc(r.lanes, func(l *lane) bool { return !l.ended })
}

// commandRace is /race MODEL MODEL [MODEL]; without models the favourites race.
func (m *Model) commandRace(args string) tea.Cmd {
	if cmd, busy := m.busy(); busy {
		return cmd
	}
	names := strings.Fields(args)
	if len(names) == 0 {
		names = slices.DeleteFunc(slices.Clone(m.favourites), func(id string) bool { return m.unfit(m.today(id)) != "" })
		names = names[:min(len(names), mostRacers)]
	}
	models, said, problem := m.entrants(names)
	if problem != "" {
		if args != "" {
			m.composer.setText("/race " + args)
		}
		return m.notice.say(toneWarning, problem)
	}
	m.race = race{models: models}
	tone := toneInfo
	if said != "" {
		tone = toneWarning
	}
	m.notice.stay(tone, said+"The next question goes to "+strings.Join(shortModels(models), ", ")+" at once.")
	return nil
}

// entrants is the models of these names, with what there is to say about them, or
// why they cannot race.
func (m *Model) entrants(names []string) (models []string, said, problem string) {
	const count = "A race takes two or three models: /race MODEL MODEL [MODEL]."
	if len(names) < 2 || len(names) > mostRacers {
		return nil, "", count
	}
	for _, name := range names {
		id := m.fullID(name)
		if now := m.today(id); now != id {
			said += fmt.Sprintf("%s was shut down on %s, so %s takes its place. ", chat.ShortModel(id), m.catalogue.Find(id).ShutDown, chat.ShortModel(now))
			id = now
		}
		if problem := m.unfit(id); problem != "" {
			return nil, "", problem
		}
		if !slices.Contains(models, id) {
			models = append(models, id)
		}
	}
	if len(models) < 2 {
		return nil, "", strings.TrimSpace(said + count)
	}
	return models, said, ""
}

// unfit says why a model cannot answer, "" if it can. Of a server that has not
// told its models nothing is known.
func (m *Model) unfit(id string) string {
	chats := m.catalogue.Chats()
	switch {
	case slices.ContainsFunc(chats, func(info chat.ModelInfo) bool { return info.ID == id }):
		return ""
	case slices.ContainsFunc(m.catalogue, func(info chat.ModelInfo) bool { return info.ID == id }):
		return chat.ShortModel(id) + " is not a model to chat with."
	case m.liveModels || m.backend.Name == "":
		near := ""
		if other := m.catalogue.Substitute(id); other != "" {
			near = " The nearest is " + chat.ShortModel(other) + "."
		}
		return "There is no model " + safe.Line(id, 60) + "." + near
	}
	return ""
}

// fullID is the id of a model that is named with or without its owner.
func (m *Model) fullID(name string) string {
	for _, info := range m.catalogue {
		if info.Short() == name && info.Status != chat.Retired {
			return info.ID
		}
	}
	for _, info := range m.catalogue {
		if info.Short() == name {
			return info.ID
		}
	}
	return name
}

func shortModels(ids []string) []string {
	short := make([]string, len(ids))
	for i, id := range ids {
		short[i] = chat.ShortModel(id)
	}
	return short
}

// asking makes a step ask the i-th model of the race, or the conversation's own
// where there is none.
func (r *race) asking(i int, ask func(*chat.Conversation)) func(*chat.Conversation) {
	if i >= len(r.models) {
		return ask
	}
	return func(c *chat.Conversation) {
		own := c.Model
		c.Model = r.models[i]
		ask(c)
		c.Model = own
	}
}

// lineUp makes the lanes of a question that is asked from base, as it was asked in
// conv. Their answers have the ids that they will have there.
func (r *race) lineUp(base chat.Conversation, conv *chat.Conversation, ask func(*chat.Conversation)) {
	r.lanes = nil
	for i := 1; i < len(r.models); i++ {
		l := &lane{conv: base.Clone()}
		r.asking(i, ask)(&l.conv)
		l.conv.Rename(conv.SetAside())
		r.lanes = append(r.lanes, l)
	}
	r.models = nil
}

// beside is the answers of the lanes that are under way.
func (r *race) beside() []chat.Message {
	var all []chat.Message
	for _, l := range r.lanes {
		if msg := l.conv.Pending(); msg != nil {
			all = append(all, *msg)
		}
	}
	return all
}

// startLanes asks for the answers of the lanes. They end with ctx, which is that
// of the turn, and are kept in its book.
func (m *Model) startLanes(ctx context.Context, book *book, wait time.Duration) tea.Cmd {
	if len(m.race.lanes) == 0 {
		return nil
	}
	m.race.main = m.conv.Head
	m.over = &raceView{}
	var all []tea.Cmd
	for i, l := range m.race.lanes {
		all = append(all, m.startLane(ctx, i, l, book, wait))
	}
	return tea.Batch(all...)
}

func (m *Model) startLane(ctx context.Context, i int, l *lane, book *book, wait time.Duration) tea.Cmd {
	req := l.conv.Request()
	ctx, feed := l.turn.begin(ctx, req.Model, m.clock)
	feed.record = l.conv.Clone()
	l.turn.guess = req.PromptTokens(m.catalogue.Find(req.Model))
	req.Longest = m.longest(req)
	streamer, crashed, id, answer := chat.After(m.backend.Chat, wait, m.opts.Now), m.crashed, m.turn.id, l.conv.Head
	start := func() tea.Msg {
		begin := func() error { return book.keepBeside(feed, answer) }
		spawn(feed, func() { pump(ctx, streamer, req, begin, feed) }, crashed)
		return nil
	}
	return tea.Batch(start, waitForLane(id, i, feed, m.opts.Now))
}

func waitForLane(turn, lane int, f *feed, now func() time.Time) tea.Cmd {
	wait := waitForEvents(turn, f, now, silenceTick)
	return func() tea.Msg {
		wait()
		return raceAdvancedMsg{turn, lane}
	}
}

// onRaceAdvanced takes in what a lane brought.
func (m *Model) onRaceAdvanced(msg raceAdvancedMsg) tea.Cmd {
	if !m.turn.owns(msg.turn) || msg.lane >= len(m.race.lanes) || m.race.lanes[msg.lane].ended {
		m.changed = false
		return nil
	}
	l := m.race.lanes[msg.lane]
	events, _ := l.turn.feed.take()
	l.turn.hear(events, m.clock)
	for _, e := range events {
		l.conv.Apply(e)
		m.noteOfLane(l, e)
	}
	if l.conv.Pending() != nil {
		return waitForLane(msg.turn, msg.lane, l.turn.feed, m.opts.Now)
	}
	m.endLane(l)
	if m.race.running() || m.conv.Pending() != nil {
		return nil
	}
	return m.endTurn()
}

// noteOfLane takes from an event what is not the conversation's.
func (m *Model) noteOfLane(l *lane, event chat.Event) {
	switch e := event.(type) {
	case chat.Quota:
		if e.Known() {
			m.quotas[e.Model] = e
		}
	case chat.Waiting:
		l.turn.wait = &e
	case chat.Started, chat.Delta, chat.Reasoning:
		l.turn.wait = nil
	case chat.Done:
		m.spendOf(l.turn.model, e.Spent())
	case chat.Broken, chat.Halted:
		m.spendOf(l.turn.model, l.turn.chunks)
	}
}

// endLane makes the answer of a lane a variant, if there is any of it.
func (m *Model) endLane(l *lane) {
	l.ended = true
	l.turn.end()
	if msg, ok := l.message(); ok && !msg.Empty() {
		l.kept = m.conv.Graft(msg)
	}
}

// message is the lane's answer.
func (l *lane) message() (chat.Message, bool) {
	at := slices.IndexFunc(l.conv.Messages, func(m chat.Message) bool { return m.ID == l.conv.Head })
	if at < 0 {
		return chat.Message{}, false
	}
	return l.conv.Messages[at], true
}

// passOn shows the answer of a lane where the conversation's own brought nothing:
// the question was answered and is not given back, and why the other failed stands
// in its column.
func (m *Model) passOn() {
	all := m.racers()
	if all[0].msg.Content != "" {
		return
	}
	for _, r := range all[1:] {
		if r.kept != "" && r.msg.Content != "" {
			m.turn.failure = nil
			m.conv.Show(r.kept)
			m.reshow()
			return
		}
	}
}

// finishRace keeps what the lanes had when the program ends.
func (m *Model) finishRace() {
	for _, l := range m.race.lanes {
		if l.ended {
			continue
		}
		l.turn.end()
		for _, e := range l.turn.feed.drain(lastWords) {
			l.conv.Apply(e)
		}
		l.conv.Apply(m.cut())
		m.endLane(l)
	}
}

// keepLane makes the answer of a lane the one that is shown, 0 for the
// conversation's own; only takes the others out of the tree, which can be undone.
func (m *Model) keepLane(at int, only bool) tea.Cmd {
	if cmd, fixed := m.fixed(); fixed {
		return cmd
	}
	var mine string
	var others []string
	for i, r := range m.racers() {
		switch {
		case r.kept == "":
		case i == at:
			mine = r.kept
		default:
			others = append(others, r.kept)
		}
	}
	if mine == "" {
		return m.notice.say(toneInfo, "There is no answer of this model to keep.")
	}
	said := "The answers of the others are its variants."
	if only {
		m.conv.KeepOnly(mine, others)
		said = "The answers of the others are taken out; /undo brings them back."
	} else {
		m.conv.Show(mine)
	}
	m.over, m.race = nil, race{}
	return tea.Batch(m.stepped(), m.notice.say(toneInfo, said))
}

// racer is a model in the race as it is shown.
type racer struct {
	model string
	msg   chat.Message
	turn  *turn
	kept  string // the id of its answer in the conversation, "" while there is none
}

// racers is all that race, the conversation's own first.
func (m *Model) racers() []racer {
	own := racer{model: m.turn.model, turn: &m.turn}
	if at := slices.IndexFunc(m.conv.Messages, func(msg chat.Message) bool { return msg.ID == m.race.main }); at >= 0 {
		own.msg, own.kept = m.conv.Messages[at], m.race.main
	}
	all := []racer{own}
	for _, l := range m.race.lanes {
		msg, _ := l.message()
		all = append(all, racer{l.turn.model, msg, &l.turn, l.kept})
	}
	return all
}
