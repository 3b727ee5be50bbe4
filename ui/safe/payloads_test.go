package safe

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// payload is a text that tries to be more than text.
type payload struct{ name, text string }

// payloads reads testdata/payloads.txt, which the tests of the screen use too.
func payloads(t testing.TB) []payload {
	t.Helper()
	raw, err := os.ReadFile("testdata/payloads.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []payload
	for line := range strings.Lines(string(raw)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		name, err := strconv.QuotedPrefix(line)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		p := payload{}
		p.name, _ = strconv.Unquote(name)
		if p.text, err = strconv.Unquote(strings.TrimSpace(line[len(name):])); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		all = append(all, p)
	}
	return all
}
