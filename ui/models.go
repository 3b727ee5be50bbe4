package ui

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
)

// modelsTitle tells the model picker from others.
const modelsTitle = "Models"

// openModels opens the model picker.
func (m *Model) openModels() tea.Cmd {
	p := m.modelPicker(modelsTitle, useModel)
	p.hint = hints("type to filter", m.keys.hint("overlay-accept", "use"), m.keys.hint("overlay-favourite", "favourite"), m.keys.hint("overlay-close", "close"))
	p.extra = func(name string, c choice) action {
		if name != "overlay-favourite" || c.key == "" {
			return nil
		}
		return func(m *Model) tea.Cmd { return m.toggleFavourite(c.key) }
	}
	p.now = m.conv.Model
	p.choose(p.now)
	m.over = p
	return nil
}

// modelPicker lists the models for a use.
func (m *Model) modelPicker(title string, use func(id string) action) *picker {
	p := newPicker(title, "no model matches")
	p.heading = []string{"model", "context", "$ in", "$ out", "tok/s", "takes", "maker"}
	p.hint = hints("type to filter", m.keys.hint("overlay-accept", "use"), m.keys.hint("overlay-close", "close"))
	p.other = anyModel(use)
	p.set(m.modelChoices(use))
	return p
}

// modelChoices is a row for each model that can be talked to.
func (m *Model) modelChoices(use func(id string) action) []choice {
	var choices []choice
	for _, info := range m.catalogue.Chats() {
		mark := " "
		if slices.Contains(m.favourites, info.ID) {
			mark = "★"
		}
		choices = append(choices, choice{
			key: info.ID, match: info.ID + " " + info.Name, mark: mark, do: use(info.ID), brief: info.Short(),
			columns: []string{info.ID, tokens(info.Context), price(info.PriceIn), price(info.PriceOut), speed(info.Speed), takes(info), info.Owner},
		})
	}
	return append(choices, m.retiredChoices(use)...)
}

// retiredChoices is the models that were shut down, for who types their names:
// what does their work today takes their place.
func (m *Model) retiredChoices(use func(id string) action) []choice {
	var choices []choice
	for _, info := range m.catalogue {
		if info.Status != chat.Retired || info.Replacement == "" {
			continue
		}
		retired := info.Short() + ": retired " + info.ShutDown + " → " + chat.ShortModel(info.Replacement)
		choices = append(choices, choice{
			key: info.ID, match: info.ID, mark: " ", do: use(info.ID), columns: []string{retired},
			brief: "→ " + chat.ShortModel(info.Replacement) + " for " + info.Short(), hidden: true,
		})
	}
	return choices
}

// anyModel offers an id that no list has: servers may know more than lists do.
func anyModel(use func(id string) action) func(filter string) (choice, bool) {
	return func(filter string) (choice, bool) {
		id := strings.TrimSpace(filter)
		if id == "" || strings.ContainsAny(id, " \t") {
			return choice{}, false
		}
		return choice{key: id, columns: []string{"use " + id + " as it is"}, mark: " ", do: use(id)}, true
	}
}

func useModel(id string) action {
	return func(m *Model) tea.Cmd { return m.useModel(id) }
}

// useModel makes id the model of the next question, or what does its work today if
// it was shut down.
func (m *Model) useModel(id string) tea.Cmd {
	info := m.catalogue.Find(id)
	said, tone := "Now talking to ", toneInfo
	if info.Status == chat.Retired && info.Replacement != "" {
		said, tone = fmt.Sprintf("%s was shut down on %s: now talking to ", info.Short(), info.ShutDown), toneWarning
		info = m.catalogue.Find(info.Replacement)
	}
	m.conv.Model = info.ID
	if m.turn.waits() {
		return m.sendElsewhere()
	}
	when := ""
	if m.turn.live {
		when = " from the next question on"
	}
	return tea.Batch(m.watchGauge(), m.notice.say(tone, said+info.Short()+when+"."+m.snapped(info)))
}

// snapped says which parameters the model does not take as they are; they are
// sent as it takes them.
func (m *Model) snapped(info chat.ModelInfo) string {
	said := info.Snapped(m.conv.Params)
	if len(said) == 0 {
		return ""
	}
	return " " + sentence(strings.Join(said, ", "))
}

func (m *Model) nextModel() tea.Cmd     { return m.cycleModel(1) }
func (m *Model) previousModel() tea.Cmd { return m.cycleModel(-1) }

// cycleModel goes to the next favourite, round at the ends.
func (m *Model) cycleModel(by int) tea.Cmd {
	n := len(m.favourites)
	if n == 0 {
		return m.notice.say(toneInfo, "There are no favourite models; "+m.keys.hint("overlay-favourite", "in the model list adds one."))
	}
	at := slices.Index(m.favourites, m.conv.Model)
	if at < 0 && by < 0 {
		at = 0
	}
	return m.useModel(m.favourites[(at+by+n)%n])
}

// toggleFavourite holds for this run; the configuration holds for the next.
func (m *Model) toggleFavourite(id string) tea.Cmd {
	if at := slices.Index(m.favourites, id); at >= 0 {
		m.favourites = slices.Delete(slices.Clone(m.favourites), at, at+1)
	} else {
		m.favourites = append(slices.Clone(m.favourites), id)
	}
	if p, ok := m.over.(*picker); ok {
		p.set(m.modelChoices(useModel))
	}
	return nil
}

// nextEffort goes to the next value that the model takes.
func (m *Model) nextEffort() tea.Cmd {
	info := m.catalogue.Find(m.conv.Model)
	if len(info.Efforts) == 0 {
		return m.useEffort("")
	}
	at := slices.Index(info.Efforts, info.Effort(m.conv.Params.ReasoningEffort))
	return m.useEffort(info.Efforts[(at+1)%len(info.Efforts)])
}

func (m *Model) useEffort(value string) tea.Cmd {
	info := m.catalogue.Find(m.conv.Model)
	if len(info.Efforts) == 0 {
		return m.notice.say(toneInfo, info.Short()+" has no reasoning effort to choose.")
	}
	if !slices.Contains(info.Efforts, value) {
		return m.notice.say(toneWarning, fmt.Sprintf("%s takes as reasoning effort: %s.", info.Short(), strings.Join(info.Efforts, ", ")))
	}
	m.conv.Params.ReasoningEffort, m.chosen["reasoning_effort"] = value, value
	return m.notice.say(toneInfo, "Reasoning effort is "+value+" from the next question on."+m.snapped(info))
}

// onModelsLoaded takes a list of models in. A live one stands over a cached one.
func (m *Model) onModelsLoaded(msg modelsLoadedMsg) tea.Cmd {
	if msg.err != nil || len(msg.models) == 0 || msg.server != m.backend.Name || m.liveModels && !msg.live {
		return nil
	}
	m.liveModels = m.liveModels || msg.live
	m.catalogue = chat.Builtin().Merge(msg.models)
	m.renewPopup()
	if p, ok := m.over.(*picker); ok && p.title == modelsTitle {
		p.set(m.modelChoices(useModel))
	}
	return nil
}

func tokens(n int) string {
	if n == 0 {
		return ""
	}
	return chat.Count(n)
}

// price is USD for a million tokens.
func price(usd float64) string {
	if usd == 0 {
		return ""
	}
	if cents := 100 * usd; math.Abs(cents-math.Round(cents)) > 1e-6 {
		return fmt.Sprintf("%.3f", usd)
	}
	return fmt.Sprintf("%.2f", usd)
}

func speed(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("~%d", n)
}

// takes is what a model accepts beside text.
func takes(info chat.ModelInfo) string {
	var what []string
	if info.Images {
		what = append(what, "images")
	}
	if len(info.Efforts) > 0 {
		what = append(what, "effort")
	}
	return strings.Join(what, ", ")
}

// loadModels reads the cached list.
func loadModels(cache *history.ModelCache) tea.Cmd {
	if cache == nil {
		return nil
	}
	return func() tea.Msg {
		models, _, err := cache.Load()
		return modelsLoadedMsg{models: models, err: err}
	}
}

// fetchModels asks the server for its list and keeps it for the next start.
func fetchModels(ctx context.Context, from Backend, cache *history.ModelCache, now func() time.Time) tea.Cmd {
	if from.Models == nil {
		return nil
	}
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
		defer cancel()
		models, err := from.Models.Models(ctx)
		if err == nil && cache != nil {
			// A cache that cannot be written costs a request at the next start, no more.
			_ = cache.Save(models, now())
		}
		return modelsLoadedMsg{server: from.Name, models: models, live: true, err: err}
	}
}
