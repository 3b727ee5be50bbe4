package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// command is one row of the table of slash commands.
type command struct {
	name, usage, help string
	run               func(m *Model, args string) tea.Cmd
}

// without lifts an action that takes no words.
func without(do action) func(*Model, string) tea.Cmd {
	return func(m *Model, _ string) tea.Cmd { return do(m) }
}

// defaultCommands is the table.
func defaultCommands() []command {
	return []command{
		{"model", "[ID]", "choose the model, or switch to ID", (*Model).commandModel},
		{"effort", "[VALUE]", "reasoning effort: VALUE, or the next one", (*Model).commandEffort},
		{"system", "[TEXT]", "set the system prompt; without TEXT show it, - removes it", (*Model).commandSystem},
		{"set", "NAME [VALUE]", "set a parameter; without VALUE unset it", (*Model).commandSet},
		{"retry", "", "answer the last question again", without((*Model).retryAnswer)},
		{"continue", "", "go on with an answer that was cut off", without((*Model).continueAnswer)},
		{"quota", "", "limits: what is left, when it is full again", without((*Model).openQuota)},
		{"usage", "", "tokens, answers and cost of the last days", without((*Model).openUsage)},
		{"new", "", "new session", without((*Model).newSession)},
		{"resume", "", "choose a saved session", without((*Model).openSessions)},
		{"search", "[WORDS]", "find what was said, in all sessions", (*Model).openSearch},
		{"rename", "[TITLE]", "give the session another title", (*Model).commandRename},
		{"pin", "", "keep the session at the top of the list, or not", without((*Model).pinSession)},
		{"tag", "[WORDS]", "add tags to the session; -WORD takes one away", (*Model).commandTag},
		{"export", "[FORMAT] [FILE]", "write the session as markdown, html, json or text; FILE - copies it", (*Model).commandExport},
		{"keys", "", "the keys", without((*Model).openHelp)},
		{"help", "", "keys and commands", without((*Model).openHelp)},
		{"demo", "", "talk to the built-in demo server", without((*Model).startDemo)},
		{"quit", "", "quit", without((*Model).quit)},
	}
}

// runCommand runs the line of a slash command. What it does not know is kept in
// the composer and answered with the nearest name.
func (m *Model) runCommand(line string) tea.Cmd {
	name, args, _ := strings.Cut(strings.TrimPrefix(line, "/"), " ")
	i := slices.IndexFunc(m.commands, func(c command) bool { return c.name == name })
	if i < 0 {
		return m.notice.say(toneWarning, "There is no /"+name+didYouMean(name, "/", commandNames(m.commands)))
	}
	m.remember(line)
	return m.commands[i].run(m, strings.TrimSpace(args))
}

func commandNames(commands []command) []string {
	names := make([]string, len(commands))
	for i, c := range commands {
		names[i] = c.name
	}
	return names
}

func (m *Model) commandModel(args string) tea.Cmd {
	if args == "" {
		return m.openModels()
	}
	return m.useModel(args)
}

func (m *Model) commandEffort(args string) tea.Cmd {
	if args == "" {
		return m.nextEffort()
	}
	return m.useEffort(args)
}

func (m *Model) commandSystem(args string) tea.Cmd {
	switch args {
	case "":
		if m.conv.System == "" {
			return m.notice.say(toneInfo, "No system prompt is set.")
		}
		return m.notice.say(toneInfo, "System prompt: "+m.conv.System)
	case "-":
		m.conv.System = ""
		return m.notice.say(toneInfo, "The system prompt is removed.")
	}
	m.conv.System = args
	return m.notice.say(toneInfo, "The system prompt holds from the next question on.")
}

func (m *Model) commandSet(args string) tea.Cmd {
	name, value, _ := strings.Cut(args, " ")
	row, ok := chat.FindParameter(name)
	if !ok {
		return m.notice.say(toneWarning, "There is no parameter "+name+didYouMean(name, "", parameterNames()))
	}
	if err := row.Set(&m.conv.Params, value); err != nil {
		return m.notice.say(toneWarning, sentence(err.Error()))
	}
	if value == "" {
		return m.notice.say(toneInfo, row.Name+" is left to the server.")
	}
	return m.notice.say(toneInfo, row.Name+" is "+row.Get(m.conv.Params)+" from the next question on.")
}

func parameterNames() []string {
	rows := chat.Parameters()
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.Name
	}
	return names
}
