package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
	"groqchat/ui/markdown"
	"groqchat/ui/theme"
)

// goBlock is a code block of about so many bytes, each line of which has a number.
func goBlock(size int) string {
	var b strings.Builder
	b.WriteString("```go\n")
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "func f%d(a int) string { return \"text\" + strconv.Itoa(%d) } // note\n", i, i)
	}
	return b.String() + "```\n"
}

// coloured says whether a row of the screen is code in colours.
func coloured(row string) bool { return strings.Count(row, "\x1b[38") > 3 }

// codeRows counts the rows of the screen that are lines of goBlock, and those in colours.
func codeRows(s *screen) (all, inColour int) {
	for row := range strings.Lines(s.m.View().Content) {
		if strings.Contains(ansi.Strip(row), "func f") {
			all++
			if coloured(row) {
				inColour++
			}
		}
	}
	return all, inColour
}

// uncoloured reports whether colours of the answer are to come.
func uncoloured(s *screen) bool {
	for part := range s.m.transcript.parts(1) {
		if _, patch := s.m.transcript.part(1, part); patch.Pending() {
			return true
		}
	}
	return false
}

// unhurried is options with which no machine is too slow for a lexer.
func unhurried(t *testing.T) Options {
	o := options(t, answer("x"))
	o.Now = func() time.Time { return time.Unix(0, 0) }
	return o
}

func TestHighlight_ALongBlockIsShownAtOnceAndColouredLater(t *testing.T) {
	s := open(t, unhurried(t))
	s.settle()
	converse(s, goBlock(100<<10))
	s.press("ctrl+home")
	if all, inColour := codeRows(s); all == 0 || inColour > 0 {
		t.Errorf("at once %d of %d rows of code are in colour", inColour, all)
	}
	before := plain(s.m.transcript.view())
	s.settle()
	if all, inColour := codeRows(s); inColour != all {
		t.Errorf("in the end %d of %d rows of code are in colour", inColour, all)
	}
	if diff := cmp.Diff(before, plain(s.m.transcript.view())); diff != "" {
		t.Errorf("with the colours more than colours changed:\n%s", diff)
	}
}

func TestHighlight_EndsInWhatTheWholeRenderGives(t *testing.T) {
	s := open(t, unhurried(t))
	s.settle()
	text := tricky + goBlock(40<<10) + "\n- in a list\n\n  ```json\n  {\"a\": [1, true]}\n  ```\n"
	converse(s, text)
	s.press("ctrl+end")
	s.settle()
	s.press("ctrl+home")
	s.settle()
	if uncoloured(s) {
		t.Error("colours are to come though there is nothing to do")
	}
	want := markdown.New(theme.New(palette(true))).Render(text, s.m.transcript.width)
	var got []string
	for part := 1; s.m.transcript.items[1].isBlock(part); part++ {
		got = append(got, s.m.transcript.rows(1, part)...)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestHighlight_OneAtATimeAndOnlyWhatIsNear(t *testing.T) {
	s := open(t, unhurried(t))
	s.settle()
	converse(s, goBlock(200<<10))
	s.press("ctrl+home")
	for range 10 {
		s.press("pgup")
	}
	if s.pending > 1 {
		t.Errorf("%d workers", s.pending)
	}
	s.settle()
	if !uncoloured(s) {
		t.Error("what is far out of view was coloured")
	}
	s.press("ctrl+end")
	if all, inColour := codeRows(s); all == 0 || inColour > 0 {
		t.Errorf("at the end %d of %d rows are in colour at once", inColour, all)
	}
	s.settle()
	if all, inColour := codeRows(s); inColour != all {
		t.Errorf("at the end %d of %d rows are in colour", inColour, all)
	}
}

func TestHighlight_WorkEndsForItemsAroundTheWindow(t *testing.T) {
	s := open(t, unhurried(t))
	s.settle()
	for i := range 8 {
		s.m.conv.Ask(fmt.Sprint("question ", i), nil, s.m.clock)
		s.m.conv.Apply(chat.Delta{Text: strings.ReplaceAll(goBlock(3<<10), "text", fmt.Sprint("text ", i))})
		s.m.conv.Apply(chat.Done{Finish: "stop"})
	}
	s.m.transcript.replace(s.m.conv.Path())
	s.press("ctrl+home")
	for range 12 {
		s.press("pgdown") // they are drawn, and there is no time for their colours
	}
	s.press("ctrl+home", "pgdown", "pgdown", "pgdown")
	s.settle()
	for range 3 {
		if all, inColour := codeRows(s); all == 0 || inColour != all {
			t.Errorf("%d of %d rows are in colour", inColour, all)
		}
		s.press("pgup")
	}
}

func TestHighlight_AnotherWidthOrThemeIsNoWork(t *testing.T) {
	o := unhurried(t)
	o.Config.Theme = "auto"
	s := open(t, o)
	s.settle()
	converse(s, goBlock(20<<10))
	s.press("ctrl+end")
	s.settle()
	s.feed(tea.WindowSizeMsg{Width: 61, Height: 30})
	s.m.onGround(false)
	s.m.refresh()
	if all, inColour := codeRows(s); all == 0 || inColour != all || s.m.transcript.uncoloured() != nil {
		t.Errorf("%d of %d rows are in colour", inColour, all)
	}
}

func TestHighlight_AStreamIsColouredAtOnce(t *testing.T) {
	s := open(t, unhurried(t))
	s.settle()
	begin(s)
	s.advance(chat.Delta{Text: "```go\n"})
	s.m.Update(colouredMsg{s.m.transcript.uncoloured().Do()}) // what the fence begins
	for i := range 200 {
		s.advance(chat.Delta{Text: fmt.Sprintf("func f%d() {}\nvar s%d =", i, i)}, chat.Delta{Text: " \"text\"\n"})
		if uncoloured(s) {
			t.Fatalf("after %d lines colours are to come", i)
		}
	}
}

func TestHighlight_ResultsForAnotherSessionDoNoHarm(t *testing.T) {
	s := open(t, unhurried(t))
	s.settle()
	converse(s, goBlock(40<<10))
	s.m.refresh()
	work := s.m.transcript.uncoloured()
	s.m.begin()
	converse(s, "other")
	s.feed(colouredMsg{work.Do()})
	s.settle()
	s.shows("other")
	s.lacks("func f")
}

// opened measures what the event loop does until a message is on the screen.
func opened(b *testing.B, text string) {
	m := newTranscript(theme.New(palette(true)), time.Now)
	path := []chat.Message{{ID: "q", Role: chat.User, Content: "q"}, {ID: "a", Role: chat.Assistant, Content: text, State: chat.Complete}}
	m.resize(80, 40)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		m.painter = markdown.NewPainter(codeBudget, time.Now)
		m.restyle(m.look.styles)
		m.replace(path)
		m.view()
	}
}

func BenchmarkOpen_go100KB(b *testing.B) { opened(b, goBlock(100<<10)) }

func BenchmarkOpen_plain100KB(b *testing.B) {
	opened(b, strings.Replace(goBlock(100<<10), "```go", "```", 1))
}

func BenchmarkOpen_prose100KB(b *testing.B) {
	opened(b, strings.Repeat("A sentence of some words with a little `code` in it and so on.\n\n", 1600))
}

// BenchmarkColoured_go100KB measures what the event loop does with each result
// while a long block gets its colours from beginning to end.
func BenchmarkColoured_go100KB(b *testing.B) {
	path := []chat.Message{{ID: "a", Role: chat.Assistant, Content: goBlock(100 << 10), State: chat.Complete}}
	var longest, sum time.Duration
	results := 0
	for b.Loop() {
		m := newTranscript(theme.New(palette(true)), time.Now)
		m.resize(80, 40)
		m.replace(path)
		m.view()
		for w := m.uncoloured(); w != nil; w = m.uncoloured() {
			found := w.Do()
			before := time.Now()
			m.painter.Take(found)
			m.view()
			took := time.Since(before)
			longest, sum = max(longest, took), sum+took
			results++
		}
	}
	b.ReportMetric(float64(sum.Microseconds())/float64(results), "µs/result")
	b.ReportMetric(float64(longest.Microseconds()), "µs/longest")
	b.ReportMetric(float64(results)/float64(b.N), "results/op")
}
