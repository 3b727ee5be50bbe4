package markdown

import (
	"strconv"
	"strings"
	"unicode"

	"charm.land/glamour/v2/ansi"

	"groqchat/ui/safe"
)

// look is how text looks where it stands: what the layers of the style sheet
// come to.
type look struct {
	foreground, background string // parameters of SGR, "" for the terminal's own
	attrs                  attrs
	letters                letters
}

// attrs is a set of attributes. Hidden text is none of them: whatever a style
// sheet says, what was written is shown.
type attrs uint8

const (
	bold attrs = 1 << iota
	faint
	italic
	underline
	blink
	inverse
	crossedOut
)

// codes are the parameters of SGR for the attributes, from the lowest bit on.
const codes = "1234579"

// letters is what becomes of the letters of a text.
type letters uint8

const (
	asWritten letters = iota
	upper
	lower
	title
)

// layer is a style of the sheet, laid over what is around it.
type layer struct {
	foreground, background string
	on, off                attrs
	letters                letters
	outside                [2]string // before and after, looking like what is around
	inside                 [2]string // before and after, looking like the layer
	format                 format    // what becomes of the text
}

func newLayer(p ansi.StylePrimitive) layer {
	y := layer{
		foreground: colorOf(p.Color, "3"),
		background: colorOf(p.BackgroundColor, "4"),
		outside:    [2]string{fixed(p.BlockPrefix), fixed(p.BlockSuffix)},
		inside:     [2]string{fixed(p.Prefix), fixed(p.Suffix)},
		format:     newFormat(p.Format),
	}
	for i, b := range []*bool{p.Bold, p.Faint, p.Italic, p.Underline, p.Blink, p.Inverse, p.CrossedOut} {
		switch {
		case b == nil:
		case *b:
			y.on |= 1 << i
		default:
			y.off |= 1 << i
		}
	}
	for i, b := range []*bool{p.Upper, p.Lower, p.Title} {
		if b != nil && *b {
			y.letters = upper + letters(i)
		}
	}
	return y
}

// fixed is a text of the sheet without its newlines, for where lines end is the
// layout's business, and with plain blanks, for no others should be copied.
func fixed(s string) string {
	if s == "" {
		return "" // as most are
	}
	return safe.Text(strings.NewReplacer("\n", "", "\t", " ", "\u00a0", " ").Replace(s))
}

// over lays a layer over another, so that one has the effect of both.
func (y layer) over(below layer) layer {
	y.foreground = or(y.foreground, below.foreground)
	y.background = or(y.background, below.background)
	y.on, y.off = y.on|below.on&^y.off, y.off|below.off&^y.on
	if y.letters == asWritten {
		y.letters = below.letters
	}
	for i := range 2 {
		y.outside[i] = or(y.outside[i], below.outside[i])
		y.inside[i] = or(y.inside[i], below.inside[i])
	}
	if y.format.empty() {
		y.format = below.format
	}
	return y
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// with is the look within a layer.
func (l look) with(y layer) look {
	l.foreground = or(y.foreground, l.foreground)
	l.background = or(y.background, l.background)
	l.attrs = l.attrs&^y.off | y.on
	if y.letters != asWritten {
		l.letters = y.letters
	}
	return l
}

// sgr is the sequence that opens the look.
func (l look) sgr() string {
	var parameters []string
	for i := range codes {
		if l.attrs&(1<<i) != 0 {
			parameters = append(parameters, codes[i:i+1])
		}
	}
	for _, c := range []string{l.foreground, l.background} {
		if c != "" {
			parameters = append(parameters, c)
		}
	}
	return open(parameters)
}

// write is a text in the letters of the look.
func (l look) write(s string) string {
	switch l.letters {
	case upper:
		return strings.ToUpper(s)
	case lower:
		return strings.ToLower(s)
	case title:
		return capitals(s)
	default:
		return s
	}
}

// capitals makes the first letter of every word a capital.
func capitals(s string) string {
	within := false
	return strings.Map(func(r rune) rune {
		first := !within
		within = unicode.IsLetter(r) || unicode.IsNumber(r) || within && r == '\''
		if first {
			return unicode.ToTitle(r)
		}
		return unicode.ToLower(r)
	}, s)
}

// colorOf is the parameters of SGR for a colour as the sheets write it: a number
// of the terminal's palette, "#rgb" or "#rrggbb"; "" for what is none. The kind
// is the first digit of the parameters, 3 for text and 4 for its ground.
func colorOf(c *string, kind string) string {
	if c == nil {
		return ""
	}
	if hex, ok := strings.CutPrefix(*c, "#"); ok {
		if len(hex) == 3 {
			hex = strings.Repeat(hex[:1], 2) + strings.Repeat(hex[1:2], 2) + strings.Repeat(hex[2:], 2)
		}
		v, err := strconv.ParseUint(hex, 16, 24)
		if err != nil || len(hex) != 6 {
			return ""
		}
		number := func(v uint64) string { return strconv.FormatUint(v&0xff, 10) }
		return kind + "8;2;" + number(v>>16) + ";" + number(v>>8) + ";" + number(v)
	}
	switch v, err := strconv.ParseUint(*c, 10, 8); {
	case err != nil:
		return ""
	case v < 8:
		return kind + strconv.FormatUint(v, 10)
	case v < 16:
		bright := map[string]string{"3": "9", "4": "10"}
		return bright[kind] + strconv.FormatUint(v-8, 10)
	default:
		return kind + "8;5;" + strconv.FormatUint(v, 10)
	}
}
