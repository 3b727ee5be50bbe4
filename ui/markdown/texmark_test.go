package markdown

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

func TestRender_ShowsFormulas(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"dollars", "The area is $\\pi r^2$, so $r > 0$.", "The area is πr², so r > 0."},
		{"parentheses", `From \(a \to b\) it follows.`, "From a → b it follows."},
		{"emphasis is not in it", "$a_1$ and $b_1$, $x*y*z$", "a₁ and b₁, x * y * z"},
		{"within emphasis", "**the $x_2$** *and \\(y^2\\)* ~~or $z^3$~~", "the x₂ and y² or z³"},
		{"within a link", "[the $x_2$](https://x.y)", "the x₂ https://x.y"},
		{"within a heading", "# On $\\alpha$\n\nx", "On α\n\nx"},
		{"within a table", "|$x^2$|b|\n|-|-|\n|`$x$`|$$\\frac{1}{2}$$|", " x²  │ b\n─────┼──\n $x$ │ ½"},
		{"within a list", "- $a_1$\n- $a_2$", "• a₁\n• a₂"},
		{"over two lines", "so $x +\ny$ is", "so x + y is"},
		{"with a suffix", "the $n$th of the $k$s, the $n$-th", "the nth of the ks, the n-th"},
		{"beside a script without blanks", "其中$x_1$是", "其中x₁是"},
		{"not understood", "so $\\foo{x}_1$ *is*", "so $\\foo{x}_1$ is"},
		{"not understood, with characters that Markdown knows", "$\\foo & \\% <b> *x*$", "$\\foo & \\% <b> *x*$"},
		{"in code", "`$x^2$` and `\\(x\\)`", "$x^2$ and \\(x\\)"},
		{"in a code block", "```\n$x^2$\n$$\n```", " 1 │ text\n   $x^2$\n   $$"},
		{"in indented code", "a\n\n    $$\n    x", "a\n\n 1 │ text\n   $$\n   x"},
		{"code is stronger", "$5 or `$x`, $a `b$` c", "$5 or $x, $a b$ c"},
		{"display", "It is\n\n$$x^2 = 2$$\n\nso.", "It is\n\n  x² = 2\n\nso."},
		{"display in brackets", "\\[x^2 = 2\\]", "  x² = 2"},
		{"display within a text", "It is $$x = 1$$ or \\[y = 2\\].", "It is\n  x = 1\nor\n  y = 2."},
		{"display in a line of a text", "It is\n$$x = 1$$\nor so", "It is\n  x = 1\nor so"},
		{"display with a full stop behind it", "$$x = 1$$.\nNext", "  x = 1.\nNext"},
		{"display over lines", "It is\n$$\nx\n= 1\n$$\nso.", "It is\n\n  x = 1\n\nso."},
		{"display in brackets over lines", "It is\n\\[\nx\n= 1\n\\]\nso.", "It is\n\n  x = 1\n\nso."},
		{"display begun in a text", "It is \\[\nx\n= 1\n\\] so.", "It is\n  x = 1\nso."},
		{"lines that would be items", "$$\na\n- b\n+ c\n> d\n# e\n$$", "  $$\n  a\n  - b\n  + c\n  > d\n  # e\n  $$"},
		{"lines that are a sum", "$$\na\n- b\n+ c\n= d\n---\n$$", "  a − b + c = d − −−"},
		{"an environment", "$$\\begin{aligned}\nx &= 1 \\\\\n&= y\n\\end{aligned}$$", "  x = 1\n    = y"},
		{"cases", "$$\n|x| = \\begin{cases} x & x \\ge 0 \\\\ -x & x < 0 \\end{cases}\n$$", "        ⎧x   x ≥ 0\n  |x| = ⎨\n        ⎩−x  x < 0"},
		{"display in a list", "- one\n  $$\n  x\n  - y\n  $$\n- two", "• one\n    x − y\n• two"},
		{"display in a quote", "> one\n> $$\n> x\n> - y\n> $$", "│ one\n│\n│   x − y"},
		{"display not understood", "$$\n\\foo{x}\n= 1\n$$", "  $$\n  \\foo{x}\n  = 1\n  $$"},
		{"display in emphasis", "**$$x^2$$**", "x²"},
		{"two of them", "$$a = 1$$ $$b = 2$$", "  a = 1\n  b = 2"},
	} {
		if diff := cmp.Diff(tt.want, words(tt.in, 80)); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
	}
}

func TestRender_TakesOtherTextForNoFormula(t *testing.T) {
	for _, src := range []string{
		"It costs $5 and $10.", "$5-$10", "US$ 3", "US$5, A$7 and C$9", "10$ and 20$.", "10$, or 20$.", "$5/mo vs. 10$.", "between $5 and 10$", "$1,000 to $2,000",
		"$20k/$30k", "from $5 (or $6) to $7", "$5, not 6$", "a $ b $ c", "$ x$", "$x $", "$", "$$", "$$$", "$$$$", "$x", "x$", "$$x", "$$x$", "$x$$", "$$$x$$$",
		"Set $HOME or $PATH.", "$HOME/$USER", "$HOME:$PATH", "$A$B", "echo $PATH and $HOME", "$1 and $2", "awk $1, $2", "$a=$b;", "{$a}{$b}", "$foo->bar($baz)", "$$ is the process", "from $$ to $$",
		"the PID $$ and $!", "$x, $y", "$100 million and 200$", "$x\\", "a$b$c",
	} {
		if got := words(src, 80); got != src {
			t.Errorf("%q becomes %q", src, got)
		}
	}
	for src, want := range map[string]string{
		`\$5 and \$10$`:                  "$5 and $10$",
		`\$x$`:                           "$x$",
		`$x\$`:                           "$x$",
		`\\(x\\)`:                        `\(x\)`,
		`\(optional text\)`:              "(optional text)",
		`\[1\] and \[citation needed\]`:  "[1] and [citation needed]",
		`\[link\](x)`:                    "[link](x)",
		`\[ \]`:                          "[ ]",
		`\(`:                             "(",
		`\(x`:                            "(x",
		`\[x = 1`:                        "[x = 1",
		"$x\n\n$":                        "$x\n\n$",
		"$$\nx = 1\n\ny = 2\n$$":         "$$ x = 1\n\ny = 2\n\n$$",
		"\\[\nx\n\n- a\n\\]":             "[ x\n\n• a ]",
		"$$ is the process\n- a\n- b":    "$$ is the process\n\n• a\n• b",
		"$$\nx\n```\n$$\n```":            "$$ x\n\n 1 │ text\n   $$",
		"[a](http://x.y/$b$)":            "a http://x.y/$b$",
		"https://x.y/$b$":                "https://x.y/$b$",
		"<a href=\"$x$\">":               "<a href=\"$x$\">",
		"|a|\n|-|\n|it is $5|\n|and $6|": " a\n─────────\n it is $5\n and $6",
	} {
		if diff := cmp.Diff(want, words(src, 80)); diff != "" {
			t.Errorf("%q:\n%s", src, diff)
		}
	}
}

// mathIn returns the sources of all formulas in a document.
func mathIn(md goldmark.Markdown, src string) []string {
	var all []string
	doc := md.Parser().Parse(text.NewReader([]byte(src)))
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if m, ok := n.(*mathNode); ok && entering {
			all = append(all, m.source)
		}
		return ast.WalkContinue, nil
	})
	return all
}

func TestMath_NeverSpansABlankLine(t *testing.T) {
	md, random := referee(), rand.New(rand.NewPCG(3, 4))
	found, long := 0, 0
	for range 2000 {
		src := nasty(random)
		for _, m := range mathIn(md, src) {
			found++
			for i, l := range strings.Split(m, "\n") {
				if long = max(long, i+1); strings.Trim(l, " \t") == "" {
					t.Fatalf("%q has the formula %q", src, m)
				}
			}
		}
	}
	if found < 200 || long < 3 {
		t.Errorf("%d formulas of at most %d lines: nothing was tested", found, long)
	}
	for _, blank := range []string{"\n", " \n", "\t\n", "\n\n"} {
		for _, src := range []string{"$$\nx\n" + blank + "y\n$$\n", "\\[\nx\n" + blank + "\\]\n", "a \\(x\n" + blank + "\\)", "> $$\n> x\n>" + blank + "> $$\n"} {
			if got := mathIn(md, src); len(got) > 0 {
				t.Errorf("%q has the formulas %q", src, got)
			}
		}
	}
}

func TestSplit_CutsAtTheEndOfAFormula(t *testing.T) {
	for src, want := range map[string][]string{
		"$$\nx\n- y\n$$\nafter\n":          {"$$\nx\n- y\n$$\n"},
		"before\n$$\nx\n$$\n- item\n":      {"before\n", "$$\nx\n$$\n"},
		"\\[\nx\n+ y\n\\]\n# a\n":          {"\\[\nx\n+ y\n\\]\n", "# a\n"},
		"$$\nx\n\n- y\n\n$$\n":             {"$$\nx\n", "- y\n\n"},
		"$$\nx\n```\n\n$$\n```\n":          {"$$\nx\n", "```\n\n$$\n```\n"},
		"$$ x = 1\n+ y $$ and\n1. a\n":     {"$$ x = 1\n+ y $$ and\n"},
		"- a\n$$\n- b\n$$\n> c\n":          {"- a\n", "$$\n- b\n$$\n"},
		"$$x = 1$$\nstill the paragraph\n": nil,
	} {
		var s splitter
		s.scan([]byte(src))
		var got []string
		for _, b := range s.blocks {
			got = append(got, src[b.start:b.end])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q:\n%s", src, diff)
		}
	}
}

// What is half a formula is text, and becomes the formula; it is never
// something else, as a list, in between.
func TestStream_AFormulaIsNothingElseBefore(t *testing.T) {
	src := "Take\n$$\n\\begin{aligned}\nx &= a\n- b \\\\\n+ c &> 1\n> 2\n\\end{aligned}\n$$\nand $a_1 * b$ *so*.\n"
	for n := range len(src) {
		s := New(dark()).Stream(60)
		s.Append(src[:n])
		for _, l := range s.Lines() {
			if strings.Contains(l, "•") || strings.Contains(l, "│") {
				t.Fatalf("after %q: %q", src[:n], l)
			}
		}
	}
	r := New(dark())
	if diff := cmp.Diff(r.Render(src, 60), streamed(t, r, src, 60, sized(1))); diff != "" {
		t.Error(diff)
	}
}

func TestRender_FormulasLetNothingThrough(t *testing.T) {
	for _, payload := range hostile() {
		for _, place := range []string{"$%$", "$$%$$", `\(%\)`, `\[x = %\]`, `$\text{%}$`, `$\foo{%}$`, `$$\begin{matrix} % & \\ % \end{matrix}$$`} {
			for _, l := range New(dark()).Render(strings.ReplaceAll(place, "%", payload), 40) {
				if strings.Contains(strings.ReplaceAll(l, "\x1b[", ""), "\x1b") || strings.ContainsAny(l, "\u009b\u009d\u202e\u2066\u200b\x00\x07\r") {
					t.Errorf("%q in %q: %q", payload, place, l)
				}
			}
		}
	}
}

// Every search for the end of a formula ends at the next mark of its kind, so a
// text of nothing but marks is read once. A reader that did not stop there would
// need minutes for these.
func TestRender_ReadsMarksOnce(t *testing.T) {
	r := New(dark())
	for _, unit := range []string{"$a ", "$$a ", `\[a `, `\(a `, `\(\[$a `, "$a\n", "x $`", "\\[\n", "$$\n- *a_*\n"} {
		src := strings.Repeat(unit, maxUnit/4/len(unit))
		if got := r.Render(src, 80); len(got) == 0 {
			t.Errorf("%q many times is nothing", unit)
		}
	}
}
