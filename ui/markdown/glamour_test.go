package markdown

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"charm.land/glamour/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

// Glamour is the second opinion: what it shows of a document, we show too.

// glamourText is a document as Glamour reads it, without styles and on long lines.
func glamourText(t *testing.T, src string) string {
	t.Helper()
	r, err := glamour.NewTermRenderer(glamour.WithStandardStyle("dark"), glamour.WithWordWrap(0))
	if err != nil {
		t.Fatal(err)
	}
	out, err := r.Render(src)
	if err != nil {
		t.Fatal(err)
	}
	return ansi.Strip(out)
}

// spelled are the words of a text.
func spelled(text string) []string {
	return regexp.MustCompile(`[\p{L}\p{N}]+`).FindAllString(text, -1)
}

func TestRender_SaysWhatGlamourSays(t *testing.T) {
	// Tables are left out: Glamour puts their links into notes of another form.
	tables := regexp.MustCompile(`(?m)^\|.*\n`)
	for seed := range uint64(5) {
		src := tables.ReplaceAllString(strings.ToValidUTF8(prose(20<<10, seed), ""), "")
		src = strings.ReplaceAll(src, "\U0001f680", "") // an emoji is no word
		src = strings.ReplaceAll(src, "$n^2$", "n²")    // Glamour knows no formulas
		got := spelled(ansi.Strip(strings.Join(New(sheeted(t, "dark")).Render(src, 10000), "\n")))
		if diff := cmp.Diff(spelled(glamourText(t, src)), got); diff != "" {
			t.Errorf("seed %d:\n%s", seed, diff)
		}
	}
}

// cuts is the places where a word can be taken apart.
func cuts(w string) (at []int) {
	for i := range w[1:] {
		at = append(at, i+1)
	}
	return at
}

func TestRender_LosesNoWordThatGlamourShows(t *testing.T) {
	for name, src := range readmes(t, 16) {
		if len(src) > maxUnit/2 {
			continue
		}
		// Glamour's defects: it joins the paragraphs of an item and what tags of HTML
		// hold apart, a whole table's at worst. Images without a text it calls so.
		src = regexp.MustCompile(`(?s)<table.*?</table>`).ReplaceAllString(src, "")
		known := map[string]bool{"Image": true}
		words := spelled(ansi.Strip(strings.Join(New(sheeted(t, "dark")).Render(src, 4000), "\n")))
		for i, w := range words {
			known[w] = true
			for joined, j := w, i+1; j < min(i+12, len(words)); j++ {
				joined += words[j]
				known[joined] = true
			}
		}
		for _, w := range spelled(glamourText(t, src)) {
			if !known[w] && !slices.ContainsFunc(cuts(w), func(at int) bool { return known[w[:at]] && known[w[at:]] }) {
				t.Errorf("%s: %q is missing", name, w)
			}
		}
	}
}
