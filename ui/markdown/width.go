package markdown

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// ruler measures text as the renderer of the screen places it: Bubble Tea adds
// up the characters of a cluster, as most terminals do, until the terminal says
// that it takes clusters for one (mode 2027). It is the one place where widths
// come from.
type ruler ansi.Method

// cluster returns the first character of s as a reader sees it, and its cells.
func (r ruler) cluster(s string) (string, int) {
	if s[0] >= ' ' && s[0] < 0x7f && (len(s) == 1 || s[1] < 0x80) {
		return s[:1], 1
	}
	if s[0] == hardBlank[0] {
		return s[:1], 1
	}
	return ansi.FirstGraphemeCluster(s, ansi.Method(r))
}

// cells is the width of a text, which may be styled.
func (r ruler) cells(s string) int {
	if strings.IndexByte(s, 0x1b) >= 0 {
		return ansi.Method(r).StringWidth(s)
	}
	n := 0
	for len(s) > 0 {
		if a := ascii(s); a > 0 {
			n += a
			s = s[a:]
			continue
		}
		c, w := r.cluster(s)
		n += w
		s = s[len(c):]
	}
	return n
}

// narrow counts the ASCII characters that s begins with and that surely stand
// for themselves: what follows them may still combine with the last.
func narrow(s string) int {
	n := 0
	for n < len(s) && s[n] > ' ' && s[n] < 0x7f {
		n++
	}
	return alone(s, n)
}

// ascii is narrow with blanks.
func ascii(s string) int {
	n := 0
	for n < len(s) && s[n] >= ' ' && s[n] < 0x7f {
		n++
	}
	return alone(s, n)
}

func alone(s string, n int) int {
	if n > 0 && n < len(s) && s[n] >= 0x80 {
		n--
	}
	return n
}

// fit returns how many bytes of s take at most that many cells, and their cells.
func (r ruler) fit(s string, room int) (n, cells int) {
	for n < len(s) {
		c, w := r.cluster(s[n:])
		if cells+w > room {
			break
		}
		n += len(c)
		cells += w
	}
	return n, cells
}

// tabStop is how far apart the columns are that tabs go to.
const tabStop = 4

// expandTabs replaces tabs by blanks, up to the next stop in their line.
func (r ruler) expandTabs(s string) string {
	if strings.IndexByte(s, '\t') < 0 {
		return s
	}
	var b strings.Builder
	column := 0
	for len(s) > 0 {
		switch s[0] {
		case '\t':
			n := tabStop - column%tabStop
			b.WriteString(strings.Repeat(" ", n))
			column += n
			s = s[1:]
		case '\n':
			b.WriteByte('\n')
			column = 0
			s = s[1:]
		default:
			c, cells := r.cluster(s)
			b.WriteString(c)
			column += cells
			s = s[len(c):]
		}
	}
	return b.String()
}
