package config_test

import (
	"strings"
	"testing"

	"groqchat/config"
)

func TestHoldsKey_KnowsOurOwnAndTheFormOfGroqs(t *testing.T) {
	local := config.Config{Key: config.NewSecret("local-secret-1")}
	for _, c := range []struct {
		c    config.Config
		text string
		want bool
	}{
		{config.Config{}, "export GROQ_API_KEY=gsk_" + strings.Repeat("aB3", 17), true},
		{config.Config{}, "keys begin with gsk_, as gsk_test does", false},
		{config.Config{}, "why?", false},
		{local, "what is local-secret-1?", true},
		{local, "what is local-secret-2?", false},
		{config.Config{Key: config.NewSecret("ollama")}, "what is ollama?", false},
	} {
		if got := c.c.HoldsKey(c.text); got != c.want {
			t.Errorf("%q: %v", c.text, got)
		}
	}
}
