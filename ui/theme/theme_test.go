package theme

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/alecthomas/chroma/v2"
	"github.com/charmbracelet/colorprofile"
)

// known is the themes whose ground is not the terminal's own.
func known() []Palette {
	return slices.DeleteFunc(Builtin(), func(p Palette) bool { return p.Ground == "" })
}

func number(s string) int {
	n, _ := strconv.Atoi(s) // it is one
	return n
}

// least is the contrast that a theme promises.
func least(p Palette) float64 {
	if strings.HasPrefix(p.Name, "contrast-") {
		return 7
	}
	return 4.5
}

func TestContrast_IsThatOfWCAG(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#ffffff", "#ffffff", 1}, {"#777777", "#ffffff", 4.478}, {"#ff0000", "#000000", 5.252}} {
		if got := Contrast(c.a, c.b); math.Abs(got-c.want) > 0.001 {
			t.Errorf("%s on %s: %.3f, want %.3f", c.a, c.b, got, c.want)
		}
	}
}

func TestBuiltin_TextIsReadableOnItsGround(t *testing.T) {
	for _, p := range known() {
		for _, r := range p.TextRoles() {
			if c := Contrast(r.Color, p.Ground); c < least(p) {
				t.Errorf("%s: %s has %.2f on the ground, want %.1f", p.Name, r.Name, c, least(p))
			}
		}
		for _, hex := range []string{p.Text, p.Dim, p.Accent} {
			if c := Contrast(hex, p.Selection); c < least(p) {
				t.Errorf("%s: %s has %.2f on the selection, want %.1f", p.Name, hex, c, least(p))
			}
		}
		if c := Contrast(p.Border, p.Ground); c < 1.5 {
			t.Errorf("%s: the border has %.2f on the ground, nobody sees it", p.Name, c)
		}
		if c := Contrast(p.Selection, p.Ground); c < 1.14 {
			t.Errorf("%s: the selection has %.2f on the ground, nobody sees it", p.Name, c)
		}
	}
}

// TestBuiltin_CodeIsReadableOnItsGround: whatever kind of token there is.
func TestBuiltin_CodeIsReadableOnItsGround(t *testing.T) {
	for _, p := range known() {
		for kind := range chroma.StandardTypes {
			if kind < 0 {
				continue // not of a text, but of a page
			}
			color := New(p).Tokens().Get(kind).Color
			if c := Contrast(color, p.Ground); c < least(p) {
				t.Errorf("%s: %v is %s, which has %.2f on the ground", p.Name, kind, color, c)
			}
		}
	}
}

func TestBuiltin_MarkdownIsReadableOnItsGround(t *testing.T) {
	for _, p := range known() {
		sheet, err := json.Marshal(New(p).Markdown())
		if err != nil {
			t.Fatal(err)
		}
		for _, color := range regexp.MustCompile(`"color":"([^"]+)"`).FindAllStringSubmatch(string(sheet), -1) {
			if c := Contrast(color[1], p.Ground); c < least(p) && color[1] != p.Border {
				t.Errorf("%s: %s has %.2f on the ground", p.Name, color[1], c)
			}
		}
	}
}

func TestBuiltin_StepsFromTextToFaint(t *testing.T) {
	for _, p := range known() {
		text, dim, faint := Contrast(p.Text, p.Ground), Contrast(p.Dim, p.Ground), Contrast(p.Faint, p.Ground)
		if !(text > dim && dim > faint) {
			t.Errorf("%s: text %.1f, dim %.1f, faint %.1f: want falling contrast", p.Name, text, dim, faint)
		}
		if dark := luminance(p.Ground) < middle; dark != p.Dark {
			t.Errorf("%s: Dark is %v, the ground says otherwise", p.Name, p.Dark)
		}
	}
}

// TestBuiltin_AreTen: for dark and for light grounds, for those who need more
// contrast, and one that assumes no ground.
func TestBuiltin_AreTen(t *testing.T) {
	dark := 0
	for _, p := range known() {
		if p.Dark {
			dark++
		}
	}
	if n := len(Builtin()); n != 10 || dark < 4 || n-1-dark < 4 {
		t.Errorf("%d themes, %d dark and %d light", n, dark, n-1-dark)
	}
	p, ok := Find("terminal")
	if !ok || p.Ground != "" || p.Selection != "" || p.Text != "" {
		t.Errorf("%+v assumes a ground", p)
	}
	for _, r := range p.TextRoles() {
		if r.Color != "" && (!isIndex(r.Color) || number(r.Color) > 15) {
			t.Errorf("terminal: %s is %s, want one of its own colours", r.Name, r.Color)
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
	for c, want := range map[string]bool{"": true, "#0a0B0c": true, "0": true, "255": true, "256": false, "01": false, "-1": false, "#fff": false, "red": false} {
		if got := IsColor(c); got != want {
			t.Errorf("IsColor(%q) = %v", c, got)
		}
	}
}

func TestNew_EmitsTrueColourAndAddsNoWidth(t *testing.T) {
	for _, p := range known() {
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
	for _, p := range known() {
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
	for _, p := range known() {
		if got := p.For(colorprofile.TrueColor); got != p {
			t.Errorf("%s in true colour is %+v", p.Name, got)
		}
		for _, profile := range []colorprofile.Profile{colorprofile.ANSI256, colorprofile.ANSI} {
			few := p.For(profile)
			if got := New(few).Text.Render("x") + New(few).User.Render("x"); got != "xx" {
				t.Errorf("%s among few colours: text is %q", p.Name, got)
			}
			seen := map[string]bool{few.Accent: true, few.Success: true, few.Warning: true, few.Danger: true, few.Link: true}
			if light := profile == colorprofile.ANSI && !few.Dark; !light && (len(seen) != 5 || seen[""]) || len(seen) < 4 {
				t.Errorf("%s among few colours lost what tells things apart: %+v", p.Name, few)
			}
		}
		if got := New(p.For(colorprofile.ANSI)).Selected.Render("x"); !strings.Contains(got, "\x1b[7m") && !strings.Contains(got, ";7") {
			t.Errorf("%s: what is chosen is %q", p.Name, got)
		}
	}
}

// TestFor_SixteenColoursCanBeReadOnALightGround: in many terminals green, yellow and
// cyan cannot, nor can white.
func TestFor_SixteenColoursCanBeReadOnALightGround(t *testing.T) {
	for _, p := range known() {
		if p.Dark || !isHex(p.Ground) {
			continue
		}
		for _, role := range p.For(colorprofile.ANSI).TextRoles() {
			if !strings.Contains(" 0 1 4 5 8", " "+role.Color) && role.Color != "" {
				t.Errorf("%s: %s is %s", p.Name, role.Name, role.Color)
			}
		}
	}
}

// TestFor_Among256ColoursGreyIsGrey, and as bright as it was: the nearest ones have tints.
func TestFor_Among256ColoursGreyIsGrey(t *testing.T) {
	for _, p := range Builtin() {
		few := p.For(colorprofile.ANSI256)
		for name, c := range map[string][2]string{"dim": {p.Dim, few.Dim}, "faint": {p.Faint, few.Faint}} {
			if !isHex(c[0]) || c[1] == c[0] {
				continue
			}
			n, err := strconv.Atoi(c[1])
			if err != nil || n < greyFirst || n > 255 {
				t.Errorf("%s: %s is %q", p.Name, name, c[1])
				continue
			}
			v := greyLeast + greyStep*(n-greyFirst)
			if got := Contrast(fmt.Sprintf("#%02x%02x%02x", v, v, v), p.Ground); got < 4.4 {
				t.Errorf("%s: %s has a contrast of %.1f", p.Name, name, got)
			}
		}
	}
}

func TestFor_WithoutColoursThereAreAttributes(t *testing.T) {
	p := Builtin()[0]
	p.Painted = true
	for _, profile := range []colorprofile.Profile{colorprofile.ASCII, colorprofile.NoTTY} {
		s := New(p.For(profile))
		for name, c := range map[string]struct {
			style lipgloss.Style
			code  string
		}{"dim": {s.Dim, "2"}, "faint": {s.Faint, "2"}, "strong": {s.Strong, "1"}, "chosen": {s.Selected, "1;7"}, "accent": {s.Accent, ""}, "link": {s.Link, "4"}} {
			got, _, _ := strings.Cut(c.style.Render("x"), "x")
			want := ""
			if c.code != "" {
				want = "\x1b[" + c.code + "m"
			}
			if got != want && got != "\x1b[4;4m" { // lipgloss underlines blanks apart
				t.Errorf("%s begins with %q, want %q", name, got, want)
			}
		}
		if got := s.Canvas(); got != (Canvas{}) {
			t.Errorf("the ground is painted: %q", got)
		}
	}
}

func TestTerminal_NamesColoursByNumber(t *testing.T) {
	p, _ := Find("terminal")
	for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI} {
		s := New(p.For(profile))
		if got := s.Danger.Render("x"); !strings.HasPrefix(got, "\x1b[91m") {
			t.Errorf("danger is %q", got)
		}
		if got := s.Tokens().Get(chroma.LiteralStringDouble).Color; got != "2" {
			t.Errorf("texts in code have the colour %q", got)
		}
		if got := s.Markdown().LinkText.Color; got == nil || *got != "12" {
			t.Errorf("links have the colour %v", got)
		}
	}
}

func TestWith_TakesWhatIsAColour(t *testing.T) {
	base := Builtin()[0]
	p := base.With(map[string]string{"accent": "#00ff00", "link": "blue", "ground": "#ffffff", "text": "0", "nonsense": "#000000"})
	want := base
	want.Accent, want.Ground, want.Text, want.Dark = "#00ff00", "#ffffff", "0", false
	if p != want {
		t.Errorf("%+v, want %+v", p, want)
	}
	if got := base.With(map[string]string{"accent": "1"}); !got.Dark {
		t.Error("a theme without a ground of its own forgot that of its base")
	}
	if got := TokenNames(); len(got) != 14 || got[0] != "ground" || got[13] != "heading" {
		t.Errorf("tokens are %v", got)
	}
}

func TestLeast_IsTheLowestContrast(t *testing.T) {
	p := Builtin()[0]
	p.Success = "#30343c"
	if c, token := p.Least(); token != "success" || c > 2 {
		t.Errorf("%.1f of %s", c, token)
	}
	p, _ = Find("terminal")
	if c, token := p.Least(); c != 0 || token != "" {
		t.Errorf("nobody knows the contrast of %s, which is not %.1f", token, c)
	}
}

// TestCanvas_PaintsEveryCell: also behind what has a style, and after it.
func TestCanvas_PaintsEveryCell(t *testing.T) {
	p, _ := Find("paper")
	s := New(p)
	if rows := s.Canvas().Rows([]string{"x"}, 9); rows[0] != "x" {
		t.Errorf("painted without a wish: %q", rows[0])
	}
	for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI} {
		q := p
		q.Painted = true
		s = New(q.For(profile))
		rows := s.Canvas().Rows([]string{"", s.Accent.Render("a") + "b" + s.Selected.Render("c") + "d\x1b[me"}, 9)
		for _, row := range rows {
			if w := lipgloss.Width(row); w != 9 {
				t.Errorf("%d cells in %q", w, row)
			}
			for _, part := range strings.Split(row, "\x1b[m")[1:] {
				if part != "" && !strings.HasPrefix(part, s.Canvas().open) {
					t.Errorf("the ground ends within %q", row)
				}
			}
		}
		if s.Cursor() == nil {
			t.Error("the cursor has the terminal's colour on another ground")
		}
	}
}
