package markdown

import (
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

// formulas are those of testdata/formulas.txt: a line with the TeX, indented ones
// with the text, a blank one.
func formulas(t testing.TB) map[string]string {
	t.Helper()
	src, err := os.ReadFile("testdata/formulas.txt")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	tex := ""
	for line := range strings.Lines(string(src)) {
		line = strings.TrimSuffix(line, "\n")
		shown, indented := strings.CutPrefix(line, "    ")
		switch {
		case line == "" || line[0] == '#':
		case indented && all[tex] == "":
			all[tex] = shown
		case indented:
			all[tex] += "\n" + shown
		default:
			tex = line
		}
	}
	return all
}

func TestTeX_BecomesText(t *testing.T) {
	all := formulas(t)
	if len(all) < 250 {
		t.Fatalf("only %d formulas", len(all))
	}
	for src, want := range all {
		tex, display := strings.CutPrefix(src, "D ")
		lines, ok := texUnicode(tex, display)
		if !ok {
			t.Errorf("%s is refused", src)
			continue
		}
		if diff := cmp.Diff(want, strings.Join(lines, "\n")); diff != "" {
			t.Errorf("%s:\n%s", src, diff)
		}
	}
}

func TestTeX_RefusesWhatItDoesNotUnderstand(t *testing.T) {
	for name, all := range map[string][]string{
		"unknown":      {`\foo`, `\ce{H2O}`, `\underbrace{a+b}_{c}`, `\overbrace{a}^{b}`, `\cancel{x}`, `\href{http://x}{y}`, `\include{x}`, `\def\x{1}`, `\begin{tikzpicture} \end{tikzpicture}`, `\SI{3}{m}`},
		"unbalanced":   {`{x`, `x}`, `\left( x`, `\left( x \right`, `\right) x`, `\begin{cases} x`, `\begin{cases} x \end{matrix}`, `x \end{cases}`, `\text{a`, `\sqrt[3{x}`, `\left( {x \right) }`},
		"unfinished":   {`x^`, `x_`, `\frac{a}`, `\frac`, `\sqrt`, `\hat`, `\begin`, `\left`, `\`, `a +\`, `\text`, `\not`, `x_{}`, `\frac{}{2}`, `\sqrt{}`, `\hat{}`},
		"two scripts":  {`x^2^3`, `x_1_2`, `x^2'`},
		"no form":      {`\vec{AB}`, `\vec{\hbar}`, `\vec{x_1}`, `\overline{a+b}`, `\hat{x+y}`, `\sqrt[1/2]{x}`, `\begin{array}{c|c} a & b \end{array}`, `\begin{matrix} \hline a \end{matrix}`, `{a \over b}`, `{n \choose k}`},
		"not in TeX":   {`50%`, `#1`, `$x$`, `\(x\)`, "x`y", `a & b`, `\text{a $x$ b}`, `\text{\foo}`, "x\x00y", "x\x1by", "\xff"},
		"not anything": {``, ` `, `{}`, `\,`, `\left. \right.`},
	} {
		for _, src := range all {
			for _, display := range []bool{false, true} {
				if lines, ok := texUnicode(src, display); ok {
					t.Errorf("%s: %q becomes %q", name, src, lines)
				}
			}
		}
	}
}

// Terminals measure in one of two ways, and columns stand only where both agree.
func TestTeX_IsAsWideForEveryTerminal(t *testing.T) {
	for src := range formulas(t) {
		tex, display := strings.CutPrefix(src, "D ")
		lines, _ := texUnicode(tex, display)
		for _, l := range lines {
			if a, b := ansi.StringWidth(l), ansi.StringWidthWc(l); a != b {
				t.Errorf("%s: %q has %d cells or %d", src, l, a, b)
			}
		}
	}
}

// texBombs are small formulas that would take much time, memory or stack.
func texBombs() map[string]string {
	return map[string]string{
		"braces":            strings.Repeat("{", 10000),
		"pairs of braces":   strings.Repeat("{", 4000) + strings.Repeat("}", 4000),
		"fractions":         strings.Repeat(`\frac{`, 1000) + "1" + strings.Repeat("}{2}", 1000),
		"roots":             strings.Repeat(`\sqrt`, 1500) + "x",
		"named roots":       strings.Repeat(`\sqrt[`, 1300) + "x",
		"scripts":           strings.Repeat("x^{", 2000) + "x" + strings.Repeat("}", 2000),
		"fences":            strings.Repeat(`\left(`, 600) + strings.Repeat(`\right)`, 600),
		"environments":      strings.Repeat(`\begin{matrix}`, 290) + strings.Repeat(`\end{matrix}`, 290),
		"rows":              `\begin{matrix}` + strings.Repeat(`\\`, 3000) + `\end{matrix}`,
		"cells":             `\begin{matrix}` + strings.Repeat(`&`, 3000) + `\end{matrix}`,
		"a high wide grid":  `\begin{matrix}` + strings.Repeat(`a&b\\`, 90) + strings.Repeat("x", 6000) + `\end{matrix}`,
		"high beside wide":  `\begin{matrix}` + strings.Repeat(`a\\`, 99) + `\end{matrix} + ` + strings.Repeat("x", 6000),
		"frames":            strings.Repeat(`\boxed{`, 900) + "x" + strings.Repeat("}", 900),
		"a long text":       strings.Repeat("x+", maxTex/2+1),
		"unknown in many":   strings.Repeat(`\alpha`, 1300) + `\foo`,
		"accents on words":  `\vec{` + strings.Repeat("a", 8000) + `}`,
		"alphabets in font": strings.Repeat(`\mathbb{`, 1000) + "x" + strings.Repeat("}", 1000),
	}
}

func TestTeX_RefusesBombs(t *testing.T) {
	for name, src := range texBombs() {
		for _, display := range []bool{false, true} {
			if _, ok := texUnicode(src, display); ok && display {
				t.Errorf("%s: shown", name)
			}
			// What they cost is bounded by their length, which is 8 KB at most.
			if n := testing.AllocsPerRun(1, func() { texUnicode(src, display) }); n > 100_000 {
				t.Errorf("%s: %.0f allocations", name, n)
			}
		}
	}
}

func TestTeX_MeansTheSameAtLeastAsTightly(t *testing.T) {
	for _, tt := range []struct{ tex, never, why string }{
		{`\frac{a}{b}c`, "a/bc", "c is not below the line"},
		{`\frac{a+b}{c}`, "a+b/c", "a is above the line"},
		{`\frac{a}{bc}`, "a/bc", "c is below the line"},
		{`\sqrt{x}y`, "√xy", "y is not in the root"},
		{`\sqrt{x^2}`, "√x²", "the square is in the root"},
		{`\sqrt{x}^2`, "√x²", "the square is of the root"},
		{`x_b^2`, "x_b²", "the square is not of the index"},
		{`x_b c`, "x_bc", "c is not in the index"},
		{`x^\pi y`, "x^πy", "y is not raised"},
		{`\sin\frac{x}{2}`, "sin x/2", "the sine is of the quotient"},
		{`{a+b}^2`, "a + b²", "all is raised"},
		{`a/\frac{b}{c}`, "a/b/c", "the quotient is below"},
		{`x\sqrt[n]{y}`, "xⁿ√y", "x is not raised"},
	} {
		if lines, ok := texUnicode(tt.tex, false); !ok || lines[0] == tt.never {
			t.Errorf("%s becomes %q: %s", tt.tex, lines, tt.why)
		}
	}
}

func FuzzTeX(f *testing.F) {
	for src := range formulas(f) {
		f.Add(strings.TrimPrefix(src, "D "), true)
	}
	for _, src := range texBombs() {
		f.Add(src, true)
	}
	f.Fuzz(func(t *testing.T, src string, display bool) {
		lines, ok := texUnicode(src, display)
		again, same := texUnicode(src, display)
		if ok != same || !cmp.Equal(lines, again) {
			t.Fatalf("%q is not the same twice", src)
		}
		if !ok {
			return
		}
		if !display && len(lines) != 1 {
			t.Fatalf("%q has %d lines within a text", src, len(lines))
		}
		size := 0
		for _, l := range lines {
			size += len(l)
			if i := strings.IndexFunc(l, unicode.IsControl); i >= 0 {
				t.Fatalf("%q: a control character in %q", src, l)
			}
		}
		if size == 0 || size > maxTexText {
			t.Fatalf("%q: %d bytes", src, size)
		}
	})
}

func BenchmarkTeX(b *testing.B) {
	for name, src := range map[string]string{
		"short":  `x^2 + y^2 \le r^2`,
		"long":   `f(x) = \frac{1}{\sigma\sqrt{2\pi}} e^{-\frac{1}{2}\left(\frac{x-\mu}{\sigma}\right)^2}`,
		"matrix": `\begin{pmatrix} a & b \\ c & d \end{pmatrix} x = \lambda x`,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				texUnicode(src, true)
			}
		})
	}
}
