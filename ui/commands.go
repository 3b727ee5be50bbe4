package ui

import (
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
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
		{"model", "[ID|next|previous]", "choose the model, or switch to ID or a favourite", (*Model).commandModel},
		{"effort", "[EFFORT]", "reasoning effort: EFFORT, or the next one", (*Model).commandEffort},
		{"system", "[TEXT]", "set the system prompt; without TEXT show it, - removes it", (*Model).commandSystem},
		{"persona", "[PERSONA]", "choose a persona; programming:go gives a variable, - takes it off", (*Model).commandPersona},
		{"attach", "[PATH]", "attach files, as many as are named; - takes them off", (*Model).commandAttach},
		{"editor", "", "write the prompt in $VISUAL or $EDITOR", without((*Model).editPrompt)},
		{"recall", "[WORDS]", "search the earlier prompts", (*Model).commandRecall},
		{"stop", "", "stop the answer", without((*Model).commandStop)},
		{"paste", "", "paste a text or a picture from the clipboard", without((*Model).pasteClipboard)},
		{"theme", "[THEME]", "choose the colours, or take those of THEME; auto suits the terminal's ground", (*Model).commandTheme},
		{"voice", "", "speak instead of typing: record, and write down what was said", (*Model).commandVoice},
		{"set", "[NAME [VALUE]]", "set a parameter, without VALUE unset it, or a setting for this run; without NAME edit all parameters", (*Model).commandSet},
		{"default", "NAME", "let new sessions begin with the model, the parameter or the setting as it is now", (*Model).commandDefault},
		{"edit", "[N]", "edit your last message, or that of a number, and ask it anew", (*Model).commandEdit},
		{"retry", "[MODEL]", "answer the last question again, by MODEL", (*Model).commandRetry},
		{"continue", "", "go on with an answer that was cut off", without((*Model).continueAnswer)},
		{"compact", "[MODEL]", "send a summary of the older turns in their place; undo takes it back", (*Model).commandCompact},
		{"race", "[MODEL MODEL [MODEL]]", "ask the next question of two or three models at once", (*Model).commandRace},
		{"status", "", "model, session, context and limits in a sentence each", without((*Model).commandStatus)},
		{"quota", "", "limits: what is left, when it is full again", without((*Model).openQuota)},
		{"usage", "", "tokens, answers and cost of the last days", without((*Model).openUsage)},
		{"new", "", "new session", without((*Model).newSession)},
		{"temporary", "", "a new chat that leaves nothing on the disk", without((*Model).beginTemporary)},
		{"resume", "[SESSION]", "choose a saved session, or go on with the one of an id or words of its title", (*Model).commandResume},
		{"variants", "", "list the variants of an answer, compare them, choose one", without((*Model).openVariants)},
		{"tree", "", "the tree of all messages: go to any of them", without((*Model).openTree)},
		{"thought", "", "show what the model thought last, or fold it", without((*Model).unfoldThought)},
		{"undo", "", "take the last step back: a question, an answer, a change of branch, a deletion", without((*Model).undoStep)},
		{"redo", "", "take the step again that was taken back", without((*Model).redoStep)},
		{"read", "[N|all]", "show a message whole, counted back from the last", (*Model).commandRead},
		{"delete", "[N]", "delete a message, counted back from the last, and what follows it", (*Model).commandDelete},
		{"fork", "[N]", "go on in a copy of this session, or of as much as ends with a message, counted back from the last", (*Model).commandFork},
		{"save", "FILE", "write a copy of this session to a file", (*Model).commandSave},
		{"find", "[WORDS]", "find words in this conversation, and go from hit to hit", (*Model).commandFind},
		{"search", "[WORDS]", "find what was said, in all sessions", (*Model).openSearch},
		{"rename", "[TITLE]", "give the session another title", (*Model).commandRename},
		{"pin", "", "keep the session at the top of the list, or not", without((*Model).pinSession)},
		{"tag", "[WORDS]", "add tags to the session; -WORD takes one away", (*Model).commandTag},
		{"export", "[FORMAT] [FILE]", "write the session as markdown, html, json or text; FILE - copies it", (*Model).commandExport},
		{"copy", "[last|N|all|table]", "copy the last answer, the Nth from the end, all of it or the last table", (*Model).commandCopy},
		{"code", "[N] [FILE]", "copy a block of code, or save it to FILE", (*Model).commandCode},
		{"snippet", "[LANGUAGE] [FILE]", "the last question as a program in curl, python, javascript or go; FILE - copies it", (*Model).commandSnippet},
		{"keys", "", "the keys", without((*Model).openHelp)},
		{"help", "[TOPIC]", "keys and commands; with TOPIC a part of the guide", (*Model).commandHelp},
		{"guide", "", "how everything works", without((*Model).openGuide)},
		{"demo", "", "talk to the built-in demo server", without((*Model).startDemo)},
		{"quit", "", "quit", without((*Model).quit)},
	}
}

// isCommand tells a command from a text: a slash and small letters up to a blank
// or the end, all in one line. Paths, and what begins with a blank, are texts.
func isCommand(text string) bool {
	name, ok := strings.CutPrefix(text, "/")
	if !ok || strings.Contains(strings.TrimSpace(text), "\n") {
		return false
	}
	if i := strings.IndexFunc(name, unicode.IsSpace); i >= 0 {
		name = name[:i]
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return r != '-' && (r < 'a' || r > 'z') })
}

// runLine runs the line of a slash command. What it does not know is kept in the
// composer and answered with the nearest name.
func (m *Model) runLine(line string) tea.Cmd {
	name, args := line[1:], ""
	if i := strings.IndexFunc(name, unicode.IsSpace); i >= 0 {
		name, args = name[:i], strings.TrimSpace(name[i:])
	}
	i := slices.IndexFunc(m.commands, func(c command) bool { return c.name == name })
	if i < 0 {
		return m.notice.say(toneWarning, "There is no /"+name+didYouMean(name, "/", commandNames(m.commands))+
			" /help lists what there is; a blank before it sends it as text.")
	}
	m.composer.clear()
	m.remember(line)
	return m.commands[i].run(m, args)
}

func commandNames(commands []command) []string {
	names := make([]string, len(commands))
	for i, c := range commands {
		names[i] = c.name
	}
	return names
}

func (m *Model) commandModel(args string) tea.Cmd {
	switch args {
	case "":
		return m.openModels()
	case "next":
		return m.nextModel()
	case "previous":
		return m.previousModel()
	}
	return m.useModel(m.fullID(args))
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
