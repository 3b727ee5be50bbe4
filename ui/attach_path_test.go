package ui

import (
	"slices"
	"strings"
	"testing"
)

func TestSplitPaths_ReadsWhatShellsAndTerminalsWrite(t *testing.T) {
	for text, want := range map[string][]string{
		"":                                       nil,
		" \t ":                                   nil,
		"/a/b.go":                                {"/a/b.go"},
		"a.go  b.go\nc.go":                       {"a.go", "b.go", "c.go"},
		`/a/my\ notes.md`:                        {"/a/my notes.md"},
		`'/a/my notes.md' "/b/it's.md"`:          {"/a/my notes.md", "/b/it's.md"},
		`"/a/q\"uote" '/a/back\slash'`:           {`/a/q"uote`, `/a/back\slash`},
		"file:///a/my%20notes.md":                {"/a/my notes.md"},
		"file://localhost/a/%E4%B8%96.md":        {"/a/世.md"},
		"file:///C:/Users/x.png":                 {"C:/Users/x.png"},
		"file:///bad%zz":                         {"/bad%zz"},
		`C:\Users\me\x.png`:                      {`C:\Users\me\x.png`},
		`"C:\Program Files\x.png" D:\y.png`:      {`C:\Program Files\x.png`, `D:\y.png`},
		`\\server\share\x.png`:                   {`\server\share\x.png`},
		"''":                                     {""},
		`/a/open\`:                               {`/a/open\`},
		"/a/'x y'/z":                             {"/a/x y/z"},
		"/tmp/don't":                             {"/tmp/dont"},
		"~/notes.md":                             {"~/notes.md"},
		"file:///a/1.png\r\nfile:///a/2.png\r\n": {"/a/1.png", "/a/2.png"},
	} {
		if got := splitPaths(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestDroppedPaths_AreAbsoluteAndNothingElse(t *testing.T) {
	for text, want := range map[string]int{
		"/a/b.go":                              2,
		"/a/my notes.md":                       1, // as a whole: the parts are not all absolute
		`/a/my\ notes.md`:                      2,
		"file:///a.png":                        2,
		"/a.go /b.go":                          2,
		"/a.go\n/b.go":                         1,
		"main.go":                              0,
		"look at /etc/hosts":                   0,
		"":                                     0,
		"https://example.com/":                 0,
		"/a\x00b":                              0,
		"/" + strings.Repeat("x", pathsLength): 0,
	} {
		if got := droppedPaths(text); len(got) != want {
			t.Errorf("%.40q: %q, want %d ways", text, got, want)
		}
	}
}

// FuzzSplitPaths: every text is taken apart, and what is quoted comes back as it was.
func FuzzSplitPaths(f *testing.F) {
	for _, s := range []string{"/a b", `'x`, `"\`, "file://%", `C:\x y`, "a'b'\"c\"", "\\"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		droppedPaths(text)
		for _, p := range splitPaths(text) {
			if len(p) > 3*len(text) {
				t.Errorf("%q gives %q", text, p)
			}
		}
		plain := strings.ToValidUTF8(strings.ReplaceAll(text, "'", ""), "")
		if strings.HasPrefix(plain, "file://") || plain == "" {
			return
		}
		if got := splitPaths("'" + plain + "'"); len(got) != 1 || got[0] != plain {
			t.Errorf("%q in quotes gives %q", plain, got)
		}
	})
}
