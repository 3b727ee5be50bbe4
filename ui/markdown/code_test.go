package markdown

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

// tokensOf lexes a program line by line as a code block does.
func tokensOf(t *testing.T, lang, src string) []chroma.Token {
	t.Helper()
	ls := &languages{}
	c := cutter{known: ls, lang: ls.find(lang)}
	if c.lang == nil {
		t.Fatalf("%s is not known", lang)
	}
	var tokens []chroma.Token
	at := &mark{}
	take := func(p chunk, ok bool) {
		if !ok {
			return
		}
		found, _ := c.lang.lex(at, p, deadline{})
		if found.tints == nil {
			t.Fatalf("%s: no tokens for %q", lang, p.text)
		}
		from := 0
		for _, tint := range found.tints {
			tokens = append(tokens, chroma.Token{Type: chroma.TokenType(tint.kind), Value: p.text[from : from+int(tint.size)]})
			from += int(tint.size)
		}
		at = found.after
	}
	for line := range strings.Lines(src) {
		take(c.add(strings.TrimSuffix(line, "\n")))
	}
	take(c.cut())
	return coalesce(tokens)
}

// coalesce joins what has one type, and takes newlines out: where a lexer puts
// them makes no difference to the eye. A number is one, though chroma's library
// of expressions takes [^\W\d] for digits, too.
func coalesce(tokens []chroma.Token) (out []chroma.Token) {
	for _, t := range tokens {
		if t.Type == chroma.Name && strings.Trim(t.Value, "0123456789") == "" {
			t.Type = chroma.LiteralNumberInteger
		}
		t.Value = strings.ReplaceAll(t.Value, "\n", "")
		if n := len(out); n > 0 && out[n-1].Type == t.Type {
			out[n-1].Value += t.Value
		} else if t.Value != "" {
			out = append(out, t)
		}
	}
	return out
}

func TestCode_LineByLineIsTheWhole(t *testing.T) {
	programs := map[string]string{
		"java":  "/** Doc\n * of it. */\nclass A {\n  String s = \"/* no */\"; // not /* this\n  int x = 1; /* b */ int y = /* c\n*/ 2;\n}\n",
		"c":     "#include <a.h>\n#define X \\\n  1\n/* a\n b */ int main(void) { return X; }\n",
		"rust":  "fn main() {\n    let s = r#\"raw\n    text\"#;\n    /* a\n       b */\n    println!(\"{}\", s);\n}\n",
		"html":  "<!-- a\nb -->\n<p class=\"x\">text\n<script>\nlet a = 1;\n</script></p>\n",
		"css":   "/* a\n b */\na:hover {\n  color: #fff;\n}\n",
		"yaml":  "a:\n  - b: \"c\" # note\n    d: [1, true]\ne: 1\n",
		"sql":   "SELECT a, 'it''s' -- note\nFROM b\nWHERE c = 1;\n",
		"ruby":  "def a\n  x = <<~T\n    text\n  T\n  \"#{x}\"\nend\n",
		"diff":  "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n",
		"toml":  "[a]\nb = \"c\"\nd = \"\"\"\ntext\n\"\"\"\n",
		"swift": "let a = \"\\(b)\"\n/* c\n*/\nfunc d() -> Int { 1 }\n",
	}
	for _, lang := range []string{"go", "python", "bash", "ts", "json"} {
		programs[lang] = program(lang)
	}
	for sample := range strings.SplitSeq(spanningSamples(t), "== ") {
		if lang, src, ok := strings.Cut(sample, "\n"); ok {
			programs[lang] += src
		}
	}
	for lang, src := range programs {
		whole, err := lexers.Get(lang).Tokenise(nil, src)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(coalesce(whole.Tokens()), tokensOf(t, lang, src)); diff != "" {
			t.Errorf("%s:\n%s", lang, diff)
		}
	}
}

// spanningSamples is programs with all that may span lines.
func spanningSamples(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("testdata/spanning.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(string(b), "== ")
}

func TestCode_TextBlocksOfYAMLAreText(t *testing.T) {
	for src, want := range map[string]string{
		"a: |\n  b: c\n  - d\ne: f\n":                    "  b: c  - d",
		"a: >-\n  b\n\n  c # d\n# note\ne: f\n":          "  b  c # d",
		"- run: |2 # note\n    echo \"$A\"\n  with: x\n": "    echo \"$A\"",
		"- |\n  text\n- b\n":                             "  text",
		"- - a: |+\n      text\n    b: c\n":              "      text",
		"a: b |\n  c: d\ne: |x\n  f: g\n|\n  h: i\nj:\n": "",
	} {
		var got []string
		for _, token := range tokensOf(t, "yaml", src) {
			if token.Type == chroma.LiteralStringDoc {
				got = append(got, token.Value)
			}
		}
		if got := strings.Join(got, ""); got != want {
			t.Errorf("%q: %q is text, want %q", src, got, want)
		}
	}
}

func TestCode_EndsWhereChromaDoesNot(t *testing.T) {
	for _, lang := range []string{"jsonata", "jungle", "po"} {
		src := "po **linear**\n\n\tb: c\n\"x\n'y' <z> {{ 1 }}\n/*\n$b `c` \\\n\n" + program("go")
		got := words("```"+lang+"\n"+src+"```", 200)
		if !strings.Contains(got, "return nil") {
			t.Errorf("%s: %q", lang, got)
		}
	}
}

func TestCode_StaysAsItIsWhileItGrows(t *testing.T) {
	for _, lang := range []string{"go", "python", "bash", "ts", "json", "html"} {
		src := "```" + lang + "\n" + program(lang) + "```\n"
		streamed(t, New(dark()), src, 30, sized(1)) // checks that finished lines stay
		s := New(dark()).Stream(30)
		half := src[:strings.LastIndex(src[:len(src)/2], "\n")+1]
		s.Append(half)
		s.Lines()
		if want := strings.Count(half, "\n") / 2; s.Finished() < want {
			t.Errorf("%s: %d lines are finished of %d", lang, s.Finished(), want)
		}
	}
}

func TestCode_ShowsEveryCharacterOfLongLines(t *testing.T) {
	line := "x := \"" + strings.Repeat("0123456789", 12) + "\" // 日本語 and\tmore"
	for _, width := range []int{12, 13, 20, 37, 80} {
		var got strings.Builder
		lines := New(dark()).Render("```go\n"+line+"\n```", width)[1:]
		for i, l := range lines {
			s := ansi.Strip(l)
			if prefix := "   "; i == 0 {
				s = strings.TrimPrefix(s, prefix)
			} else if !strings.HasPrefix(s, wrapMark) {
				t.Errorf("at %d a line continues without a mark: %q", width, s)
			}
			got.WriteString(strings.TrimPrefix(s, wrapMark))
		}
		clean := strings.NewReplacer(" ", "", "\t", "")
		if clean.Replace(got.String()) != clean.Replace(line) {
			t.Errorf("at %d: %q", width, got.String())
		}
	}
}

func TestCode_ExpandsTabsToStops(t *testing.T) {
	got := words("```go\n\ta\tb\nab\tc\n日\td\n```", 40)
	if want := " 1 │ go\n       a   b\n   ab  c\n   日  d"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCode_HugeLinesAndBlocksArePlain(t *testing.T) {
	r := New(dark())
	long := r.Render("```go\nfunc a() {}\n// "+strings.Repeat("x", maxCodeLine)+"\nfunc b() {}\n```", 80)
	if plain := styledLine(piece{r.looks.text, "   func b() {}"}); slices.Contains(long, plain) || len(long) < 50 {
		t.Error("what follows a huge line is not coloured")
	}
	c := r.newCode("go", 1, 80)
	c.cutter.total = maxCode
	c.add("func a() {}")
	if got := c.lines[len(c.lines)-1]; strings.Count(got, "\x1b") > 2 {
		t.Errorf("beyond the limit it is coloured: %q", got)
	}
}

func TestCode_OpenCommentIsShownWhileItIsOpen(t *testing.T) {
	s := New(dark()).Stream(40)
	s.Append("```go\n/* a\nb\nstill")
	got := ansi.Strip(strings.Join(s.Lines(), "\n"))
	if want := " 1 │ go\n   /* a\n   b\n   still"; got != want {
		t.Errorf("got %q", got)
	}
	if s.Finished() != 1 {
		t.Errorf("%d lines are finished, but how the comment ends is not known", s.Finished())
	}
	s.Append("```")
	if got := ansi.Strip(strings.Join(s.Lines(), "\n")); !strings.HasSuffix(got, "still```") {
		t.Errorf("backticks in a line of code: %q", got)
	}
}

func TestCode_ClosingFenceDoesNotFlash(t *testing.T) {
	s := New(dark()).Stream(40)
	s.Append("```\na\n``")
	if got := ansi.Strip(strings.Join(s.Lines(), "\n")); got != " 1 │ text\n   a" {
		t.Errorf("got %q", got)
	}
	s.Append("`\n")
	if got := ansi.Strip(strings.Join(s.Lines(), "\n")); got != " 1 │ text\n   a" {
		t.Errorf("got %q", got)
	}
}

func TestCode_EndlessCommentIsGivenOutInParts(t *testing.T) {
	s := New(dark()).Stream(40)
	s.Append("```go\n/*" + strings.Repeat("a line of it\n", 3*maxPiece/13))
	s.Lines()
	if s.Finished() < maxPiece/13 {
		t.Errorf("only %d lines are finished", s.Finished())
	}
}
