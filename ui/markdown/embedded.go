package markdown

import "strings"

// HTML holds scripts and styles, which chroma's lexer takes from beginning to
// end with one expression. A page is long, and nobody wants to wait for its
// colours: the lines within are given to a lexer of their own.

// embedded is a language within another.
type embedded struct {
	lang *language
	end  string // what ends it
}

// holds reports whether a text is all in the inner language.
func (e *embedded) holds(text string) bool {
	return e != nil && !strings.Contains(strings.ToLower(text), e.end)
}

// embed notes what begins in the text that was just cut, and does not end.
func (c *cutter) embed(text string) {
	c.inner = nil
	if c.lang.name != "HTML" {
		return
	}
	low := strings.ToLower(text)
	for tag, name := range map[string]string{"script": "javascript", "style": "css"} {
		i := strings.LastIndex(low, "<"+tag)
		if i < 0 || strings.Contains(low[i:], "</"+tag) || !strings.Contains(low[i:], ">") {
			continue
		}
		if lang := c.known.named(name); lang != nil {
			c.inner, c.fresh = &embedded{lang, "</" + tag}, true
		}
	}
}
