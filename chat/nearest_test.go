package chat

import "testing"

func TestNearest_KnowsSlipsAndLeavesOtherWordsAlone(t *testing.T) {
	commands := []string{"ask", "models", "sessions", "config", "completion", "man", "demo-server", "help"}
	for _, row := range []struct{ word, want string }{
		{"sesions", "sessions"},
		{"session", "sessions"},
		{"Models", "models"},
		{"modles", "models"},
		{"cofnig", "config"},
		{"asks", "ask"},
		{"aks", "ask"},
		{"demoserver", "demo-server"},
		{"hello", ""},
		{"why", ""},
		{"hi", ""},
		{"is", ""},
		{"python", ""},
		{"configuration", ""},
		{"", ""},
	} {
		if got := Nearest(row.word, commands); got != row.want {
			t.Errorf("%q: got %q, want %q", row.word, got, row.want)
		}
	}
}

func TestSlips_CountsAnExchangeOnce(t *testing.T) {
	for _, row := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"ab", "ba", 1}, {"config", "cofnig", 1}, {"kitten", "sitting", 3}, {"naïve", "naive", 1},
	} {
		if got := slips(row.a, row.b); got != row.want {
			t.Errorf("%q, %q: got %d, want %d", row.a, row.b, got, row.want)
		}
		if got := slips(row.b, row.a); got != row.want {
			t.Errorf("%q, %q: got %d, want %d", row.b, row.a, got, row.want)
		}
	}
}
