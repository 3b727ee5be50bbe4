package markdown

import "strings"

// Pages hold scripts and styles, which chroma's lexers take from beginning to end
// with one expression, and Markdown holds code. Both may be long, and nobody wants
// to wait for their colours: the lines within are given to a lexer of their own.

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
	switch c.lang.name {
	case "HTML", "Svelte":
		low := strings.ToLower(text)
		c.element(low, "script", "javascript")
		c.element(low, "style", "css")
	case "markdown":
		if info, ok := strings.CutPrefix(strings.TrimLeft(text, " "), "```"); ok {
			c.begin(c.known.find(strings.TrimSpace(info)), "```")
		}
	}
}

// element notes an element with another language that begins in a text.
func (c *cutter) element(text, tag, lang string) {
	i := strings.LastIndex(text, "<"+tag)
	if i < 0 || strings.Contains(text[i:], "</"+tag) || !strings.Contains(text[i:], ">") {
		return
	}
	if strings.Contains(text[i:], `lang="ts"`) {
		lang = "typescript"
	}
	c.begin(c.known.named(lang), "</"+tag)
}

// begin begins a language within the block's own.
func (c *cutter) begin(lang *language, end string) {
	if lang != nil && lang != c.lang {
		c.inner, c.fresh = &embedded{lang, end}, true
	}
}
