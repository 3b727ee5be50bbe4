package markdown

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"charm.land/glamour/v2/ansi"
	xansi "github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"groqchat/ui/theme"
)

func TestSheet_EveryOneShowsTheSameWords(t *testing.T) {
	src := answer(6000, 3) + "\n\n# Ä\n\n> a *b*\n\n- [x] c\n\n![d](e)\n\n***\n"
	sequences := regexp.MustCompile("\x1b\\[[0-9;]*m")
	read := func(st theme.Styles, width int) []string {
		lines := New(st).Render(src, width)
		for _, l := range lines {
			if w := xansi.StringWidthWc(l); w > width {
				t.Errorf("%d cells at %d: %q", w, width, l)
			}
			for _, s := range sequences.FindAllString(l, -1) {
				if strings.Count(s, ";") > 16 {
					t.Errorf("too many parameters: %q", s)
				}
			}
		}
		return spelled(strings.ReplaceAll(xansi.Strip(strings.Join(lines, " ")), "Image:", "image:"))
	}
	// The ticked box of two of them is a letter.
	letters := func(words []string) []string {
		return slices.DeleteFunc(words, func(w string) bool { return w == "x" })
	}
	want := letters(read(dark(), 2000))
	for _, name := range theme.Sheets() {
		if diff := cmp.Diff(want, letters(read(sheeted(t, name), 2000))); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		read(sheeted(t, name), 24)
	}
}

func pointer[T any](v T) *T { return &v }

func TestSheet_IsFollowed(t *testing.T) {
	yes, no := pointer(true), pointer(false)
	style := func(p ansi.StylePrimitive) ansi.StyleBlock { return ansi.StyleBlock{StylePrimitive: p} }
	sheet := ansi.StyleConfig{
		Document:       style(ansi.StylePrimitive{Color: pointer("252"), BlockPrefix: "\n"}),
		Heading:        style(ansi.StylePrimitive{Bold: yes, Color: pointer("4"), BlockSuffix: "\n"}),
		H1:             style(ansi.StylePrimitive{Prefix: " ", Suffix: " ", BackgroundColor: pointer("#abc")}),
		H2:             style(ansi.StylePrimitive{Prefix: "## ", Bold: no, Upper: yes}),
		BlockQuote:     ansi.StyleBlock{StylePrimitive: ansi.StylePrimitive{Italic: yes}, Indent: pointer(uint(2)), IndentToken: pointer("> ")},
		List:           ansi.StyleList{LevelIndent: 4},
		Strong:         ansi.StylePrimitive{BlockPrefix: "**", BlockSuffix: "**", Inverse: yes},
		Emph:           ansi.StylePrimitive{Conceal: yes, Faint: yes, Title: yes},
		Code:           style(ansi.StylePrimitive{Prefix: "<", Suffix: ">", Color: pointer("200")}),
		HorizontalRule: ansi.StylePrimitive{Format: "\n-- {{.text}}-\n"},
		Item:           ansi.StylePrimitive{BlockPrefix: "- ", Color: pointer("9")},
		Enumeration:    ansi.StylePrimitive{BlockPrefix: ") "},
		Task:           ansi.StyleTask{Ticked: "[x] ", Unticked: "[ ] "},
		ImageText:      ansi.StylePrimitive{Format: "{{if .text}}see {{.text}}{{end}}"},
		Table:          ansi.StyleTable{CenterSeparator: pointer("+"), ColumnSeparator: pointer("!"), RowSeparator: pointer("=")},
	}
	st := dark().WithMarkdown(sheet)
	border := "\x1b[38;2;69;76;89m"
	for _, tt := range []struct{ name, in, want string }{
		{"text", "a", "\x1b[38;5;252ma\x1b[m"},
		{"heading with a ground", "# A", "\x1b[1;34;48;2;170;187;204m A \x1b[m"},
		{"heading in capitals", "## ab", "\x1b[34m## AB\x1b[m"},
		{"quote", "> a", border + "> > \x1b[m\x1b[3;38;5;252ma\x1b[m"},
		{"strong", "**a**", "\x1b[38;5;252m**\x1b[m\x1b[7;38;5;252ma\x1b[m\x1b[38;5;252m**\x1b[m"},
		{"nothing is hidden", "*ab cd*", "\x1b[2;38;5;252mAb Cd\x1b[m"},
		{"code", "`a`", "\x1b[38;5;200m<a>\x1b[m"},
		{"rule", "---", "\x1b[38;5;252m-- -\x1b[m"},
		{"item", "- a", "\x1b[91m- \x1b[m\x1b[38;5;252ma\x1b[m"},
		{"number", "1. a", "\x1b[38;5;252m1) \x1b[m\x1b[38;5;252ma\x1b[m"},
		{"task", "- [x] a", "\x1b[38;5;252m[x] \x1b[m\x1b[38;5;252ma\x1b[m"},
		{"image", "![a](#b)", "\x1b[38;5;252msee a\x1b[m"},
		{"table", "|a|b|\n|-|-|", "\x1b[7;38;5;252ma\x1b[m"},
	} {
		got := strings.Join(New(st).Render(tt.in, 40), "\n")
		if got != tt.want && tt.name != "table" || !strings.Contains(got, tt.want) {
			t.Errorf("%s:\n%q, want\n%q", tt.name, got, tt.want)
		}
	}
	plain := func(src string) string { return xansi.Strip(strings.Join(New(st).Render(src, 40), "\n")) }
	if got := plain("|a|b|\n|-|-|\n|c|d|"); got != " a ! b\n===+==\n c ! d" {
		t.Errorf("table:\n%s", got)
	}
	if got := plain("- a\n  - b\n\n12. c\n    - d"); got != "- a\n    - b\n\n12) c\n    - d" {
		t.Errorf("lists are further in:\n%s", got)
	}
}

func TestSheet_ColorsAsTheyAreWritten(t *testing.T) {
	for in, want := range map[string]string{"#102030": "38;2;16;32;48", "#fff": "38;2;255;255;255", "0": "30", "7": "37", "8": "90", "15": "97", "16": "38;5;16", "255": "38;5;255", "256": "", "red": "", "#12": "", "": ""} {
		if got := colorOf(&in, "3"); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	if got := colorOf(pointer("9"), "4"); got != "101" {
		t.Errorf("a bright ground is %q", got)
	}
}

func TestSheet_EdgesOfAGroundAreKept(t *testing.T) {
	for _, width := range []int{7, 8, 40} {
		for _, l := range New(sheeted(t, "dark")).Render("words `code` words `code`", width) {
			if strings.Contains(l, "code") && !strings.Contains(l, " code ") {
				t.Errorf("at %d the ground of code ends with its letters: %q", width, l)
			}
		}
	}
}
