package markdown

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// targets are the addresses that the links of lines open.
func targets(lines []string) (all []string) {
	for _, m := range regexp.MustCompile("\x1b]8;id=[0-9a-f]+;([^\a]+)\a").FindAllStringSubmatch(strings.Join(lines, "\n"), -1) {
		all = append(all, m[1])
	}
	return all
}

func TestLink_SaysWhereItLeads(t *testing.T) {
	for _, tt := range []struct{ name, in, want, target string }{
		{"text", "[a](https://x.y/z)", "a https://x.y/z", "https://x.y/z"},
		{"another host", "[https://good.example](https://evil.example)", "https://good.example https://evil.example", "https://evil.example"},
		{"its own address", "[x.y](https://x.y/)", "x.y", "https://x.y/"},
		{"bare", "https://x.y/z", "https://x.y/z", "https://x.y/z"},
		{"www", "www.x.yz", "www.x.yz", "http://www.x.yz"},
		{"mail", "<a@x.y>", "a@x.y", "mailto:a@x.y"},
		{"title", "[a](https://x.y \"a title\")", "a https://x.y", "https://x.y"},
		{"letters", "[a](<https://x.y/ä b>)", "a https://x.y/ä b", "https://x.y/%C3%A4%20b"},
		{"entity", "[a](https://x.y/?b&amp;c)", "a https://x.y/?b&c", "https://x.y/?b&c"},
		{"a file", "[a](file:///etc/passwd)", "a (file:///etc/passwd)", ""},
		{"a script", "[a](javascript:alert(1))", "a (javascript:alert(1))", ""},
		{"a script by entities", "[a](java&#115;cript:x)", "a (javascript:x)", ""},
		{"relative", "[a](b/c.md)", "a (b/c.md)", ""},
		{"an escape", "[a](https://x.y/&#27;]8;;z)", "a https://x.y/␛]8;;z", "https://x.y/%E2%90%9B%5D8;;z"},
		{"too long", "[a](https://x.y/" + strings.Repeat("z", maxLink) + ")", "a (https://x.y/" + strings.Repeat("z", maxLink) + ")", ""},
		{"image", "![a](https://x.y/i)", "image: a https://x.y/i", "https://x.y/i"},
	} {
		lines := New(dark()).Render(tt.in, 4000)
		if got := ansi.Strip(strings.Join(lines, "\n")); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		for _, got := range targets(lines) {
			if got != tt.target {
				t.Errorf("%s: leads to %q, want %q", tt.name, got, tt.target)
			}
		}
		if got := targets(lines); tt.target != "" && len(got) == 0 {
			t.Errorf("%s: nothing is a link", tt.name)
		}
	}
}

func TestLink_IsOneOnEveryLine(t *testing.T) {
	lines := New(dark()).Render("Some text and [a link that is so long that it is broken over lines](https://x.y) in it.", 20)
	linked := 0
	for _, l := range lines {
		opened, closed := strings.Count(l, "\x1b]8;id="), strings.Count(l, linkEnd)
		if opened != closed || opened > 0 && strings.LastIndex(l, linkEnd) < strings.LastIndex(l, "\x1b]8;id=") {
			t.Errorf("a link is left open: %q", l)
		}
		if opened > 0 {
			linked++
		}
	}
	if linked < 4 {
		t.Errorf("only %d of %d lines are linked: %q", linked, len(lines), lines)
	}
	if names := regexp.MustCompile("id=[0-9a-f]+").FindAllString(strings.Join(lines, ""), -1); len(names) < 4 || names[0] != names[3] {
		t.Errorf("the lines of a link have different names: %q", names)
	}
}
