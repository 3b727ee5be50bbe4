package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf16"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// output is stdout. Its errors are marked, so that a broken pipe of the reader
// is not taken for one of the network.
type output struct{ w io.Writer }

func (o output) Write(p []byte) (int, error) {
	n, err := o.w.Write(p)
	if err != nil {
		err = &outputError{err}
	}
	return n, err
}

// outputError is a failed write to stdout.
type outputError struct{ err error }

func (e *outputError) Error() string { return fmt.Sprintf("cannot write the output: %v", e.err) }

func (e *outputError) Unwrap() error { return e.err }

// print writes a result as it is.
func (a *app) print(text string) error {
	_, err := io.WriteString(a.out, text)
	return err
}

// printJSON writes v as indented JSON. What a terminal could take for a command
// is escaped, which says the same in JSON.
func (a *app) printJSON(v any) error {
	raw, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return a.print(plainJSON(string(raw)) + "\n")
}

// plainJSON escapes the characters that must not be shown as they are; outside
// the texts of JSON they cannot occur.
func plainJSON(text string) string {
	if safe.Text(text) == text {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if one := string(r); safe.Text(one) == one || r == '\r' {
			b.WriteString(one)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

// counted is a number with its noun: 1 answer, 1,024 answers.
func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return chat.Count(n) + " " + noun
}

// safeLines makes text safe to show, line by line, without a final break.
func safeLines(text string) string { return strings.TrimRight(safe.Text(text), "\n") }

// ink is the ornaments that a stream takes.
type ink struct{ on bool }

func (i ink) bold(s string) string { return i.with("1", s) }

func (i ink) faint(s string) string { return i.with("2", s) }

func (i ink) with(code, s string) string {
	if !i.on || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// closers is what has to be closed when the program ends. The zero value is
// ready; it is safe for concurrent use, for the screen may start the demo.
type closers struct {
	mu  sync.Mutex
	all []io.Closer
}

func (c *closers) add(one io.Closer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = append(c.all, one)
}

func (c *closers) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, one := range c.all {
		// The program is over: nobody can mend a failed close of a log or a socket.
		_ = one.Close()
	}
	c.all = nil
}
