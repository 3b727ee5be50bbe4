package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/sahilm/fuzzy"

	"groqchat/ui/safe"
)

// choice is one row of a picker: what is filtered by, what is shown in columns,
// and what choosing it does.
type choice struct {
	key     string   // what it is, for keeping the selection over a refresh
	match   string   // the text that the filter looks in
	columns []string // shown; the first one takes the room that is left
	brief   string   // shown as the first column where that is too narrow, "" for the same
	hidden  bool     // only a filter brings it up
	mark    string   // one cell before the row, " " for none
	do      action
}

// picker is a filtered list over the transcript: one row a choice, in columns.
type picker struct {
	title   string
	heading []string // names of the columns, same length as choice.columns
	choices []choice
	below   []choice // shown after those that the filter leaves, whatever it is
	natural []int    // the widest text of each column, cells
	filter  editor
	hits    []int // indexes of the choices that the filter leaves
	at      int   // in hits
	touch   touch // which hit stands where
	pinned  bool  // the mouse chooses: what is in view stays where it is
	empty   string
	hint    string
	far     Progress // of a search for more choices, told in the place of the hints once it is slow
	tells   bool     // below the choices stands what is cut of the selected one
	now     string   // the key of the choice that holds, "" for none or where a mark tells it
	inOrder bool     // the filter is a text that a choice holds as it is, and keeps their order

	// other makes a choice of a filter that nothing matches, nil for none.
	other func(filter string) (choice, bool)
	// extra handles the picker's own keys by the names of their rows; without a
	// selected choice it gets an empty one.
	extra func(name string, c choice) action
	// sample is rows below the list, of which height is left, nil for none.
	sample func(m *Model, height int) []string
	// typed is what follows a change of the filter, nil for nothing.
	typed action
}

func newPicker(title, empty string) *picker {
	return &picker{title: title, empty: empty, filter: newLineEditor()}
}

// set replaces the choices and keeps the selected one selected.
func (p *picker) set(choices []choice) {
	selected := p.selected().key
	p.choices = choices
	p.measure()
	p.refilter()
	for i, hit := range p.hits {
		if p.all(hit).key == selected {
			p.at = i
		}
	}
}

// setBelow replaces what is shown below the choices, and keeps the selected one
// selected.
func (p *picker) setBelow(below []choice) {
	selected := p.selected().key
	p.below = below
	p.measure()
	p.refilter()
	p.choose(selected)
}

// choose selects the choice with key.
func (p *picker) choose(key string) {
	if i := slices.IndexFunc(p.hits, func(hit int) bool { return p.all(hit).key == key }); i >= 0 {
		p.at = i
	}
}

// all is a choice by its index; the one after the last is the made-up one.
func (p *picker) all(i int) choice {
	if i < len(p.choices) {
		return p.choices[i]
	}
	if i -= len(p.choices); i < len(p.below) {
		return p.below[i]
	}
	c, _ := p.other(p.filter.value())
	return c
}

func (p *picker) selected() choice {
	if p.at < len(p.hits) {
		return p.all(p.hits[p.at])
	}
	return choice{}
}

// refilter keeps the choices that hold every word of the filter, best first, and
// those below them.
func (p *picker) refilter() {
	p.at = 0
	p.hits = p.hits[:0]
	p.match(strings.Fields(p.filter.value()))
	for i := range p.below {
		p.hits = append(p.hits, len(p.choices)+i)
	}
	if len(p.hits) == 0 && p.other != nil {
		if _, ok := p.other(p.filter.value()); ok {
			p.hits = append(p.hits, len(p.choices)+len(p.below))
		}
	}
}

func (p *picker) match(words []string) {
	if len(words) == 0 {
		for i, c := range p.choices {
			if !c.hidden {
				p.hits = append(p.hits, i)
			}
		}
		return
	}
	if p.inOrder {
		p.hits = append(p.hits, p.holding(p.filter.value())...)
		return
	}
	scores := p.score(words)
	for i := range p.choices {
		if _, ok := scores[i]; ok {
			p.hits = append(p.hits, i)
		}
	}
	slices.SortStableFunc(p.hits, func(a, b int) int { return scores[b] - scores[a] })
	slices.SortStableFunc(p.hits, func(a, b int) int { return hiddenLast(p.choices[a], p.choices[b]) })
}

// holding is the choices that hold a text, in any case.
func (p *picker) holding(text string) (hits []int) {
	text = strings.ToLower(text)
	for i, c := range p.choices {
		if strings.Contains(strings.ToLower(c.match), text) {
			hits = append(hits, i)
		}
	}
	return hits
}

func hiddenLast(a, b choice) int {
	switch {
	case a.hidden == b.hidden:
		return 0
	case a.hidden:
		return 1
	}
	return -1
}

// score sums the fuzzy scores of the words; a choice that lacks one has none.
func (p *picker) score(words []string) map[int]int {
	scores := map[int]int{}
	for n, word := range words {
		found := map[int]int{}
		for _, match := range withWord(word, fuzzy.FindFrom(word, p)) {
			if before, ok := scores[match.Index]; ok || n == 0 {
				found[match.Index] = before + match.Score
			}
		}
		scores = found
	}
	return scores
}

// withWord is the matches that hold the word as it is, or those with its letters near one another where none does: with
// it at hand nobody means what only has its letters somewhere.
func withWord(word string, all fuzzy.Matches) fuzzy.Matches {
	word = strings.ToLower(word)
	var holding fuzzy.Matches
	for _, match := range all {
		if strings.Contains(strings.ToLower(match.Str), word) {
			holding = append(holding, match)
		}
	}
	if holding == nil {
		return slices.DeleteFunc(all, func(match fuzzy.Match) bool { return !near(match) })
	}
	return holding
}

// String and Len make the picker a source for the fuzzy search.
func (p *picker) String(i int) string { return p.choices[i].match }

// Len is the number of choices.
func (p *picker) Len() int { return len(p.choices) }

func (p *picker) paste(text string) {
	p.filter.insert(strings.Join(strings.Fields(text), " "))
	p.refilter()
}

func (p *picker) whole() bool { return false }

func (p *picker) update(m *Model, msg tea.KeyPressMsg) (overlay, action) {
	name := m.keys.named(m, msg, scopeOverlay)
	p.pinned = false
	switch name {
	case "overlay-close":
		return nil, nil
	case "overlay-accept":
		return p.take(m)
	case "overlay-up":
		p.move(-1)
	case "overlay-down":
		p.move(1)
	case "overlay-page-up":
		p.jump(-pickerPage)
	case "overlay-page-down":
		p.jump(pickerPage)
	case "":
		if before := p.filter.value(); p.edit(m, msg) && p.filter.value() != before {
			return p, p.typed
		}
	default:
		if p.extra != nil {
			return p, p.extra(name, p.selected())
		}
	}
	return p, nil
}

// take does what is selected.
func (p *picker) take(*Model) (overlay, action) {
	if len(p.hits) == 0 {
		return p, nil
	}
	return nil, p.selected().do
}

// edit types into the filter, and reports whether the key was for that.
func (p *picker) edit(m *Model, msg tea.KeyPressMsg) bool {
	if op, ok := m.keys.edit(m, msg); ok {
		p.filter.do(op)
	} else if msg.Text != "" {
		p.filter.insert(msg.Text)
	} else {
		return false
	}
	p.refilter()
	return true
}

// pickerPage is how far a page key moves.
const pickerPage = 10

// move goes round at the ends.
func (p *picker) move(by int) {
	if n := len(p.hits); n > 0 {
		p.at = (p.at + by + n) % n
	}
}

// jump stays at the ends.
func (p *picker) jump(by int) {
	p.at = max(0, min(len(p.hits)-1, p.at+by))
}

// view is a rule with the title, the filter, the choices and a line of hints.
func (p *picker) view(m *Model, width, height int) (rows []string, x, y int, ok bool) {
	s := m.styles
	inner := listWidth(width)
	rows = append(rows, titleRule(m, p.title, width))
	typed, at := p.filter.line(inner - 2)
	rows = append(rows, "  "+s.Accent.Render("❯ ")+s.Text.Render(typed))
	body := height - len(rows) - 1
	widths := p.widths(inner - 2)
	if p.heading != nil && body > 3 {
		body--
		rows = append(rows, "    "+s.Faint.Render(columnsLine(p.heading, widths)))
	}
	var sample []string
	if p.sample != nil {
		sample = p.sample(m, body)
		body -= len(sample)
	}
	told := p.told(widths, inner, body)
	begins := len(rows)
	rows = append(rows, p.list(m, widths, inner, max(0, body-len(told)))...)
	p.touch.first = begins
	for _, line := range told {
		rows = append(rows, "  "+s.Dim.Render(line))
	}
	rows = append(rows, sample...)
	if height > len(rows) {
		rows = append(rows, "  "+p.foot(m, inner))
	}
	return rows[:min(len(rows), height)], 4 + at, 1, height > 1
}

// foot is the hints, or how far a search is that takes long.
func (p *picker) foot(m *Model, width int) string {
	s := m.styles
	if p.far.Slow() {
		return ProgressLine(p.far.Done, p.far.All, width, p.far.Parts(), func(t string) string { return s.Faint.Render(t) })
	}
	return s.Faint.Render(fitHints(p.hint, width))
}

// toldRows is the rows that tell what is cut where only the first column is shown,
// and toldLeast those of choices that must be left beside them.
const (
	toldRows  = 2
	toldLeast = 4
)

// told is what the columns have no room for of the selected choice: as many rows for
// each, so that nothing moves.
func (p *picker) told(widths []int, width, height int) []string {
	if !p.tells || len(p.hits) == 0 || height < toldLeast+toldRows {
		return nil
	}
	c := p.selected()
	cut := slices.Clone(c.columns[min(len(widths), len(c.columns)):])
	if ansi.StringWidthWc(c.columns[0]) > widths[0] {
		cut = append([]string{c.columns[0]}, cut...)
	}
	room := 1
	if len(widths) == 1 {
		room = toldRows
	}
	rows := wrapPlain(hints(cut...), width)
	return append(rows, make([]string, room)...)[:room]
}

// list is at most height choices around the selected one.
func (p *picker) list(m *Model, widths []int, width, height int) []string {
	if len(p.hits) == 0 {
		p.touch = touch{}
		return []string{"    " + m.styles.Dim.Render(safe.Cut(p.empty, width-2, "…"))}[:min(1, height)]
	}
	first := p.at - height/2
	if p.pinned && len(p.touch.of) > 0 {
		first = p.touch.of[0]
	}
	first = max(0, min(first, len(p.hits)-height))
	p.touch = touch{}
	var rows []string
	for i := first; i < len(p.hits) && len(rows) < height; i++ {
		c := p.all(p.hits[i])
		p.touch.add(i, 1)
		line := c.line(widths, p.natural[0], width-2)
		if i == p.at {
			rows = append(rows, "  "+m.styles.Selected.Render("▸"+pad(c.mark, 1)+line))
			continue
		}
		rows = append(rows, "   "+m.styles.Accent.Render(pad(c.mark, 1))+m.styles.Text.Render(line))
	}
	return rows
}

// line is the row in columns; a text alone takes the whole width.
func (c choice) line(widths []int, longest, width int) string {
	if len(c.columns) > 1 || len(widths) == 1 {
		return columnsLine(c.shown(widths[0], longest), widths)
	}
	return pad(safe.Line(c.shown(width, ansi.StringWidthWc(c.columns[0]))[0], width), width)
}

// shown is the columns, the first in brief where the column is narrower than the
// longest of its texts.
func (c choice) shown(width, longest int) []string {
	if c.brief == "" || width >= longest {
		return c.columns
	}
	return append([]string{c.brief}, c.columns[1:]...)
}

// titleRule is a rule over the width with a title in it.
func titleRule(m *Model, title string, width int) string {
	if width < 8 {
		return m.styles.Border.Render(strings.Repeat("─", width))
	}
	title = fitHints(safe.Apart(safe.Text(title)), width-leftMargin-1)
	rest := strings.Repeat("─", max(0, width-4-ansi.StringWidthWc(title)))
	return m.styles.Border.Render("── ") + m.styles.Title.Render(title) + m.styles.Border.Render(strings.TrimRight(" "+rest, " "))
}
