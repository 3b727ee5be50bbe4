package markdown

import "strings"

// tabStop is how far apart the columns are that tabs go to.
const tabStop = 4

// expandTabs replaces tabs by blanks, up to the next stop in their line.
func expandTabs(s string) string {
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
			c, cells := cluster(s)
			b.WriteString(c)
			column += cells
			s = s[len(c):]
		}
	}
	return b.String()
}
