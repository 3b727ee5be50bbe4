package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"groqchat/chat"
	"groqchat/ui/theme"
)

// keptRows is how many rows the cache holds.
func (c *rowCache) keptRows() int {
	n := 0
	for _, generation := range []map[rowKey]rowEntry{c.now, c.before} {
		for _, e := range generation {
			n += len(e.rows)
		}
	}
	return n
}

func TestTranscript_OfTenThousandMessagesOpensWhatIsSeen(t *testing.T) {
	conv := long(t, 10_000)
	tr := tall(conv.Path())
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"first view", func() {}},
		{"page up", func() { tr.scroll(-34) }},
		{"narrower", func() { tr.resize(60, 36) }},
		{"top", tr.toTop},
		{"wider", func() { tr.resize(90, 36) }},
		{"end", tr.toEnd},
	} {
		before := len(tr.opened)
		tr.cache.clear()
		step.do()
		tr.view()
		tr.pill()
		if n := len(tr.opened) - before; n > 6 {
			t.Errorf("%s: %d messages were opened", step.name, n)
		}
		if n := tr.cache.keptRows(); n > 400 {
			t.Errorf("%s: %d rows were made", step.name, n)
		}
	}
}

func TestTranscript_ForgetsWhatIsFarAway(t *testing.T) {
	conv := long(t, 500)
	tr := tall(conv.Path())
	tr.view()
	most := 0
	for tr.top != (place{}) {
		tr.scroll(-400)
		tr.view()
		if n := len(tr.opened); n > openMost+tr.height+20 {
			t.Fatalf("%d messages are open", n)
		}
		open := 0
		for _, it := range tr.items {
			if it.doc != nil || it.text != nil {
				open++
			}
		}
		if open != len(tr.opened) {
			t.Fatalf("%d messages are open, %d are known to be", open, len(tr.opened))
		}
		most = max(most, tr.cache.keptRows())
	}
	if most > 3*rowsKept {
		t.Errorf("%d rows were kept", most)
	}
}

// words is the letters that a window begins with.
func words(rows []string, n int) string {
	text := strings.Join(strings.FieldsFunc(plain(rows), func(r rune) bool { return letters(string(r)) == 0 }), "")
	return text[:min(len(text), n)]
}

// mixed is a conversation of long questions and answers.
func mixed(t testing.TB) []chat.Message {
	var path []chat.Message
	for i := range 2 {
		question := strings.Repeat(fmt.Sprintf("In question %d there are words, ", i), 12) + "\n\n\tand more " + strings.Repeat("and more ", 40)
		path = append(path,
			chat.Message{ID: fmt.Sprint("q", i), Role: chat.User, State: chat.Complete, Content: question},
			chat.Message{ID: fmt.Sprint("a", i), Role: chat.Assistant, State: chat.Complete, Content: fmt.Sprintf("Answer %d.\n\n%s", i, torture(t)), FinishReason: "stop"})
	}
	return path
}

func TestTranscript_OtherWidthsKeepTheWordsAtTheTop(t *testing.T) {
	path := mixed(t)
	rapid.Check(t, func(t *rapid.T) {
		tr := tall(path)
		tr.resize(80, 20)
		tr.view()
		tr.scroll(-rapid.IntRange(1, 250).Draw(t, "up"))
		before := plain(tr.view())
		place := tr.top
		for range rapid.IntRange(1, 4).Draw(t, "drag") {
			tr.resize(rapid.IntRange(30, 100).Draw(t, "width"), 20)
			tr.view()
			if tr.top.item != place.item || tr.top.part != place.part {
				t.Fatalf("from %v to %v", place, tr.top)
			}
		}
		tr.resize(80, 20)
		if after := plain(tr.view()); after != before {
			t.Fatalf("before:\n%s\n\nafter:\n%s", before, after)
		}
	})
}

func TestTranscript_OtherWidthsKeepAParagraphsWords(t *testing.T) {
	text := ""
	for i := range 400 {
		text += fmt.Sprintf("w%d ", i)
	}
	for _, role := range []chat.Role{chat.User, chat.Assistant} {
		tr := tall([]chat.Message{{ID: "m1", Role: role, State: chat.Complete, Content: text}})
		tr.resize(60, 10)
		tr.view()
		tr.scroll(-8)
		first := words(tr.view(), 4)
		for width := 30; width < 100; width++ {
			tr.resize(width, 10)
			if row := plain(tr.view()[:1]); !strings.Contains(strings.ReplaceAll(row, " ", ""), first) {
				t.Fatalf("%s at %d: %q does not hold %q", role, width, row, first)
			}
		}
		tr.toEnd()
		tr.view()
		tr.resize(44, 10)
		if view := plain(tr.view()); !strings.Contains(view, "w399") {
			t.Errorf("%s: the end was not kept:\n%s", role, view)
		}
	}
}

func TestTranscript_AHigherWindowIsFull(t *testing.T) {
	tr := numbered(20, 3)
	tr.view()
	tr.scroll(-5)
	tr.view()
	tr.resize(40, 30)
	view := plain(tr.view())
	if !strings.HasSuffix(view, "q19.2") || !tr.follow {
		t.Errorf("view:\n%s", view)
	}
}

// grow feeds a text to the last answer of a transcript, in parts, and calls
// check after each.
func grow(tr *transcript, m *chat.Message, text string, part int, check func()) {
	for text != "" {
		n := min(part, len(text))
		m.Content += text[:n]
		text = text[n:]
		tr.update(m)
		check()
	}
}

// answering is a transcript of some questions and an answer under way.
func answering(height int) (*transcript, *chat.Message) {
	tr := numbered(8, 3)
	tr.clock = hurried()
	tr.restyle(tr.look.styles)
	path := make([]chat.Message, 0, 9)
	for _, it := range tr.items {
		path = append(path, it.msg)
	}
	path = append(path, chat.Message{ID: "a", Role: chat.Assistant})
	tr.resize(60, height)
	tr.replace(path)
	return &tr, &path[8]
}

// TestTranscript_NothingMovesUnderTheReader: whatever block grows, at whatever
// row the reader stopped, the words there stay at the top of the window.
func TestTranscript_NothingMovesUnderTheReader(t *testing.T) {
	list := ""
	for i := range 30 {
		list += fmt.Sprintf("- item %d with some words\n", i)
	}
	table := "| Name | What |\n|---|---|\n"
	for i := range 30 {
		table += fmt.Sprintf("| row%d | %s |\n", i, strings.Repeat("x", i%9))
	}
	code := "```go\n"
	for i := range 30 {
		code += fmt.Sprintf("fmt.Println(%d) /* a comment\n over two lines */\n", i)
	}
	for _, c := range []struct{ name, first, then string }{
		{"a list that turns loose", list, "\n- a loose item\n\n- and another\n\nThe end.\n"},
		{"a list that is split off", list, "\nA paragraph.\n\nAnother.\n"},
		{"a table whose columns grow", table, "| a much longer name | and words beside it |\n\nThe end.\n"},
		{"code that is closed", code, "```\n\nThe end.\n\nThe very end.\n"},
		{"everything", "Words.\n\n" + torture(t), "\n\n" + torture(t)},
	} {
		for _, up := range []int{3, 9, 17} {
			for _, part := range []int{2, 50} {
				tr, m := answering(10)
				grow(tr, m, c.first, 50, func() { tr.view() })
				tr.scroll(-up)
				rows := slices.Clone(tr.view())
				at := slices.IndexFunc(rows, func(r string) bool { return letters(r) > 0 })
				want := words(rows[at:at+1], 8)
				grow(tr, m, c.then, part, func() {
					if got := words(tr.view(), 8); !strings.HasPrefix(got, want) {
						t.Fatalf("%s, %d rows up, parts of %d: %q became %q\n%s", c.name, up, part, want, got, plain(tr.view()))
					}
				})
				m.State = chat.Complete
				tr.update(m)
				if got := words(tr.view(), 8); !strings.HasPrefix(got, want) {
					t.Fatalf("%s, %d rows up: %q became %q at the end", c.name, up, want, got)
				}
			}
		}
	}
}

func TestTranscript_AFoldedThoughtMovesNothing(t *testing.T) {
	for _, up := range []int{0, 1, 2, 3, 5, 9} {
		tr, m := answering(10)
		m.Reasoning = strings.Repeat("thinking about it ", 40)
		tr.update(m)
		tr.view()
		tr.scroll(-up)
		before := slices.Clone(tr.view())
		m.Content = "And so it is.\n\nTruly."
		tr.update(m)
		after := tr.view()
		if up == 0 {
			if n := slices.Index(after, before[4]); n < 4-thoughtTail || n > 4 {
				t.Errorf("row 4 is now row %d:\n%s\n\n%s", n, plain(before), plain(after))
			}
			continue
		}
		for i, row := range before {
			if strings.Contains(row, "thinking") {
				break
			}
			if after[i] != row {
				t.Errorf("%d rows up: row %d became %q:\n%s\n\n%s", up, i, after[i], plain(before), plain(after))
			}
		}
		if strings.Contains(plain(before), "thinking") && !strings.Contains(plain(after), "thought") {
			t.Errorf("%d rows up: the thought is gone:\n%s", up, plain(after))
		}
	}
}

func TestTranscript_ThePillCountsWhatIsNew(t *testing.T) {
	tr, m := answering(10)
	grow(tr, m, strings.Repeat("A paragraph.\n\n", 10), 50, func() { tr.view() })
	if pill := tr.pill(); pill != "" {
		t.Errorf("at the end: %q", pill)
	}
	tr.scroll(-6)
	tr.view()
	if pill := tr.pill(); pill != "↓ 6 more lines" {
		t.Errorf("scrolled up by 6: %q", pill)
	}
	grow(tr, m, "one\n\ntwo\n\nthree", 3, func() { tr.view() })
	if pill := tr.pill(); pill != "↓ 6 new lines" {
		t.Errorf("after three paragraphs: %q", pill)
	}
	tr.resize(50, 10)
	tr.view()
	grow(tr, m, " and four\n\nfive\n", 3, func() { tr.view() })
	if pill := tr.pill(); pill != "↓ 8 new lines" {
		t.Errorf("at another width, with a paragraph more: %q", pill)
	}
	m.State = chat.Complete
	tr.update(m)
	tr.view()
	if pill := tr.pill(); pill != "↓ 8 new lines" {
		t.Errorf("when it ended: %q", pill)
	}
	tr.toEnd()
	tr.view()
	tr.scroll(-1)
	tr.view()
	if pill := tr.pill(); pill != "↓ 1 more line" {
		t.Errorf("after having been at the end: %q", pill)
	}
	tr.toTop()
	tr.view()
	if pill := tr.pill(); !strings.HasSuffix(pill, " more lines") || !strings.ContainsAny(pill, "123456789") {
		t.Errorf("at the top: %q", pill)
	}
}

func TestTranscript_WhatWasShownStaysAtTheEnd(t *testing.T) {
	text := torture(t)
	for _, part := range []int{1, 3, 17, 200, 1 << 20} {
		tr, m := answering(1000)
		grow(tr, m, text, part, func() { tr.view() })
		before := tr.view()
		m.State, m.FinishReason = chat.Complete, "stop"
		tr.update(m)
		after := tr.view()
		last := len(before) - 1
		for ; last >= 0 && letters(before[last]) == 0; last-- {
			continue
		}
		if !slices.Equal(before[:last], after[:last]) {
			t.Errorf("parts of %d: what was shown changed", part)
		}
		it := tr.items[len(tr.items)-1]
		if !it.doc.Kept(it.doc.Blocks()-1) || part < 50 && !it.doc.Kept(0) {
			t.Error("the answer was rendered again")
		}
	}
}

func TestPieces_AreTheText(t *testing.T) {
	for _, text := range []string{
		"", "\n\n", strings.Repeat("a line\n", 5000), strings.Repeat("word ", 5000), strings.Repeat("世", 9000), "\n" + strings.Repeat("x", 20<<10),
	} {
		for _, width := range []int{7, 80} {
			var rows []string
			for _, p := range pieces(text) {
				rows = append(rows, wrapSafe(p, width, ansi.WcWidth)...)
				if len(p) > 2*pieceLength {
					t.Errorf("a piece of %d bytes", len(p))
				}
			}
			bare := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
			if bare(strings.Join(rows, "")) != bare(text) || strings.Contains(text, "\n\n") && len(rows) != len(wrapSafe(text, width, ansi.WcWidth)) {
				t.Errorf("%.20q at %d: %d rows", text, width, len(rows))
			}
		}
	}
}

func TestTranscript_OtherMeasuresKeepTheWordsAtTheTop(t *testing.T) {
	text := ""
	for i := range 400 {
		text += fmt.Sprintf("👩‍👩‍👧‍👦 w%d ", i)
	}
	tr := tall([]chat.Message{{ID: "m1", Role: chat.Assistant, State: chat.Complete, Content: text}})
	tr.resize(60, 10)
	tr.view()
	tr.scroll(-80)
	before := tr.view()
	first := words(before, 4)
	tr.measure(ansi.GraphemeWidth)
	after := tr.view()
	if plain(after) == plain(before) {
		t.Fatal("families are not measured in another way")
	}
	if row := words(after[:1], 100); !strings.Contains(row, first) {
		t.Errorf("%q does not hold %q", row, first)
	}
	if tr.measure(ansi.GraphemeWidth); plain(tr.view()) != plain(after) {
		t.Error("measured in the same way again, it is another")
	}
}

func TestTranscript_OtherColoursLeaveAllInItsPlace(t *testing.T) {
	tr, m := answering(10)
	grow(tr, m, torture(t), 100, func() { tr.view() })
	tr.scroll(-25)
	before := plain(tr.view())
	tr.restyle(theme.New(palette(false)))
	if after := plain(tr.view()); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	grow(tr, m, "\n\nAnd more.", 3, func() {
		if after := plain(tr.view()); after != before {
			t.Errorf("when more came:\n%s", after)
		}
	})
}
