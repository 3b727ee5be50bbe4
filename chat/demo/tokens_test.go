package demo

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestSplit_CutsWhereAPersonWould(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{"Hello, world!", "Hello|,| world|!"},
		{"incomprehensibilities", "incompre|hensibil|ities"},
		{"a\n\n\tb", "a|\n\n|\t|b"},
		{"one  two", "one|  |two"},
		{"x != nil", "x| !=| nil"},
		{"日本語です", "日本|語で|す"},
		{"👩🏽‍🚀👨‍👩‍👧‍👦", "👩🏽‍🚀|👨‍👩‍👧‍👦"},
		{"🇯🇵🇧🇷", "🇯🇵|🇧🇷"},
		{"🏴󠁧󠁢󠁳󠁣󠁴󠁿!", "🏴󠁧󠁢󠁳󠁣󠁴󠁿|!"},
		{"Z̶a̶l̶g̶o̶", "Z̶a̶|l̶g̶|o̶"},
		{" ́x", " ́|x"}, // a mark that stands on a space
		{"\xff\xfe", "\xff\xfe"},
	}
	for _, tt := range tests {
		if got := strings.Join(split(tt.text), "|"); got != tt.want {
			t.Errorf("split(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestSplit_IsAboutFourBytes(t *testing.T) {
	text := load("long", conversation{}).text
	if mean := float64(len(text)) / float64(len(split(text))); mean < 3.5 || mean > 4.5 {
		t.Errorf("a token has %.2f bytes", mean)
	}
}

// FuzzSplit holds that nothing is lost, nothing empty is made and no character is
// torn.
func FuzzSplit(f *testing.F) {
	f.Add("Hello 👩🏽‍🚀\n\n\t日本語 🇯🇵x \u200d")
	f.Fuzz(func(t *testing.T, text string) {
		tokens := split(text)
		if diff := cmp.Diff(text, strings.Join(tokens, "")); diff != "" {
			t.Fatal(diff)
		}
		for _, token := range tokens {
			if token == "" || utf8.ValidString(text) && !utf8.ValidString(token) {
				t.Fatalf("token %q of %q", token, text)
			}
		}
	})
}
