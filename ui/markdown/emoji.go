package markdown

import (
	"github.com/charmbracelet/x/ansi"

	"groqchat/ui/safe"
)

// apart is a text in which emoji stand beside one another, where it matters how
// wide they are and the screen adds up the parts.
func (r ruler) apart(s string) string {
	if ansi.Method(r) != ansi.WcWidth {
		return s
	}
	return safe.Apart(s)
}
