package history_test

import (
	"testing"

	"groqchat/history"
)

func TestFolder_MakesAlikeWhatReadsAlike(t *testing.T) {
	f := history.NewFolder()
	for _, alike := range [][]string{
		{"Éclair", "e\u0301clair", "ECLAIR"},
		{"Straße", "STRASSE"},
		{"ﬁne", "Fine"},
		{"ꭰꮿ", "ᎠᏯ"},
		{"Ångström", "A\u030angstro\u0308m", "angstrom"},
	} {
		want := f.Text(alike[0])
		for _, text := range alike[1:] {
			if got := f.Text(text); got != want {
				t.Errorf("%q becomes %q, and %q %q", alike[0], want, text, got)
			}
		}
	}
	if f.Text("bear") == f.Text("beer") {
		t.Error("what reads otherwise is made alike")
	}
}

func TestHeld_SaysWhoHasTheSession(t *testing.T) {
	for pid, want := range map[int]string{0: "it is open in another groqchat", 42: "it is open in another groqchat (process 42)"} {
		if got := (&history.Held{PID: pid}).Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
