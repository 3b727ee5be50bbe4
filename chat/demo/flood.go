package demo

import (
	"fmt"
	"strings"
)

const floodTokens = 5000

// flood is Markdown of exactly 5,000 tokens, always the same, without thoughts:
// headings, prose, lists, tables and code in turn, as answers have them.
func flood(conversation) answer {
	var b strings.Builder
	for i := 1; b.Len() < floodTokens*6; i++ {
		fmt.Fprintf(&b, floodSection, i, i, i*7, i*11, i, i*3)
	}
	return answer{text: strings.Join(split(b.String())[:floodTokens], "")}
}

const floodSection = `## Section %d

A stream is read as it arrives, and what has been shown is never shown again. This is
paragraph **%d**, with *emphasis*, a ` + "`code span`" + ` and a [link](https://go.dev/doc/).

1. The first point, which took %d steps.
   - a detail of it
   - another one
2. The second point, which took %d.

| part | name | count |
| --- | :---: | ---: |
| a | section %d | %d |

` + "```go" + `
func next(lines <-chan string) (string, bool) {
	line, open := <-lines
	return line, open
}
` + "```" + `

`
