package chat

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// marked writes a comparison as git does for words.
func marked(all []Change) string {
	var b strings.Builder
	for _, c := range all {
		switch {
		case c.Gone:
			b.WriteString("[-" + c.Text + "-]")
		case c.New:
			b.WriteString("{+" + c.Text + "+}")
		default:
			b.WriteString(c.Text)
		}
	}
	return b.String()
}

func TestCompareWords(t *testing.T) {
	for _, tc := range []struct{ before, after, want string }{
		{"", "", ""},
		{"the same", "the same", "the same"},
		{"one two three", "one 2 three", "one [-two-]{+2+} three"},
		{"a cat sat", "the dog sat", "[-a cat-]{+the dog+} sat"},
		{"first\nsecond\n", "1st\n2nd\n", "[-first-]{+1st+}\n[-second-]{+2nd+}\n"},
		{"f(x)", "f(y)", "f([-x-]{+y+})"},
		{"你好世界", "你好天地", "你好[-世界-]{+天地+}"},
		{"", "all new", "{+all new+}"},
	} {
		if got := marked(CompareWords(tc.before, tc.after)); got != tc.want {
			t.Errorf("%q to %q: %s, want %s", tc.before, tc.after, got, tc.want)
		}
	}
}

// TestCompareWords_LosesNothing: of any two texts, what is the same and gone is the
// first one, what is the same and new the second.
func TestCompareWords_LosesNothing(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("ab \n.é世\xff"))))
	rapid.Check(t, func(t *rapid.T) {
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		var was, is strings.Builder
		for _, c := range CompareWords(before, after) {
			if c.Text == "" || c.Gone && c.New {
				t.Fatalf("a piece is %+v", c)
			}
			if !c.New {
				was.WriteString(c.Text)
			}
			if !c.Gone {
				is.WriteString(c.Text)
			}
		}
		if diff := cmp.Diff([]string{before, after}, []string{was.String(), is.String()}); diff != "" {
			t.Fatal(diff)
		}
	})
}
