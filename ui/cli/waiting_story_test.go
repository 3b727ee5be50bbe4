//go:build unix

package cli_test

import (
	"encoding/json"
	"os/exec"
	"syscall"
	"testing"

	"groqchat/chat/demo"
)

// TestStory_EndedWhileItWaitsNothingIsLost: however the program ends while a limit
// is waited for, the question is back in the input of the next one.
func TestStory_EndedWhileItWaitsNothingIsLost(t *testing.T) {
	for _, end := range []struct {
		name string
		do   func(*terminal)
	}{
		{"quit", func(x *terminal) { x.press("ctrl+d"); x.exits(0) }},
		{"terminated", func(x *terminal) { x.signal(syscall.SIGTERM); x.exits(143) }},
		{"killed", func(x *terminal) { x.kill() }},
	} {
		t.Run(end.name, func(t *testing.T) {
			t.Parallel()
			u, play := stage(t, demo.Options{Tier: "free"})
			x := u.opens()
			x.waitFor(placeholder)
			play("short")
			x.ask("hello")
			play("429")
			x.typeText("is there room?")
			x.waitFor("❯ is there room?")
			x.press("enter")
			x.waitFor("sending in")
			end.do(x)

			x = u.opens("-c")
			x.waitFor("❯ is there room?")
			x.waitGone("▌ is there room?")
		})
	}
}

// TestStory_WhatWasStoppedIsInTheLedger: tokens that were paid for count, also when
// the server had not told them yet.
func TestStory_WhatWasStoppedIsInTheLedger(t *testing.T) {
	t.Parallel()
	u, _ := holding(t, "the first words")
	x := u.opens()
	x.waitFor(placeholder)
	x.typeText("go on forever")
	x.press("enter")
	x.waitFor("the first words")
	x.press("esc")
	x.waitFor("stopped")
	x.waitFor("about 1 token")
	x.press("ctrl+d")
	x.exits(0)

	var usage struct {
		Total struct {
			Answers, Broken int
			Estimated       bool
			Prompt          int `json:"prompt_tokens"`
			Completion      int `json:"completion_tokens"`
		}
	}
	cmd := exec.Command("groqchat", "usage", "--json")
	cmd.Env, cmd.Dir = u.environ(), u.home
	out, err := cmd.Output()
	if err == nil {
		err = json.Unmarshal(out, &usage)
	}
	if got := usage.Total; err != nil || got.Answers != 1 || got.Broken != 1 || !got.Estimated || got.Prompt == 0 || got.Completion != 1 {
		t.Errorf("%+v, %v\n%s", got, err, out)
	}
}
