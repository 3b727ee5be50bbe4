package theme

import (
	"math"
	"strconv"
	"strings"
)

// IsColor reports whether a text is a colour of a palette.
func IsColor(s string) bool { return s == "" || isHex(s) || isIndex(s) }

// inks reports whether a text is a colour that is sent.
func inks(s string) bool { return isHex(s) || isIndex(s) }

func isHex(s string) bool {
	if len(s) != 7 || s[0] != '#' {
		return false
	}
	_, err := strconv.ParseUint(s[1:], 16, 32)
	return err == nil
}

func isIndex(s string) bool {
	n, err := strconv.ParseUint(s, 10, 8)
	return err == nil && strconv.FormatUint(n, 10) == s
}

// Contrast is that of WCAG 2.2 between two colours in the form "#rrggbb", 1 to 21.
func Contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// middle is the luminance that has the same contrast to black and to white.
const middle = 0.179

// luminance is that of WCAG 2.2, 0 to 1.
func luminance(hex string) float64 {
	v, _ := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32) // it is one
	channel := func(b uint64) float64 {
		c := float64(b&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(v>>16) + 0.7152*channel(v>>8) + 0.0722*channel(v)
}
