package config_test

import (
	"strings"
	"testing"

	"groqchat/config"
)

func TestSetting_WritesTimesShort(t *testing.T) {
	s, _ := config.FindSetting("idle_timeout")
	for given, want := range map[string]string{"1h": "1h", "60": "1m", "90s": "1m30s", "1.5": "1.5s", "3600": "1h"} {
		c := config.Default()
		if err := s.Set(&c, given); err != nil || s.Get(c) != want {
			t.Errorf("%s: %s, %v; want %s", given, s.Get(c), err, want)
		}
	}
}

func TestSetting_ARefusedValueChangesNothing(t *testing.T) {
	for _, s := range config.Settings() {
		tc := samples()[s.Name]
		if tc.bad == "" {
			continue
		}
		c := config.Default()
		if err := s.Set(&c, tc.bad); err == nil || s.Get(c) != s.Default {
			t.Errorf("%s: %v, %q", s.Name, err, s.Get(c))
		}
	}
}

func TestValueError_IsShortWhateverWasGiven(t *testing.T) {
	u := newUser(t)
	u.in.Flags["width"] = strings.Repeat("9", 10_000)
	err := u.refused()
	contains(t, err.Error(), "--width: ", "whole number from 20 to 400")
	if n := len([]rune(err.Error())); n > 400 {
		t.Errorf("%d characters", n)
	}
}

func TestWarning_NamesItsPlace(t *testing.T) {
	for want, w := range map[string]config.Warning{
		"odd":      {Text: "odd"},
		"f: odd":   {File: "f", Text: "odd"},
		"f:3: odd": {File: "f", Line: 3, Text: "odd"},
	} {
		if got := w.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
