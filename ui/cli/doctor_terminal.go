package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"groqchat/config"
)

// The smallest terminal that every part of the screen fits into.
const (
	leastColumns = 20
	leastRows    = 6
)

// terminalTime is how long a terminal may take to answer: one over a slow line
// takes some hundred milliseconds.
const terminalTime = 2 * time.Second

// The questions, of which terminals answer those that they know; all answer the
// last one, which says what they are, so that nothing more is waited for.
const (
	askKeyboard = "\x1b[?u"
	askSync     = "\x1b[?2026$p"
	askKind     = "\x1b[c"
)

// checkTerminal says what the terminal can do.
func (a *app) checkTerminal(e *exam) []finding {
	if a.dumb() {
		return []finding{warned("Set TERM, for example TERM=xterm-256color; until then the chat has no screen.", "TERM is %q", a.variable("TERM"))}
	}
	if !isTerminal(a.stdin) || !isTerminal(a.stdout) {
		return []finding{fine("not looked at: input and output are not both a terminal")}
	}
	all := []finding{a.checkSize(), a.checkColor()}
	if f, odd := a.checkLocale(); odd {
		all = append(all, f)
	}
	said, err := a.askTerminal(e.ctx)
	if err != nil {
		return append(all, warned("", "it does not answer questions about itself: %v", err))
	}
	return append(all, abilities(said)...)
}

func (a *app) checkSize() finding {
	columns, rows, err := term.GetSize(a.stdout.Fd())
	switch {
	case err != nil:
		return warned("", "its size is not known: %v", err)
	case columns < leastColumns || rows < leastRows:
		return warned("Make the window larger.", "%d×%d cells, less than %d×%d", columns, rows, leastColumns, leastRows)
	}
	return fine("%s, %d×%d cells", a.variable("TERM"), columns, rows)
}

func (a *app) checkColor() finding {
	switch a.colors(a.stdout) {
	case config.ColorTrue:
		return fine("all colours")
	case config.Color256:
		return fine("256 colours")
	case config.Color16:
		return fine("16 colours")
	case config.ColorNone:
	}
	return fine("no colours, as the settings or NO_COLOR say")
}

// checkLocale finds a locale that is not UTF-8: what is typed may arrive garbled.
func (a *app) checkLocale() (f finding, odd bool) {
	if runtime.GOOS == "windows" {
		return f, false
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := a.variable(name); value != "" {
			utf8 := strings.Contains(strings.ToLower(strings.ReplaceAll(value, "-", "")), "utf8")
			return warned("Set LANG to one that ends in UTF-8.", "%s is %s, which may garble what is not ASCII", name, value), !utf8
		}
	}
	return f, false
}

// askTerminal asks the terminal what it can, and gives what it answered. It is as
// before at the end.
func (a *app) askTerminal(ctx context.Context) (string, error) {
	was, err := term.MakeRaw(a.stdin.Fd())
	if err != nil {
		return "", err
	}
	defer func() { _ = term.Restore(a.stdin.Fd(), was) }() // one that is gone needs none
	if err := a.print(askKeyboard + askSync + askKind); err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, terminalTime)
	defer cancel()
	said, err := apart(ctx, func() (string, error) { return untilKind(bufio.NewReader(a.stdin)) })
	if errors.Is(err, context.DeadlineExceeded) {
		err = errors.New("nothing came within two seconds")
	}
	return said, err
}

// maxAnswers is the most that is read of answers; they have some dozen bytes.
const maxAnswers = 4 << 10

// untilKind reads up to the end of the answer to askKind.
func untilKind(r io.ByteReader) (string, error) {
	var said strings.Builder
	for said.Len() < maxAnswers {
		b, err := r.ReadByte()
		if err != nil {
			return said.String(), err
		}
		said.WriteByte(b)
		if b == 'c' && kindOf(said.String()) != nil {
			break
		}
	}
	return said.String(), nil
}

// kindOf is the numbers by which a terminal says what it is, nil if it does not.
func kindOf(said string) []string {
	found := regexp.MustCompile(`\x1b\[\?([\d;]*)c`).FindStringSubmatch(said)
	if found == nil {
		return nil
	}
	return strings.Split(found[1], ";")
}

// clipboardAbility is the number of terminals that let programs write the clipboard.
const clipboardAbility = "52"

// abilities is what the answers of a terminal say.
func abilities(said string) []finding {
	var all []finding
	add := func(can bool, yes, no string) {
		if !can {
			yes = no
		}
		all = append(all, fine("%s", yes))
	}
	add(regexp.MustCompile(`\x1b\[\?\d+u`).MatchString(said),
		"tells shift+enter from enter (kitty keyboard)", "cannot tell shift+enter from enter, or does not say so: use alt+enter or ctrl+j")
	add(regexp.MustCompile(`\x1b\[\?2026;[123]\$y`).MatchString(said),
		"draws without flicker (synchronized output)", "no synchronized output: the screen may flicker")
	add(slices.Contains(kindOf(said), clipboardAbility),
		"lets programs copy (OSC 52)", "does not say whether programs may copy (OSC 52); the clipboard setting chooses another way")
	return all
}
