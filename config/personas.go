package config

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"groqchat/chat"
)

// The names that a file of a persona may hold beside those of parameters, which
// stand at its top or in a table of their own.
const (
	personaHelp      = "help"
	personaPrompt    = "prompt"
	personaModel     = "model"
	personaTask      = "task"
	personaVariables = "variables"
	personaTable     = "parameters"
)

// personaEnding is the ending of their files.
const personaEnding = ".toml"

// Personas is the built-in personas and those of the user's folder, which replace
// built-in ones of the same name. A file that is wrong is skipped, and a warning
// says where it is wrong. A folder that is not there is empty.
func Personas(dir string) ([]chat.Persona, []Warning) {
	all := chat.Personas()
	entries, err := os.ReadDir(dir)
	if dir == "" || err != nil && os.IsNotExist(err) {
		return all, nil
	}
	var warnings []Warning
	if err != nil {
		warnings = append(warnings, Warning{File: dir, Text: fmt.Sprintf("cannot read it: %v", plain(err))})
	}
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), personaEnding)
		if !ok || strings.HasPrefix(name, ".") {
			continue
		}
		p, bad := readPersona(filepath.Join(dir, e.Name()), name)
		if len(bad) > 0 {
			warnings = append(warnings, bad...)
			continue
		}
		if i := slices.IndexFunc(all, func(q chat.Persona) bool { return strings.EqualFold(q.Name, name) }); i >= 0 {
			all[i] = p
			continue
		}
		all = append(all, p)
	}
	return all, warnings
}

// PersonaStamp changes when a file of the folder does, which costs less than to
// read them.
func PersonaStamp(dir string) string { return folderStamp(dir, personaEnding) }

// folderStamp changes when a file of that ending in a folder does.
func folderStamp(dir, ending string) string {
	// What cannot be read is empty; who reads the files says why.
	entries, _ := os.ReadDir(dir)
	b := strings.Builder{}
	b.WriteString(dir + "\n") // so that no stamp is that of a folder nobody has looked at
	for _, e := range entries {
		// Stat and not Info: dotfiles are often links, and what they lead to changes.
		if info, err := os.Stat(filepath.Join(dir, e.Name())); err == nil && strings.HasSuffix(e.Name(), ending) {
			fmt.Fprintf(&b, "%s %d %d\n", e.Name(), info.Size(), info.ModTime().UnixNano())
		}
	}
	return b.String()
}

func readPersona(path, name string) (chat.Persona, []Warning) {
	r := &personaReader{path: path, persona: chat.Persona{Name: name, Source: path}}
	if strings.ContainsAny(name, ": \t") {
		r.warn(0, "the name of a persona has neither blank nor colon; rename the file")
		return r.persona, r.warnings
	}
	text, _, err := readFile(path)
	if err != nil {
		r.warn(0, fmt.Sprintf("cannot read it: %v", plain(err)))
		return r.persona, r.warnings
	}
	r.read(text)
	return r.persona, r.warnings
}

// personaReader reads one file.
type personaReader struct {
	path     string
	file     tomlFile
	persona  chat.Persona
	warnings []Warning
}

func (r *personaReader) warn(line int, text string) {
	r.warnings = append(r.warnings, Warning{File: r.path, Line: line, Text: text + "; the persona is left out"})
}

func (r *personaReader) read(text []byte) {
	f, line, column, err := parseTOML(text)
	if err != nil {
		r.warn(line, fmt.Sprintf("column %d: %v", column, redact(err.Error())))
		return
	}
	r.file = f
	for _, name := range f.names() {
		line, v := f.line(name, ""), f.values[name]
		switch name {
		case personaHelp:
			r.text(line, name, v, &r.persona.Help)
		case personaPrompt:
			r.text(line, name, v, &r.persona.Prompt)
		case personaModel:
			r.text(line, name, v, &r.persona.Model)
		case personaTask:
			r.task(line, v)
		case personaVariables:
			r.variables(line, v)
		case personaTable:
			r.parameters(line, v)
		default:
			r.parameter(line, name, v)
		}
	}
	r.settle()
}

// settle checks what hangs together once all is read.
func (r *personaReader) settle() {
	asked := r.persona.Asked()
	for _, v := range r.persona.Variables {
		if !slices.ContainsFunc(asked, func(a chat.Variable) bool { return a.Name == v.Name }) {
			r.warn(r.file.line(personaVariables, v.Name), fmt.Sprintf("the prompt has no {{%s}}", v.Name))
		}
	}
	if r.persona.Model != "" && r.persona.Task != chat.AnyTask {
		r.warn(r.file.line(personaTask, ""), "model and task exclude one another")
	}
	r.persona.Variables = asked
}

func (r *personaReader) text(line int, name string, v any, to *string) {
	text, ok := v.(string)
	if !ok {
		r.warn(line, name+": it must be "+wanted("text"))
		return
	}
	if name == personaModel {
		id, err := checkModel(text)
		if err != nil {
			r.warn(line, name+": "+err.Error())
		}
		text = id
	}
	*to = strings.TrimSpace(text)
}

func (r *personaReader) task(line int, v any) {
	text, _ := v.(string)
	var words []string
	for _, t := range chat.Tasks() {
		words = append(words, string(t))
	}
	word, err := oneOf(text, words)
	if err != nil {
		r.warn(line, "task: "+err.Error())
	}
	r.persona.Task = chat.Task(word)
}

// variables reads the table of defaults and of likely values.
func (r *personaReader) variables(line int, v any) {
	table, ok := v.(map[string]any)
	if !ok {
		r.warn(line, `variables: it must be a table, as in [variables] and below it language = "go"`)
		return
	}
	for _, name := range sortedNames(table) {
		one := chat.Variable{Name: name}
		switch v := table[name].(type) {
		case string:
			one.Default = v
		case []any:
			one.Choices, ok = texts(v)
		default:
			ok = false
		}
		if !ok {
			r.warn(r.file.line(personaVariables, name), "variables: "+name+` must be a text in quotes, which is its default, or a list to choose from, as in ["a", "b"]`)
		}
		r.persona.Variables = append(r.persona.Variables, one)
	}
}

func (r *personaReader) parameters(line int, v any) {
	table, ok := v.(map[string]any)
	if !ok {
		r.warn(line, "parameters: it must be a table, as in [parameters] and below it temperature = 0.2")
		return
	}
	for _, name := range sortedNames(table) {
		r.parameter(r.file.line(personaTable, name), name, table[name])
	}
}

func (r *personaReader) parameter(line int, name string, v any) {
	row, ok := chat.FindParameter(name)
	if !ok {
		r.warn(line, fmt.Sprintf("%q is not a setting of personas%s", redact(name), nearestOfPersona(name)))
		return
	}
	value, err := written(row.Kind, v)
	if err == nil {
		err = row.Set(&r.persona.Params, value)
	} else {
		err = fmt.Errorf("%s: %w", name, err)
	}
	if err != nil {
		r.warn(line, redact(err.Error()))
	}
}

// nearestOfPersona asks after a name that was likely meant, or lists all.
func nearestOfPersona(name string) string {
	names := []string{personaPrompt, personaHelp, personaModel, personaTask, personaVariables, personaTable}
	for _, p := range chat.Parameters() {
		names = append(names, p.Name)
	}
	return nearestOf(name, names)
}

func sortedNames(table map[string]any) []string {
	names := make([]string, 0, len(table))
	for name := range table {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// strength is the rank of a source, the strongest has the highest.
func strength(kind string) int {
	return slices.Index([]string{FromDefault, FromDotEnv, FromKeyFile, FromKeyring, FromFile, FromEnv, FromFlag}, cmp.Or(kind, FromDefault))
}

// Begin is an empty conversation as the settings want it, of a persona if one is
// worn. What was set from a source as strong as that of the persona stands over it.
func (l Loaded) Begin(w chat.Worn, models chat.Catalogue) chat.Conversation {
	base := chat.Conversation{Model: l.Model, System: l.System, Params: l.Params}
	if w.Name == "" {
		return base
	}
	c := base
	c.PutOn(w, models)
	stands := func(setting string) bool {
		return l.Sources[setting].Kind != FromDefault && strength(l.Sources[setting].Kind) >= strength(l.Sources[personaSetting].Kind)
	}
	if stands("model") {
		c.Model = base.Model
	}
	if stands("system") {
		c.System = base.System
	}
	for _, row := range chat.Parameters() {
		if stands(row.Name) {
			// What was got from parameters is valid.
			_ = row.Set(&c.Params, row.Get(base.Params))
		}
	}
	return c
}

// personaSetting is the row of settings that names the persona of new sessions.
const personaSetting = "persona"
