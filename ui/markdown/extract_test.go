package markdown

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	differ "github.com/google/go-cmp/cmp"

	"groqchat/ui/theme"
)

func TestExtract_TakesCodeAsItWasWritten(t *testing.T) {
	src := "Text.\n\n```go\nfunc main() {\n\tx := 1\n\n}\n```\n\n1. item\n\n   ```sh\n   ls -l\n     # deeper\n   ```\n\n> ~~~\n> quoted\n> ~~~\n\n" +
		"    indented\n    code\n\n  ````{.python}\n  ```\n   inner\n  ````\n\n```\n```\n\n```rust\nlet open = 1;"
	want := []Code{
		{1, "go", "func main() {\n\tx := 1\n\n}\n"},
		{2, "sh", "ls -l\n  # deeper\n"},
		{3, "", "quoted\n"},
		{4, "", "indented\ncode\n"},
		{5, "python", "```\n inner\n"},
		{6, "", ""},
		{7, "rust", "let open = 1;\n"},
	}
	if diff := differ.Diff(want, Codes(src)); diff != "" {
		t.Error(diff)
	}
}

// TestExtract_NumbersAreThoseOnTheScreen: what is asked for by a number is what
// stands under it.
func TestExtract_NumbersAreThoseOnTheScreen(t *testing.T) {
	p, _ := theme.Find("dark")
	texts := readmes(t, 20)
	for i := range 100 {
		texts[fmt.Sprint("nasty ", i)] = nasty(rand.New(rand.NewPCG(uint64(i), 3)))
		texts[fmt.Sprint("answer ", i)] = answer(1000, uint64(i))
	}
	for name, src := range texts {
		s := New(theme.New(p)).Stream(100)
		s.Append(src)
		s.Close()
		screen := ansi.Strip(strings.Join(s.Lines(), "\n"))
		codes := Codes(src)
		if len(codes) != s.memory.codes {
			t.Errorf("%s: %d were found, %d are shown\n%s", name, len(codes), s.memory.codes, src)
		}
		for _, c := range codes {
			if want := fmt.Sprintf("%2d │ %s", c.Number, cmp.Or(c.Language, "text")); !strings.Contains(screen, want) {
				t.Errorf("%s: %q is not on the screen", name, want)
			}
		}
	}
}

func TestExtract_TakesTablesWithoutWhatIsAroundThem(t *testing.T) {
	src := "Before.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nBetween\n\na | b\n--|--\n3 | 4\n\n- item\n\n  | x |\n  |---|\n  | 5 |\n\n> | q |\n> |---|\n> | 6 |\n\n```\n| no | table |\n|--|--|\n```\n"
	want := []string{
		"| a | b |\n|---|---|\n| 1 | 2 |\n",
		"a | b\n--|--\n3 | 4\n",
		"| x |\n|---|\n| 5 |\n",
		"| q |\n|---|\n| 6 |\n",
	}
	if diff := differ.Diff(want, Tables(src)); diff != "" {
		t.Error(diff)
	}
}
