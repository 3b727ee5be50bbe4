package ui

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"charm.land/bubbles/v2/spinner"
	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// status is what the status line shows: facts, without the look.
type status struct {
	model, effort string
	persona       string // as it was typed, "" for none
	server        string // where the model is, if not at Groq
	activity      string // what is happening, "" when nothing
	warning       string // what holds for the whole session: read-only, not saved
	context       string
	today, minute string
}

// parts is the line's parts from the most important to the least.
func (s status) parts() []string {
	return []string{hints(s.model, s.effort, s.persona, s.server), s.activity, s.warning, s.minute, s.today, s.context}
}

// statusGap is the least space between two parts.
const statusGap = 3

// line is one row of at most width cells. The parts that fit are kept by their
// importance and stand in reading order: model, activity, then the figures.
func (s status) line(width int) string {
	inner := width - 2
	if line, ok := s.tight(inner); ok {
		return " " + line
	}
	parts := s.parts()
	parts[0] = fitHints(parts[0], max(0, s.modelRoom(inner)))
	used := 0
	for i, p := range parts {
		w := ansi.StringWidthWc(p)
		if i > 0 && (p == "" || used+statusGap+w > inner) {
			parts[i] = ""
			continue
		}
		if i > 0 {
			used += statusGap
		}
		used += w
	}
	var shown []string
	for _, p := range []string{parts[0], parts[1], parts[2], parts[5], parts[4], parts[3]} {
		if p != "" {
			shown = append(shown, p)
		}
	}
	return " " + spread(shown, inner)
}

// modelLeast is what the model keeps where what happens needs its room, cells.
const modelLeast = 8

// tight is the line where what happens, or else what holds for the whole session, has
// no room beside the model. Then both are shortened, for neither may be missing.
func (s status) tight(inner int) (line string, is bool) {
	model := ansi.StringWidthWc(s.model)
	room := inner - 1 - min(model, modelLeast)
	what := s.activity
	switch wide := ansi.StringWidthWc(cmp.Or(what, s.warning)); {
	case wide == 0, model+statusGap+wide <= inner, room < 1:
		return "", false
	case what != "":
		what = tailWords(what, room)
	default:
		what = fitHints(s.warning, room)
	}
	name := safe.Cut(s.model, inner-1-ansi.StringWidthWc(what), "…")
	return spread([]string{name, what}, inner), true
}

// tailWords is as many of the last words as have room, which hold the figures.
func tailWords(text string, room int) string {
	for ansi.StringWidthWc(text) > room {
		_, rest, more := strings.Cut(text, " ")
		if !more {
			return safe.Cut(text, room, "…")
		}
		text = rest
	}
	return text
}

// modelRoom is the room of the model and what belongs to it. What happens goes before
// effort and server, and so does what holds for the whole session, where it fits.
func (s status) modelRoom(inner int) int {
	model, room := ansi.StringWidthWc(s.model), inner
	for _, before := range []string{s.activity, s.warning} {
		if w := statusGap + ansi.StringWidthWc(before); before != "" && (room-w >= model || before == s.activity) {
			room = max(model, room-w)
		}
	}
	return min(inner, room)
}

// spread puts the parts over the width: the first at the left, the others with
// equal gaps of at most six cells, and of one where there are only two without room.
func spread(parts []string, width int) string {
	used := 0
	for _, p := range parts {
		used += ansi.StringWidthWc(p)
	}
	gap := statusGap
	if n := len(parts) - 1; n > 0 {
		gap = min(2*statusGap, max(1, (width-used)/n))
	}
	return strings.Join(parts, strings.Repeat(" ", gap))
}

// status gathers the facts for the status line.
func (m *Model) status() status {
	info := m.catalogue.Find(m.conv.Model)
	s := status{
		model:    safe.Ordered(safe.Line(info.Short(), 40)),
		effort:   info.Effort(m.conv.Params.ReasoningEffort),
		persona:  safe.Ordered(safe.Line(m.conv.Persona, 24)),
		server:   safe.Line(m.backend.Name, 30),
		activity: m.activity(),
		context:  contextUsed(m.contextTokens(info), info.Context),
	}
	switch {
	case m.readOnly != "":
		s.warning = "read-only"
	case m.unsaved.why != nil:
		s.warning = "not saved"
	case m.opts.Store == nil:
		s.warning = "temporary"
	}
	if m.backend.Unencrypted {
		s.warning = hints(s.warning, "unencrypted")
	}
	if q, ok := m.quotas[m.conv.Model]; ok {
		s.today = gauge("today", q.Requests, m.clock)
		s.minute = gauge("minute", q.Tokens, m.clock)
	}
	return s
}

// activity says what is happening.
func (m *Model) activity() string {
	t := &m.turn
	switch {
	case !t.live && m.regions.gap == 0:
		return cmp.Or(m.editingText(), m.transcript.belowBrief())
	case !t.live:
		return ""
	case t.stopping:
		return "stopping"
	case t.wait != nil:
		return m.spin() + t.waitingText()
	case t.first.IsZero():
		return m.spin() + "waiting " + chat.Took(t.waited().Truncate(100*time.Millisecond))
	case t.silence() > 0:
		return "silent for " + chat.Wait(t.silence().Truncate(time.Second))
	case m.thinking() && t.speed() > 0:
		return fmt.Sprintf("thinking %.0f tok/s", t.speed()) + m.writer()
	case t.speed() > 0:
		return fmt.Sprintf("streaming %.0f tok/s", t.speed()) + m.writer()
	}
	return "streaming" + m.writer()
}

// writer says whose answer it is, if another model was chosen meanwhile.
func (m *Model) writer() string {
	if m.turn.model == m.conv.Model {
		return ""
	}
	return " from " + safe.Line(chat.ShortModel(m.turn.model), 40)
}

// thinking reports whether all that came yet of the answer under way is thinking.
func (m *Model) thinking() bool {
	p := m.conv.Pending()
	return p != nil && p.Content == "" && p.Reasoning != ""
}

// spin is the spinner's frame of this moment, nothing where motion is unwanted.
func (m *Model) spin() string {
	if !m.opts.Config.Motion {
		return ""
	}
	frames := spinner.MiniDot.Frames
	return frames[int(m.turn.waited()/tick)%len(frames)] + " "
}

// usageSought is how many messages back a usage still says something.
const usageSought = 20

// contextTokens is what the next request takes before what will be written: as the
// server counted it with the newest answer, whose thoughts are not sent again, or
// by our guess where a summary has come between.
func (m *Model) contextTokens(info chat.ModelInfo) int {
	last := len(m.transcript.items) - 1
	for i := last; i >= max(0, last-usageSought); i-- {
		msg := &m.transcript.items[i].msg
		switch u := msg.Usage; {
		case msg.IsSummary() && msg.State == chat.Complete && msg.Role == chat.Assistant:
			return m.calibration.Scale(m.conv.Request().PromptTokens(info))
		case u.PromptTokens > 0 && !msg.IsSummary():
			return u.PromptTokens + u.CompletionTokens - u.ReasoningTokens
		}
	}
	return 0
}

// contextUsed is the share of the window that the conversation fills.
func contextUsed(tokens, window int) string {
	if window == 0 || tokens == 0 {
		return ""
	}
	share := 100 * float64(tokens) / float64(window)
	if share < 1 {
		return "context <1 %"
	}
	return fmt.Sprintf("context %.0f %%", share)
}

// gauge is what is left of a limit and when it is full again.
func gauge(name string, l chat.Limit, now time.Time) string {
	if !l.Known {
		return ""
	}
	text := fmt.Sprintf("%s %s/%s", name, short(l.Left(now)), short(l.Limit))
	if full := l.FullIn(now); full >= time.Second && full < time.Minute {
		text += " ↻ " + chat.Wait(full)
	}
	return text
}

// short is a count in few cells: 993, 1,000, 6.9k, 250k.
func short(n int) string {
	switch {
	case n < 2000:
		return chat.Count(n)
	case n < 10_000 && n%1000 != 0:
		return fmt.Sprintf("%d.%dk", n/1000, n%1000/100)
	default:
		return fmt.Sprintf("%dk", n/1000)
	}
}
