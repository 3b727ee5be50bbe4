package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"groqchat/chat"
	"groqchat/ui/theme"
)

// numbered is a transcript of n questions of some lines each.
func numbered(n, lines int) transcript {
	t := newTranscript(theme.New(palette(true)), time.Now)
	path := make([]chat.Message, n)
	for i := range path {
		var text []string
		for j := range lines {
			text = append(text, fmt.Sprintf("q%d.%d", i, j))
		}
		path[i] = chat.Message{ID: fmt.Sprint("m", i), Role: chat.User, Content: strings.Join(text, "\n")}
	}
	t.resize(40, 10)
	t.replace(path)
	return t
}

func plain(rows []string) string { return ansi.Strip(strings.Join(rows, "\n")) }

func TestTranscript_FollowsTheEnd(t *testing.T) {
	tr := numbered(20, 3)
	view := plain(tr.view())
	if !strings.HasSuffix(view, "q19.2") || len(tr.view()) != 10 {
		t.Errorf("view:\n%s", view)
	}
	if n, _ := tr.below(); n != 0 {
		t.Errorf("%d rows below the end", n)
	}
}

func TestTranscript_ScrolledUpNothingMovesWhileTextComes(t *testing.T) {
	tr := numbered(20, 3)
	tr.view()
	tr.scroll(-15)
	before := plain(tr.view())
	below, _ := tr.below()
	last := tr.items[19].msg
	last.Content += "\nnew\nnew"
	tr.update(&last)
	if after := plain(tr.view()); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	if now, _ := tr.below(); now != below+2 {
		t.Errorf("%d rows below, want %d", now, below+2)
	}
	tr.toEnd()
	if view := plain(tr.view()); !strings.HasSuffix(view, "new\n▌ new") {
		t.Errorf("at the end:\n%s", view)
	}
}

func TestTranscript_AShortOneBeginsAtTheTop(t *testing.T) {
	tr := numbered(1, 2)
	if view := plain(tr.view()); !strings.HasPrefix(view, "▌ q0.0\n▌ q0.1\n") {
		t.Errorf("view:\n%s", view)
	}
}

func TestTranscript_OnlyWhatIsSeenIsRendered(t *testing.T) {
	tr := numbered(10_000, 3)
	tr.view()
	tr.scroll(-30)
	tr.view()
	tr.below()
	if n := len(tr.opened); n > 20 {
		t.Errorf("%d of 10,000 items were rendered", n)
	}
}

func TestTranscript_ScrollingIsExactAndStaysInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, lines := rapid.IntRange(0, 12).Draw(t, "items"), rapid.IntRange(1, 6).Draw(t, "lines")
		tr := numbered(items, lines)
		tr.view()
		var all []string
		for i := range tr.items {
			for part := range tr.parts(i) {
				all = append(all, tr.rows(i, part)...)
			}
		}
		last := max(0, len(all)-1-tr.height) // the blank row after the last item may stay out
		at := last
		for range rapid.IntRange(1, 20).Draw(t, "moves") {
			by := rapid.IntRange(-25, 25).Draw(t, "by")
			tr.scroll(by)
			at = max(0, min(last, at+by))
			want := append([]string(nil), all[at:min(len(all), at+tr.height)]...)
			for len(want) < tr.height {
				want = append(want, "")
			}
			if got := plain(tr.view()); got != plain(want) {
				t.Fatalf("at row %d:\n%s\nwant:\n%s", at, got, plain(want))
			}
		}
	})
}

func BenchmarkTranscript_ViewOf10000(b *testing.B) {
	tr := numbered(10_000, 3)
	b.ReportAllocs()
	for b.Loop() {
		tr.view()
	}
}

func TestTranscript_ReadsALongAnswerFromItsQuestion(t *testing.T) {
	tr := numbered(20, 3)
	tr.toQuestion()
	question := tr.items[18].msg
	if view := plain(tr.view()); !strings.HasSuffix(view, "q19.2") {
		t.Errorf("a short answer is not followed to its end:\n%s", view)
	}
	last := tr.items[19].msg
	for i := range 40 {
		last.Content += fmt.Sprintf("\nline %d", i)
		tr.update(&last)
		tr.view()
	}
	if view := plain(tr.view()); !strings.HasPrefix(view, "▌ "+strings.SplitN(question.Content, "\n", 2)[0]) {
		t.Errorf("the question is not at the top:\n%s", view)
	}
	if n, _ := tr.below(); n == 0 {
		t.Error("nothing is said to be below")
	}
	tr.toEnd()
	if view := plain(tr.view()); !strings.HasSuffix(view, "line 39") {
		t.Errorf("the end is not followed again:\n%s", view)
	}
}

// TestTranscript_AnAnswerThatIsCutOffEndsAsItWasShown: strong words that were begun
// stay strong, when it ends and when it is read again.
func TestTranscript_AnAnswerThatIsCutOffEndsAsItWasShown(t *testing.T) {
	for _, end := range []chat.Message{{State: chat.Interrupted}, {State: chat.Stopped}, {State: chat.Complete, FinishReason: "length"}} {
		tr := newTranscript(theme.New(palette(true)), time.Now)
		m := chat.Message{ID: "a", Role: chat.Assistant, Content: "It is **very imp"}
		tr.resize(40, 10)
		tr.replace([]chat.Message{m})
		if got := plain(tr.view()); !strings.Contains(got, "It is very imp") {
			t.Fatalf("under way: %q", got)
		}
		m.State, m.FinishReason = end.State, end.FinishReason
		tr.update(&m)
		if got := plain(tr.view()); !strings.Contains(got, "It is very imp") {
			t.Errorf("%s: %q", end.State, got)
		}
		tr.replace([]chat.Message{m})
		if got := plain(tr.view()); !strings.Contains(got, "It is very imp") {
			t.Errorf("%s, read again: %q", end.State, got)
		}
	}
}
