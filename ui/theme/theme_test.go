package theme

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/alecthomas/chroma/v2"
	"github.com/charmbracelet/colorprofile"
)

// luminance and contrast are those of WCAG 2.2.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	v, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		t.Fatalf("%q: %v", hex, err)
	}
	channel := func(b uint64) float64 {
		c := float64(b&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(v>>16) + 0.7152*channel(v>>8) + 0.0722*channel(v)
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestBuiltin_TextIsReadableOnItsGround(t *testing.T) {
	for _, p := range Builtin() {
		for _, r := range p.TextRoles() {
			if c := contrast(t, r.Color, p.Ground); c < 4.5 {
				t.Errorf("%s: %s has %.2f on the ground, want 4.5", p.Name, r.Name, c)
			}
		}
		for _, hex := range []string{p.Text, p.Dim, p.Accent} {
			if c := contrast(t, hex, p.Selection); c < 4.5 {
				t.Errorf("%s: %s has %.2f on the selection, want 4.5", p.Name, hex, c)
			}
		}
		if c := contrast(t, p.Border, p.Ground); c < 1.5 {
			t.Errorf("%s: the border has %.2f on the ground, nobody sees it", p.Name, c)
		}
	}
}

func TestBuiltin_StepsFromTextToFaint(t *testing.T) {
	for _, p := range Builtin() {
		text, dim, faint := contrast(t, p.Text, p.Ground), contrast(t, p.Dim, p.Ground), contrast(t, p.Faint, p.Ground)
		if !(text > dim && dim > faint) {
			t.Errorf("%s: text %.1f, dim %.1f, faint %.1f: want falling contrast", p.Name, text, dim, faint)
		}
		if dark := luminance(t, p.Ground) < 0.18; dark != p.Dark {
			t.Errorf("%s: Dark is %v, the ground says otherwise", p.Name, p.Dark)
		}
	}
}

func TestBuiltin_IsCompleteAndNamedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Builtin() {
		if err := p.Check(); err != nil {
			t.Error(err)
		}
		if seen[p.Name] {
			t.Errorf("two themes are called %q", p.Name)
		}
		seen[p.Name] = true
		if got, ok := Find(p.Name); !ok || got != p {
			t.Errorf("Find(%q) = %v, %v", p.Name, got, ok)
		}
	}
	if !seen[Default] {
		t.Errorf("the default %q is not among the themes", Default)
	}
	if _, ok := Find("no such theme"); ok {
		t.Error("Find knows a theme that does not exist")
	}
}

func TestCheck_NamesTheTokenThatIsNoColour(t *testing.T) {
	p := Builtin()[0]
	p.Link = "blue"
	err := p.Check()
	if err == nil || !strings.Contains(err.Error(), `link is "blue"`) {
		t.Errorf("got %v", err)
	}
	p.Link = "#12345g"
	if p.Check() == nil {
		t.Error("#12345g passed for a colour")
	}
}

func TestNew_EmitsTrueColourAndAddsNoWidth(t *testing.T) {
	for _, p := range Builtin() {
		s := New(p)
		for name, st := range map[string]lipgloss.Style{
			"Text": s.Text, "Dim": s.Dim, "Faint": s.Faint, "Strong": s.Strong, "Accent": s.Accent, "User": s.User,
			"UserBar": s.UserBar, "Border": s.Border, "Selected": s.Selected, "SelectedDim": s.SelectedDim,
			"Success": s.Success, "Warning": s.Warning, "Danger": s.Danger, "Link": s.Link, "Code": s.Code,
			"Key": s.Key, "Title": s.Title, "Placeholder": s.Placeholder, "Match": s.Match, "Found": s.Found, "FoundNow": s.FoundNow,
		} {
			out := st.Render("word")
			if !strings.Contains(out, "38;2;") {
				t.Errorf("%s %s: no true colour in %q", p.Name, name, out)
			}
			if w := lipgloss.Width(out); w != 4 {
				t.Errorf("%s %s: 4 cells became %d", p.Name, name, w)
			}
		}
	}
}

func TestNew_SurvivesABrokenPalette(t *testing.T) {
	s := New(Palette{Name: "broken", Text: "rouge", Selection: "#zzzzzz"})
	if got := s.Text.Render("x"); got != "x" {
		t.Errorf("a colour came out of nothing: %q", got)
	}
	if got := s.Selected.Render("x"); !strings.Contains(got, "7") {
		t.Errorf("the chosen row cannot be told from the others: %q", got)
	}
	if s.Markdown().Document.Color != nil {
		t.Error("the style sheet has a colour that does not exist")
	}
	if s.Chroma() == nil {
		t.Error("no style for code")
	}
}

func TestMarkdown_HasNoMargins(t *testing.T) {
	sheet := New(Builtin()[0]).Markdown()
	if sheet.Document.Margin != nil || sheet.CodeBlock.Margin != nil || sheet.Document.BlockPrefix != "" {
		t.Errorf("the sheet moves the text: %+v", sheet.Document)
	}
	if sheet.Document.BackgroundColor != nil || sheet.Code.BackgroundColor != nil {
		t.Error("the sheet paints a ground")
	}
}

func TestChroma_ColoursComeFromThePalette(t *testing.T) {
	for _, p := range Builtin() {
		style := New(p).Chroma()
		for token, want := range map[chroma.TokenType]string{
			chroma.Keyword: p.Accent, chroma.LiteralStringDouble: p.Success,
			chroma.CommentSingle: p.Faint, chroma.LiteralNumberInteger: p.Warning, chroma.NameOther: p.Text,
		} {
			if got := style.Get(token).Colour.String(); got != want {
				t.Errorf("%s: %v is %s, want %s", p.Name, token, got, want)
			}
		}
		if style.Get(chroma.Keyword).Background.IsSet() {
			t.Errorf("%s: code paints a ground", p.Name)
		}
	}
}

func TestSheets_AreFoundByName(t *testing.T) {
	for _, name := range []string{"ascii", "dark", "dracula", "light", "notty", "pink", "tokyo-night"} {
		if _, ok := FindSheet(name); !ok {
			t.Errorf("there is no %s", name)
		}
	}
	if _, ok := FindSheet("nonsense"); ok {
		t.Error("a sheet that nobody made was found")
	}
}

func TestReadSheet_SaysWhatIsWrong(t *testing.T) {
	sheet, err := ReadSheet([]byte(`{"h1": {"prefix": "> ", "color": "1"}, "unknown": 1}`))
	if err != nil || sheet.H1.Prefix != "> " || *sheet.H1.Color != "1" {
		t.Errorf("%+v, %v", sheet.H1, err)
	}
	for in, want := range map[string]string{"": "not JSON", "{": "not JSON", `{"h1": {"color": 1}}`: "not a style sheet", "[]": "not a style sheet"} {
		if _, err := ReadSheet([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", in, err, want)
		}
	}
}

func TestWithMarkdown_GivesTheSheetAndItsColorsOfCode(t *testing.T) {
	own := New(Builtin()[0])
	dracula, _ := FindSheet("dracula")
	st := own.WithMarkdown(dracula)
	if got := st.Markdown().H1.Prefix; got != dracula.H1.Prefix {
		t.Errorf("the sheet is not the one given: %q", got)
	}
	if got, want := st.Chroma().Get(chroma.Keyword).Colour.String(), *dracula.CodeBlock.Chroma.Keyword.Color; got != want {
		t.Errorf("keywords are %s, want %s", got, want)
	}
	if own.Markdown().H1.Prefix != "" || own.Chroma().Get(chroma.Keyword) == st.Chroma().Get(chroma.Keyword) {
		t.Error("the styles that it was made of changed")
	}
	named := Sheet{}
	named.CodeBlock.Theme = "monokai"
	if got := own.WithMarkdown(named).Chroma().Name; got != "monokai" {
		t.Errorf("code has the style %q", got)
	}
	if got := own.WithMarkdown(Sheet{}).Chroma().Name; got != own.Palette.Name {
		t.Errorf("without colours of code it has the style %q", got)
	}
}

func TestFor_LeavesTextToTheTerminalWhereColoursAreFew(t *testing.T) {
	for _, p := range Builtin() {
		if got := p.For(colorprofile.TrueColor); got != p {
			t.Errorf("%s in true colour is %+v", p.Name, got)
		}
		for _, profile := range []colorprofile.Profile{colorprofile.ANSI256, colorprofile.ANSI} {
			few := p.For(profile)
			if got := New(few).Text.Render("x") + New(few).User.Render("x"); got != "xx" {
				t.Errorf("%s among few colours: text is %q", p.Name, got)
			}
			if few.Accent != p.Accent || few.Danger != p.Danger {
				t.Errorf("%s among few colours lost what tells things apart: %+v", p.Name, few)
			}
		}
		if got := New(p.For(colorprofile.ANSI)).Selected.Render("x"); !strings.Contains(got, "\x1b[7m") && !strings.Contains(got, ";7") {
			t.Errorf("%s: what is chosen is %q", p.Name, got)
		}
	}
}
