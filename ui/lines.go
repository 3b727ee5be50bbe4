package ui

import (
	"regexp"
	"strings"

	"groqchat/ui/safe"
)

// lineMode is the chat without a screen: lines that are only ever added, with
// states in words, for screen readers, logs, and terminals that are slow or cannot
// place text. It is another view of the same model: after every message it says
// what changed since it spoke last, and what is typed goes the ways of keys and
// commands. It never writes an escape sequence.
type lineMode struct {
	terminal bool // lines come from one, which shows what is typed
	going    bool // it was begun in another session

	text     strings.Builder // what was said and not handed to the terminal yet
	margin   margin
	widest   int    // the setting
	open     bool   // the last line has no end yet
	prompted string // the prompt that stands in it, "" for none

	ahead   []string // what was typed and not done yet
	reading bool     // a line will come
	leaving bool     // it waits for another session
	closing bool     // the program ends
	away    bool     // somebody else has the terminal, such as an editor
	ended   bool     // no more lines come
	settled bool     // what a command says at once was said
	paces   int      // grows with each command that was waited for

	begun string // lines of a message whose end is still to come
	typed string // what was sent last

	place string // the message to which one was led, until it is said

	hushed, hushing bool // what is typed is not shown, or will be no more or again

	told told
}

// newLineMode begins with nothing said.
func newLineMode(o Options) *lineMode {
	return &lineMode{terminal: o.Typed, margin: margin{columns: o.Columns}, widest: o.Config.Width, ahead: o.Ahead, going: o.Ahead != nil, settled: true}
}

// say adds whole lines of our own.
func (l *lineMode) say(text string) { l.quote(spoken(text)) }

// quote adds whole lines of somebody's text as it is, but for what a terminal
// could obey.
func (l *lineMode) quote(text string) {
	text = strings.TrimRight(safe.Text(text), "\n")
	if text == "" {
		return
	}
	l.fresh()
	l.margin.coded = false // code that was not ended ends with what it stood in
	l.put(text + "\n")
}

// put writes a text down, with its lines broken.
func (l *lineMode) put(text string) { l.text.WriteString(l.margin.broken(text, l.widest)) }

// add goes on with the last line.
func (l *lineMode) add(text string) {
	if text == "" {
		return
	}
	l.put(text)
	l.open = !strings.HasSuffix(text, "\n")
}

// fresh ends the line that stands there.
func (l *lineMode) fresh() {
	if l.open {
		l.put("\n")
	}
	l.open, l.prompted = false, ""
}

// prompt asks for a line, unless the same prompt stands there already.
func (l *lineMode) prompt(text string) {
	if text == l.prompted {
		return
	}
	l.fresh()
	l.add(text)
	l.prompted = text
}

// flush hands what was said to the terminal, which never has to be waited for.
func (l *lineMode) flush(out *output) {
	if out == nil || l.text.Len() == 0 {
		return
	}
	_, _ = out.Write([]byte(l.text.String())) // never fails
	l.text.Reset()
}

// spoken is a text of ours without the signs that only an eye reads: joins become
// commas, and lines, bars and arrows go.
func spoken(text string) string {
	text = strings.NewReplacer(dot, ", ", " → ", " to ", "→ ", "to ", "✗ ", "", "↻ ", "full in ").Replace(text)
	text = longUnits(text)
	return strings.Map(func(r rune) rune {
		if r >= 0x2500 && r < 0x25a0 || strings.ContainsRune("●•★▸▪", r) { // lines, bars, marks
			return -1
		}
		return r
	}, text)
}

// longUnits spells out the units of times.
func longUnits(text string) string {
	long := map[string]string{"s": "second", "min": "minute", "h": "hour"}
	times := regexp.MustCompile(`\b[0-9][0-9.]* (s|min|h)\b`)
	return times.ReplaceAllStringFunc(text, func(time string) string {
		number, unit, _ := strings.Cut(time, " ")
		if number == "1" {
			return "1 " + long[unit]
		}
		return number + " " + long[unit] + "s"
	})
}
