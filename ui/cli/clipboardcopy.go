package cli

import (
	"io"

	"groqchat/config"
	"groqchat/ui"
)

// copies puts a text into the clipboard: by a tool of the system, or else through
// the terminal that stands behind stderr or stdout.
func (a *app) copies(set config.Loaded, text string) error {
	if put := a.clipboard(set.Clipboard); put != nil {
		if by, err := put(text); err == nil {
			a.note("copied (%s)", by)
			return nil
		}
	}
	for _, f := range []io.Writer{a.stderr, a.stdout} {
		if f == a.stderr && !isTerminal(a.stderr) || f == a.stdout && !isTerminal(a.stdout) {
			continue
		}
		if _, err := io.WriteString(f, ui.ClipboardSequence(a.env, text)); err == nil {
			a.note("copied (through the terminal)")
			return nil
		}
	}
	return failed("`groqchat doctor` says what there is for it.", "nothing was copied: there is no clipboard here")
}
