package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/charmbracelet/x/term"
)

// askHidden asks for a line on the terminal that is not shown. What is typed before
// the prompt stands there is not shown either, and the terminal is as it was before
// in any case.
func (a *app) askHidden(ctx context.Context, prompt string) (string, error) {
	was, err := term.MakeRaw(a.stdin.Fd())
	if err != nil {
		return "", err
	}
	defer func() {
		_ = term.Restore(a.stdin.Fd(), was) // a terminal that is gone needs none
		_, _ = fmt.Fprintln(a.stderr)
	}()
	_, _ = fmt.Fprint(a.stderr, prompt)
	return apart(ctx, func() (string, error) { return hiddenLine(bufio.NewReader(a.stdin)) })
}

// errLeft is a prompt that was left by ctrl+c. The terminal sends no signal while
// its keys are read one by one.
var errLeft = errors.New("interrupted")

// hiddenLine reads a line key by key: backspace and ctrl+u take back, ctrl+c leaves.
func hiddenLine(keys io.RuneReader) (string, error) {
	var line []rune
	for {
		key, _, err := keys.ReadRune()
		if err != nil {
			return "", err
		}
		switch key {
		case '\r', '\n', ctrl('d'):
			return string(line), nil
		case ctrl('c'):
			return "", &failure{code: exitInterrupted, err: errLeft}
		case '\b', '\x7f':
			line = line[:max(0, len(line)-1)]
		case ctrl('u'):
			line = nil
		default:
			if len(line) < maxKeyInput {
				line = append(line, key)
			}
		}
	}
}

// ctrl is what a terminal sends for a letter with ctrl.
func ctrl(letter rune) rune { return letter & 0x1f }
