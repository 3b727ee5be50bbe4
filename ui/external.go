package ui

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// written is a prompt in an editor of the user's.
type written struct {
	ctx   context.Context // ends with the program
	env   []string
	files [2]*os.File // of the terminal: input, output
	text  string
	path  string // where the editor has it
}

// editedMsg is what an editor left.
type editedMsg struct {
	text, path string
	err        error // the text is that of path still
}

// editPrompt gives the prompt to $VISUAL or $EDITOR, and the terminal with it.
func (m *Model) editPrompt() tea.Cmd {
	if !m.lines.lends() {
		return m.notice.say(toneInfo, "An editor needs a terminal to write at.")
	}
	e := &written{ctx: m.ctx, env: m.opts.Env, files: [2]*os.File{m.opts.Input, m.opts.Output}, text: m.composer.text()}
	return tea.Exec(m.errandOf(e.run), e.result)
}

// run writes the prompt to a file that only the user can read, and waits for the
// editor.
func (e *written) run() error {
	var err error
	if e.path, err = privateFile("groqchat-prompt-*.md", e.text); err != nil {
		return err
	}
	return e.command().Run()
}

// command is the editor, which may be several words: the shell takes them apart as
// everywhere.
func (e *written) command() *exec.Cmd {
	editor := cmp.Or(lookup(e.env, "VISUAL"), lookup(e.env, "EDITOR"), usualEditor())
	c := exec.CommandContext(e.ctx, "sh", "-c", editor+` "$@"`, editor, e.path) //nolint:gosec // the user named it
	if runtime.GOOS == "windows" {
		words := append(strings.Fields(editor), e.path)
		c = exec.CommandContext(e.ctx, words[0], words[1:]...) //nolint:gosec // the user named it
	}
	c.Env = e.env
	c.Stdin, c.Stdout, c.Stderr = e.files[0], e.files[1], e.files[1]
	return c
}

// usualEditor is for those who have named none.
func usualEditor() string {
	if runtime.GOOS == "windows" {
		return "notepad"
	}
	for _, name := range []string{"sensible-editor", "nano", "vim"} {
		if _, err := exec.LookPath(name); err == nil {
			return name
		}
	}
	return "vi"
}

// result reads what the editor left. The file stays where something failed.
func (e *written) result(err error) tea.Msg {
	if err != nil {
		return editedMsg{path: e.path, err: err}
	}
	raw, err := os.ReadFile(e.path)
	if err != nil {
		return editedMsg{path: e.path, err: err}
	}
	_ = os.Remove(e.path) // it has nothing that is not here
	text := strings.ReplaceAll(strings.ToValidUTF8(string(raw), "\ufffd"), "\r\n", "\n")
	if !strings.HasSuffix(e.text, "\n") { // editors end the last line
		text = strings.TrimSuffix(text, "\n")
	}
	return editedMsg{text: text}
}

// onEdited takes the text over.
func (m *Model) onEdited(msg editedMsg) tea.Cmd {
	m.lines.back()
	switch {
	case msg.err != nil && msg.path == "":
		return m.notice.say(toneError, "There is no editing elsewhere: "+sentence(msg.err.Error()))
	case msg.err != nil:
		m.notice.stay(toneError, fmt.Sprintf("The editor failed (%s): your text is as it was, and what it wrote is in %s.", reasonOf(msg.err), msg.path))
	case msg.text != m.composer.text():
		m.composer.setText(msg.text)
	}
	return nil
}
