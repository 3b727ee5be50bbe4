package markdown

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// tokenSGR is the sequence that opens a style of code.
func tokenSGR(e chroma.StyleEntry) string {
	var codes []string
	if e.Bold == chroma.Yes {
		codes = append(codes, "1")
	}
	if e.Italic == chroma.Yes {
		codes = append(codes, "3")
	}
	if e.Underline == chroma.Yes {
		codes = append(codes, "4")
	}
	if e.Colour.IsSet() {
		codes = appendColor(codes, e.Colour.String())
	}
	return open(codes)
}

func open(codes []string) string {
	if len(codes) == 0 {
		return ""
	}
	return "\x1b[" + strings.Join(codes, ";") + "m"
}

// appendColor adds a colour given as "#rrggbb".
func appendColor(codes []string, hex string) []string {
	v, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 24)
	if err != nil {
		return codes
	}
	return append(codes, fmt.Sprintf("38;2;%d;%d;%d", v>>16, v>>8&0xff, v&0xff))
}
