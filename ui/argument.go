package ui

import (
	"slices"
	"strings"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// What a command takes is said by its usage: a word in capitals is a row of the
// table below, small words with bars between them are meant as they stand. So
// whatever a command takes is completed without a word more about it.

// kind is one row of the table of what commands take.
type kind struct {
	name  string                                      // as usages have it
	list  func(m *Model, before []string) []candidate // what there is to name, nil: nobody can list it
	about func(m *Model, before []string) string      // what to know of it beside the command's help, nil: nothing
	whole bool                                        // it holds blanks: all that is left of the line
	files fileUse
}

// kinds is the table.
func kinds() []kind {
	return []kind{
		{name: "ID", list: listModels},
		{name: "MODEL", list: listModels},
		{name: "EFFORT", list: listEfforts},
		{name: "PERSONA", list: listPersonas},
		{name: "THEME", list: listThemes},
		{name: "NAME", list: listParameters},
		{name: "VALUE", list: listValues, about: aboutValue},
		{name: "FORMAT", list: listFormats},
		{name: "LANGUAGE", list: listLanguages},
		{name: "TOPIC", list: listTopics, whole: true},
		{name: "SESSION", list: listSaved, whole: true},
		{name: "TITLE", list: listTitle, whole: true},
		{name: "PATH", files: readFile},
		{name: "FILE", files: makeFile, whole: true},
		{name: "TEXT", whole: true},
		{name: "WORDS", whole: true},
		{name: "N"},
	}
}

// slot is one word of a usage.
type slot struct {
	names  []string // the kinds that may stand there, and words
	goesOn bool     // another one belongs behind it
}

// slots takes a usage apart: "[NAME [VALUE]]" is a NAME, which goes on, and a VALUE.
func slots(usage string) (all []slot) {
	fields := strings.Fields(usage)
	for i, f := range fields {
		all = append(all, slot{strings.Split(strings.Trim(f, "[]"), "|"), i+1 < len(fields) && !strings.HasSuffix(f, "]")})
	}
	return all
}

// argument is the word of a command that is being written.
type argument struct {
	before []string // the words before it
	part   string   // what is there of it
	kinds  []kind
	words  []string // that may stand there as they are
	goesOn bool
}

// argumentOf is the argument that is being written. ok is false where the command
// takes none there.
func argumentOf(c command, args string) (a argument, ok bool) {
	all := slots(c.usage)
	start := strings.LastIndexByte(args, ' ') + 1
	a.before = strings.Fields(args[:start])
	for i := range min(len(a.before)+1, len(all)) {
		a.take(all[i])
		if i < len(a.before) && slices.ContainsFunc(a.kinds, func(k kind) bool { return k.whole }) {
			a.before, start = a.before[:i], 0 // blanks part nothing from here on
			for range i {
				start += strings.IndexByte(args[start:], ' ') + 1
			}
			break
		}
	}
	a.part = args[start:]
	return a, len(a.before) < len(all) || a.files() == readFile // as many as one likes
}

// take makes a slot that of the argument.
func (a *argument) take(s slot) {
	a.kinds, a.words, a.goesOn = nil, nil, s.goesOn
	for _, name := range s.names {
		i := slices.IndexFunc(kinds(), func(k kind) bool { return k.name == name })
		if i < 0 {
			a.words = append(a.words, name)
			continue
		}
		a.kinds = append(a.kinds, kinds()[i])
	}
}

// files is what the command does with a path there.
func (a argument) files() fileUse {
	for _, k := range a.kinds {
		if k.files != noFile {
			return k.files
		}
	}
	return noFile
}

// candidates is what may stand there and fits what is written.
func (a argument) candidates(m *Model) []candidate {
	var all []candidate
	for _, word := range a.words {
		all = append(all, candidate{name: word})
	}
	for _, k := range a.kinds {
		if k.list != nil {
			all = append(all, k.list(m, append(slices.Clone(a.before), a.part))...)
		}
	}
	all = slices.DeleteFunc(all, func(c candidate) bool { return slices.Contains(a.before, c.word()) })
	return bestOf(a.part, all)
}

// bestOf is those whose names fit what is written, the best first.
func bestOf(part string, all []candidate) []candidate {
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = c.name
	}
	var hits []candidate
	for _, i := range ranked(part, names) {
		hits = append(hits, all[i])
	}
	return hits
}

// about is what to know of the argument, "" for nothing.
func (a argument) about(m *Model) string {
	for _, k := range a.kinds {
		if k.about != nil {
			return k.about(m, a.before)
		}
	}
	return ""
}

func listModels(m *Model, _ []string) (all []candidate) {
	for _, info := range m.catalogue.Chats() {
		cost := ""
		if info.PriceIn > 0 {
			cost = "$" + price(info.PriceIn) + " in, $" + price(info.PriceOut) + " out"
		}
		rate := ""
		if info.Speed > 0 {
			rate = speed(info.Speed) + " tok/s"
		}
		room := ""
		if info.Context > 0 {
			room = short(info.Context) + " context"
		}
		all = append(all, candidate{name: info.ID, brief: info.Short(), help: hints(m.holds(info.ID == m.conv.Model), rate, cost, room)})
	}
	return all
}

// holds marks what is set now.
func (m *Model) holds(now bool) string {
	if now {
		return "now"
	}
	return ""
}

func listEfforts(m *Model, _ []string) (all []candidate) {
	info := m.catalogue.Find(m.conv.Model)
	for _, value := range info.Efforts {
		all = append(all, candidate{name: value, help: m.holds(value == info.Effort(m.conv.Params.ReasoningEffort))})
	}
	return all
}

// listPersonas is the personas; of one that is named, the likely values of what it
// asks for.
func listPersonas(m *Model, before []string) (all []candidate) {
	name, _, valued := strings.Cut(before[len(before)-1], ":")
	worn, _, _ := strings.Cut(strings.ReplaceAll(m.conv.Persona, " ", ":"), ":")
	for _, p := range m.known() {
		switch {
		case !valued:
			c := candidate{name: p.Name, help: hints(m.holds(p.Name == worn), p.Help)}
			if len(p.Variables) > 0 && len(p.Variables[0].Choices) > 0 {
				c.insert = p.Name + ":"
			}
			all = append(all, c)
		case p.Name == name && len(p.Variables) > 0:
			for _, value := range p.Variables[0].Choices {
				all = append(all, candidate{name: p.Name + ":" + value, help: p.Variables[0].Name})
			}
		}
	}
	if worn != "" && !valued {
		all = append(all, candidate{name: "-", help: "take the persona off"})
	}
	return all
}

func listParameters(m *Model, _ []string) (all []candidate) {
	info := m.catalogue.Find(m.conv.Model)
	for _, row := range chat.Parameters() {
		all = append(all, candidate{name: row.Name, help: parameterHelp(m, row.For(info))})
	}
	for _, s := range liveSettings() {
		all = append(all, candidate{name: s.Name, help: hints("now "+m.settingNow(s), s.Help)})
	}
	return all
}

// parameterHelp is what a parameter is now, what it does and what is valid.
func parameterHelp(m *Model, row chat.Parameter) string {
	info := m.catalogue.Find(m.conv.Model)
	if why := row.Ignored(info); why != "" {
		return why
	}
	now := row.Get(m.conv.Params)
	if now != "" {
		now = "now " + now
	}
	return hints(now, row.Help)
}

// listValues is the values of the parameter that is named before.
func listValues(m *Model, before []string) (all []candidate) {
	if s, live := findLive(before[0]); live {
		for _, value := range settingValues(s) {
			all = append(all, candidate{name: value, help: m.holds(value == m.settingNow(s))})
		}
		return all
	}
	row, ok := chat.FindParameter(before[0])
	if !ok {
		return nil
	}
	info := m.catalogue.Find(m.conv.Model)
	now := row.Get(m.conv.Params)
	for _, value := range row.For(info).Choices {
		unset := ""
		if value == row.Unset(info) {
			unset = "as if unset"
		}
		all = append(all, candidate{name: value, help: hints(m.holds(value == now), unset)})
	}
	return all
}

// aboutValue tells of the parameter that is named before.
func aboutValue(m *Model, before []string) string {
	if s, live := findLive(before[0]); live {
		return s.Name + ": " + hints("now "+m.settingNow(s), s.Help)
	}
	row, ok := chat.FindParameter(before[0])
	if !ok {
		return ""
	}
	return row.Name + ": " + parameterHelp(m, row.For(m.catalogue.Find(m.conv.Model)))
}

func listFormats(*Model, []string) (all []candidate) {
	for _, f := range ExportFormats() {
		all = append(all, candidate{name: f.Name, help: f.Help})
	}
	return all
}

func listLanguages(*Model, []string) (all []candidate) {
	for _, l := range chat.SnippetLanguages() {
		all = append(all, candidate{name: l.Name, help: l.Help})
	}
	return all
}

func listTopics(*Model, []string) (all []candidate) {
	for _, t := range guideTopics() {
		all = append(all, candidate{name: t.name})
	}
	return all
}

// listSaved is the newest sessions by their titles; one whose title does not tell
// it from others is taken by its id.
func listSaved(m *Model, _ []string) (all []candidate) {
	for _, s := range m.recent.sessions {
		if s.ID == m.conv.ID || s.Title == "" {
			continue
		}
		c := candidate{name: s.Title, help: hints(age(m.clock.Sub(s.Updated)), plural(s.Count, "message"), chat.ShortModel(s.Model))}
		if m.recent.titled[strings.ToLower(s.Title)] > 1 || safe.Line(s.Title, len(s.Title)) != s.Title {
			c.insert = s.ID
		}
		all = append(all, c)
	}
	return all
}

// listTitle is the title there is, to be changed.
func listTitle(m *Model, _ []string) []candidate {
	if m.conv.Title == "" {
		return nil
	}
	return []candidate{{name: m.conv.Title, help: "the title now"}}
}
