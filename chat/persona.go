package chat

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Persona is a way of asking a model: what it is told, which one it is, and the
// parameters of its answers. What it leaves open stays as it is.
type Persona struct {
	Name      string
	Help      string // what it is for, in a few words
	Prompt    string // the system prompt, with {{variables}}
	Model     string // an id; "" leaves it to Task
	Task      Task   // chooses the model by what it is good at; "" keeps the present one
	Params    Params // laid over the present ones
	Variables []Variable
	Source    string // the file that it was read from, "" for a built-in one
}

// Variable is what a prompt leaves open.
type Variable struct {
	Name    string
	Default string   // the value when nobody gives one; "" is asked for
	Choices []string // likely values, for who is asked; others are as good
}

// Task is what a model shall be good at.
type Task string

// The tasks that a persona may name.
const (
	AnyTask       Task = ""
	TaskFast      Task = "fast"      // the most tokens a second
	TaskBalanced  Task = "balanced"  // what new users talk to
	TaskReasoning Task = "reasoning" // the dearest that thinks, which is the largest
)

// Tasks is all that a file may name.
func Tasks() []Task { return []Task{TaskFast, TaskBalanced, TaskReasoning} }

// Personas is the table of the built-in ones, in the order of showing.
func Personas() []Persona {
	cool := 0.2
	rows := []Persona{
		{Name: "assistant", Help: "a helpful assistant", Prompt: "You are a helpful assistant."},
		{
			Name: "programming", Help: "code in a language of your choice", Params: Params{Temperature: &cool},
			Variables: []Variable{{Name: "language", Choices: []string{
				"Go", "Python", "JavaScript", "TypeScript", "Rust", "Java", "C", "C++", "C#", "Kotlin", "Swift", "Ruby", "PHP", "SQL", "shell",
			}}},
			Prompt: "You are an experienced {{language}} programmer who helps another one. Answer with idiomatic, complete {{language}} code " +
				"that runs as it is, in fenced blocks, and explain only what is not plain from it. Name the versions and libraries that it needs. " +
				"If the question leaves open what matters, say what you assumed.",
		},
		{
			Name: "fast", Help: "short answers of the fastest model", Task: TaskFast, Params: Params{ReasoningEffort: "low"},
			Prompt: "You are a helpful assistant. Answer in as few words as do the job, without introduction and without summary.",
		},
		{
			Name: "balanced", Help: "complete answers at a good pace", Task: TaskBalanced, Params: Params{ReasoningEffort: "medium"},
			Prompt: "You are a helpful assistant. Answer completely and to the point.",
		},
		{
			Name: "reasoning", Help: "hard questions, thought through", Task: TaskReasoning, Params: Params{ReasoningEffort: "high"},
			Prompt: "You are a careful expert. Work the problem through before you answer, check the result by another way, " +
				"and say what is certain, what you assumed and what is not known.",
		},
	}
	for i := range rows {
		rows[i].Variables = rows[i].Asked()
	}
	return rows
}

// placeholder is a variable in a prompt.
func placeholder() *regexp.Regexp {
	return regexp.MustCompile(`\{\{\s*([A-Za-z_][A-Za-z0-9_-]*)\s*\}\}`)
}

// Asked is the variables of the prompt in its order, with the defaults that are
// known of them.
func (p Persona) Asked() []Variable {
	var all []Variable
	for _, found := range placeholder().FindAllStringSubmatch(p.Prompt, -1) {
		at := slices.IndexFunc(all, func(v Variable) bool { return v.Name == found[1] })
		if at < 0 {
			all = append(all, p.variable(found[1]))
		}
	}
	return all
}

// variable is what is known of a variable.
func (p Persona) variable(name string) Variable {
	if i := slices.IndexFunc(p.Variables, func(v Variable) bool { return v.Name == name }); i >= 0 {
		return p.Variables[i]
	}
	return Variable{Name: name}
}

// Worn is a persona with the values of its variables. The zero value is none.
type Worn struct {
	Persona
	Values map[string]string
}

// Value is the value of a variable, "" while it has none.
func (w Worn) Value(v Variable) string { return cmp.Or(w.Values[v.Name], v.Default) }

// With is the persona with another value of a variable.
func (w Worn) With(name, value string) Worn {
	values := map[string]string{name: value}
	for n, v := range w.Values {
		if n != name {
			values[n] = v
		}
	}
	w.Values = values
	return w
}

// FindPersona reads what was typed for a persona: its name; name:value for the
// first variable; name variable=value … for any of them, where a value goes on
// until the next variable.
func FindPersona(typed string, among []Persona) (Worn, error) {
	typed = strings.TrimSpace(typed)
	name, rest := typed, ""
	if i := strings.IndexAny(typed, ": "); i >= 0 {
		name, rest = typed[:i], typed[i:]
	}
	i := slices.IndexFunc(among, func(p Persona) bool { return strings.EqualFold(p.Name, name) })
	if i < 0 {
		return Worn{}, fmt.Errorf("there is no persona %q%s", name, nearestPersona(name, among))
	}
	w := Worn{Persona: among[i], Values: map[string]string{}}
	if value, first := strings.CutPrefix(rest, ":"); first {
		return w, w.setFirst(value)
	}
	return w, w.set(rest)
}

func nearestPersona(name string, among []Persona) string {
	names := make([]string, len(among))
	for i, p := range among {
		names[i] = p.Name
	}
	if near := Nearest(name, names); near != "" {
		return "; did you mean " + near + "?"
	}
	return "; there are " + strings.Join(names, ", ")
}

// setFirst gives the first variable its value; others may follow by name.
func (w Worn) setFirst(text string) error {
	if len(w.Variables) == 0 {
		return fmt.Errorf("the persona %s has no variable that could be %q", w.Name, strings.TrimSpace(text))
	}
	return w.set(" " + w.Variables[0].Name + "=" + text)
}

// set reads variable=value, as often as it comes.
func (w Worn) set(text string) error {
	places := w.places(text)
	if len(places) == 0 && strings.TrimSpace(text) != "" || len(places) > 0 && strings.TrimSpace(text[:places[0][0]]) != "" {
		return fmt.Errorf("the persona %s does not understand %q; %s", w.Name, strings.TrimSpace(text), w.usage())
	}
	for i, at := range places {
		end := len(text)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		w.Values[text[at[2]:at[3]]] = strings.TrimSpace(text[at[1]:end])
	}
	return nil
}

// places is where variable= stands in a text.
func (w Worn) places(text string) [][]int {
	if len(w.Variables) == 0 {
		return nil
	}
	var names []string
	for _, v := range w.Variables {
		names = append(names, regexp.QuoteMeta(v.Name))
	}
	return regexp.MustCompile(`\s(`+strings.Join(names, "|")+`)=`).FindAllStringSubmatchIndex(text, -1)
}

// usage says how the variables are given.
func (w Worn) usage() string {
	switch len(w.Variables) {
	case 0:
		return "it has no variables"
	case 1:
		return fmt.Sprintf("it takes %s:%s", w.Name, strings.ToUpper(w.Variables[0].Name))
	}
	text := "it takes " + w.Name
	for _, v := range w.Variables {
		text += fmt.Sprintf(" %s=%s", v.Name, strings.ToUpper(v.Name))
	}
	return text
}

// Spec is what could be typed for it, see [FindPersona].
func (w Worn) Spec() string {
	spec := w.Name
	for _, v := range w.Variables {
		switch value := w.Values[v.Name]; {
		case value == "":
		case len(w.Variables) == 1:
			spec += ":" + value
		default:
			spec += " " + v.Name + "=" + value
		}
	}
	return spec
}

// Missing is the first variable that has no value, "" if none is.
func (w Worn) Missing() string {
	for _, v := range w.Variables {
		if w.Value(v) == "" {
			return v.Name
		}
	}
	return ""
}

// Check is an error while a variable has no value; it says how to give it one.
func (w Worn) Check() error {
	if name := w.Missing(); name != "" {
		return fmt.Errorf("the persona %s wants to know: %s; %s", w.Name, name, w.usage())
	}
	return nil
}

// System is the prompt with the values in it. A value is text: what looks like a
// variable in it stays.
func (w Worn) System() string {
	return placeholder().ReplaceAllStringFunc(w.Prompt, func(found string) string {
		name := strings.TrimSpace(found[2 : len(found)-2])
		return cmp.Or(w.Values[name], w.variable(name).Default)
	})
}

// ModelOf is the model of the persona among those that there are, "" if it leaves
// the present one.
func (p Persona) ModelOf(models Catalogue) string {
	return cmp.Or(p.Model, models.For(p.Task))
}

// For is the model that is best at a task, "" for any: of those in production if
// there is one.
func (c Catalogue) For(task Task) string {
	better := map[Task]func(a, b ModelInfo) bool{
		TaskFast:     func(a, b ModelInfo) bool { return a.Speed > b.Speed },
		TaskBalanced: func(a, b ModelInfo) bool { return a.ID == DefaultModel && b.ID != DefaultModel },
		TaskReasoning: func(a, b ModelInfo) bool {
			return len(a.Efforts) > 0 && (len(b.Efforts) == 0 || a.PriceOut > b.PriceOut)
		},
	}[task]
	chats := c.Chats()
	if better == nil || len(chats) == 0 {
		return ""
	}
	if lasting := slices.DeleteFunc(slices.Clone(chats), func(m ModelInfo) bool { return m.Status != Production }); len(lasting) > 0 {
		chats = lasting
	}
	best := chats[0]
	for _, m := range chats[1:] {
		if better(m, best) {
			best = m
		}
	}
	return best.ID
}

// PutOn makes the conversation that of the persona from the next question on.
func (c *Conversation) PutOn(w Worn, models Catalogue) {
	c.Persona = w.Spec()
	if w.Prompt != "" {
		c.System = w.System()
	}
	c.Model = cmp.Or(w.ModelOf(models), c.Model)
	c.Params = c.Params.Merge(w.Params)
}

// TakeOff gives back what the persona had set and nobody changed since: what base
// has in its place.
func (c *Conversation) TakeOff(w Worn, base Conversation, models Catalogue) {
	c.Persona = ""
	if w.Prompt != "" && c.System == w.System() {
		c.System = base.System
	}
	if c.Model == w.ModelOf(models) {
		c.Model = base.Model
	}
	for _, row := range Parameters() {
		if set := row.Get(w.Params); set != "" && set == row.Get(c.Params) {
			// What was got from parameters is valid.
			_ = row.Set(&c.Params, row.Get(base.Params))
		}
	}
}

// Rewear changes the conversation from one form of its persona to another, but for
// what was changed since the first was put on.
func (c *Conversation) Rewear(old, now Worn, base Conversation, models Catalogue) {
	mine := *c
	c.TakeOff(old, base, models)
	c.PutOn(now, models)
	if old.Prompt != "" && mine.System != old.System() {
		c.System = mine.System
	}
	if model := old.ModelOf(models); model != "" && mine.Model != model {
		c.Model = mine.Model
	}
	for _, row := range Parameters() {
		if set := row.Get(old.Params); set != "" && set != row.Get(mine.Params) {
			// What was got from parameters is valid.
			_ = row.Set(&c.Params, row.Get(mine.Params))
		}
	}
}
