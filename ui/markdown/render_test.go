package markdown

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"groqchat/ui/theme"
)

// words renders src and takes the styles away.
func words(src string, width int) string {
	return ansi.Strip(strings.Join(New(dark()).Render(src, width), "\n"))
}

func TestRender_LosesNothing(t *testing.T) {
	reads(t, []reading{
		{"nothing", "", ""},
		{"blank lines", "\n\n \n", ""},
		{"paragraphs", "a\n\n\n\nb", "a\n\nb"},
		{"hard break by blanks", "one  \ntwo", "one\ntwo"},
		{"hard break by backslash", "one\\\ntwo", "one\ntwo"},
		{"hard break by tag", "one<br>two<br />three", "one\ntwo\nthree"},
		{"soft break", "one\ntwo", "one two"},
		{"generic type", "A Vec<T> and Map<K, V>", "A Vec<T> and Map<K, V>"},
		{"tag in text", "press <kbd>x</kbd>", "press <kbd>x</kbd>"},
		{"html block", "<div>\n  x\n</div>", "<div>\n  x\n</div>"},
		{"html comment", "<!-- note\n\nmore -->", "<!-- note\n\nmore -->"},
		{"code span keeps entities", "`&lt;a&gt; \\* <b>`", "&lt;a&gt; \\* <b>"},
		{"text decodes entities", "&lt; &amp;lt; &#65; &nope;", "< &lt; A &nope;"},
		{"every escape", "\\! \\\" \\# \\$ \\% \\& \\' \\( \\* \\+ \\, \\- \\. \\/ \\: \\; \\< \\= \\> \\? \\@ \\[ \\\\ \\] \\^ \\_ \\` \\{ \\| \\} \\~ \\a", "! \" # $ % & ' ( * + , - . / : ; < = > ? @ [ \\ ] ^ _ ` { | } ~ \\a"},
		{"escaped entity", "\\&lt;", "&lt;"},
		{"backslashes", "C:\\\\temp \\\\\\* x\\y", "C:\\temp \\* x\\y"},
	})
}

func TestRender_LosesNothingInBlocks(t *testing.T) {
	reads(t, []reading{
		{"loose list", "- one\n\n  second\n\n- two", "• one\n\n  second\n\n• two"},
		{"tight list", "- one\n- two\n  - three", "• one\n• two\n  • three"},
		{"numbers in a column", "9. a\n10. b", " 9. a\n10. b"},
		{"code in a list", "- a\n\n  ```go\n  if x {\n  \ty()\n  }\n  ```", "• a\n\n   1 │ go\n     if x {\n         y()\n     }"},
		{"empty item", "-\n- a", "•\n• a"},
		{"tasks", "- [x] a\n- [ ] b", "✓ a\n☐ b"},
		{"quote", "> a\n> b\n>\n> c", "│ a b\n│\n│ c"},
		{"heading", "# A\n## B\ntext\n\nC\n=", "A\n\nB\n\ntext\n\nC"},
		{"empty heading", "#\n\na", "a"},
		{"emphasis", "*a* **b** ***c*** ~~d~~ _**e** f_", "a b c d e f"},
		{"link", "[a](https://x.y/z)", "a https://x.y/z"},
		{"link that says where", "[https://x.y](https://x.y)", "https://x.y"},
		{"relative link", "[a](/b/c)", "a (/b/c)"},
		{"broken link", "[a](http://[::1)", "a (http://[::1)"},
		{"anchor", "[a](#b)", "a"},
		{"bare link", "see https://x.y/a_b_c?q=1&r=2.", "see https://x.y/a_b_c?q=1&r=2."},
		{"mail", "<a@b.c>", "a@b.c"},
		{"image", "![a *b*](https://x.y/i.png)", "image: a b https://x.y/i.png"},
		{"image without text", "![](https://x.y)", "image: without a description https://x.y"},
		{"definition first", "[r]: https://x.y\n\n[a][r]", "[r] https://x.y\n\na https://x.y"},
		{"definition last", "[a][r]\n\n[r]: https://x.y", "[a][r]\n\n[r] https://x.y"},
		{"table", "|a|b|\n|-|-|\n|1|2\\|3|", " a │ b\n───┼────\n 1 │ 2|3"},
		{"table with links", "|a|\n|-|\n|[x](https://x.y)|", " a\n────\n x→1\n→1 https://x.y"},
		{"backslash in a cell", "|a|\n|-|\n|`\\*` \\\\* [\\\\*](u)|", " a\n───────────\n \\* \\* \\*→1\n→1 u"},
		{"indented code", "    a\n    \tb", " 1 │ text\n   a\n       b"},
		{"fence in a fence", "````md\n```go\n```\n````", " 1 │ md\n   ```go\n   ```"},
		{"indented fence", "  ```\n  a\n    b\n c\n  ```", " 1 │ text\n   a\n     b\n   c"},
		{"fence without end", "```go\nx := 1", " 1 │ go\n   x := 1"},
		{"empty fence", "```\n```", " 1 │ text"},
		{"blank lines in code", "```\na\n\n\nb\n```", " 1 │ text\n   a\n\n\n   b"},
		{"info string", "``` go title=\"x\"\n```", " 1 │ go"},
		{"numbers of code", "```\n```\n- ```\n  ```\n\n    x", " 1 │ text\n\n•  2 │ text\n\n  x"},
		{"footnote", "a[^1] b[^word]\n\n[^1]: one\n[^word]: *two*\n    more\n\n    second\n\nend", "a[1] b[^word]\n\n[1] one\n\n[^word] two more\n\n        second\n\nend"},
		{"footnote right after a text", "a[^1]\n[^1]: one", "a[1]\n\n[1] one"},
		{"footnote with a list", "[^1]:\n    - a\n    - b", "[1] • a\n    • b"},
		{"no footnotes", "[^a b] [^] [^a](u) ![^1](u) [^1", "[^a b] [^] ^a (u) image: ^1 (u) [^1"},
		{"a class of characters", "match [^a-z] here", "match [^a-z] here"},
		{"link in a heading", "## [a](https://x.y) b", "a https://x.y b"},
		{"image in a link", "[![a](https://x.y/i)](https://x.y)", "image: a https://x.y/i https://x.y"},
		{"table in a list", "- a\n  |b|\n  |-|\n  |c|", "• a\n\n   b\n  ──\n   c"},
		{"blanks in code", "a `b  c` d", "a b  c d"},
		{"number that is high", "123456789. a", "123456789. a"},
		{"list after a paragraph", "a:\n- b\n- c", "a:\n\n• b\n• c"},
		{"nested in nested", "1. a\n   - b\n     1. c\n\n        d", "1. a\n   • b\n     1. c\n\n        d"},
		{"quote in a list in a quote", "> - a\n>   > b", "│ • a\n│   │ b"},
		{"entities in a link", "[a&amp;b](https://x.y?a&amp;b)", "a&b https://x.y?a&b"},
		{"rule", "a\n\n***\n\nb", "a\n\n" + strings.Repeat("─", 80) + "\n\nb"},
		{"no-break spaces stay", "a\u00a0b", "a\u00a0b"},
		{"tab in text", "a\tb", "a    b"},
	})
}

// reading is a source and what is to be read of it.
type reading struct{ name, in, want string }

func reads(t *testing.T, table []reading) {
	t.Helper()
	for _, tt := range table {
		if diff := cmp.Diff(tt.want, words(tt.in, 80)); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
	}
}

func TestRender_ShowsWideTablesAsRecords(t *testing.T) {
	src := "| Name | What it does | Since |\n|---|---|---|\n| alpha | begins | 1.0 |\n| omega | ends, as all things do | 2.0 |"
	want := "Name: alpha\nWhat it does: begins\nSince: 1.0\n\nName: omega\nWhat it does: ends,\n  as all things do\nSince: 2.0"
	if diff := cmp.Diff(want, words(src, 20)); diff != "" {
		t.Error(diff)
	}
	if got := words(src, 27); !strings.Contains(got, " omega │ ends, as   │ 2.0\n       │ all things │\n       │ do         │\n") && !strings.HasSuffix(got, "│ do         │") {
		t.Errorf("with room enough it is a table:\n%s", got)
	}
}

func TestRender_NarrowTablesKeepTheirWidth(t *testing.T) {
	for _, l := range strings.Split(words("|a|b|\n|-|-|\n|1|2|", 100), "\n") {
		if len([]rune(l)) > 12 {
			t.Errorf("stretched: %q", l)
		}
	}
}

func TestRender_LinesStandByThemselves(t *testing.T) {
	for _, l := range New(dark()).Render(answer(6000, 9), 40) {
		open := strings.LastIndex(l, "\x1b[")
		if open >= 0 && !strings.HasSuffix(l, reset) {
			t.Errorf("styles are left open: %q", l)
		}
		if s := ansi.Strip(l); strings.TrimRight(s, " ") != s {
			t.Errorf("trailing blanks: %q", s)
		}
		if strings.ContainsAny(l, "\n\t\r") {
			t.Errorf("not a line: %q", l)
		}
	}
}

func TestRender_FollowsTheTheme(t *testing.T) {
	light, _ := theme.Find("light")
	a, b := New(dark()).Render("# A\n\n`b`", 40), New(theme.New(light)).Render("# A\n\n`b`", 40)
	if cmp.Equal(a, b) {
		t.Error("two themes, one look")
	}
	if !cmp.Equal(a, New(dark()).Render("# A\n\n`b`", 40)) {
		t.Error("a second renderer changed the first one's theme")
	}
}

func TestRender_SurvivesAnyWidth(t *testing.T) {
	r := New(dark())
	src := answer(3000, 2)
	for _, width := range []int{-3, 0, 1, 2, 3, 5, 8, 13, 20, 36, 80, 300} {
		for _, l := range r.Render(src, width) {
			if w := ansi.StringWidth(l); w > max(1, width) {
				t.Fatalf("at %d: %d cells in %q", width, w, l)
			}
		}
	}
}
