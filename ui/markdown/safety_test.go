package markdown

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// hostile are payloads as they come, and as entities of Markdown.
func hostile() []string {
	return []string{
		"\x1b]52;c;ZWNobw==\x07", "\x1b]0;title\x07", "\x1b[2J", "\x1b[8mhidden", "\x1bPq#0~\x1b\\", "\x1b_Ga=T;AAAA\x1b\\", "\x1b^pm\x1b\\", "\x1bXsos\x1b\\",
		"\x1b]8;;file:///etc/passwd\x07x\x1b]8;;\x07", "\x1b[" + strings.Repeat("1;", 60) + "m", "\x1bc", "\u009b2J", "\u009d52;c;AA\u009c", "\x9b2J", "a\rb", "a\bb", "\x7f",
		"\u202egnp.exe", "\u2066x\u2069", "a\u200bb", "\U000e0041", "\u2028", "\x00", "\xff\xfe",
		"&#27;]52;c;ZWNobw==&#7;", "&#x1b;[2J", "&#155;2J", "&#x9d;0;x&#7;", "&#8238;gnp", "&#x200b;", "&#0;", "&#13;", "&#127;", "&NewLine;x", "&Tab;x",
	}
}

// places are the constructs that a payload may stand in.
func places() []string {
	return []string{
		"%", "text % text", "`%`", "`` % ``", "**%**", "*%*", "~~%~~", "***%***", "# %", "%\n===", "- %", "1. %\n   - %", "> %", "[%](https://x.y)", "[x](%)", "[x](<%>)",
		"[x](https://x.y/%)", "[x](https://x.y \"%\")", "![%](%)", "<https://x.y/%>", "https://x.y/%", "[r]: %\n\n[r]", "[%]: /u\n\n[%]", "```\n%\n```", "```%\nx\n```", "```go\n// %\n```",
		"```go\n\"%\"\n", "    %", "<div>%</div>", "<!-- % -->", "x <b title=\"%\">", "|%|b|\n|-|-|\n|c|%|", "|a|\n|-|\n|[%](%)|", "|a|\n|-|\n|`%` **%**|", "- [x] %", "\\%", "%  \nx", "%\\\nx",
		"a <span>%</span>", "- ```\n  %\n  ```", strings.Repeat("> ", 12) + "%", "<br>%",
	}
}

func TestRender_LetsNothingThroughButStyles(t *testing.T) {
	style := regexp.MustCompile("\x1b\\[[0-9;]*m")
	link := regexp.MustCompile("\x1b]8;(id=[0-9a-f]+;(https?|mailto):[!-~]+|;)\a")
	r := New(dark())
	for _, place := range places() {
		for _, payload := range hostile() {
			src := strings.ReplaceAll(place, "%", payload)
			for _, width := range []int{12, 80} {
				for _, l := range r.Render(src, width) {
					for _, c := range style.ReplaceAllString(link.ReplaceAllString(l, ""), "") {
						if unicode.IsControl(c) || c != '\u200d' && c != '\u200c' && unicode.Is(unicode.Cf, c) || c == '\u2028' {
							t.Fatalf("%q in %q: %q comes out: %q", payload, place, c, l)
						}
					}
					for _, s := range style.FindAllString(l, -1) {
						if strings.Count(s, ";") > 31 || s == "\x1b[8m" {
							t.Fatalf("%q in %q: a sequence of its own: %q", payload, place, l)
						}
					}
				}
			}
		}
	}
}

func TestStream_IsSafeWhereverASequenceIsCut(t *testing.T) {
	r := New(dark())
	for _, payload := range hostile() {
		src := "a `" + payload + "` b " + payload + "\n\n```go\n" + payload
		want := strings.Join(r.Render(src, 40), "\n")
		if got := strings.Join(streamed(t, r, src, 40, sized(1)), "\n"); got != want {
			t.Errorf("%q: byte by byte it is\n%q\nnot\n%q", payload, got, want)
		}
	}
}

func FuzzStream(f *testing.F) {
	f.Add(answer(600, 4), uint8(3), uint8(30))
	for _, p := range places() {
		f.Add(p, uint8(2), uint8(20))
	}
	renderers := []*Renderer{New(dark()), New(sheeted(f, "dark"), WithWidths(ansi.GraphemeWidth)), New(sheeted(f, "ascii"))}
	f.Fuzz(func(t *testing.T, src string, part, width uint8) {
		w, r := int(width), renderers[int(part)%len(renderers)]
		want := r.Render(src, w)
		got := streamed(t, r, src, w, sized(int(part)))
		if strings.Join(want, "\n") != strings.Join(got, "\n") {
			t.Fatalf("%q in parts of %d at %d:\n%q\nis not\n%q", src, part, w, got, want)
		}
		for _, l := range want {
			if cells := ansi.Method(r.ruler).StringWidth(l); cells > max(1, w) || strings.ContainsAny(l, "\n\r\t\x1f\u009b") {
				t.Fatalf("%q at %d: %q", src, w, l)
			}
		}
	})
}
