package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
)

// marked is rows with their marks as brackets.
func marked(rows []string, words string, widths ansi.Method) []string {
	brackets := lipgloss.NewStyle().Transform(func(s string) string { return "[" + s + "]" })
	out := slices.Clone(rows)
	for _, m := range slices.Backward(newPattern(words).marks(rows, widths)) {
		out[m.row] = restyled(out[m.row], m.from, m.to, brackets, widths)
	}
	for i := range out {
		out[i] = ansi.Strip(out[i])
	}
	return out
}

func TestFound_MarksWhatReadsAlike(t *testing.T) {
	for _, c := range []struct {
		name, words string
		rows, want  []string
	}{
		{"in any case", "NEEDLE", []string{"a Needle, needles"}, []string{"a [Needle], [needle]s"}},
		{"within styles", "one two", []string{"\x1b[1mone\x1b[m \x1b[31mtwo\x1b[m three"}, []string{"[one two] three"}},
		{"wide letters", "世界", []string{"日本 世界 x 世界"}, []string{"日本 [世界] x [世界]"}},
		{"wide letters over rows", "世界", []string{"  日本世", "  界 x"}, []string{"  日本[世]", "  [界] x"}},
		{"accents, composed or not", "cafe", []string{"Café, cafe\u0301s"}, []string{"[Café], [cafe\u0301]s"}},
		{"letters that become two", "strasse", []string{"die Straße"}, []string{"die [Straße]"}},
		{"over rows of a question", "two  three", []string{"▌ one two", "▌ three"}, []string{"▌ one [two]", "▌ [three]"}},
		{"not over an empty row", "two three", []string{"two", "", "three"}, []string{"two", "", "three"}},
		{"emoji of several runes", "b", []string{"👩‍👩‍👧‍👦b"}, []string{"👩‍👩‍👧‍👦[b]"}},
		{"nothing without words", " ", []string{"a b"}, []string{"a b"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, widths := range []ansi.Method{ansi.GraphemeWidth, ansi.WcWidth} {
				if diff := cmp.Diff(c.want, marked(c.rows, c.words, widths)); diff != "" {
					t.Errorf("measured by %v: %s", widths, diff)
				}
			}
		})
	}
}

func TestFound_CountsInTheTextWhatTheScreenHas(t *testing.T) {
	for _, c := range []struct {
		words, text string
		want        int
	}{
		{"one two", "**one** two, one\ntwo, `one` TWO", 3},
		{"one two", "one\n\ntwo", 0},
		{"a*b", "a*b ab", 1},
		{"", "text", 0},
		{"aa", "aaaa", 2},
	} {
		if got := newPattern(c.words).count(c.text); got != c.want {
			t.Errorf("%q is %d times in %q, want %d", c.words, got, c.text, c.want)
		}
	}
}

func TestFound_AnotherStyleLeavesTheRestAsItIs(t *testing.T) {
	style := lipgloss.NewStyle().Reverse(true)
	row := "\x1b[31mred\x1b[m and \x1b[1mbold\x1b[m 世界 end"
	plain := ansi.Strip(row)
	for _, widths := range []ansi.Method{ansi.GraphemeWidth, ansi.WcWidth} {
		for _, cells := range [][2]int{{0, 3}, {1, 2}, {1, 10}, {8, 12}, {13, 17}, {0, 21}} {
			got := restyled(row, cells[0], cells[1], style, widths)
			if ansi.Strip(got) != plain {
				t.Errorf("%v: the text became %q", cells, ansi.Strip(got))
			}
		}
	}
	if got, want := restyled(row, 1, 2, style, ansi.GraphemeWidth), "\x1b[31mr"; !strings.HasPrefix(got, want) || !strings.Contains(got, "\x1b[7me\x1b[m") || !strings.Contains(got, "\x1b[31md\x1b[m and \x1b[1mbold") {
		t.Errorf("the styles around are lost: %q", got)
	}
}

func delta(text string) chat.Event { return chat.Delta{Text: text} }

// foundNow is what is marked as the present hit on the screen.
func foundNow(s *screen) (hits []string) {
	open := strings.SplitN(s.m.styles.FoundNow.Render("X"), "X", 2)[0]
	for _, after := range strings.Split(s.m.View().Content, open)[1:] {
		text, _, _ := strings.Cut(after, "\x1b")
		hits = append(hits, text)
	}
	return hits
}

// isAt fails the test unless the present hit is on the row with a text.
func (s *screen) isAt(row string) {
	s.t.Helper()
	open := strings.SplitN(s.m.styles.FoundNow.Render("X"), "X", 2)[0]
	for line := range strings.Lines(s.m.View().Content) {
		if strings.Contains(line, open) && strings.Contains(ansi.Strip(line), row) {
			return
		}
	}
	s.t.Fatalf("the present hit (%q) is not on the row %q\n%s", foundNow(s), row, s.text())
}

func TestFind_GoesFromHitToHit(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := talked(t, 30)
		s.press("f8")
		s.shows("find:", "type what was said")
		s.write("ER 1")
		s.settle()
		s.shows("find: ER 1", "11/11") // the nearest: all are above
		s.isAt("answer 19")
		s.press("enter", "n")
		s.settle()
		s.shows("1/11", "n next")
		s.isAt("answer 1")
		s.press("n", "n", "n")
		s.settle()
		s.shows("4/11")
		s.isAt("answer 12")
		s.press("N")
		s.settle()
		s.isAt("answer 11")
		s.press("down", "up", "up")
		s.settle()
		s.isAt("answer 10")
		top := s.m.transcript.top
		s.press("esc")
		s.shows("answer 10", "❯ Ask anything")
		if hits := foundNow(s); s.m.over != nil || len(hits) > 0 || s.m.transcript.top != top {
			t.Errorf("closed it leaves %q, at %v instead of %v", hits, s.m.transcript.top, top)
		}
	})
}

func TestFind_OnTheChosenMessage(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := talked(t, 30)
		s.press("tab", "/")
		s.write("question 7")
		s.settle()
		s.isAt("question 7")
		s.feed(keyPress(t, "enter"), keyPress(t, "/"))
		s.write("z")
		s.settle()
		s.shows("not found")
		s.press("backspace")
		s.settle()
		s.press("esc")
		s.chose("question 7")
		s.press("/")
		s.write("nowhere")
		s.settle()
		s.press("esc")
		s.chose("question 7")
	})
}

func TestFind_WithinALongAnswerAndAtAnotherWidth(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := talked(t, 1)
		var text strings.Builder
		for i := range 60 {
			fmt.Fprintf(&text, "paragraph %d says a **lot of words** about nothing in particular and then mentions the needle %d\n\n", i, i)
		}
		s.m.conv.Ask("long", nil, s.m.clock)
		s.m.conv.Apply(delta(text.String()))
		s.m.transcript.replace(s.m.conv.Path())
		s.write("/find lot of WORDS about nothing")
		s.press("enter")
		s.settle()
		s.shows("/60", "n next")
		for range 60 {
			s.press("n")
		}
		s.press("n", "n", "n", "n")
		s.settle()
		before := s.m.over.(*finder).ordinal
		s.isAt(fmt.Sprintf("paragraph %d says", before))
		s.feed(tea.WindowSizeMsg{Width: 44, Height: 20})
		s.press("n", "N")
		s.settle()
		s.isAt(fmt.Sprintf("paragraph %d says", before))
		s.feed(tea.WindowSizeMsg{Width: 100, Height: 30})
		s.press("n")
		s.settle()
		s.isAt(fmt.Sprintf("paragraph %d says", (before+1)%60))
	})
}

func TestFind_WhileAnAnswerGrows(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := talked(t, 3)
		begin(s)
		s.advance(delta("a needle\n\n"))
		s.write("/find needle")
		s.press("enter")
		for range 3 { // the turn's own timers go on for ever
			s.step()
		}
		s.until("the search", func() bool { return s.m.over.(*finder).known })
		s.shows("1/1")
		s.isAt("a needle")
		s.advance(delta(strings.Repeat("and on\n\n", 50) + "another needle\n\n"))
		s.isAt("a needle")
		s.press("n")
		s.until("the hit that came", func() bool { return s.m.over.(*finder).total == 2 })
		s.isAt("another needle")
		s.press("n")
		s.until("the first hit", func() bool { return s.m.over.(*finder).ordinal == 0 })
		s.isAt("a needle")
		s.m.turn.end()
	})
}

func TestFind_DropsWhatBelongsToOtherWords(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := talked(t, 3)
		s.press("f8")
		s.write("answer")
		stale := foundMsg{find: s.m.finds - 1, in: []foundIn{{"m", 99}}}
		s.feed(stale)
		s.lacks("/99")
		s.settle()
		s.shows("1/3")
		s.press("esc")
		s.feed(foundMsg{find: s.m.finds, in: stale.in}) // nobody looks any more
		s.lacks("/99", "find:")
	})
}

func TestFind_LeavesThoughtsAloneAndSaysWhenThereIsNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.settle()
		s.press("f8")
		s.shows("Nothing was said yet that could be searched.")
		s.m.conv.Ask("q", nil, s.m.clock)
		s.m.conv.Apply(chat.Reasoning{Text: "secret needle"})
		s.m.conv.Apply(delta("hay"))
		s.m.transcript.replace(s.m.conv.Path())
		s.write("/find needle")
		s.press("enter")
		s.settle()
		s.shows("not found")
		s.feed(keyPress(t, "ctrl+c"))
		s.lacks("find:")
	})
}
