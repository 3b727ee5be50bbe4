package demo

import (
	"fmt"
	"strings"
)

// textFile is a file that stands in a question: a line "File: name (type)" and a
// fence with its text.
type textFile struct {
	name  string
	lines int
	first string // its first line
}

// attached takes the files off a question; words is the rest.
func attached(question string) (files []textFile, words string) {
	for {
		head, rest, ok := strings.Cut(question, "\n")
		name, isFile := strings.CutPrefix(head, "File: ")
		if !ok || !isFile {
			return files, question
		}
		mark := rest[:len(rest)-len(strings.TrimLeft(rest, "`"))]
		_, body, opened := strings.Cut(rest, "\n")
		text, after, closed := strings.Cut(body, "\n"+mark)
		if len(mark) < 3 || !opened || !closed {
			return files, question
		}
		first, _, _ := strings.Cut(text, "\n")
		files = append(files, textFile{name, strings.Count(text, "\n") + 1, first})
		question = strings.TrimLeft(after, "\n")
	}
}

// read is the scene of a question with files: it tells what came.
func read(c conversation) answer {
	files, words := attached(c.question())
	var b strings.Builder
	b.WriteString("This is what came with your question:\n\n")
	for _, f := range files {
		fmt.Fprintf(&b, "- **%s**: %d lines, the first one “%s”\n", quote(f.name), f.lines, quote(f.first))
	}
	if strings.TrimSpace(words) != "" {
		fmt.Fprintf(&b, "\nYou asked: “%s”. I am the demo behind `%s`; a model would read the files and answer.", quote(words), c.model)
	}
	return answer{[]string{"The user sent files along. Let me say what they are."}, b.String()}
}
