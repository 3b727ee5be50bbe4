package ui

import (
	"regexp"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/ui/safe"
)

// Lists have columns and signs for the eye; here are the words for them.

// unnumbered is the first column without a number of its own.
func (c choice) unnumbered() string {
	text := safe.Line(c.columns[0], 200)
	if _, err := strconv.Atoi(c.key); err == nil {
		text = strings.TrimPrefix(text, c.key+" ")
	}
	return text
}

// spokenRow is the first column of a choice: who speaks and which variant it is,
// where a screen has lines, bars and angles.
func spokenRow(text string) string {
	text = strings.TrimLeft(text, " │├")
	who := ""
	for sign, name := range map[string]string{"▌ ": "you: ", "· ": "answer: "} {
		if rest, ok := strings.CutPrefix(text, sign); ok {
			who, text = name, rest
		}
	}
	text = regexp.MustCompile(`^‹(\d+)/(\d+)› `).ReplaceAllString(text, "variant $1 of $2: ")
	return who + strings.Replace(text, " › ", ": ", 1)
}

// spokenColumn is another column with its heading.
func spokenColumn(heading, text string) string {
	switch heading {
	case "when", "answered":
		return spokenAge(text)
	case "messages":
		if text == "1" {
			return "1 message"
		}
		return text + " messages"
	case "context":
		return text + " tokens of context"
	case "$ in", "$ out":
		return text + " dollars " + strings.TrimPrefix(heading, "$ ")
	case "tok/s":
		return strings.Replace(text, "~", "about ", 1) + " tokens a second"
	case "", "lines", "language", "who":
		return text
	case "contrast":
		return heading + " " + strings.Replace(text, ":1", " to 1", 1)
	case "maker":
		return "by " + text
	}
	return heading + " " + text
}

// spokenAge is an age in words.
func spokenAge(text string) string {
	if text == "now" {
		return "just now"
	}
	text = strings.NewReplacer(" min", " minutes", " h", " hours").Replace(text)
	if strings.HasPrefix(text, "1 ") {
		text = strings.TrimSuffix(text, "s")
	}
	return text + " ago"
}

// columnGaps makes commas of the gaps between columns.
func columnGaps(text string) string { return regexp.MustCompile(` {2,}`).ReplaceAllString(text, ", ") }

// spokenFigures is how long an answer is and took, "" where nobody told.
func spokenFigures(msg chat.Message) string {
	n := msg.Usage.CompletionTokens
	if n == 0 {
		return ""
	}
	said := about(msg.Usage) + plural(n, "token")
	if d := msg.Timing.Total; d > 0 {
		said += " in " + spokenTime(d)
	}
	return said
}

// spokenRacer is a model of a race, and what became of its answer.
func spokenRacer(r racer) string {
	return hints(append([]string{safe.Line(chat.ShortModel(r.model), 60), spokenFigures(r.msg)}, howEnded(r.msg)...)...)
}

// spoken says what happens with a recording.
func (v *voice) spoken() string {
	switch {
	case v.writing:
		return "Writing down what was said…"
	case v.rec == nil:
		return ""
	}
	return "Recording with " + v.rec.tool.program + ". An empty line ends it, and what was said is written down; ctrl+c drops it."
}

// answerVoice takes a line while somebody speaks: it ends the recording.
func (m *Model) answerVoice(v *voice, text string) tea.Cmd {
	switch {
	case isCommand(text):
		return tea.Batch(m.dismiss(), m.runLine(text))
	case !m.speaks():
		return nil
	}
	return v.end()
}

// pairOf is what a word and numbers do where they are more than a choice: what
// differs between two variants, or one answer of a race without the others.
func (m *Model) pairOf(text string) action {
	words := strings.Fields(text)
	numbers := make([]int, 0, len(words))
	for _, w := range words[min(1, len(words)):] {
		n, _ := strconv.Atoi(w)
		numbers = append(numbers, n)
	}
	v, varied := m.over.(*variantList)
	switch {
	case varied && len(numbers) == 2 && words[0] == "compare" && v.has(numbers[0]) && v.has(numbers[1]):
		return func(m *Model) tea.Cmd {
			p := v.difference(numbers[0]-1, numbers[1]-1)
			p.text = spokenChanges(chat.CompareWords(v.all[numbers[0]-1].Content, v.all[numbers[1]-1].Content))
			m.over = p
			return nil
		}
	case racing(m) && len(numbers) == 1 && words[0] == "only" && numbers[0] >= 1 && numbers[0] <= len(m.racers()):
		return func(m *Model) tea.Cmd { return m.keepLane(numbers[0]-1, true) }
	}
	return nil
}

// spokenChanges is a comparison with words for what is gone and what is new.
func spokenChanges(changes []chat.Change) string {
	var b strings.Builder
	for _, c := range changes {
		switch {
		case c.Gone:
			b.WriteString("[gone: " + c.Text + "]")
		case c.New:
			b.WriteString("[new: " + c.Text + "]")
		default:
			b.WriteString(c.Text)
		}
	}
	return b.String()
}

// has reports whether there is a variant of a number, from 1.
func (v *variantList) has(n int) bool { return n >= 1 && n <= len(v.all) }

// undoes is what the word undo does in a list, nil for nothing.
func (p *picker) undoes(text string) action {
	if text != "undo" || p.title != sessionsTitle {
		return nil
	}
	return p.extra("session-undo", choice{})
}
