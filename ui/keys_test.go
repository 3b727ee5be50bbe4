package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKeys_TheTableHasNoProblem(t *testing.T) {
	k, problems := newKeymap(defaultKeys(), nil)
	if len(problems) > 0 {
		t.Error(problems)
	}
	seen := map[string]bool{}
	for _, b := range k.rows {
		if seen[b.name] {
			t.Errorf("%s stands twice in the table", b.name)
		}
		seen[b.name] = true
		if b.key.Help().Desc == "" || b.key.Help().Key == "" {
			t.Errorf("%s has no help", b.name)
		}
		for _, name := range b.key.Keys() {
			if slices.Contains(neverBound(), name) {
				t.Errorf("%s is bound to %s, which terminals keep", b.name, name)
			}
		}
		if b.do == nil && b.scope != scopeOverlay && b.scope != scopeFirst {
			t.Errorf("%s does nothing", b.name)
		}
	}
}

func TestKeys_TheUserMayChangeAny(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("x"))
		o.Config.Keys = map[string][]string{"models": {"ctrl+x"}, "sessions": {""}, "next-model": {"f2", "alt+n"}}
		s := open(t, o)
		s.settle()
		s.press("ctrl+o")
		if s.m.over != nil {
			t.Error("the old key still opens the models")
		}
		s.press("ctrl+x")
		s.shows("── Models")
		s.press("esc", "ctrl+s")
		if s.m.over != nil {
			t.Error("an unbound action still has its key")
		}
		s.press("f1", "pgdown", "pgdown")
		s.press("esc", "f1")
		s.shows("ctrl+x")
	})
}

func TestKeys_WhatIsWrongIsReported(t *testing.T) {
	_, problems := newKeymap(defaultKeys(), map[string][]string{
		"modles": {"f9"}, "new": {"ctrl+m"}, "redraw": {"ctrl+z"},
	})
	all := strings.Join(problems, "\n")
	for _, want := range []string{`no action "modles"; did you mean models?`, "ctrl+m never reaches", "ctrl+z is bound to both redraw and suspend"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not reported in:\n%s", want, all)
		}
	}
}

func TestHelp_ListsEveryKeyAndCommand(t *testing.T) {
	s := open(t, options(t, nil))
	rows := plain(helpRows(s.m, 200))
	for _, b := range s.m.keys.rows {
		if b.scope != scopeFirst && !strings.Contains(rows, b.key.Help().Desc) {
			t.Errorf("help lacks %s", b.name)
		}
	}
	for _, c := range s.m.commands {
		if !strings.Contains(rows, "/"+c.name) || c.help == "" {
			t.Errorf("help lacks /%s", c.name)
		}
	}
}

func TestPicker_KeepsTheSelectionOverARefresh(t *testing.T) {
	p := newPicker("t", "")
	row := func(key string) choice { return choice{key: key, match: key, columns: []string{key}} }
	p.set([]choice{row("a"), row("b"), row("c")})
	p.choose("b")
	p.set([]choice{row("new"), row("a"), row("b"), row("c")})
	if p.selected().key != "b" {
		t.Errorf("selected %q", p.selected().key)
	}
	p.move(-3)
	if p.selected().key != "c" {
		t.Errorf("moving up round the end selected %q", p.selected().key)
	}
}

func TestPicker_EveryWordMustMatchInAnyOrder(t *testing.T) {
	p := newPicker("t", "")
	for _, m := range []string{"openai/gpt-oss-120b", "openai/gpt-oss-20b", "qwen/qwen3.8-27b"} {
		p.choices = append(p.choices, choice{key: m, match: m})
	}
	hits := func(filter string) []string {
		p.filter = newLineEditor()
		p.paste(filter)
		var keys []string
		for _, h := range p.hits {
			keys = append(keys, p.all(h).key)
		}
		return keys
	}
	if diff := cmp.Diff([]string{"qwen/qwen3.8-27b"}, hits("27b qwen")); diff != "" {
		t.Error(diff)
	}
	if got := hits("20b gpt"); len(got) == 0 || got[0] != "openai/gpt-oss-20b" {
		t.Errorf("the nearest match is not the first: %v", got)
	}
	if got := hits("gpt qwen"); len(got) != 0 {
		t.Errorf("found %v", got)
	}
	if got := hits(""); len(got) != 3 {
		t.Errorf("without a filter: %v", got)
	}
}
