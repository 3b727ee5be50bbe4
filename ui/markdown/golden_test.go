package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"groqchat/ui/theme"
)

func TestRender_LooksAsItDid(t *testing.T) {
	for name, widths := range map[string][]int{"torture": {36, 80, 100}, "code": {44}} {
		src, err := os.ReadFile(filepath.Join("testdata", name+".md"))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range theme.Builtin() {
			for _, width := range widths {
				got := strings.Join(New(theme.New(p)).Render(string(src), width), "\n") + "\n"
				golden(t, fmt.Sprintf("%s-%s-%d.golden", name, p.Name, width), got)
			}
		}
	}
}

// golden compares with a file in testdata, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs; run with -update if it is better now:\n%s", name, diff)
	}
}

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write the golden files")
	flag.Parse()
	os.Exit(m.Run())
}
