package markdown

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestMend_ClosesWhatIsBegun(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"text", "abc", "abc"},
		{"strong", "a **bo", "a **bo**"},
		{"strong with a blank at its end", "a **bo ", "a **bo**"},
		{"half of its end", "a **bo*", "a **bo**"},
		{"complete", "a **bo** c", "a **bo** c"},
		{"strong within emphasis", "*a **b", "*a **b***"},
		{"emphasis within strong", "**a *b", "**a *b***"},
		{"both", "***ab", "***ab***"},
		{"underscores", "a __b _c", "a __b _c___"},
		{"underscores within a word", "a_b_c", "a_b_c"},
		{"struck", "~~a", "~~a~~"},
		{"no emphasis", "2 * 3", "2 * 3"},
		{"code", "a `cod", "a `cod`"},
		{"code with marks in it", "a `*b", "a `*b`"},
		{"code with backticks in it", "a `` b`c", "a `` b`c``"},
		{"complete code", "a `c` b", "a `c` b"},
		{"strong code", "**`c", "**`c`**"},
		{"begun and empty", "a **", "a "},
		{"code, begun and empty", "a `", "a "},
		{"link text", "a [te", "a [te]()"},
		{"link address", "a [text](http", "a [text]()"},
		{"link address to come", "a [text]", "a [text]()"},
		{"complete link", "a [text](u) b", "a [text](u) b"},
		{"strong in a link", "[a **b", "[a **b**]()"},
		{"a link in strong", "**[a](http://x", "**[a]()**"},
		{"image", "![al", "![al]()"},
		{"image in a link", "[![al](u", "[![al]()]()"},
		{"index", "a[i", "a[i"},
		{"complete index", "a[i]", "a[i]"},
		{"index, and more", "a[i] **b", "a[i] **b**"},
		{"number in brackets", "as said [1", "as said [1"},
		{"footnote", "as said[^1", "as said"},
		{"brackets", "a [b] c", "a [b] c"},
		{"escaped", "a \\*b", "a \\*b"},
		{"half an entity", "a &am", "a "},
		{"no entity", "a & b", "a & b"},
		{"half a tag", "a <b", "a "},
		{"half an address", "see <https://x.y/z", "see "},
		{"less than", "a < b", "a < b"},
		{"an item", "- a *b*\n- **c", "- a *b*\n- **c**"},
		{"the paragraph before", "a *b\n\nc", "a *b\n\nc"},
		{"over lines", "a **b\nc", "a **b\nc**"},
		{"quote", "> a **b\n> c", "> a **b\n> c**"},
		{"heading", "# a `b", "# a `b`"},
		{"after a heading", "# a *b\nc", "# a *b\nc"},
		{"cell", "|a|b|\n|-|-|\n|*a|**b", "|a|b|\n|-|-|\n|*a|**b**"},
		{"code in an item", "- ```\n  a *b", "- ```\n  a *b"},
		{"after code in an item", "- ```\n  *a\n  ```\n  *b", "- ```\n  *a\n  ```\n  *b*"},
	} {
		mends(t, tt.name, tt.in, tt.want)
	}
}

// opened are the lines of a block that grows.
func opened(r *Renderer, src []byte, width int) []string {
	g := grow(src, true)
	lines, _ := r.renderOpen(&g, width, memory{})
	return lines
}

func mends(t *testing.T, name, in, want string) {
	t.Helper()
	got, kept := mend([]byte(in), true)
	if string(got) != want {
		t.Errorf("%s: %q became %q, want %q", name, in, got, want)
	}
	if !strings.HasPrefix(in, string(got[:kept])) {
		t.Errorf("%s: kept %d bytes of %q", name, kept, got)
	}
}

func TestMend_LeavesFormulasAlone(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"a formula", "a $x*y$ **b", "a $x*y$ **b**"},
		{"half a formula", "a $x_1*y", "a "},
		{"half a formula in parentheses", "a \\(x*y", "a "},
		{"half a formula in strong words", "**a $x_1*y", "**a**"},
		{"lines of a formula", "$$\nx\n- *y", ""},
		{"after lines of a formula", "$$\nx\n- *y\n$$\n\n*z", "$$\nx\n- *y\n$$\n\n*z*"},
		{"money", "for $5 **or", "for $5 **or**"},
		{"code after half a formula", "a $x_1 `b", "a $x_1 `b`"},
	} {
		mends(t, tt.name, tt.in, tt.want)
	}
}

// folded is what is read of lines, without what wrapping does to it.
func folded(lines []string) string {
	return strings.Join(strings.Fields(ansi.Strip(strings.Join(lines, " "))), " ")
}

// TestStream_ShowsNothingThatDisappears: each frame reads as the beginning of
// the end, apart from addresses, which come behind the texts of links.
func TestStream_ShowsNothingThatDisappears(t *testing.T) {
	for _, src := range []string{
		"Some **strong words** and *weak ones*, ***both***, `code` and ``more `code` here``.\n",
		"A __strong__ _weak_ snake_case_word ~~gone~~ and 2 * 3 * 4 and a < b.\n",
		"# Head with `code`\n\nText **over\ntwo lines** of it.\n",
		"- **a**: b `c`\n- *d*\n  - **e** f\n\n1. one **two**\n2. three\n",
		"> quoted **words**\n> and `more`\n",
		"[a link](#x) and [**strong** one](#y), ![image](#z) and [ref] text [1] here[^2].\n\n[^2]: a **note**\n",
		"AT&amp;T &lt;b&gt; \\*no\\* C:\\\\x <kbd>K</kbd> <https://x.y>\n",
		"- [x] done **well**\n- [ ] to `do`\n",
		"A line  \nbroken hard<br>twice.\n",
	} {
		r := New(dark())
		whole := folded(r.Render(src, 60))
		s := r.Stream(60)
		for i := range len(src) {
			s.Append(src[i : i+1])
			got := strings.TrimSuffix(folded(s.Lines()), "•")
			if !strings.HasPrefix(whole, strings.TrimSpace(got)) && !settles(src[:i+1]) {
				t.Errorf("after %q:\n%q is no beginning of\n%q", src[:i+1], got, whole)
				break
			}
		}
	}
}

// settles names the one place where what comes is not known: brackets look like a
// link as long as they may become one.
func settles(src string) bool {
	at := strings.LastIndex(src, "[ref")
	return at >= 0 && len(src)-at <= len("[ref]") || strings.HasSuffix(src, "[r") || strings.HasSuffix(src, "[re")
}

func TestMend_IsTakenByTheParserOrLeft(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	r, taken := New(dark()), 0
	for range 3000 {
		src := []byte(nasty(random))
		whole, kept := mend(src, true)
		doc, _ := r.parse(whole, memory{})
		if kept < len(whole) && took(doc, kept, len(whole)) {
			taken++
		}
		for _, l := range opened(r, src, 40) {
			if w := ansi.StringWidthWc(l); w > 40 {
				t.Fatalf("%q: %d cells in %q", src, w, l)
			}
		}
	}
	if taken < 100 {
		t.Errorf("only %d of 3000 were mended", taken)
	}
}
