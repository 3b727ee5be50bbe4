package ui

import (
	"reflect"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/config"
)

// personas is what is known of them. The user's folder is looked at as long as
// one of its personas is worn or the list is open.
type personas struct {
	all      []chat.Persona
	stamp    string    // of the folder, when all was read
	worn     chat.Worn // the session's as it was put on; another name: not known
	watching bool      // a look is under way
}

// personasReadMsg is what the folder of personas holds. It replaces what was read
// before, so that it may come late.
type personasReadMsg struct {
	all    []chat.Persona
	odd    []config.Warning
	stamp  string
	looked bool   // it is the end of a look, without which there is another one
	same   bool   // nothing has changed since, and nothing was read
	choose string // what was typed to be put on
	early  bool   // nobody asked for it yet, so nobody is told what is odd
}

// commandPersona is /persona [NAME]: "-" takes it off.
func (m *Model) commandPersona(args string) tea.Cmd {
	switch args {
	case "":
		return m.openPersonas()
	case "-":
		return m.undress()
	}
	return readPersonas(m.opts.Config.Paths.Personas, args)
}

// openPersonas opens the list; it is read anew meanwhile.
func (m *Model) openPersonas() tea.Cmd {
	p := newPicker(personasTitle, "no persona matches")
	p.heading = []string{"persona", "model", "parameters"}
	p.hint = hints("type to filter", m.keys.hint("overlay-accept", "use"), m.keys.hint("overlay-close", "close"))
	p.set(m.personaChoices())
	name, _, _ := strings.Cut(strings.ReplaceAll(m.conv.Persona, ":", " "), " ")
	p.now = name
	p.choose(name)
	m.over = p
	return readPersonas(m.opts.Config.Paths.Personas, "")
}

const personasTitle = "Personas"

// known is the personas that were read last, the built-in ones before that.
func (m *Model) known() []chat.Persona {
	if m.personas.all == nil {
		return chat.Personas()
	}
	return m.personas.all
}

// personaChoices is a row for each persona, and one to have none.
func (m *Model) personaChoices() []choice {
	all := m.known()
	row := func(key, name, help string, do action, more ...string) choice {
		return choice{key: key, match: name + " " + help, mark: " ", do: do, columns: append([]string{hints(name, help)}, more...)}
	}
	var choices []choice
	for _, p := range all {
		choices = append(choices, row(p.Name, p.Name, p.Help, choosePersona(p), chat.ShortModel(p.ModelOf(m.catalogue)), strings.Join(parametersSet(p.Params), ", ")))
	}
	if m.conv.Persona == "" {
		return choices
	}
	return append(choices, row("-", "none", "take the persona off", (*Model).undress))
}

// parametersSet is the parameters that are set, with their values.
func parametersSet(p chat.Params) []string {
	var all []string
	for _, row := range chat.Parameters() {
		if value := row.Get(p); value != "" {
			all = append(all, strings.TrimPrefix(strings.ReplaceAll(row.Name, "_", " "), "reasoning ")+" "+value)
		}
	}
	return all
}

// choosePersona puts a persona of the list on, once its variables are known.
func choosePersona(p chat.Persona) action {
	return func(m *Model) tea.Cmd {
		w := chat.Worn{Persona: p}
		if m.personas.worn.Name == p.Name {
			w.Values = m.personas.worn.Values
		}
		return m.ask(w, p.Variables)
	}
}

// ask asks for variables, one after the other, and then puts the persona on.
func (m *Model) ask(w chat.Worn, open []chat.Variable) tea.Cmd {
	if len(open) == 0 {
		return m.wear(w)
	}
	v := open[0]
	with := func(value string) choice {
		return choice{key: value, match: value, mark: " ", columns: []string{value}, do: func(m *Model) tea.Cmd {
			return m.ask(w.With(v.Name, value), open[1:])
		}}
	}
	p := newPicker(w.Name+": "+v.Name, "type the "+v.Name)
	p.hint = hints("type it", m.keys.hint("overlay-accept", "use"), m.keys.hint("overlay-close", "close"))
	var choices []choice
	for _, c := range v.Choices {
		choices = append(choices, with(c))
	}
	p.typed = func(*Model) tea.Cmd {
		typed := strings.TrimSpace(p.filter.value())
		known := slices.ContainsFunc(v.Choices, func(c string) bool { return strings.EqualFold(c, typed) })
		if p.setBelow(nil); typed != "" && !known {
			p.setBelow([]choice{with(typed)})
		}
		return nil
	}
	p.set(choices)
	if present := w.Value(v); slices.Contains(v.Choices, present) {
		p.choose(present)
	} else {
		p.paste(present)
		p.typed(m)
	}
	m.over = p
	return nil
}

// wear makes a persona that of the session from the next question on.
func (m *Model) wear(w chat.Worn) tea.Cmd {
	m.takeOff()
	m.conv.PutOn(w, m.catalogue)
	m.personas.worn = w
	for _, row := range chat.Parameters() {
		if row.Get(w.Params) != "" {
			delete(m.chosen, row.Name)
		}
	}
	set := append([]string{chat.ShortModel(m.conv.Model)}, parametersSet(w.Params)...)
	return m.notice.say(toneInfo, "The persona is "+w.Spec()+" from the next question on: "+strings.Join(set, ", ")+".")
}

// undress takes the persona off.
func (m *Model) undress() tea.Cmd {
	if m.conv.Persona == "" {
		return m.notice.say(toneInfo, "There is no persona.")
	}
	m.takeOff()
	m.personas.worn = chat.Worn{}
	return m.notice.say(toneInfo, "The persona is taken off; "+chat.ShortModel(m.conv.Model)+" answers from the next question on.")
}

// takeOff gives back what the session's persona had set, as far as it is known.
func (m *Model) takeOff() {
	worn := m.personas.worn
	if worn.Spec() != m.conv.Persona { // a session that was opened just now
		worn, _ = chat.FindPersona(m.conv.Persona, m.known()) // one that is gone has nothing to give back
	}
	m.conv.TakeOff(worn, m.bare(), m.catalogue)
	m.conv.Persona = ""
}

// bare is what a session without a persona begins with.
func (m *Model) bare() chat.Conversation { return m.opts.Config.Begin(chat.Worn{}, m.catalogue) }

// keepPersona gives the session that was begun just now the persona of the one
// before it.
func (m *Model) keepPersona(spec string, worn chat.Worn) {
	if spec == m.conv.Persona {
		return
	}
	m.takeOff()
	if m.personas.worn = worn; worn.Name != "" && worn.Spec() == spec {
		m.conv.PutOn(worn, m.catalogue)
	}
}

// onPersonasRead takes in what the folder holds.
func (m *Model) onPersonasRead(msg personasReadMsg) tea.Cmd {
	if msg.looked {
		m.personas.watching = false
	}
	if msg.same {
		m.changed = false
		return nil
	}
	m.personas.all, m.personas.stamp = msg.all, msg.stamp
	m.renewPopup()
	if !msg.early {
		m.warn(nil, msg.odd)
	}
	if p, ok := m.over.(*picker); ok && p.title == personasTitle {
		p.set(m.personaChoices())
	}
	changed := m.rewear()
	if msg.choose != "" {
		return m.choose(msg.choose)
	}
	return changed
}

// choose puts on what was typed, and asks for what it lacks.
func (m *Model) choose(typed string) tea.Cmd {
	w, err := chat.FindPersona(typed, m.personas.all)
	if err != nil {
		if m.composer.empty() {
			m.composer.setText("/persona " + typed)
		}
		return m.notice.say(toneWarning, sentence(err.Error()))
	}
	if m.over != nil {
		return nil // something else was opened meanwhile, which nothing may take away
	}
	return m.ask(w, slices.DeleteFunc(slices.Clone(w.Variables), func(v chat.Variable) bool { return w.Value(v) != "" }))
}

// rewear lets a change of the file of the session's persona hold.
func (m *Model) rewear() tea.Cmd {
	if m.conv.Persona == "" {
		return nil
	}
	old, known := m.personas.worn, m.personas.worn.Spec() == m.conv.Persona
	now, err := chat.FindPersona(m.conv.Persona, m.personas.all)
	if err != nil || now.Check() != nil {
		return nil // the session keeps what it has, and the file may come back
	}
	m.personas.worn = now
	if !known || reflect.DeepEqual(old.Persona, now.Persona) {
		return nil
	}
	m.conv.Rewear(old, now, m.bare(), m.catalogue)
	return m.notice.say(toneInfo, "The persona "+now.Name+" was changed; it holds from the next question on.")
}

// watchPersonas looks at the folder from time to time while that matters.
func (m *Model) watchPersonas() tea.Cmd {
	p, open := m.over.(*picker)
	worn := m.conv.Persona != "" && (m.personas.worn.Spec() != m.conv.Persona || m.personas.worn.Source != "")
	if m.personas.watching || !worn && !(open && p.title == personasTitle) {
		return nil
	}
	m.personas.watching = true
	return lookAtPersonas(m.opts.Config.Paths.Personas, m.personas.stamp)
}

// personaLook is how often the folder is looked at: who changed a file changes to
// the terminal before the next question.
const personaLook = 2 * time.Second

// changesWithin waits, and reports whether a folder of the user's files changed
// meanwhile from what it was like at a stamp.
func changesWithin(wait time.Duration, stampOf func(dir string) string, dir, stamp string) bool {
	<-time.After(wait)
	return stampOf(dir) != stamp
}

func lookAtPersonas(dir, stamp string) tea.Cmd {
	return func() tea.Msg {
		if !changesWithin(personaLook, config.PersonaStamp, dir, stamp) {
			return personasReadMsg{looked: true, same: true}
		}
		msg := read(dir)
		msg.looked = true
		return msg
	}
}

// knowPersonas reads them so that their names can be completed.
func knowPersonas(dir string) tea.Cmd {
	return func() tea.Msg {
		msg := read(dir)
		msg.early = true
		return msg
	}
}

func readPersonas(dir, choose string) tea.Cmd {
	return func() tea.Msg {
		msg := read(dir)
		msg.choose = choose
		return msg
	}
}

// read reads the folder. Its stamp is taken before, so that what changes meanwhile
// is read again.
func read(dir string) personasReadMsg {
	msg := personasReadMsg{stamp: config.PersonaStamp(dir)}
	msg.all, msg.odd = config.Personas(dir)
	return msg
}
