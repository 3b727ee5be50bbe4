package safe

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// active returns the first character of s that a terminal could take for more
// than a character, "" if there is none. It shares nothing with the code under
// test but the list of Unicode.
func active(s string) string {
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd"):
			return "invalid UTF-8"
		case r < 0x20 && r != '\n' && r != '\t', r >= 0x7f && r < 0xa0:
			return "control " + string('0'+r/16) + string('0'+r%16)
		case strings.ContainsRune("\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u2060\u2061\u2062\u2063\u2064\u3164\u115f\u1160\uffa0\ufeff", r):
			return "invisible " + string(r)
		case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x206f, r >= 0xfff9 && r <= 0xfffb, r >= 0xe0000 && r <= 0xe01ef:
			return "format " + string(r)
		}
	}
	return ""
}

func TestText_LeavesNothingActive(t *testing.T) {
	for _, p := range payloads(t) {
		got := Text(p.text)
		if a := active(got); a != "" {
			t.Errorf("%s: %s is left in %q", p.name, a, got)
		}
		if got == p.text {
			t.Errorf("%s: passed as it came: %q", p.name, got)
		}
		if again := Text(got); again != got {
			t.Errorf("%s: not idempotent: %q, then %q", p.name, got, again)
		}
	}
}

func TestText_ReplacesVisiblyAndLosesNothing(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"escape", "\x1b[2Jx", "␛[2Jx"},
		{"string without end", "tail text \x1bP lost text here", "tail text ␛P lost text here"},
		{"crlf", "a\r\nb", "a\nb"},
		{"lone cr", "AAA\rBBB", "AAA\nBBB"},
		{"cr cr lf", "a\r\r\nb", "a\n\nb"},
		{"delete", "a\x7f", "a␡"},
		{"nul and bell", "\x00\a", "␀␇"},
		{"c1", "\u009b2J", "\ufffd2J"},
		{"bad byte", "a\xffb", "a\ufffdb"},
		{"override", "\u202egnp", "▫gnp"},
		{"tab and newline stay", "a\tb\n", "a\tb\n"},
		{"real replacement character stays", "\ufffd", "\ufffd"},
	} {
		if got := Text(tt.in); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestText_KeepsTheScriptsOfTheWorld(t *testing.T) {
	for _, s := range []string{
		"", "plain ASCII ~ !", "naïve Größe", "東京都", "한국어", "العربية ١٢٣ \u0600", "עברית", "हिन्दी क्‍ष", "می‌خواهم", "ไทย",
		"🙂👍🏽❤️1️⃣🇩🇪👩‍👩‍👧‍👦", "│─┼ ▌ ↪ …", "e\u0301", "x² ½ ∑ → ≤", "\u00a0 \u2009 \u202f \u3000", "𝔘𝔫𝔦 𐍈 \U00020000", "\ue0b0 \U000f0001",
	} {
		if got := Text(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
		if got := Frame(s); got != s {
			t.Errorf("frame: %q became %q", s, got)
		}
	}
}

func TestText_OfPartsIsPartsOfText(t *testing.T) {
	for _, p := range payloads(t) {
		want := Text(p.text)
		for cut := range len(p.text) + 1 {
			first := p.text[:cut]
			n := Whole(first)
			if got := Text(first[:n]) + Text(first[n:]+p.text[cut:]); got != want {
				t.Errorf("%s cut at %d: %q, want %q", p.name, cut, got, want)
			}
		}
	}
}

func TestWhole_HoldsBackWhatIsNotComplete(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want int
	}{{"", 0}, {"abc", 3}, {"ab\r", 2}, {"\r", 0}, {"ab\xe2\x82", 2}, {"ab€", 5}, {"ab\xf0\x9f\x99", 2}, {"\xff", 1}, {"a\x80\x80\x80\x80", 5}} {
		if got := Whole(tt.in); got != tt.want {
			t.Errorf("Whole(%q) = %d, want %d", tt.in, got, tt.want)
		}
	}
}

func TestText_GivesBackCleanTextWithoutACopy(t *testing.T) {
	s := strings.Repeat("The quick brown fox, naïve Größe 東京 🙂\n", 20)
	if n := testing.AllocsPerRun(10, func() { Text(s); Frame(s) }); n != 0 {
		t.Errorf("%v allocations for clean text", n)
	}
}

func TestLine_IsOneSafeLineOfTheGivenWidth(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		cells    int
		want     string
	}{
		{"short", "a title", 80, "a title"},
		{"folded", "  a\n\tb  c ", 80, "a b c"},
		{"cut", "abcdef", 4, "abc…"},
		{"wide at the edge", "東京都", 4, "東…"},
		{"no room", "abc", 0, ""},
		{"less than none", "abc", -3, ""},
		{"one cell", "abc", 1, "…"},
		{"sequence", "AAA\x1b]52;c;ZWNobw==\x07", 80, "AAA␛]52;c;ZWNobw==␇"},
		{"return", "good\rbad", 80, "good bad"},
	} {
		if got := Line(tt.in, tt.cells); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestLine_NeverWiderNorLiveWhateverComes(t *testing.T) {
	for _, p := range payloads(t) {
		for _, cells := range []int{1, 2, 7, 40} {
			got := Line(strings.Repeat(p.text, 3), cells)
			if w := ansi.StringWidth(got); w > cells || strings.ContainsAny(got, "\n\t") || active(got) != "" {
				t.Errorf("%s at %d: %q, %d cells", p.name, cells, got, w)
			}
		}
	}
}

func TestLine_LooksAtNoMoreThanItNeeds(t *testing.T) {
	long := strings.Repeat("é", 1<<20)
	if got := Line(long, 10); ansi.StringWidth(got) != 10 || !strings.HasSuffix(got, "…") {
		t.Errorf("got %q", got)
	}
	if n := testing.AllocsPerRun(5, func() { Line(long, 10) }); n > 20 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkText_clean(b *testing.B) {
	s := strings.Repeat("The quick brown fox, naïve Größe 東京 🙂 jumps over code `x := 1`.\n", 16000)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Text(s)
	}
}

func BenchmarkText_ascii(b *testing.B) {
	s := strings.Repeat("The quick brown fox jumps over code `x := 1`.\n", 16000)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Text(s)
	}
}

func BenchmarkText_dirty(b *testing.B) {
	s := strings.Repeat("The quick \x1b[31mbrown\x1b[0m fox\x07 \u202ejumps\n", 25000)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Text(s)
	}
}
