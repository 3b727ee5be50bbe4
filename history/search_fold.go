package history

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// folder makes texts alike that read alike: case, accents and the several ways
// of writing one letter in Unicode make no difference any more. It keeps what it
// found out of each letter, and is not for several goroutines.
type folder struct {
	runes []string // what a rune becomes, "" where that is not known yet
	fold  cases.Caser
}

// folded is how many runes are remembered: those that living scripts use.
const folded = 0x10000

func newFolder() *folder { return &folder{runes: make([]string, folded), fold: cases.Fold()} }

// text is a text, folded.
func (f *folder) text(s string) string { return string(f.append(nil, []byte(s), false)) }

// json appends to dst the text of a file, folded and without the escapes of
// JSON. A line of it is a line of the file: the breaks within texts become
// blanks.
func (f *folder) json(dst, raw []byte) []byte { return f.append(dst, raw, true) }

func (f *folder) append(dst, src []byte, escaped bool) []byte {
	for i := 0; i < len(src); {
		dst, i = lowerWords(dst, src, i, escaped)
		if i == len(src) {
			break
		}
		c := src[i]
		switch {
		case c == '\\' && escaped:
			r, size := unescape(src[i:])
			if i += size; r == '\n' {
				r = ' '
			}
			dst = f.appendRune(dst, r)
		case c < utf8.RuneSelf:
			dst = append(dst, lower(c))
			i++
		default:
			r, size := utf8.DecodeRune(src[i:])
			dst = f.appendRune(dst, r)
			i += size
		}
	}
	return dst
}

func (f *folder) appendRune(dst []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		return append(dst, lower(byte(r)))
	}
	return append(dst, f.rune(r)...)
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// lowerWords folds eight bytes at a time up to the first that is no ASCII or, in
// text with escapes, begins one: this loop decides how long a search takes. It
// gives the index of the first byte that is left, which may be one of the last few.
func lowerWords(dst, src []byte, i int, escaped bool) ([]byte, int) {
	const (
		wide       = 8
		ones, tops = 0x0101010101010101, 0x8080808080808080
		afterZ     = (0x7f - 'Z') * ones
		fromA      = (0x80 - 'A') * ones
		slashes    = '\\' * ones
	)
	dst = slices.Grow(dst, len(src)-i)
	out, n := dst[len(dst):cap(dst)], 0
	for ; i+wide <= len(src) && n+wide <= len(out); i, n = i+wide, n+wide {
		x := binary.LittleEndian.Uint64(src[i:])
		capitals := (x + fromA) ^ (x + afterZ)
		binary.LittleEndian.PutUint64(out[n:], x|capitals&tops>>2)
		stop := x & tops
		if escaped {
			slash := x ^ slashes
			stop |= (slash - ones) &^ slash & tops
		}
		if stop != 0 { // what is behind it is written over
			before := bits.TrailingZeros64(stop) / wide
			return dst[:len(dst)+n+before], i + before
		}
	}
	return dst[:len(dst)+n], i
}

// rune is what one letter becomes: folded, taken apart, and without its accents.
func (f *folder) rune(r rune) string {
	switch {
	case accent(r):
		return ""
	case r >= folded:
		return f.apart(r)
	case f.runes[r] == "":
		f.runes[r] = f.apart(r)
	}
	return f.runes[r]
}

// apart folds a letter that was not met yet. Those of Cherokee fold to capitals
// (Unicode's CaseFolding.txt); the library changes them for one another.
func (f *folder) apart(r rune) string {
	if unicode.Is(unicode.Cherokee, r) {
		return string(unicode.ToUpper(r))
	}
	s := norm.NFD.String(f.fold.String(string(r)))
	return strings.Map(func(r rune) rune {
		if accent(r) {
			return -1
		}
		return r
	}, s)
}

// accent reports a combining mark of the European scripts. Those of others, say
// the vowels of Hindi, are no ornament.
func accent(r rune) bool { return r >= 0x300 && r <= 0x36f }

// unescape decodes the escape at the beginning of raw, and its length.
func unescape(raw []byte) (r rune, size int) {
	if len(raw) < 2 {
		return '\\', len(raw)
	}
	switch c := raw[1]; c {
	case 'n', 't', 'r':
		return ' ', 2
	case 'b', 'f':
		return rune(c - 'b' + '\b'), 2
	case 'u':
		return unescapeUnit(raw)
	case '"', '\\', '/':
		return rune(c), 2
	default: // no JSON: a line break stays one
		return '\\', 1
	}
}

// unescapeUnit decodes \uXXXX, or two of them that are one letter.
func unescapeUnit(raw []byte) (rune, int) {
	const size = len(`\uXXXX`)
	unit := func(at int) rune {
		if len(raw) < at+size || raw[at] != '\\' || raw[at+1] != 'u' {
			return utf8.RuneError
		}
		n, err := strconv.ParseUint(string(raw[at+2:at+size]), 16, 16)
		if err != nil {
			return utf8.RuneError
		}
		return rune(n)
	}
	const high, low, end = 0xd800, 0xdc00, 0xe000
	first := unit(0)
	if first == utf8.RuneError {
		return first, min(2, len(raw))
	}
	if first < high || first >= end {
		return first, size
	}
	if second := unit(size); first < low && second >= low && second < end {
		return (first-high)<<10 + (second - low) + 0x10000, 2 * size
	}
	return utf8.RuneError, size
}
