// Package theme turns a palette of about fifteen colours into everything the
// screen is drawn with: the styles of its parts, the Markdown style sheet and
// the colours of code. No other package names a colour.
package theme

import (
	"fmt"
	"strconv"

	"github.com/charmbracelet/colorprofile"
)

// Palette is a theme: fifteen colours with a meaning each, as "#rrggbb".
//
// Every colour of text has a contrast of at least 4.5 to 1 on Ground (the
// limit of WCAG 2.2 for body text), and Text, Dim and Accent have it on
// Selection too.
type Palette struct {
	Name string // as the user names it in the settings
	Dark bool   // whether Ground is dark

	Ground    string // the terminal's own ground, which is assumed and never painted
	Text      string // what is to be read
	Dim       string // what accompanies it: foot lines, hints
	Faint     string // what is there when looked for: numbers of blocks, placeholders
	Accent    string // the one colour that says "here"
	User      string // the words of the user
	Selection string // the ground of what is chosen in a list
	Border    string // rules, bars and boxes; not text
	Success   string
	Warning   string
	Danger    string
	Link      string
	Code      string // code within a sentence
	Heading   string
}

// Role is a colour of a palette with the name of its token.
type Role struct{ Name, Color string }

// TextRoles lists the colours that text is written in.
func (p Palette) TextRoles() []Role {
	return []Role{
		{"text", p.Text},
		{"dim", p.Dim},
		{"faint", p.Faint},
		{"accent", p.Accent},
		{"user", p.User},
		{"success", p.Success},
		{"warning", p.Warning},
		{"danger", p.Danger},
		{"link", p.Link},
		{"code", p.Code},
		{"heading", p.Heading},
	}
}

// For is the palette for a terminal of fewer colours, which takes the nearest of
// its own for each: near black is blue among sixteen, and navy among 256. There
// the text is left in the terminal's own colour, which suits its ground for sure;
// among sixteen the ground of what is chosen is left to it too.
func (p Palette) For(profile colorprofile.Profile) Palette {
	switch profile {
	case colorprofile.ANSI256:
		p.Text, p.User, p.Heading = "", "", ""
	case colorprofile.ANSI:
		p.Text, p.User, p.Heading, p.Dim, p.Selection = "", "", "", "", ""
		p.Faint, p.Border = grey, grey
	default: // true colour takes all, and without colours none is sent
	}
	return p
}

// grey becomes the one of sixteen colours that lies between black and white; a
// lighter one would become white.
const grey = "#666666"

// Check reports the first token that is not a colour of the form "#rrggbb".
func (p Palette) Check() error {
	all := append(p.TextRoles(), Role{"ground", p.Ground}, Role{"selection", p.Selection}, Role{"border", p.Border})
	for _, r := range all {
		if !isHex(r.Color) {
			return fmt.Errorf("theme %q: %s is %q, write it as \"#rrggbb\"", p.Name, r.Name, r.Color)
		}
	}
	return nil
}

func isHex(s string) bool {
	if len(s) != 7 || s[0] != '#' {
		return false
	}
	_, err := strconv.ParseUint(s[1:], 16, 32)
	return err == nil
}
