package cli

import (
	"fmt"
	"io"
	"strings"

	"groqchat/ui/markdown"
	"groqchat/ui/safe"
)

// way is how an answer is written: its text goes to a writer as it comes, and when
// it has ended, whole or not, the rest is written. end gives what --copy copies.
type way struct {
	text     io.Writer
	end      func(answered) (string, error)
	labelled bool   // of several answers each has a heading
	session  string // in which the answer is kept, "" for none
}

// way is the way that the flags choose. A terminal gets rendered Markdown if it
// can place text.
func (a *app) way(q question) way {
	o := q.flags
	switch {
	case o.json:
		return a.inJSON(q)
	case o.schema != "":
		return a.inSchema()
	case o.code != "":
		return a.inCode(q)
	case !o.raw && (o.render || isTerminal(a.stdout) && !a.dumb()):
		return a.rendered(q.set)
	}
	return a.asText()
}

// asText is the Markdown as it comes.
func (a *app) asText() way {
	out := &answerWriter{w: a.out}
	return way{text: out, labelled: true, end: func(got answered) (string, error) { return got.message.Content, out.end() }}
}

// inCode is the code of an answer, when it is whole. Where there is none nothing
// is written for the next program to take for it.
func (a *app) inCode(q question) way {
	return way{text: io.Discard, end: func(got answered) (string, error) {
		if got.err != nil {
			return "", a.leftOver(got)
		}
		code, err := codeIn(got.message.Content, q.flags.block())
		if err != nil {
			return "", a.withRest(got, err)
		}
		return code, a.print(code)
	}}
}

// codeIn is the code in an answer: all blocks, or the one of that number.
func codeIn(text string, number int) (string, error) {
	blocks := markdown.Codes(text)
	switch {
	case len(blocks) == 0:
		return "", failed("Ask for a block of code, or leave --code out.", "there is no code in the answer")
	case number > len(blocks):
		return "", failed("", "there is no block %d in the answer, it has %d", number, len(blocks))
	case number > 0:
		return blocks[number-1].Text, nil
	}
	var all []string
	for _, block := range blocks {
		all = append(all, block.Text)
	}
	return strings.Join(all, "\n"), nil
}

// withRest shows an answer that cannot be used on stderr: it was paid for.
func (a *app) withRest(got answered, err error) error {
	if restErr := a.leftOver(got); restErr != nil {
		return restErr
	}
	return err
}

// leftOver is what came of an answer that is not used, on stderr.
func (a *app) leftOver(got answered) error {
	text := strings.TrimRight(safe.Text(got.message.Content), "\n")
	if text == "" || a.mute() {
		return nil
	}
	_, err := fmt.Fprintf(a.stderr, "%s\n", text)
	return err
}

// answerWriter writes an answer made safe, whatever pieces it comes in, and ends
// it with a line break.
type answerWriter struct {
	w    io.Writer
	rest string // the beginning of a character whose rest has not come
	last byte
}

func (t *answerWriter) Write(p []byte) (int, error) {
	text := t.rest + string(p)
	n := safe.Whole(text)
	t.rest = text[n:]
	return len(p), t.put(safe.Text(text[:n]))
}

func (t *answerWriter) put(text string) error {
	if text == "" {
		return nil
	}
	t.last = text[len(text)-1]
	_, err := io.WriteString(t.w, text)
	return err
}

// end writes what is left, and a line break if the answer began and has none: a
// prompt or an error that follows shall stand on its own line.
func (t *answerWriter) end() error {
	rest := t.rest
	t.rest = ""
	if err := t.put(safe.Text(rest)); err != nil || t.last == 0 || t.last == '\n' {
		return err
	}
	return t.put("\n")
}
