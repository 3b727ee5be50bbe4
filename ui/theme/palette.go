// Package theme turns a palette of fourteen colours into everything the screen is
// drawn with: the styles of its parts, the Markdown style sheet and the colours of
// code. No other package names a colour.
package theme

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/charmbracelet/colorprofile"
)

// Palette is a theme: fourteen colours with a meaning each. A colour is written
// "#rrggbb", or as the number of one of the terminal's own, "0" to "255"; "" is
// the terminal's own ink or ground.
//
// In built-in themes every colour of text that is known has a contrast of at
// least 4.5 to 1 on Ground (the limit of WCAG 2.2 for body text), and Text, Dim
// and Accent have it on Selection too.
type Palette struct {
	Name string // as the user names it in the settings
	Help string // what it is like, in a few words
	Dark bool   // whether Ground is dark

	Ground    string // the ground that the others are made for; painted only if Painted
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

	Custom  bool // it is of the user's own
	Painted bool // Ground is painted: the terminal's is too unlike
}

// Role is a colour of a palette with the name of its token.
type Role struct{ Name, Color string }

// slot is the place of a token.
type slot struct {
	name string
	text bool // that text is written in it
	at   *string
}

// slots is all tokens.
func (p *Palette) slots() []slot {
	return []slot{
		{"ground", false, &p.Ground},
		{"text", true, &p.Text},
		{"dim", true, &p.Dim},
		{"faint", true, &p.Faint},
		{"accent", true, &p.Accent},
		{"user", true, &p.User},
		{"selection", false, &p.Selection},
		{"border", false, &p.Border},
		{"success", true, &p.Success},
		{"warning", true, &p.Warning},
		{"danger", true, &p.Danger},
		{"link", true, &p.Link},
		{"code", true, &p.Code},
		{"heading", true, &p.Heading},
	}
}

// TokenNames lists the names of the colours, in the order of the palette.
func TokenNames() []string {
	var names []string
	for _, s := range new(Palette).slots() {
		names = append(names, s.name)
	}
	return names
}

// TextRoles lists the colours that text is written in.
func (p Palette) TextRoles() []Role {
	var roles []Role
	for _, s := range p.slots() {
		if s.text {
			roles = append(roles, Role{s.name, *s.at})
		}
	}
	return roles
}

// With is the palette with other colours for the tokens that are named. Those that
// are no colours, or have no such name, change nothing. Another ground decides
// anew whether the theme is dark.
func (p Palette) With(colors map[string]string) Palette {
	for _, s := range p.slots() {
		if c, ok := colors[s.name]; ok && IsColor(c) {
			*s.at = c
		}
	}
	if isHex(colors["ground"]) {
		p.Dark = luminance(p.Ground) < middle
	}
	return p
}

// For is the palette for a terminal of fewer colours, which takes the nearest of
// its own for each: near black is blue among sixteen, and navy among 256. There
// the text is left in the terminal's own colour, which suits its ground for sure;
// among sixteen the ground of what is chosen is left to it too. Without colours
// there are bold, faint and reversed letters.
func (p Palette) For(profile colorprofile.Profile) Palette {
	switch profile {
	case colorprofile.NoTTY, colorprofile.ASCII:
		return Palette{Name: p.Name, Help: p.Help, Dark: p.Dark, Custom: p.Custom}
	case colorprofile.ANSI256:
		if !p.Painted {
			leave(&p.Text, &p.User, &p.Heading)
		}
		for _, c := range []*string{&p.Dim, &p.Faint, &p.Border, &p.Selection} {
			*c = grey(*c)
		}
	case colorprofile.ANSI:
		return p.sixteen()
	default: // true colour takes all
	}
	return p
}

// sixteen is the palette among sixteen colours. The nearest ones would make orange,
// brown and red the same: instead each has that of the theme made for them, bright
// on a dark ground.
func (p Palette) sixteen() Palette {
	few, bright := sixteenColours(), 0
	if p.Dark {
		bright = 8
	}
	for i, s := range p.slots() {
		own := *few.slots()[i].at
		if n, err := strconv.Atoi(own); err == nil && isHex(*s.at) {
			*s.at = strconv.Itoa(n%8 + bright)
			if !p.Dark {
				*s.at = onLight(n % 8)
			}
		}
	}
	if p.Painted {
		ground, text := "15", "0"
		if p.Dark {
			ground, text = text, ground
		}
		p.Ground, p.Text, p.User, p.Heading, p.Dim = ground, text, text, text, text
		p.Faint, p.Border, p.Selection = text, text, ""
		return p
	}
	leave(&p.Text, &p.User, &p.Heading, &p.Dim, &p.Selection)
	leave(&p.Faint, &p.Border)
	return p
}

// onLight is one of eight colours as it can be read on a light ground. Green, yellow
// and cyan are far too bright in many terminals (on xterm's white they have a contrast
// of 2.2, 1.7 and 2.0 to 1), red, blue and magenta are not (5.8, 9.4 and 4.7).
func onLight(n int) string {
	switch n {
	case 2: // there is a sign beside it
		return ""
	case 3:
		return "1"
	case 6:
		return "4"
	}
	return strconv.Itoa(n)
}

// Of 256 colours the greys are these: 24 steps, of which each is greyStep brighter
// than the one before, from greyLeast on.
const (
	greyFirst = 232
	greyCount = 24
	greyLeast = 8
	greyStep  = 10
	greyTint  = 40 // so far apart may the parts of a colour be that is meant as a grey
)

// grey is the grey of 256 colours for one that is nearly that: the nearest would be
// teal, purple or pink as soon as it has a tint.
func grey(hex string) string {
	if !isHex(hex) {
		return hex
	}
	v, _ := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32) // it is one
	r, g, b := int(v>>16), int(v>>8&0xff), int(v&0xff)
	if max(r, g, b)-min(r, g, b) > greyTint {
		return hex
	}
	step := (2126*r + 7152*g + 722*b + 5000 - 10_000*(greyLeast-greyStep/2)) / (10_000 * greyStep)
	return strconv.Itoa(greyFirst + max(0, min(greyCount-1, step)))
}

// leave leaves to the terminal what is none of its own colours.
func leave(colors ...*string) {
	for _, c := range colors {
		if isHex(*c) {
			*c = ""
		}
	}
}

// Check reports the first token that is no colour.
func (p Palette) Check() error {
	for _, s := range p.slots() {
		if !IsColor(*s.at) {
			return fmt.Errorf("theme %q: %s is %q, write it as \"#rrggbb\"", p.Name, s.name, *s.at)
		}
	}
	return nil
}

// Least is the lowest contrast of a text on the ground, and its token; 0 where the
// ground is the terminal's own.
func (p Palette) Least() (contrast float64, token string) {
	if !isHex(p.Ground) {
		return 0, ""
	}
	contrast = math.Inf(1)
	for _, r := range p.TextRoles() {
		if !isHex(r.Color) {
			continue
		}
		if c := Contrast(r.Color, p.Ground); c < contrast {
			contrast, token = c, r.Name
		}
	}
	return contrast, token
}
