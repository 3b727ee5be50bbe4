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

// pending reports whether colours of a stream are to come.
func pending(s *Stream) bool {
	for i := range s.Blocks() {
		if _, p := s.Block(i); p != nil {
			return true
		}
	}
	return false
}

// workIn is the work for some lines of a stream.
func workIn(s *Stream, from, to int) *Work {
	line := 0
	for i := range s.Blocks() {
		lines, p := s.Block(i)
		if w := p.Work(from-line, to-line); w != nil {
			return w
		}
		line += len(lines)
	}
	return nil
}

// worked shows all the colours of a stream.
func worked(t testing.TB, r *Renderer, s *Stream) []string {
	t.Helper()
	for range 10000 {
		s.Lines()
		w := workIn(s, 0, everywhere)
		if w == nil {
			if pending(s) {
				t.Fatal("colours are to come, but there is nothing to do")
			}
			return blockwise(s)
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
	fixed     []string  // the lines that were finished
	blocks    []shown   // those that were complete
}

// shown is a block as a reader has it.
type shown struct {
	lines []string
	patch *Patch
	held  bool     // by the reader, not by the stream
	final []string // in all colours, nil as long as some are to come
}

// of gives the lines of a block with the colours that came.
func (b *shown) of() []string {
	b.patch.Repaint()
	if !b.patch.Pending() && b.final == nil {
		b.final = slices.Clone(b.lines)
	}
	return b.lines
}

// step gives both streams a part, and does some of the work.
func (d *deferral) step(part string) {
	d.late.Append(part)
	d.now.Append(part)
	if d.random.IntN(3) == 0 {
		d.r.painter.Refill()
	}
	switch d.random.IntN(20) {
	case 0:
		d.late.Forget()
	case 1:
		width := 8 + d.random.IntN(60)
		d.late.SetWidth(width)
		d.now.SetWidth(width)
		d.fixed, d.blocks = nil, nil
	default:
	}
	if w := workIn(d.late, d.random.IntN(20), d.random.IntN(100)); w != nil && d.random.IntN(2) == 0 {
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
	d.now.Lines()
	d.late.Lines()
	all := blockwise(d.late)
	if diff := cmp.Diff(stripped(blockwise(d.now)), stripped(all)); diff != "" {
		d.t.Fatalf("without colours it is laid out in another way:\n%s", diff)
	}
	before := 0 // lines of blocks that are not kept
	for i := range d.late.first {
		before += len(linesOf(d.late, i))
	}
	if n := len(d.fixed); n > len(all) || !slices.Equal(d.fixed, stripped(all[:n])) {
		d.t.Fatalf("finished lines changed:\n%s", cmp.Diff(d.fixed, stripped(all[:min(n, len(all))])))
	}
	d.fixed = stripped(all[:before+d.late.Finished()])
	d.keep()
}

// keep looks at the blocks that are complete as one who keeps those that the
// stream does not, in the way of a reader.
func (d *deferral) keep() {
	d.t.Helper()
	d.blocks = append(d.blocks, make([]shown, d.late.next-len(d.blocks))...)
	for i := range d.blocks {
		b := &d.blocks[i]
		if kept := d.late.Kept(i); kept || !b.held {
			b.lines, b.patch = d.late.Block(i)
			b.held = !kept
		}
		lines := b.of()
		if b.final != nil && !slices.Equal(lines, b.final) {
			d.t.Fatalf("block %d changed when it had all colours:\n%s", i, cmp.Diff(b.final, lines))
		}
	}
}

// settled is the document that a reader has when all work is done.
func (d *deferral) settled() []string {
	var all []string
	for i := range d.blocks {
		b := &d.blocks[i]
		if d.late.Kept(i) {
			b.lines, b.patch = d.late.Block(i)
		}
		for w := b.patch.Work(0, everywhere); w != nil; w = b.patch.Work(0, everywhere) {
			d.r.painter.Take(w.Do())
			b.of()
		}
		all = append(all, b.of()...)
	}
	return all
}

func TestStream_ColoursMayComeInAnyOrder(t *testing.T) {
	whole := New(dark())
	seeds := uint64(rounds(12, 30))
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
		want := whole.Render(src, d.late.Width())
		if diff := cmp.Diff(want, d.settled()); diff != "" {
			t.Fatalf("seed %d, as kept by a reader:\n%s", seed, diff)
		}
		if diff := cmp.Diff(want, worked(t, r, d.late)); diff != "" {
			t.Fatalf("seed %d:\n%s", seed, diff)
		}
	}
}

func TestPainter_ColoursASmallPartAtOnceInALanguageThatWasUsed(t *testing.T) {
	r := New(dark(), WithPainter(NewPainter(2048, nil)))
	first := r.Stream(80)
	first.Append("```go\n")
	first.Lines()
	if !pending(first) {
		t.Fatal("an opening fence in a new language is no work")
	}
	worked(t, r, first)
	s := r.Stream(80)
	s.Append("```go\nfunc a() {}\n")
	if got := s.Lines(); pending(s) || !strings.Contains(got[1], "\x1b[38;2;240;148;108m") {
		t.Errorf("%q", got)
	}
	s.Append(strings.Repeat("func a() {}\n", 1000))
	s.Lines()
	if !pending(s) {
		t.Error("12 KB at once are no work")
	}
}

func TestPainter_BudgetIsForAFrame(t *testing.T) {
	r := New(dark(), WithPainter(NewPainter(100, nil)))
	r.painter.find("go").prepare()
	s := r.Stream(80)
	s.Append("```go\n" + strings.Repeat("a := 1 + 2 + 3\n", 5))
	s.Lines()
	if pending(s) {
		t.Fatal("80 bytes are too many for a budget of 100")
	}
	s.Append(strings.Repeat("b := 1 + 2 + 3\n", 5))
	s.Lines()
	if !pending(s) {
		t.Fatal("160 bytes are not too many for a budget of 100")
	}
	worked(t, r, s)
	r.painter.Refill()
	s.Append(strings.Repeat("c := 1 + 2 + 3\n", 5))
	s.Lines()
	if pending(s) {
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
	if pending(s) {
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
	if pending(again) {
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
		w := workIn(s, tt.from, tt.to)
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
	for w := workIn(s, 0, everywhere); w != nil; w = workIn(s, 0, everywhere) {
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
	if !pending(s) {
		t.Error("the loop waited for a slow lexer")
	}
	if diff := cmp.Diff(New(dark()).Render(src, 80), worked(t, r, s)); diff != "" {
		t.Error(diff)
	}
}

func TestCode_IsLaidOutAlikeInAllColours(t *testing.T) {
	r := New(dark())
	random := rand.New(rand.NewPCG(8, 9))
	glyphs := []string{"a", "bc", " ", "  ", "\t", "日本", "e\u0301", "👩\u200d💻", "🇩🇪", "\u200d", "ü", "(", "❤\ufe0f"}
	for range 1000 {
		text := ""
		for range random.IntN(30) {
			text += glyphs[random.IntN(len(glyphs))]
		}
		text += "\n"
		var colours tints
		for colours.left = len(text); colours.left > 0; {
			colours.add(chroma.TokenType(1000*(1+random.IntN(7))), 1+random.IntN(6)) // also within characters
		}
		c := r.newCode("go", 1, 1+random.IntN(30))
		want, got := c.layoutAll(text, nil, r.looks.text), c.layoutAll(text, colours.list, r.looks.text)
		if diff := cmp.Diff(stripped(want), stripped(got)); diff != "" {
			t.Fatalf("%q at %d:\n%s", text, c.width, diff)
		}
	}
}
