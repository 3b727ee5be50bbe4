package ui

import (
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// page437 is the signs of the kernel's own font beside ASCII, but for letters.
const page437 = "☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼¢£¥₧ƒªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀∞∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0"

func TestConsole_SignsAreInItsFontAndAsWide(t *testing.T) {
	pairs := consoleSigns()
	for i := 0; i < len(pairs); i += 2 {
		sign, drawn := pairs[i], pairs[i+1]
		for _, method := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
			if a, b := method.StringWidth(sign), method.StringWidth(drawn); a != b {
				t.Errorf("%q has %d cells, and %q %d", sign, a, drawn, b)
			}
		}
		if r := []rune(drawn); len(r) != 1 || r[0] > unicode.MaxASCII && !strings.ContainsRune(page437, r[0]) {
			t.Errorf("the console has no %q for %q", drawn, sign)
		}
	}
}

// TestConsole_ShowsNothingThatItsFontLacks, whatever is open: but for what others wrote.
func TestConsole_ShowsNothingThatItsFontLacks(t *testing.T) {
	for _, surface := range surfaces() {
		o := options(t, answer("x"))
		o.Env = []string{"TERM=linux"}
		s := &screen{t: t, m: newModel(t.Context(), o)}
		s.feed(tea.WindowSizeMsg{Width: 80, Height: 24})
		surface.set(s)
		s.m.refresh()
		for _, r := range ansi.Strip(s.m.View().Content) {
			if r > unicode.MaxASCII && !unicode.In(r, unicode.L, unicode.M) && r < 0x3000 && !strings.ContainsRune(page437+"❤\u200d\u20e3\u200e␛␇", r) {
				t.Errorf("%s: %q\n%s", surface.name, r, s.text())
				break
			}
		}
	}
}
