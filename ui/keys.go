package ui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// scope is where a key works. The scopes of one moment are searched in order.
type scope int

const (
	scopeAlways  scope = iota // wherever the focus is
	scopeInput                // no overlay is open: what the composer is for
	scopeChat                 // no overlay is open: everything else
	scopeEdit                 // in the composer, after those two
	scopeMessage              // on the chosen message while the transcript has the focus, before scopeChat
	scopeOverlay              // in lists and other overlays
	scopeFirst                // on the first-run screen
	scopePopup                // while suggestions are shown, before scopeInput
)

// binding is one row of the table of keys. Name is what [keys] of the
// configuration calls it; when, if set, must hold for the key to act, else the
// next row is asked.
type binding struct {
	name  string
	scope scope
	key   key.Binding
	when  func(*Model) bool
	do    action
	op    editOp // what a row of scopeEdit does to a text
	last  bool   // in the palette it stands behind the others
	short string // what it does in a word, for the hints of scopeMessage; "": it is not told there
}

// bind makes a row: keys are separated by blanks.
func bind(s scope, name, keys, help string, do action) binding {
	names := strings.Fields(keys)
	return binding{name: name, scope: s, do: do, key: key.NewBinding(key.WithKeys(names...), key.WithHelp(showKeys(names), help))}
}

// only adds a condition to a row.
func (b binding) only(when func(*Model) bool) binding {
	b.when = when
	return b
}

// rare puts a row at the end of the palette: nobody looks for it there.
func (b binding) rare() binding {
	b.last = true
	return b
}

// hinted gives a row of scopeMessage its word in the line of hints.
func (b binding) hinted(short string) binding {
	b.short = short
	return b
}

// defaultKeys is the table; the palette has its order too. It is a function since
// its actions read it for help.
func defaultKeys() []binding {
	empty := func(m *Model) bool { return m.composer.empty() }
	return slices.Concat([]binding{
		bind(scopeInput, "send", "enter", "send", (*Model).send),
		bind(scopeInput, "newline", "shift+enter alt+enter ctrl+j", "new line; also \\ before enter", (*Model).newline),
		bind(scopeInput, "up", "up", "line up; at the edge an earlier prompt", (*Model).inputUp),
		bind(scopeInput, "down", "down", "line down; at the edge a later prompt", (*Model).inputDown),

		bind(scopeChat, "models", "ctrl+o alt+m", "choose a model", (*Model).openModels),
		bind(scopeChat, "sessions", "ctrl+s f3", "sessions: resume, search, rename, pin, delete, export", (*Model).openSessions),
		bind(scopeChat, "new", "ctrl+n", "new session", (*Model).newSession),
		bind(scopeChat, "effort", "ctrl+t", "reasoning effort: next value", (*Model).nextEffort),
		bind(scopeChat, "personas", "f4", "choose a persona", (*Model).openPersonas),
		bind(scopeChat, "parameters", "f7", "parameters of the answers", (*Model).openParameters),
		bind(scopeAlways, "help", "f1", "help", (*Model).openHelp),
		bind(scopeChat, "help-quick", "?", "help, on an empty input", (*Model).openHelp).only(empty).rare(),
		bind(scopeChat, "palette", "ctrl+p", "every action with its key", (*Model).openPalette).rare(),
		bind(scopeChat, "next-model", "f2", "next favourite model", (*Model).nextModel),
		bind(scopeChat, "previous-model", "shift+f2 f14", "previous favourite model", (*Model).previousModel),
		bind(scopeChat, "paste", "ctrl+v alt+v", "paste a text, or a picture as an attachment", (*Model).pasteClipboard),
		bind(scopeChat, "retry", "f5", "answer the last question again", (*Model).retryAnswer),
		bind(scopeChat, "continue", "f6", "go on with an answer that was cut off", (*Model).continueAnswer),
		bind(scopeChat, "thought", "alt+t", "show what the model thought last, or fold it", (*Model).unfoldThought),
		bind(scopeChat, "rewind", "alt+esc", "edit an earlier message of yours and ask it anew; also esc twice", (*Model).openRewind),
		bind(scopeChat, "undo-step", "alt+u", "take the last step on the tree of messages back", (*Model).undoStep),
		bind(scopeChat, "redo-step", "alt+r", "take it again", (*Model).redoStep),
		bind(scopeChat, "recall", "ctrl+r", "search the earlier prompts", (*Model).openRecall),
		bind(scopeChat, "find", "f8", "find words in the conversation", (*Model).openFind),
		bind(scopeChat, "mouse", "f9", "give the mouse to the terminal, or take it back", (*Model).releaseMouse).rare(),
		bind(scopeChat, "editor", "ctrl+g", "write the prompt in $VISUAL or $EDITOR", (*Model).editPrompt),
		bind(scopeChat, "messages", "tab", "to the messages, on an empty input", (*Model).focusTranscript).only(empty),
		bind(scopeChat, "stop", "esc", "stop the answer", (*Model).stopAnswer).rare(),
		bind(scopeChat, "page-up", "pgup", "scroll back a page", (*Model).pageUp).rare(),
		bind(scopeChat, "page-down", "pgdown", "scroll on a page", (*Model).pageDown).rare(),
		bind(scopeChat, "read-on", "space", "go on reading, on an empty input", (*Model).readOn).only((*Model).unread).rare(),
		bind(scopeChat, "jump-up", "alt+up ctrl+up", "to the question before", (*Model).jumpMessageUp).rare(),
		bind(scopeChat, "jump-down", "alt+down ctrl+down", "to the question after", (*Model).jumpMessageDown).rare(),
		bind(scopeChat, "code-up", "alt+pgup", "to the code before", (*Model).jumpCodeUp).rare(),
		bind(scopeChat, "code-down", "alt+pgdown", "to the code after", (*Model).jumpCodeDown).rare(),
		bind(scopeChat, "top", "ctrl+home", "scroll to the beginning", (*Model).scrollTop).rare(),
		bind(scopeChat, "bottom", "ctrl+end", "scroll to the end and follow", (*Model).scrollBottom).rare(),
		bind(scopeChat, "quit", "ctrl+d", "quit, on an empty input", (*Model).quit).only(empty),
		bind(scopeAlways, "interrupt", "ctrl+c", "copy, stop the answer, clear the input, twice: quit", (*Model).interrupt).rare(),
		bind(scopeAlways, "redraw", "ctrl+l", "redraw the screen", (*Model).redraw).rare(),
		bind(scopeAlways, "suspend", "ctrl+z", "suspend", (*Model).suspend).rare(),

		bind(scopePopup, "popup-accept", "tab", "take the marked suggestion", (*Model).popupAccept).only((*Model).completing),
		bind(scopePopup, "popup-enter", "enter", "the same, where enter would not run a command as it stands", (*Model).popupAccept).only((*Model).accepting),
		bind(scopePopup, "popup-up", "up", "the suggestion above", (*Model).popupUp).only((*Model).completing),
		bind(scopePopup, "popup-down", "down", "the suggestion below", (*Model).popupDown).only((*Model).completing),
		bind(scopePopup, "popup-close", "esc", "close the suggestions", (*Model).popupClose).only((*Model).completing),
	}, messageKeys(), editKeys(), overlayKeys())
}

// messageKeys act on the chosen message. The line of hints has them in this order,
// as many as it has room for.
func messageKeys() []binding {
	return []binding{
		bind(scopeMessage, "message-up", "up k", "choose the message before", (*Model).messageUp).hinted("choose"),
		bind(scopeMessage, "message-down", "down j", "choose the message after", (*Model).messageDown).hinted("choose"),
		bind(scopeMessage, "message-first", "home g", "choose the first message", (*Model).messageFirst),
		bind(scopeMessage, "message-last", "end G", "choose the last message", (*Model).messageLast),
		bind(scopeMessage, "message-copy", "y", "copy the message", (*Model).copyChosen).hinted("copy"),
		bind(scopeMessage, "message-code", "c", "copy a block of its code", (*Model).copyChosenCode).hinted("copy code").only(chosenIs(hasCode)),
		bind(scopeMessage, "message-thought", "space", "show what the model thought, or fold it", (*Model).unfoldChosen).only((*Model).hasThought).hinted("thought"),
		bind(scopeMessage, "message-fold", "space", "open the summary, or fold it", (*Model).foldChosen).only(chosenIs(chat.Message.IsSummary)).hinted("open"),
		bind(scopeMessage, "variant-before", "left", "the variant before", (*Model).variantBefore).only((*Model).several).hinted("variants"),
		bind(scopeMessage, "variant-after", "right", "the variant after", (*Model).variantAfter).only((*Model).several).hinted("variants"),
		bind(scopeMessage, "message-edit", "e", "edit the message and ask it anew, beside what it was", (*Model).editChosen).hinted("edit"),
		bind(scopeMessage, "message-retry", "r", "another answer", (*Model).answerChosen).hinted("again"),
		bind(scopeMessage, "message-model", "m", "another answer by another model", (*Model).answerChosenElsewhere).hinted("by model"),
		bind(scopeMessage, "message-variants", "v", "list the variants and compare them", (*Model).openVariants).only((*Model).several),
		bind(scopeMessage, "message-tree", "t", "the tree of all messages", (*Model).openTree),
		bind(scopeMessage, "message-delete", "d", "delete the message and what follows it", (*Model).deleteChosen).hinted("delete"),
		bind(scopeMessage, "message-undo", "u", "take the last step on the tree of messages back", (*Model).undoStep),
		bind(scopeMessage, "message-redo", "U ctrl+r", "take it again", (*Model).redoStep),
		bind(scopeMessage, "message-branch", "b", "a new session that goes on from the message", (*Model).branchChosen).hinted("branch"),
		bind(scopeMessage, "message-read", "enter", "show it in all of the window", (*Model).readChosen).hinted("read"),
		bind(scopeMessage, "message-find", "/", "find words in the conversation", (*Model).openFind).hinted("find"),
		bind(scopeMessage, "code-wrap", "w", "wrap long lines of code, or leave them whole", (*Model).wrapCode),
		bind(scopeMessage, "code-left", "< shift+left", "move long lines of code to their start", (*Model).codeLeft).only(wholeCode),
		bind(scopeMessage, "code-right", "> shift+right", "move long lines of code to their end", (*Model).codeRight).only(wholeCode),
		bind(scopeMessage, "message-leave", "esc tab", "back to the input", (*Model).focusInput).hinted("back"),
	}
}

// editKeys are readline's and those of other editors, for the composer.
func editKeys() []binding {
	return slices.Concat(motionKeys(), selectKeys(), changeKeys())
}

// edit makes a row of an operation on the text.
func edit(name, keys, help string, op editOp) binding {
	b := bind(scopeEdit, name, keys, help, func(m *Model) tea.Cmd { m.composer.do(op); return nil })
	b.op = op
	return b
}

// does gives an edit an action of the chat's own; other texts keep the operation.
func (b binding) does(do action) binding {
	b.do = do
	return b
}

func motionKeys() []binding {
	return []binding{
		edit("left", "left", "left", opLeft),
		edit("right", "right ctrl+f", "right", opRight),
		edit("word-left", "ctrl+left alt+left alt+b", "word left", opWordLeft),
		edit("word-right", "ctrl+right alt+right alt+f", "word right", opWordRight),
		edit("line-start", "home ctrl+a", "start of the line", opLineStart),
		edit("line-end", "end ctrl+e", "end of the line", opLineEnd),
		edit("text-start", "alt+< alt+shift+, alt+shift+<", "start of the text", opStart),
		edit("text-end", "alt+> alt+shift+. alt+shift+>", "end of the text", opEnd),
	}
}

func selectKeys() []binding {
	selects := func(m *Model) bool { return m.selects() }
	return []binding{
		edit("select-left", "shift+left", "select left", opSelect|opLeft),
		edit("select-right", "shift+right", "select right", opSelect|opRight),
		edit("select-up", "shift+up", "select a line up", opSelect|opUp),
		edit("select-down", "shift+down", "select a line down", opSelect|opDown),
		edit("select-word-left", "ctrl+shift+left alt+shift+left", "select a word left", opSelect|opWordLeft),
		edit("select-word-right", "ctrl+shift+right alt+shift+right", "select a word right", opSelect|opWordRight),
		edit("select-line-start", "shift+home", "select to the start of the line", opSelect|opLineStart),
		edit("select-line-end", "shift+end", "select to the end of the line", opSelect|opLineEnd),
		edit("select-text-start", "ctrl+shift+home", "select to the start of the text", opSelect|opStart),
		edit("select-text-end", "ctrl+shift+end", "select to the end of the text", opSelect|opEnd),
		edit("select-all", "alt+a ctrl+shift+a", "select all of the text", opSelectAll),
		bind(scopeEdit, "copy", "alt+w", "copy the selection", (*Model).copySelection).only(selects),
		bind(scopeEdit, "cut", "ctrl+x", "cut the selection", (*Model).cutSelection).only(selects),
	}
}

func changeKeys() []binding {
	return []binding{
		edit("delete-back", "backspace shift+backspace", "delete back; at the beginning the last file", opDeleteBack).does((*Model).deleteBack),
		edit("delete-forward", "delete ctrl+d", "delete forward", opDeleteForward),
		edit("delete-word-back", "alt+backspace ctrl+backspace", "cut the word before", opDeleteWordBack),
		edit("delete-word-forward", "alt+d ctrl+delete", "cut the word after", opDeleteWordForward),
		edit("delete-blank-back", "ctrl+w", "cut back to a blank", opDeleteBlankBack),
		edit("kill-line", "ctrl+k", "cut to the end of the line", opKillToEnd),
		edit("kill-start", "ctrl+u", "cut to the start of the line", opKillToStart),
		edit("yank", "ctrl+y", "put back what was cut", opYank),
		edit("yank-older", "alt+y", "put back what was cut before that, instead", opYankOlder),
		edit("undo", "ctrl+_ ctrl+shift+- ctrl+shift+_ ctrl+- ctrl+/", "undo the edit", opUndo).does((*Model).undo),
		edit("redo", "alt+_ alt+shift+- alt+shift+_ ctrl+shift+z", "redo the edit", opRedo),
		bind(scopeEdit, "expand-paste", "alt+e", "show a paste in full, to edit it", (*Model).expandPaste),
	}
}

// overlayKeys work in lists and on the first-run screen; the overlay that is
// open does the moving, so their rows have no action.
func overlayKeys() []binding {
	return []binding{
		bind(scopeOverlay, "race-left", "left", "race: the model before", nil).only(racing),
		bind(scopeOverlay, "race-right", "right tab", "race: the model after", nil).only(racing),
		bind(scopeOverlay, "race-only", "o", "race: keep this answer alone", nil).only(racing),
		bind(scopeOverlay, "snippet-copy", "c y", "snippet: copy", nil).only(showsSnippet),
		bind(scopeOverlay, "snippet-save", "s", "snippet: save to a file", nil).only(showsSnippet),
		bind(scopeOverlay, "topic-before", "left", "help: the topic before", nil).only(topical),
		bind(scopeOverlay, "topic-after", "right", "help: the next topic", nil).only(topical),
		bind(scopeOverlay, "find-next", "n", "find: the next hit", nil).only((*Model).finding),
		bind(scopeOverlay, "find-previous", "N", "find: the hit before", nil).only((*Model).finding),
		bind(scopeOverlay, "find-words", "/", "find: other words", nil).only((*Model).finding),
		bind(scopeOverlay, "parameter-less", "left", "parameters: less, or the value before", nil).only(tuning),
		bind(scopeOverlay, "parameter-more", "right", "parameters: more, or the next value", nil).only(tuning),
		bind(scopeOverlay, "parameter-reset", "delete backspace", "parameters: as new sessions begin", nil).only(tuning),
		bind(scopeOverlay, "parameter-reset-all", "ctrl+r", "parameters: all as new sessions begin", nil).only(tuning),
		bind(scopeOverlay, "parameter-default", "ctrl+s", "parameters: make the value the default", nil).only(tuning),
		bind(scopeOverlay, "overlay-close", "esc", "close", nil),
		bind(scopeOverlay, "overlay-accept", "enter", "choose", nil),
		bind(scopeOverlay, "overlay-up", "up ctrl+p shift+tab", "up", nil),
		bind(scopeOverlay, "overlay-down", "down ctrl+n tab", "down", nil),
		bind(scopeOverlay, "overlay-page-up", "pgup", "page up", nil),
		bind(scopeOverlay, "overlay-page-down", "pgdown", "page down", nil),
		bind(scopeOverlay, "overlay-favourite", "ctrl+f", "add to or take from the favourites", nil),
		bind(scopeOverlay, "recall-older", "ctrl+r", "the next older prompt that has it", nil).only((*Model).recalling),
		bind(scopeOverlay, "session-rename", "ctrl+r f2", "rename the session", nil),
		bind(scopeOverlay, "session-pin", "ctrl+t", "pin the session, or unpin it", nil),
		bind(scopeOverlay, "session-delete", "ctrl+x", "move the session to the trash", nil),
		bind(scopeOverlay, "session-undo", "ctrl+_ ctrl+shift+- ctrl+shift+_ ctrl+- ctrl+/", "bring the session back that was deleted last", nil),
		bind(scopeOverlay, "session-export", "ctrl+o", "export the session as Markdown", nil),
		bind(scopeOverlay, "variant-compare", "d", "what differs between two variants", nil).only((*Model).comparing),
		bind(scopeFirst, "first-run-demo", "f5", "try the demo", nil),
		bind(scopeFirst, "first-run-quit", "ctrl+d", "quit", nil),
	}
}

// KeyNames is the names that [keys] may hold, for checks and completion.
func KeyNames() []string {
	rows := defaultKeys()
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.name
	}
	return names
}

// CheckKeys says what is wrong with the changes of [keys]: names that are no
// actions, keys that no program gets, keys that two actions hold.
func CheckKeys(changes map[string][]string) []string {
	_, problems := newKeymap(defaultKeys(), changes)
	return problems
}

// neverBound are keys that terminals or multiplexers keep or cannot tell apart.
func neverBound() []string {
	return []string{"ctrl+m", "ctrl+i", "ctrl+[", "ctrl+h", "ctrl+q", "ctrl+\\", "ctrl+b"}
}

// keymap is the table with the user's changes.
type keymap struct {
	rows  []binding
	doors map[string]string // what does without keys what a row does, by its name; nil where there are keys

	tells   bool // the terminal tells keys such as shift+enter from others
	console bool // it is the console of Linux, which sends few of them
}

// newKeymap lays the user's keys over the table and says what is wrong with them.
func newKeymap(rows []binding, changes map[string][]string) (keymap, []string) {
	k := keymap{rows: rows}
	var problems []string
	for _, name := range sortedKeys(changes) {
		if problem := k.change(name, changes[name]); problem != "" {
			problems = append(problems, problem)
		}
	}
	return k, append(problems, k.duplicates()...)
}

func (k *keymap) change(name string, keys []string) string {
	at := slices.IndexFunc(k.rows, func(b binding) bool { return b.name == name })
	if at < 0 {
		return fmt.Sprintf("[keys] has no action %q", name) + didYouMean(name, "", KeyNames())
	}
	keys = slices.DeleteFunc(slices.Clone(keys), func(s string) bool { return s == "" })
	for _, s := range keys {
		if slices.Contains(neverBound(), s) {
			return fmt.Sprintf("[keys] %s: %s never reaches programs in every terminal, choose another", name, s)
		}
	}
	b := k.rows[at].key
	b.SetKeys(keys...)
	b.SetHelp(showKeys(keys), b.Help().Desc)
	k.rows[at].key = b
	return ""
}

// duplicates names keys that two unconditional rows hold which are asked at the
// same time.
func (k *keymap) duplicates() []string {
	var problems []string
	for i, a := range k.rows {
		for _, b := range k.rows[i+1:] {
			for _, s := range shared(a, b) {
				problems = append(problems, fmt.Sprintf("[keys] %s is bound to both %s and %s", s, a.name, b.name))
			}
		}
	}
	return problems
}

// shared is the keys for which both rows would act.
func shared(a, b binding) []string {
	composing := func(s scope) bool { return s == scopePopup || s == scopeInput || s == scopeChat || s == scopeEdit }
	reading := func(s scope) bool { return s == scopeMessage } // before those of the chat, which it may cover
	listing := func(s scope) bool { return s == scopeOverlay || s == scopeFirst }
	together := a.scope == scopeAlways || b.scope == scopeAlways ||
		composing(a.scope) && composing(b.scope) || reading(a.scope) && reading(b.scope) || listing(a.scope) && listing(b.scope)
	if !together || a.when != nil || b.when != nil {
		return nil
	}
	var both []string
	for _, s := range a.key.Keys() {
		if slices.Contains(b.key.Keys(), s) {
			both = append(both, s)
		}
	}
	return both
}

// find is the first row of the scopes, in their order, that holds the key and
// whose condition is met.
func (k *keymap) find(m *Model, msg tea.KeyPressMsg, scopes ...scope) (binding, bool) {
	for _, s := range scopes {
		for _, b := range k.rows {
			if b.scope == s && key.Matches(msg, b.key) && (b.when == nil || b.when(m)) {
				return b, true
			}
		}
	}
	return binding{}, false
}

// named is the name of the overlay's row that holds the key, "" if none does.
func (k *keymap) named(m *Model, msg tea.KeyPressMsg, s scope) string {
	b, _ := k.find(m, msg, s)
	return b.name
}

// edit is what a key does to a text.
func (k *keymap) edit(m *Model, msg tea.KeyPressMsg) (editOp, bool) {
	b, ok := k.find(m, msg, scopeEdit)
	return b.op, ok
}

// hint is a key and what it does, for the lines of hints: "ctrl+o model".
func (k *keymap) hint(name, short string) string {
	if door := k.doors[name]; door != "" {
		return door + " " + short
	}
	for _, b := range k.rows {
		if b.name == name && len(b.key.Keys()) > 0 {
			keys, _ := k.sent(b)
			return showKey(keys[0]) + " " + short
		}
	}
	return ""
}

// held is the keys of an action as a sentence names them: "ctrl+o or alt+m".
func (k *keymap) held(name string) string {
	if door := k.doors[name]; door != "" {
		return door
	}
	for _, b := range k.rows {
		if b.name == name && len(b.key.Keys()) > 0 {
			keys := k.brief(b)
			if last := strings.LastIndex(keys, ", "); last >= 0 {
				keys = keys[:last] + " or " + keys[last+len(", "):]
			}
			return keys
		}
	}
	return "(no key for " + name + ")" // the user took it away
}

// hints joins the hints that have a key.
func hints(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), dot)
}

func showKeys(keys []string) string {
	shown := make([]string, len(keys))
	for i, k := range keys {
		shown[i] = showKey(k)
	}
	return strings.Join(slices.Compact(shown), ", ")
}

// showKey is a key as people write it.
func showKey(k string) string {
	switch k {
	case "pgdown":
		return "pgdn"
	case "alt+pgdown":
		return "alt+pgdn"
	case "f14":
		return "shift+f2" // what some terminals send for it
	case "alt+shift+,", "alt+shift+<":
		return "alt+<" // these as terminals say that know every key
	case "alt+shift+.", "alt+shift+>":
		return "alt+>"
	case "alt+shift+-", "alt+shift+_":
		return "alt+_"
	case "ctrl+shift+-", "ctrl+shift+_":
		return "ctrl+_"
	}
	return k
}
