package demo

import (
	"strings"
	"unicode"
)

// conversation is what was said so far, the question last.
type conversation struct {
	model    string
	messages []message
}

// question is the last thing that the user said, without files.
func (c conversation) question() string {
	questions := c.questions()
	if len(questions) == 0 {
		return ""
	}
	return questions[len(questions)-1]
}

// files is what came with the last thing that the user said.
func (c conversation) files() []textFile {
	for i := len(c.messages) - 1; i >= 0; i-- {
		if c.messages[i].role == "user" {
			files, _ := attached(c.messages[i].text)
			return files
		}
	}
	return nil
}

func (c conversation) questions() []string {
	var questions []string
	for _, m := range c.messages {
		if m.role == "user" {
			_, words := attached(m.text)
			questions = append(questions, words)
		}
	}
	return questions
}

// before is the conversation as it was when the question before the last had just
// been asked; false if there was none.
func (c conversation) before() (conversation, bool) {
	seen := 0
	for i := len(c.messages) - 1; i >= 0; i-- {
		if c.messages[i].role != "user" {
			continue
		}
		if seen++; seen == 2 {
			return conversation{c.model, c.messages[:i+1]}, true
		}
	}
	return conversation{}, false
}

// unfinished is the beginning of an answer that the user wants to be continued,
// and the conversation that led to it: either the answer comes last, or a request
// to go on does.
func (c conversation) unfinished() (begun string, led conversation, found bool) {
	last := len(c.messages) - 1
	if last > 0 && c.messages[last].role == "user" && mentions(c.question(), continuing()) > 0 {
		last--
	}
	if last < 1 || c.messages[last].role != "assistant" {
		return "", conversation{}, false
	}
	return c.messages[last].text, conversation{c.model, c.messages[:last]}, true
}

func continuing() []string {
	return []string{"continue", "go on", "carry on", "keep going", "where you stopped", "left off"}
}

// mentions counts how many of the phrases occur in the text as whole words. The
// marks ^ and $ in a phrase are the text's beginning and end.
func mentions(text string, phrases []string) int {
	normal := " ^ " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ") + " $ "
	n := 0
	for _, phrase := range phrases {
		if strings.Contains(normal, " "+phrase+" ") {
			n++
		}
	}
	return n
}

// quote is a text for use within a sentence: one line, not too long, and with
// nothing in it that Markdown would take for its own.
func quote(text string) string {
	const most = 160 // runes
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		text = strings.TrimSpace(string(runes[:most])) + "…"
	}
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune("\\`*_[]<>#|~!$&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
