package safe

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// ours removes what a frame may hold, so that nothing active may be left. It is
// a second description of the rule, by expressions instead of a scanner.
func ours(frame string) string {
	sgr := regexp.MustCompile("\x1b\\[[0-9;:]*m")
	link := regexp.MustCompile("\x1b\\]8;[!-:<-~]*;((?i:https?|mailto):[!-~]*)?(\x07|\x1b\\\\)")
	frame = strings.ReplaceAll(frame, leftToRight, "") // a stranger's one does not pass the first gate
	frame = sgr.ReplaceAllStringFunc(frame, func(s string) string {
		if strings.Count(s, ";")+strings.Count(s, ":") >= 32 {
			return s
		}
		return ""
	})
	return link.ReplaceAllStringFunc(frame, func(s string) string {
		if len(s) > 2048+64+8 {
			return s
		}
		return ""
	})
}

func TestFrame_LeavesNothingActive(t *testing.T) {
	for _, p := range payloads(t) {
		for _, s := range []string{p.text, "\x1b[1m" + p.text + "\x1b[m", p.text + p.text} {
			got := Frame(s)
			if a := active(ours(got)); a != "" {
				t.Errorf("%s: %s is left in %q", p.name, a, got)
			}
			if again := Frame(got); again != got {
				t.Errorf("%s: not idempotent: %q, then %q", p.name, got, again)
			}
			if strings.Count(got, "\n") != strings.Count(s, "\n") {
				t.Errorf("%s: lines came or went: %q", p.name, got)
			}
		}
	}
}

func TestFrame_PassesWhatWeEmit(t *testing.T) {
	for _, s := range []string{
		"", "text\nand more\ttext", "\x1b[m", "\x1b[0m", "\x1b[1;38;2;240;148;108mbold\x1b[m", "\x1b[4:3mcurly\x1b[58:2::1:2:3m",
		"\x1b[" + strings.Repeat("1;", 31) + "1m",
		"\x1b]8;;https://example.org/a?b=c;d\x07link\x1b]8;;\x07",
		"\x1b]8;id=42;http://example.org\x1b\\link\x1b]8;;\x1b\\",
		"\x1b]8;;mailto:a@example.org\x07m\x1b]8;;\x07",
		"\x1b]8;;HTTPS://example.org\x07m\x1b]8;;\x07",
		"\x1b]8;;https://example.org/" + strings.Repeat("a", 2048-len("https://example.org/")) + "\x07",
	} {
		if got := Frame(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestFrame_ShowsWhatItRefuses(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"clear", "\x1b[2J", "␛[2J"},
		{"33 parameters", "\x1b[" + strings.Repeat("1;", 32) + "1m", "␛[" + strings.Repeat("1;", 32) + "1m"},
		{"endless number", "\x1b[" + strings.Repeat("1", 200) + "m", "␛[" + strings.Repeat("1", 200) + "m"},
		{"cut sequence", "a\x1b[1;3", "a␛[1;3"},
		{"clipboard", "\x1b]52;c;AA\x07", "␛]52;c;AA␇"},
		{"file link", "\x1b]8;;file:///x\x07", "␛]8;;file:///x␇"},
		{"relative link", "\x1b]8;;/x\x07", "␛]8;;/x␇"},
		{"long link", "\x1b]8;;https:" + strings.Repeat("a", 2048) + "\x07", "␛]8;;https:" + strings.Repeat("a", 2048) + "␇"},
		{"link with a second sequence", "\x1b]8;;https://a\x1b[2J\x07", "␛]8;;https://a␛[2J␇"},
		{"link with a foreign letter", "\x1b]8;;https://é\x07", "␛]8;;https://é␇"},
		{"link without parts", "\x1b]8;", "␛]8;"},
		{"return", "a\rb", "a␍b"},
		{"c1", "\u009b2J", "\ufffd2J"},
		{"bad byte", "\xff", "\ufffd"},
		{"override", "\u202ea", "▫a"},
		{"escape alone", "\x1b", "␛"},
	} {
		if got := Frame(tt.in); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func FuzzGates(f *testing.F) {
	for _, p := range payloads(f) {
		f.Add(p.text)
	}
	f.Add("\x1b]8;id=1;https://example.org\x1b\\x\x1b]8;;\x1b\\")
	f.Fuzz(func(t *testing.T, s string) {
		text := Text(s)
		if a := active(text); a != "" || Text(text) != text || !utf8.ValidString(text) {
			t.Fatalf("text: %s in %q", a, text)
		}
		frame := Frame(s)
		if a := active(ours(frame)); a != "" || Frame(frame) != frame || !utf8.ValidString(frame) {
			t.Fatalf("frame: %s in %q", a, frame)
		}
		if n := Whole(s); Text(s[:n])+Text(s[n:]) != text {
			t.Fatalf("cut at %d: %q", n, s)
		}
		if Frame(text) != text {
			t.Fatalf("the second gate changes what passed the first: %q", text)
		}
	})
}

func BenchmarkFrame_500x200(b *testing.B) {
	row := strings.Repeat("\x1b[38;5;252mword text\x1b[m ", 50) + "\n"
	s := strings.Repeat(row, 200)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Frame(s)
	}
}
