package markdown

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/chroma/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"groqchat/ui/theme"
)

func light() theme.Styles { return theme.New(theme.Builtin()[1]) }

// everywhere is all lines of a stream.
const everywhere = 1 << 30

// worked shows all the colours of a stream.
func worked(t testing.TB, r *Renderer, s *Stream) []string {
	t.Helper()
	for range 10000 {
		lines := s.Lines()
		w := s.Work(0, everywhere)
		if w == nil {
			if s.Pending() {
				t.Fatal("colours are to come, but there is nothing to do")
			}
			return lines
		}
		r.painter.Take(w.Do())
	}
	t.Fatal("the work does not end")
	return nil
}

// stripped is lines without their colours.
func stripped(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = ansi.Strip(l)
	}
	return out
}

// colourful makes a document in which code stands everywhere.
func colourful(random *rand.Rand, n int) string {
	var b strings.Builder
	for b.Len() < n {
		lang := []string{"go", "python", "bash", "ts", "json", "html", "", "brainfork", "markdown", "yaml"}[random.IntN(10)]
		code := program(lang)
		if lang == "html" {
			code = "<style>\nb { color: red } /* a\nb */\n</style>\n<script>\nlet 日本 = `a`; // e\u0301 👩‍💻\n</script>\n"
		}
		fenced := "```" + lang + "\n" + strings.Repeat(code, 1+random.IntN(3)) + "```\n"
		switch random.IntN(4) {
		case 0:
			fenced = "- item\n\n  " + strings.ReplaceAll(strings.TrimSpace(fenced), "\n", "\n  ") + "\n- **next**\n"
		case 1:
			fenced = "> " + strings.ReplaceAll(strings.TrimSpace(fenced), "\n", "\n> ") + "\n"
		case 2:
			fenced = sentence(random, 9) + "\n\n" + fenced
		}
		b.WriteString(fenced + "\n")
	}
	return b.String()
}

// deferral drives a stream whose colours come when chance will have it, beside
// one that has them at once.
type deferral struct {
	t         *testing.T
	random    *rand.Rand
	r         *Renderer
	late, now *Stream
	found     []Colours // work that is done, in no order
	shown     []string  // what a reader of Changed has
	fixed     []string
}

// step gives both streams a part, and does some of the work.
func (d *deferral) step(part string) {
	d.late.Append(part)
	d.now.Append(part)
	if d.random.IntN(3) == 0 {
		d.r.painter.Refill()
	}
	if w := d.late.Work(d.random.IntN(20), d.random.IntN(100)); w != nil && d.random.IntN(2) == 0 {
		d.found = append(d.found, w.Do())
	}
	for len(d.found) > 0 && d.random.IntN(2) == 0 {
		i := d.random.IntN(len(d.found))
		d.r.painter.Take(d.found[i])
		d.found = slices.Delete(d.found, i, i+1)
	}
	d.check()
}

// check holds what is promised of lines whose colours are to come.
func (d *deferral) check() {
	d.t.Helper()
	lines := d.late.Lines()
	if diff := cmp.Diff(stripped(d.now.Lines()), stripped(lines)); diff != "" {
		d.t.Fatalf("without colours it is laid out in another way:\n%s", diff)
	}
	d.shown = append(d.shown[:min(len(d.shown), d.late.Changed())], lines[min(len(d.shown), d.late.Changed()):]...)
	if diff := cmp.Diff(lines, d.shown); diff != "" {
		d.t.Fatalf("Changed does not say what did:\n%s", diff)
	}
	if len(d.fixed) > len(lines) || !slices.Equal(d.fixed, lines[:len(d.fixed)]) {
		d.t.Fatalf("finished lines changed:\n%s", cmp.Diff(d.fixed, lines[:min(len(d.fixed), len(lines))]))
	}
	d.fixed = slices.Clone(lines[:d.late.Finished()])
}

func TestStream_ColoursMayComeInAnyOrder(t *testing.T) {
	whole := New(dark())
	seeds := uint64(30)
	if testing.Short() {
		seeds = 5
	}
	for seed := range seeds {
		random := rand.New(rand.NewPCG(seed, 3))
		r := New(dark(), WithPainter(NewPainter(random.IntN(4)*500, nil)))
		src, width := colourful(random, 500+random.IntN(3000)), 8+random.IntN(60)
		d := deferral{t: t, random: random, r: r, late: r.Stream(width), now: whole.Stream(width)}
		most := 1 + random.IntN(400)
		for rest := src; rest != ""; {
			n := min(len(rest), 1+random.IntN(most))
			d.step(rest[:n])
			rest = rest[n:]
		}
		d.late.Close()
		d.now.Close()
		d.check()
		want := whole.Render(src, width)
		if diff := cmp.Diff(want, worked(t, r, d.late)); diff != "" {
			t.Fatalf("seed %d, width %d:\n%s", seed, width, diff)
		}
		if d.late.Finished() != len(want) {
			t.Errorf("seed %d: %d of %d lines are finished", seed, d.late.Finished(), len(want))
		}
	}
}

func TestPainter_ColoursASmallPartAtOnceInALanguageThatWasUsed(t *testing.T) {
	r := New(dark(), WithPainter(NewPainter(2048, nil)))
	first := r.Stream(80)
	first.Append("```go\n")
	first.Lines()
	if !first.Pending() {
		t.Fatal("an opening fence in a new language is no work")
	}
	worked(t, r, first)
	s := r.Stream(80)
	s.Append("```go\nfunc a() {}\n")
	if got := s.Lines(); s.Pending() || !strings.Contains(got[1], "\x1b[38;2;240;148;108m") {
		t.Errorf("%q", got)
	}
	s.Append(strings.Repeat("func a() {}\n", 1000))
	s.Lines()
	if !s.Pending() {
		t.Error("12 KB at once are no work")
	}
}

func TestPainter_BudgetIsForAFrame(t *testing.T) {
	r := New(dark(), WithPainter(NewPainter(100, nil)))
	r.painter.find("go").prepare()
	s := r.Stream(80)
	s.Append("```go\n" + strings.Repeat("a := 1 + 2 + 3\n", 5))
	s.Lines()
	if s.Pending() {
		t.Fatal("80 bytes are too many for a budget of 100")
	}
	s.Append(strings.Repeat("b := 1 + 2 + 3\n", 5))
	s.Lines()
	if !s.Pending() {
		t.Fatal("160 bytes are not too many for a budget of 100")
	}
	worked(t, r, s)
	r.painter.Refill()
	s.Append(strings.Repeat("c := 1 + 2 + 3\n", 5))
	s.Lines()
	if s.Pending() {
		t.Error("the budget was not filled again")
	}
}

func TestPainter_LexesNothingTwice(t *testing.T) {
	p := NewPainter(0, nil)
	src := colourful(rand.New(rand.NewPCG(1, 1)), 8000)
	r := New(dark(), WithPainter(p))
	s := r.Stream(80)
	s.Append(src)
	s.Close()
	worked(t, r, s)
	other := New(light(), WithPainter(p))
	s = other.Stream(43)
	s.Append(src)
	s.Close()
	got := s.Lines()
	if s.Pending() {
		t.Error("in another width and theme there is work again")
	}
	if diff := cmp.Diff(New(light()).Render(src, 43), got); diff != "" {
		t.Error(diff)
	}
}

func TestPainter_GivesUpALexerThatTakesTooLong(t *testing.T) {
	c := &clock{at: time.Unix(0, 0), step: workLimit}
	r := New(dark(), WithPainter(NewPainter(0, c.now)))
	s := r.Stream(80)
	s.Append("```go\nfunc a() { return }\nfunc b() {}\n```\n\n```json\n{}\n```\n")
	s.Close()
	got := worked(t, r, s)
	want := styledLine(piece{"", "   "}, piece{r.looks.text, "func b() {}"})
	if !slices.Contains(got, want) {
		t.Errorf("%q", got)
	}
	again := r.Stream(40)
	again.Append("```go\nfunc a() { return }\nfunc b() {}\n```\n")
	again.Lines()
	if again.Pending() {
		t.Error("what was given up is tried again")
	}
}

func TestPainter_ForgetsWhatIsNotAskedFor(t *testing.T) {
	var c cache
	one := colours{tints: make([]tint, 1000)}
	for key := range uint64(10 * maxCache / (tintSize * 1000)) {
		c.put(key, one)
		if _, ok := c.get(0); !ok {
			t.Fatalf("the first entry was forgotten after %d, though it is used", key)
		}
	}
	if held := (len(c.young) + len(c.old)) * tintSize * 1000; held > maxCache+maxCache/10 {
		t.Errorf("%d bytes are kept", held)
	}
	if _, ok := c.get(1); ok {
		t.Error("an entry that is not used is kept")
	}
}

func TestStream_WorkIsForWhatIsInView(t *testing.T) {
	r := New(dark(), WithPainter(NewPainter(0, nil)))
	s := r.Stream(80)
	s.Append("```go\n" + strings.Repeat("a := 1\n", 10) + "```\n\n```json\n" + strings.Repeat("[1]\n", 10000) + "```\n")
	s.Close()
	lines := len(s.Lines())
	for _, tt := range []struct {
		name     string
		from, to int
		lang     string
		most     int
	}{
		{"first block", 0, 5, "Go", 5},
		{"both: the first goes first", 0, lines, "Go", 10},
		{"second block", 15, 40, "JSON", 30},
		{"end of the second", lines - 10, lines, "JSON", maxWork/4 + 1},
		{"below", lines, lines + 10, "", 0},
		{"above", -10, 0, "", 0},
	} {
		w := s.Work(tt.from, tt.to)
		switch {
		case w == nil && tt.lang == "":
		case w == nil || tt.lang == "":
			t.Errorf("%s: work %v", tt.name, w)
		case w.lang.name != tt.lang || len(w.parts) > tt.most:
			t.Errorf("%s: %d parts of %s", tt.name, len(w.parts), w.lang.name)
		}
	}
}

func TestWork_RunsBesideTheLoop(t *testing.T) {
	r := New(dark(), WithPainter(NewPainter(everywhere, nil)))
	src := colourful(rand.New(rand.NewPCG(2, 2)), 4000)
	results := make(chan Colours)
	r.Render(src, 80) // the languages are ready
	r.painter.kept = cache{}
	late := New(dark(), WithPainter(NewPainter(0, nil)))
	late.painter.languages = r.painter.languages
	s := late.Stream(80)
	s.Append(src)
	s.Close()
	s.Lines()
	for w := s.Work(0, everywhere); w != nil; w = s.Work(0, everywhere) {
		go func() { results <- w.Do() }()
		r.painter.Refill()
		r.painter.kept = cache{}
		r.Render(src, 80) // with the same languages, meanwhile
		late.painter.Take(<-results)
		s.Lines()
	}
	if diff := cmp.Diff(r.Render(src, 80), s.Lines()); diff != "" {
		t.Error(diff)
	}
}

func TestPainter_HandsASlowPartToTheWorker(t *testing.T) {
	c := &clock{at: time.Unix(0, 0), step: 2 * loopLimit}
	r := New(dark(), WithPainter(NewPainter(everywhere, c.now)))
	src := "```go\nfunc a() {}\n```\n"
	r.painter.find("go").prepare()
	s := r.Stream(80)
	s.Append(src)
	s.Close()
	s.Lines()
	if !s.Pending() {
		t.Error("the loop waited for a slow lexer")
	}
	if diff := cmp.Diff(New(dark()).Render(src, 80), worked(t, r, s)); diff != "" {
		t.Error(diff)
	}
}

func TestCode_IsLaidOutAlikeInAllColours(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 9))
	glyphs := []string{"a", "bc", " ", "  ", "\t", "日本", "e\u0301", "👩\u200d💻", "🇩🇪", "\u200d", "ü", "(", "❤\ufe0f"}
	for range 3000 {
		text := ""
		for range random.IntN(30) {
			text += glyphs[random.IntN(len(glyphs))]
		}
		text += "\n"
		var colours tints
		for colours.left = len(text); colours.left > 0; {
			colours.add(chroma.TokenType(1000*(1+random.IntN(7))), 1+random.IntN(6)) // also within characters
		}
		r := New(dark())
		c := r.newCode("go", 1, 1+random.IntN(30))
		want, got := c.layoutAll(text, nil, r.looks.text), c.layoutAll(text, colours.list, r.looks.text)
		if diff := cmp.Diff(stripped(want), stripped(got)); diff != "" {
			t.Fatalf("%q at %d:\n%s", text, c.width, diff)
		}
	}
}
