package history

import (
	"os"
	"path/filepath"
	"testing"
)

func TestStore_TellsHowFarImportAndSearchAre(t *testing.T) {
	store := Open(t.TempDir())
	path := filepath.Join(t.TempDir(), "two.json")
	text := `[{"messages":[{"role":"user","content":"one"}]},{"messages":[{"role":"user","content":"two"}]}]`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	last, calls := 0, 0
	report, err := store.ImportTelling(t.Context(), path, func(read, all int) {
		if read < last || read > all || all != len(text) {
			t.Errorf("%d after %d of %d", read, last, all)
		}
		last, calls = read, calls+1
	})
	if err != nil || len(report.Imported) == 0 || calls < 2 || last == 0 {
		t.Fatalf("%d imported, told %d times up to %d: %v", len(report.Imported), calls, last, err)
	}
	looked := 0
	err = store.SearchTelling(t.Context(), "two", func(Hit) {}, func(done, all int) {
		if looked++; done != looked || all != len(report.Imported) {
			t.Errorf("%d of %d after %d", done, all, looked)
		}
	})
	if err != nil || looked != len(report.Imported) {
		t.Errorf("%d sessions were looked at: %v", looked, err)
	}
}
