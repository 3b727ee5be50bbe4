package demo

import (
	"embed"
	"strconv"
	"strings"
)

// texts is the answers: in each file the thoughts, a line that separates, the
// text. {{question}}, {{earlier}}, {{turn}} and {{model}} are filled in.
//
//go:embed answers/*.md
var texts embed.FS

const separator = "\n<!-- answer -->\n"

// answer is what the model thinks, in paragraphs, and what it says.
type answer struct {
	thoughts []string
	text     string
}

// thinking is as much of the thoughts as the effort is worth: the first paragraph,
// all but the last, or all.
func (a answer) thinking(effort string) string {
	n := len(a.thoughts)
	switch {
	case effort == "low":
		n = min(n, 1)
	case effort == "medium" && n > 1:
		n--
	}
	return strings.Join(a.thoughts[:n], "\n\n")
}

// load reads an answer and fills in what it says of the conversation.
func load(name string, c conversation) answer {
	// The names are those of the table, the files are part of the program: a test
	// reads them all.
	raw, _ := texts.ReadFile("answers/" + name + ".md")
	questions := c.questions()
	earlier := ""
	if n := len(questions); n > 1 {
		earlier = questions[n-2]
	}
	filled := strings.NewReplacer(
		"{{question}}", quote(c.question()), "{{earlier}}", quote(earlier),
		"{{turn}}", strconv.Itoa(len(questions)), "{{model}}", c.model,
	).Replace(string(raw))
	thoughts, text, _ := strings.Cut(filled, separator)
	return answer{strings.Split(strings.TrimSpace(thoughts), "\n\n"), strings.TrimSpace(text)}
}

// file is the scene that always says the same.
func file(name string) func(conversation) answer {
	return func(c conversation) answer { return load(name, c) }
}

// other answers what no scene knows: it names the question, and the one before it
// if there was one.
func other(c conversation) answer {
	if len(c.questions()) > 1 {
		return load("again", c)
	}
	return load("other", c)
}

// rest continues an answer that was cut off, if it is one of ours.
func rest(c conversation) (answer, bool) {
	begun, led, found := c.unfinished()
	if !found {
		return answer{}, false
	}
	full := led.answer()
	text, ours := strings.CutPrefix(full.text, strings.TrimSpace(begun))
	if !ours || strings.TrimSpace(text) == "" {
		return answer{}, false
	}
	return answer{[]string{"The answer above was cut off. Let me go on exactly where it stopped."}, text}, true
}

// answer is what is said to the last question.
func (c conversation) answer() answer {
	if a, ok := rest(c); ok {
		return a
	}
	return c.scene().write(c)
}

// goTopics is what the conversation about Go can turn to, in its order.
func goTopics() []struct {
	file  string
	words []string
} {
	return []struct {
		file  string
		words []string
	}{
		{"go-start", nil},
		{"go-concurrency", []string{
			"goroutine", "goroutines", "channel", "channels", "concurrency", "concurrent", "concurrently", "parallel", "mutex",
		}},
		{"go-errors", []string{"error", "errors", "exception", "exceptions", "panic", "recover", "defer"}},
		{"go-interfaces", []string{"interface", "interfaces", "generics", "struct", "structs", "inheritance", "classes"}},
		{"go-testing", []string{"test", "tests", "testing", "fuzz", "fuzzing", "benchmark", "benchmarks"}},
	}
}

// goTopic is the topic that the text names, or -1.
func goTopic(text string) int {
	for i, topic := range goTopics() {
		if mentions(text, topic.words) > 0 {
			return i
		}
	}
	return -1
}

// aboutGo answers on the topic that was named, or goes on to the next one.
func aboutGo(c conversation) answer {
	topics := goTopics()
	i := goTopic(c.question())
	if i < 0 {
		i = 0
		for led, ok := c.before(); ok; led, ok = led.before() {
			if led.scene().Name == sceneGo {
				i++
			}
		}
	}
	return load(topics[i%len(topics)].file, c)
}
