package safe

import (
	"strings"
	"unicode/utf8"
)

// The bounds of what passes [Frame]. A sequence of more than 32 parameters ends
// the renderer that draws the screen (measured with Bubble Tea 2.1), and
// terminals cut links beyond two thousand bytes or so.
const (
	maxParams = 32
	maxSGR    = 2 + 4*maxParams + 1
	maxLink   = 2048
	maxLinkID = 64
)

// Frame lets through what we ourselves send to a terminal, and shows the rest.
//
// Of escape sequences only two pass: colours and attributes (SGR, CSI … m, of
// at most 32 parameters), and links (OSC 8) to http, https and mailto addresses
// of at most 2,048 printable ASCII characters; of invisible characters, the mark
// of [Ordered]. For all others and for controls it does what [Text] does, except that a CR is shown
// too: nothing of ours returns to the start of a line. Frame of the result is
// the result.
func Frame(s string) string {
	i := pass(s, 0)
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/8 + 16)
	start := 0
	for i < len(s) {
		b.WriteString(s[start:i])
		size := 1
		if c := s[i]; c < utf8.RuneSelf {
			b.WriteString(picture(c))
		} else {
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			b.WriteString(stand(r, size))
		}
		start = i + size
		i = pass(s, start)
	}
	b.WriteString(s[start:])
	return b.String()
}

// pass returns the place of the first byte at or after i that must not reach a
// terminal, len(s) if there is none.
func pass(s string, i int) int {
	for {
		i = clean(s, i)
		if strings.HasPrefix(s[i:], leftToRight) {
			i += len(leftToRight)
			continue
		}
		if i == len(s) || s[i] != 0x1b {
			return i
		}
		n := sequence(s[i:])
		if n == 0 {
			return i
		}
		i += n
	}
}

// sequence returns the length of the escape sequence that s begins with if it
// may pass, else 0.
func sequence(s string) int {
	if len(s) < 2 {
		return 0
	}
	switch s[1] {
	case '[':
		return sgr(s)
	case ']':
		return link(s)
	}
	return 0
}

// sgr measures ESC [ digits ; : m.
func sgr(s string) int {
	params := 1
	for i := 2; i < len(s) && i < maxSGR; i++ {
		switch c := s[i]; {
		case c == 'm':
			if params > maxParams {
				return 0
			}
			return i + 1
		case c == ';' || c == ':':
			params++
		case c < '0' || c > '9':
			return 0
		}
	}
	return 0
}

// link measures ESC ] 8 ; id ; address, ended by BEL or ESC \. An empty address
// ends a link.
func link(s string) int {
	rest, ok := strings.CutPrefix(s, "\x1b]8;")
	if !ok {
		return 0
	}
	id := printable(rest, maxLinkID, ';')
	if id == len(rest) || rest[id] != ';' {
		return 0
	}
	rest = rest[id+1:]
	n := printable(rest, maxLink, 0)
	if n > 0 && !allowed(rest[:n]) {
		return 0
	}
	end := 0
	switch rest = rest[n:]; {
	case strings.HasPrefix(rest, "\a"):
		end = 1
	case strings.HasPrefix(rest, "\x1b\\"):
		end = 2
	default:
		return 0
	}
	return len(s) - len(rest) + end
}

// printable counts the printable ASCII characters, blanks excluded, that s
// begins with, up to the limit or the stop character.
func printable(s string, limit int, stop byte) int {
	n := 0
	for n < len(s) && n < limit && s[n] > ' ' && s[n] < 0x7f && s[n] != stop {
		n++
	}
	return n
}

// allowed reports whether an address may be made a link: what it opens is a
// browser or a letter, nothing that acts by itself.
func allowed(address string) bool {
	scheme, _, ok := strings.Cut(address, ":")
	if !ok {
		return false
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto":
		return true
	}
	return false
}
