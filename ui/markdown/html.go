package markdown

import (
	"bytes"
	"slices"
	"strings"
)

// htmlKind is one of the seven kinds of HTML blocks of CommonMark 0.31, §4.6,
// in its order; they differ in what ends them.
type htmlKind uint8

const (
	htmlNone        htmlKind = iota
	htmlRaw                  // <script>, <pre>, <style>, <textarea>
	htmlComment              // <!-- -->
	htmlInstruction          // <? ?>
	htmlDeclaration          // <!X >
	htmlData                 // <![CDATA[ ]]>
	htmlBlock                // the tags that make blocks, up to a blank line
	htmlAny                  // perhaps any other tag, up to a blank line
)

const htmlRawTags = "script pre style textarea"

const htmlBlockTags = "address article aside base basefont blockquote body caption center col colgroup dd details " +
	"dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr " +
	"html iframe legend li link main menu menuitem meta nav noframes ol optgroup option p param search section " +
	"source summary table tbody td tfoot th thead title tr track ul"

// html says what kind of HTML block a line begins, if any.
func (l line) html() htmlKind {
	t := l.text
	if len(t) < 2 || t[0] != '<' {
		return htmlNone
	}
	switch {
	case bytes.HasPrefix(t, []byte("<!--")):
		return htmlComment
	case t[1] == '?':
		return htmlInstruction
	case bytes.HasPrefix(t, []byte("<![CDATA[")):
		return htmlData
	case t[1] == '!':
		if len(t) > 2 && isLetter(t[2]) {
			return htmlDeclaration
		}
		return htmlNone
	}
	return htmlTag(bytes.TrimPrefix(t[1:], []byte("/")), t[1] == '/')
}

// htmlTag classifies a tag by its name, which t begins with.
func htmlTag(t []byte, closing bool) htmlKind {
	n := 0
	for n < len(t) && (isLetter(t[n]) || t[n] == '-' || t[n] >= '0' && t[n] <= '9') {
		n++
	}
	if n == 0 {
		return htmlNone
	}
	name := strings.ToLower(string(t[:n]))
	ends := isSpace(t, n) || t[n] == '>'
	switch {
	case ends && !closing && slices.Contains(strings.Fields(htmlRawTags), name):
		return htmlRaw
	case (ends || bytes.HasPrefix(t[n:], []byte("/>"))) && slices.Contains(strings.Fields(htmlBlockTags), name):
		return htmlBlock
	}
	return htmlAny
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// endsIn reports whether a line ends the block.
func (k htmlKind) endsIn(text []byte) bool {
	switch k {
	case htmlComment:
		return bytes.Contains(text, []byte("-->"))
	case htmlInstruction:
		return bytes.Contains(text, []byte("?>"))
	case htmlDeclaration:
		return bytes.IndexByte(text, '>') >= 0
	case htmlData:
		return bytes.Contains(text, []byte("]]>"))
	default: // raw text, such as a script, ends with its tag
	}
	low := bytes.ToLower(text)
	for _, tag := range strings.Fields(htmlRawTags) {
		if bytes.Contains(low, []byte("</"+tag+">")) {
			return true
		}
	}
	return false
}

// htmlInlineTags are those that stand within a text.
const htmlInlineTags = "a abbr acronym audio b bdi bdo big br button canvas cite code data datalist del dfn em embed " +
	"font i img input ins kbd label map mark math meter noscript object output picture progress q rp rt ruby s samp " +
	"select slot small span strike strong sub sup svg template time tt u var video wbr"

// isTag reports the name of a tag that HTML knows, in a tag that opens or closes.
// Others are far more often a type or a placeholder.
func isTag(name string) bool {
	name = strings.ToLower(strings.Trim(name, "/"))
	for _, known := range []string{htmlInlineTags, htmlBlockTags, htmlRawTags} {
		if slices.Contains(strings.Fields(known), name) {
			return true
		}
	}
	return false
}

// isMarkup reports a whole tag of HTML: its name is known, and attributes have
// values, but for some.
func isMarkup(tag string) bool {
	const bare = "async autoplay checked controls default defer disabled hidden loop multiple muted open readonly required reversed selected"
	if strings.HasPrefix(tag, "<!") || strings.HasPrefix(tag, "<?") {
		return true
	}
	words := strings.Fields(strings.Trim(tag, "</>"))
	if len(words) == 0 || !isTag(words[0]) {
		return false
	}
	return strings.Contains(tag, "=") || !slices.ContainsFunc(words[1:], func(w string) bool {
		return !slices.Contains(strings.Fields(bare), strings.ToLower(w))
	})
}
