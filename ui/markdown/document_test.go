package markdown

import (
	"html"
	"os"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestHTML_RendersWhatTerminalsDo(t *testing.T) {
	r := New(dark())
	for src, want := range map[string]string{
		"# Title":                          `<h1>Title</h1>`,
		"a *b* **c** ~~d~~ `e<`":           "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e&lt;</code></p>",
		"| a |\n| - |\n| b |":              "<td>b</td>",
		"- [x] done":                       "checkbox",
		"[x](https://a.b/?q=\"1\")":        `href="https://a.b/?q=&#34;1&#34;">x</a>`,
		"https://a.b":                      `<a rel="noopener noreferrer nofollow" href="https://a.b">https://a.b</a>`,
		"<me@a.b>":                         `href="mailto:me@a.b"`,
		"[x](javascript:alert(1))":         "<p>x (javascript:alert(1))</p>",
		"[x](data:text/html,y)":            "<p>x (data:text/html,y)</p>",
		"![alt](https://a.b/c.png)":        `href="https://a.b/c.png">alt (image)</a>`,
		"a <script>alert(1)</script> b":    "<p>a &lt;script&gt;alert(1)&lt;/script&gt; b</p>",
		"<script>\nalert(1)\n</script>":    "<pre class=\"plain\">&lt;script&gt;\nalert(1)\n&lt;/script&gt;",
		"<div onclick=x>\nhi\n</div>":      "&lt;div onclick=x&gt;",
		"```go\nfunc f() {}\n```":          `<span class="kd">func</span>`,
		"```nolang\n<b>\n```":              "&lt;b&gt;",
		"    indented <b>":                 "indented &lt;b&gt;",
		"[x]: https://late.example\n\n[x]": `href="https://late.example">x</a>`,
		strings.Repeat("> ", 48) + "x":     `<pre class="plain">`,
		"&#27;]52;c;x&#7;":                 "\u241b]52;c;x\u2407",
	} {
		got := r.HTML(src)
		if !strings.Contains(got, want) || strings.ContainsAny(got, "\x1b\x07") {
			t.Errorf("%q gives\n%s\nwithout\n%s", src, got, want)
		}
	}
}

// A text has no tags but ours: nothing of it runs, loads or posts.
func TestHTML_NothingOfTheTextIsObeyed(t *testing.T) {
	r := New(dark())
	text, err := os.ReadFile("testdata/torture.md")
	if err != nil {
		t.Fatal(err)
	}
	check := func(fail func(...any), src string) {
		page := r.HTML(src)
		for _, tag := range regexp.MustCompile(`<(/?[a-zA-Z0-9!]+)([^>]*)>`).FindAllStringSubmatch(page, -1) {
			name := strings.ToLower(strings.TrimPrefix(tag[1], "/"))
			if !strings.Contains(" a p h1 h2 h3 h4 h5 h6 em strong del code pre span ul ol li blockquote hr br table thead tbody tr th td input ", " "+name+" ") {
				fail("the tag", tag[0], "of", src)
			}
			for _, attribute := range regexp.MustCompile(`([a-zA-Z-]+)=`).FindAllStringSubmatch(regexp.MustCompile(`"[^"]*"`).ReplaceAllString(tag[2], ""), -1) {
				if !strings.Contains(" href rel class id style type checked disabled start align ", " "+attribute[1]+" ") {
					fail("the attribute", attribute[1], "of", tag[0], "of", src)
				}
			}
			if at := strings.Index(tag[2], `href="`); at >= 0 && !regexp.MustCompile(`^(https?|mailto):`).MatchString(tag[2][at+6:]) {
				fail("the link", tag[0])
			}
		}
	}
	check(func(a ...any) { t.Error(a...) }, string(text))
	rapid.Check(t, func(rt *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{"<", ">", "\"", "'", "<img src=x onerror=y>", "](", "[", "javascript:", "\n", "\n\n", "`", "```\n", "&lt;", "![", ")", "a", "<a href=", "<!--", "-->", "| ", "\n| - |\n", "http://x"}), 0, 30).Draw(rt, "parts")
		check(func(a ...any) { rt.Fatal(a...) }, strings.Join(parts, ""))
	})
}

// Code comes out as it went in, whatever the lexer makes of it.
func TestHTML_CodeIsComplete(t *testing.T) {
	r := New(dark())
	source := "package main\n\n/* a\ncomment */\nvar s = `<b>\n&amp;`\n" + strings.Repeat("x", maxCodeLine+1) + "\n\tlast"
	tags := regexp.MustCompile(`<[^>]*>`)
	bare := func(page string) string { return html.UnescapeString(tags.ReplaceAllString(page, "")) }
	for _, lang := range []string{"go", "python", "html", "json", "", "sql", "bash", "markdown"} {
		if got := bare(r.marked(lang, source)); got != source {
			t.Errorf("%s: %q", lang, got)
		}
	}
	line := "x = 1 # " + strings.Repeat("y", maxCodeLine/2) + "\n" // few tokens, or it takes seconds
	large := strings.Repeat(line, maxCode/len(line)+2)
	if got := bare(r.marked("python", large)); got != large {
		t.Error("large code is not as it was")
	}
}

func TestCodeCSS_HasTheColoursOfTheTheme(t *testing.T) {
	if css := New(dark()).CodeCSS(); !strings.Contains(css, ".chroma .kd") && !strings.Contains(css, ".chroma .k ") {
		t.Error(css)
	}
}

func BenchmarkHTML(b *testing.B) {
	r := New(dark())
	text, err := os.ReadFile("testdata/torture.md")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		r.HTML(string(text))
	}
}
