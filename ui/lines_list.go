package ui

import (
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// What is an overlay on a screen is here said whole: a page to read and no more of
// it, a list with numbers to choose by.

// spokenList is an overlay in words, and what its numbers do.
type spokenList struct {
	text    string
	options []action
	closes  bool // it was only to be read
}

// searches reports whether more choices come.
func (p *picker) searches() bool { return strings.HasSuffix(p.empty, " …") }

// linesListed is how many choices are said at once; a filter says the others.
const linesListed = 20

// pageColumns is how wide what is read is laid out.
const pageColumns = 80

// tellOverlay says what was opened, and again when it has changed.
func (l *lineMode) tellOverlay(m *Model) {
	t := &l.told
	if m.over == nil {
		t.over, t.list = nil, ""
		return
	}
	n := m.inWords()
	if t.over == m.over && t.list == n.text {
		return
	}
	t.over, t.list = m.over, n.text
	l.say(n.text)
	if n.closes {
		m.over, t.over, t.list = nil, nil, ""
	}
}

// inWords puts what is open into words.
func (m *Model) inWords() spokenList {
	switch over := m.over.(type) {
	case *firstRun:
		return spokenList{text: over.spoken(m)}
	case *picker:
		return over.inWords()
	case *dialog:
		return over.inWords()
	case *variantList:
		return over.inWords()
	case *voice:
		return spokenList{text: over.spoken()}
	case *raceView:
		return m.numberedRace()
	case *finder:
		return m.numberedHits(over)
	case *tuner:
		return spokenList{text: m.spokenParameters(), closes: true}
	case *page:
		return m.spokenPage(over, "")
	case *snippetPage:
		return m.spokenPage(&over.page, over.text)
	}
	return spokenList{closes: true}
}

// enumerated is a heading over numbered rows, and what else may be typed.
func enumerated(heading string, rows []string, foot string) string {
	var b strings.Builder
	b.WriteString(heading + "\n")
	for i, row := range rows {
		fmt.Fprintf(&b, "%d. %s\n", i+1, row)
	}
	b.WriteString(foot)
	return b.String()
}

// inWords is the choices that the filter leaves.
func (p *picker) inWords() spokenList {
	var n spokenList
	if p.searches() {
		return n
	}
	var rows []string
	for _, hit := range p.hits[:min(len(p.hits), linesListed)] {
		c := p.all(hit)
		rows = append(rows, p.spoken(c))
		n.options = append(n.options, c.do)
	}
	foot := "Type a number, words to look for, or an empty line to leave."
	if more := len(p.hits) - len(rows); more > 0 {
		foot = "And " + chat.Count(more) + " more. " + foot
	}
	heading := p.title + "."
	if len(rows) == 0 {
		heading += " " + sentence(p.empty)
	}
	if words := p.filter.value(); words != "" {
		heading = p.title + " with “" + words + "”."
	}
	switch {
	case p.title == sessionsTitle:
		foot += " Also rename, pin, delete or export with a number, such as: delete 2; and undo, which brings back what was deleted last."
	case p.title == modelsTitle:
		foot += " Also favourite with a number, which adds it to the favourites or takes it from them."
	}
	n.text = enumerated(heading, rows, foot)
	return n
}

// spoken is a choice as a sentence would name it: each column after the name of it.
func (p *picker) spoken(c choice) string {
	parts := []string{spokenRow(c.unnumbered())}
	for i, text := range c.columns[1:] {
		text = strings.TrimSpace(safe.Line(text, 200))
		if text != "" && i+1 < len(p.heading) {
			text = spokenColumn(p.heading[i+1], text)
		}
		parts = append(parts, text)
	}
	if p.now != "" && c.key == p.now {
		parts = append(parts, "this one")
	}
	switch c.mark {
	case "●":
		parts = append(parts, "this one")
	case "•":
		parts = append(parts, "shown")
	case "★":
		parts = append(parts, "favourite")
	case "*":
		parts = append(parts, "pinned")
	}
	return hints(parts...)
}

func (d *dialog) inWords() spokenList {
	var n spokenList
	var rows []string
	for _, c := range d.choices {
		rows = append(rows, safe.Line(hints(c.columns...), 200))
		n.options = append(n.options, c.do)
	}
	n.text = enumerated(d.title+". "+d.text, rows, "Type a number, or an empty line to "+d.closing+".")
	return n
}

func (v *variantList) inWords() spokenList {
	var n spokenList
	var rows []string
	for i, msg := range v.all {
		row := "yours"
		if msg.Role == chat.Assistant {
			row = hints(append([]string{safe.Line(chat.ShortModel(msg.Model), 60), spokenFigures(msg)}, howEnded(msg)...)...)
		}
		row = hints(append([]string{row}, v.settings(i)...)...)
		if i == v.shown {
			row += ", this one"
		}
		rows = append(rows, row+": "+safe.Line(chat.TitleFrom(msg.Content), 100))
		n.options = append(n.options, func(m *Model) tea.Cmd { return m.goTo(msg.ID) })
	}
	n.text = enumerated("Variants.", rows, "Type the number of the one to go on with, or an empty line to leave. Also compare with two numbers, such as: compare 1 2")
	return n
}

// numberedRace is the answers of a race once all have ended.
func (m *Model) numberedRace() spokenList {
	if m.turn.live {
		return spokenList{}
	}
	var n spokenList
	var rows []string
	for i, r := range m.racers() {
		m.lines.hear(r.msg.ID)
		rows = append(rows, spokenRacer(r)+":\n"+safe.Text(r.msg.Content))
		n.options = append(n.options, func(m *Model) tea.Cmd { return m.keepLane(i, false) })
	}
	n.text = enumerated("The race has ended.", rows, "Type the number of the answer to go on with, or only and a number to keep it alone; with an empty line all are kept, and /variants has them.")
	return n
}

// numberedHits is where words were found in the conversation.
func (m *Model) numberedHits(f *finder) spokenList {
	words := f.words.value()
	switch {
	case words == "":
		return spokenList{text: "Type the words to find, or an empty line to leave."}
	case !f.known:
		return spokenList{}
	}
	p := newPattern(words)
	var rows []string
	for _, msg := range m.conv.Path() {
		who := "You"
		if msg.Role == chat.Assistant {
			who = chat.ShortModel(msg.Model)
		}
		for line := range strings.Lines(msg.Content) {
			if line = safe.Text(line); p.count(line) > 0 && len(rows) < linesListed {
				rows = append(rows, who+": "+strings.TrimSpace(line))
			}
		}
	}
	return spokenList{text: enumerated("Found "+counted(f.total, "time")+".", rows, ""), closes: true}
}

func (m *Model) spokenParameters() string {
	info := m.catalogue.Find(m.conv.Model)
	var b strings.Builder
	b.WriteString("Parameters.\n")
	for _, row := range chat.Parameters() {
		value := row.Get(m.conv.Params)
		if value == "" {
			value = "left to the server"
		}
		fmt.Fprintf(&b, "%s: %s; %s\n", row.Name, value, row.For(info).Help)
	}
	b.WriteString("/set NAME VALUE sets one, /set NAME leaves it to the server.")
	return b.String()
}

// spokenPage is a page with its rows as they are; text stands for them if there is
// one that needs no layout.
func (m *Model) spokenPage(p *page, text string) spokenList {
	if text == "" {
		text = p.text
	}
	if text == "" {
		var rows []string
		for _, row := range p.rows(m, pageColumns) {
			rows = append(rows, strings.TrimSpace(ansi.Strip(row))) //nolint:forbidigo // rows of ours, whose text is safe: only the colours go
		}
		text = columnGaps(strings.Join(rows, "\n"))
	}
	return spokenList{text: p.title + ".\n" + strings.TrimRight(text, "\n"), closes: true}
}

// spoken is what there is to know before a key is pasted.
func (f *firstRun) spoken(m *Model) string {
	title, text := f.about(m)
	said := title + ". " + text + " What you paste is not shown. "
	if f.refused {
		said += "An empty line goes back to the chat; the word demo tries the demo."
	} else {
		said += "An empty line tries the demo without a key."
	}
	switch {
	case f.working:
		said = "Checking…"
	case f.problem != "":
		said = f.problem
	}
	return said
}

// answerOverlay takes a line while something is open: a number, words, or nothing.
func (m *Model) answerOverlay(text string) tea.Cmd {
	text = strings.TrimSpace(text)
	switch over := m.over.(type) {
	case *firstRun:
		return m.answerFirstRun(over, text)
	case *voice:
		return m.answerVoice(over, text)
	}
	if isCommand(text) {
		return tea.Batch(m.dismiss(), m.runLine(text))
	}
	if text == "" {
		return m.leaveOverlay()
	}
	if do := m.pairOf(text); do != nil {
		return do(m)
	}
	options := m.inWords().options
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(options) {
		m.over = nil
		return options[n-1](m)
	}
	switch over := m.over.(type) {
	case *picker:
		return m.answerPicker(over, text)
	case *finder:
		m.over = nil
		return m.commandFind(text)
	}
	return m.notice.say(toneInfo, "Type a number from 1 to "+strconv.Itoa(len(options))+", or an empty line.")
}

// leaveOverlay closes what is open; the answers of a race stay as variants.
func (m *Model) leaveOverlay() tea.Cmd {
	if _, ok := m.over.(*raceView); ok {
		m.over = nil
		return nil
	}
	return m.dismiss()
}

// answerPicker takes words: what to do with a choice, what is being typed, or what
// to look for.
func (m *Model) answerPicker(p *picker, text string) tea.Cmd {
	word, number, _ := strings.Cut(text, " ")
	if do := p.undoes(text); do != nil {
		return do(m)
	}
	if n, err := strconv.Atoi(number); err == nil && p.extra != nil && n >= 1 && n <= len(p.hits) {
		for _, name := range []string{"session-" + word, "overlay-" + word} {
			if do := p.extra(name, p.all(p.hits[n-1])); do != nil && m.keys.has(name) {
				return do(m)
			}
		}
	}
	p.filter.do(opStart)
	p.filter.do(opKillToEnd)
	p.paste(text)
	if len(p.choices) == 0 && p.other != nil { // a line to be typed, no list
		_, do := p.take(m)
		m.over = nil
		return do(m)
	}
	if p.typed != nil {
		return p.typed(m)
	}
	return nil
}

// answerFirstRun takes a key, or a wish for the demo.
func (m *Model) answerFirstRun(f *firstRun, text string) tea.Cmd {
	if text == "" && f.refused {
		return m.dismiss()
	}
	f.key = newLineEditor()
	f.problem = ""
	if text != "" && !strings.EqualFold(text, "demo") {
		f.key.insert(text)
	}
	over, do := f.submit(m)
	if strings.EqualFold(text, "demo") && f.refused {
		over, do = f.start((*Model).startDemo)
	}
	m.over = over
	if do == nil {
		return nil
	}
	return do(m)
}
