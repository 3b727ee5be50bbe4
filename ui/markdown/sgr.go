package markdown

import (
	"strings"

	"groqchat/ui/theme"
)

// tokenSGR is the sequence that opens a style of code.
func tokenSGR(t theme.TokenStyle) string {
	var parameters []string
	for i, on := range []bool{t.Bold, t.Faint, t.Italic, t.Underline} {
		if on {
			parameters = append(parameters, codes[i:i+1])
		}
	}
	if c := colorOf(&t.Color, "3"); c != "" {
		parameters = append(parameters, c)
	}
	return open(parameters)
}

func open(codes []string) string {
	if len(codes) == 0 {
		return ""
	}
	return "\x1b[" + strings.Join(codes, ";") + "m"
}
