package cli

import (
	"io"
	"os"

	"groqchat/config"
	"groqchat/ui"
)

// copies puts a text where it can be pasted from, as the chat does: into the clipboard
// by a tool of the system or by the terminal that stands behind stderr or stdout, or
// into a file.
func (a *app) copies(set config.Loaded, text string) error {
	c := ui.Clip(a.clipboard(set.Clipboard), set.Clipboard, a.env, text)
	switch {
	case c.Err != nil:
		return failed("", "nothing was copied: no clipboard takes it, and %w", c.Err)
	case c.By != "":
		a.note("copied (%s)", c.By)
		return nil
	case c.Path != "":
		a.note("copied to the file %s", c.Path)
		return nil
	}
	for _, f := range []*os.File{a.stderr, a.stdout} {
		if !isTerminal(f) {
			continue
		}
		if _, err := io.WriteString(f, c.Terminal); err == nil {
			a.note("copied (through the terminal)")
			return nil
		}
	}
	return failed("`groqchat doctor` says what there is for it, and `clipboard = \"file\"` writes a file.", "nothing was copied: there is no clipboard here")
}
