package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"groqchat/history"
)

// pattern is words to be found in what was said as it reads: case, accents, the
// marks of emphasis and where rows end make no difference. It is not for several
// goroutines.
type pattern struct {
	folder history.Folder
	words  string
	marked bool // the words have marks of emphasis themselves
}

// emphasis is the characters that Markdown has where the screen has a style.
const emphasis = "*`"

func newPattern(words string) pattern {
	p := pattern{folder: history.NewFolder(), marked: strings.ContainsAny(words, emphasis)}
	p.words = p.squeeze(words)
	return p
}

// count is how often a text has the words.
func (p pattern) count(text string) int {
	if p.words == "" {
		return 0
	}
	return strings.Count(p.squeeze(text), p.words)
}

// squeeze is a text as it is compared.
func (p pattern) squeeze(text string) string {
	s := squeezed{marked: p.marked}
	s.text = make([]byte, 0, len(text))
	s.put(p.folder.Text(text))
	return string(s.text)
}

// mark is cells of a row that a hit covers. One that goes on in the next row has
// several marks.
type mark struct{ hit, row, from, to int }

// marks finds the words in rows of the screen.
func (p pattern) marks(rows []string, widths ansi.Method) []mark {
	if p.words == "" {
		return nil
	}
	s := squeezed{marked: p.marked, placed: true}
	for i, row := range rows {
		p.putRow(&s, i, row, widths)
	}
	var all []mark
	text := string(s.text)
	for from, hit := 0, 0; ; hit++ {
		at := strings.Index(text[from:], p.words)
		if at < 0 {
			return all
		}
		from += at
		all = appendMarks(all, hit, s.cells[from:from+len(p.words)])
		from += len(p.words)
	}
}

// putRow adds a row. Between letters of scripts without blanks its end is none.
func (p pattern) putRow(s *squeezed, row int, text string, widths ansi.Method) {
	first := true
	for at := 0; text != ""; {
		if ansi.HasEscPrefix(text) {
			_, _, n, _ := widths.DecodeSequenceInString(text, ansi.NormalState, nil)
			text = text[n:]
			continue
		}
		letter, cells := ansi.FirstGraphemeCluster(text, widths)
		text = text[len(letter):]
		s.cell = textCell{row, at, at + cells}
		at += cells
		if first && !blank(letter) {
			if s.breaks == 1 && s.wide && cells > 1 {
				s.gap, s.breaks = false, 0
			}
			first = false
		}
		if !blank(letter) {
			s.wide = cells > 1
		}
		s.put(p.folder.Text(letter))
	}
	s.put("\n")
}

// appendMarks adds those of a hit, one for each row that it touches.
func appendMarks(all []mark, hit int, cells []textCell) []mark {
	first := len(all)
	for _, c := range cells {
		if last := len(all) - 1; last >= first && all[last].row == c.row {
			all[last].from, all[last].to = min(all[last].from, c.from), max(all[last].to, c.to)
			continue
		}
		all = append(all, mark{hit, c.row, c.from, c.to})
	}
	return all
}

// squeezed is a text as it is compared: every gap is one blank, or a line break
// where an empty line stands.
type squeezed struct {
	text   []byte
	marked bool
	gap    bool // white space came since the last letter
	breaks int  // line breaks among it
	wide   bool // the last letter takes two cells

	placed bool       // it is known where each byte stands
	cells  []textCell // of each byte, then
	cell   textCell   // of what is put now
}

// textCell is where a letter stands: its row and its columns, the last one exclusive.
type textCell struct{ row, from, to int }

// put adds folded text.
func (s *squeezed) put(folded string) {
	for _, r := range folded {
		switch {
		case r == '\n':
			s.gap = true
			s.breaks++
		case isBlank(r):
			s.gap = true
		case !s.marked && strings.ContainsRune(emphasis, r):
		default:
			s.letter(r)
		}
	}
}

func (s *squeezed) letter(r rune) {
	if s.gap && len(s.text) > 0 {
		between := byte(' ')
		if s.breaks > 1 {
			between = '\n'
		}
		s.text = append(s.text, between)
	}
	s.gap, s.breaks = false, 0
	s.text = utf8.AppendRune(s.text, r)
	for s.placed && len(s.cells) < len(s.text) {
		s.cells = append(s.cells, s.cell)
	}
}

// isBlank tells white space, and the bars that stand before questions and quotes.
func isBlank(r rune) bool { return unicode.IsSpace(r) || r == '▌' || r == '│' }

func blank(letter string) bool { return strings.TrimFunc(letter, isBlank) == "" }
