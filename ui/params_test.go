package ui

import (
	"strings"
	"testing"

	"groqchat/chat"
	"groqchat/config"
)

// tuned is the present value of a parameter.
func tuned(s *screen, name string) string {
	row, _ := chat.FindParameter(name)
	return row.Get(s.m.conv.Params)
}

func TestParameters_AreChangedByKeysAndByTyping(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("ok")
		s := open(t, options(t, model))
		s.settle()
		s.press("f7")
		s.shows("── Parameters · gpt-oss-120b", "temperature", "0 to 2", "randomness", "no effect", "1 to 65536")
		s.press("left", "left")
		if got := tuned(s, "temperature"); got != "0.8" {
			t.Errorf("two steps below 1: %s", got)
		}
		s.press("down")
		s.write("1.5")
		s.press("enter")
		s.shows("is not a number from 0 to 1")
		s.press("down") // a problem is not left behind
		s.shows("is not a number from 0 to 1")
		s.press("backspace", "backspace", "backspace")
		s.write("0.5")
		s.press("down")
		s.write("777")
		s.press("enter", "down", "down", "down", "right")
		if got := tuned(s, "reasoning_effort"); got != "high" {
			t.Errorf("one more than medium: %s", got)
		}
		s.press("right")
		if got := tuned(s, "reasoning_effort"); got != "low" {
			t.Errorf("round at the end: %s", got)
		}
		s.press("esc")
		s.write("hi")
		s.press("enter")
		s.settle()
		p := model.asked()[0].Params
		if *p.Temperature != 0.8 || *p.TopP != 0.5 || p.MaxCompletionTokens != 777 || p.ReasoningEffort != "low" {
			t.Errorf("asked with %+v", p)
		}
	})
}

func TestParameters_StayWithinTheirBounds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("ok")))
		s.settle()
		s.press("f7")
		for range 30 {
			s.press("right")
		}
		if got := tuned(s, "temperature"); got != "2" {
			t.Errorf("at the upper end: %s", got)
		}
		for range 30 {
			s.press("left")
		}
		if got := tuned(s, "temperature"); got != "0" {
			t.Errorf("at the lower end: %s", got)
		}
	})
}

func TestParameters_SayWhereTheyComeFromAndAreReset(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("ok"))
		warm := 1.5
		o.Config.Params.Temperature = &warm
		o.Config.Sources["temperature"] = config.Source{Kind: config.FromFile, Detail: "config.toml:1"}
		s := open(t, o)
		s.settle()
		from := func(name string) string {
			row, _ := chat.FindParameter(name)
			return s.m.saidBy(row)
		}
		s.press("f7")
		if from("temperature") != "config" || from("top_p") != "default" {
			t.Errorf("temperature by %s, top_p by %s", from("temperature"), from("top_p"))
		}
		s.press("right", "down", "left")
		if from("temperature") != "session" || from("top_p") != "session" {
			t.Errorf("changed: temperature by %s, top_p by %s", from("temperature"), from("top_p"))
		}
		s.press("up", "delete")
		if tuned(s, "temperature") != "1.5" || tuned(s, "top_p") != "0.95" {
			t.Errorf("one reset: %s, %s", tuned(s, "temperature"), tuned(s, "top_p"))
		}
		s.press("ctrl+r")
		if tuned(s, "temperature") != "1.5" || tuned(s, "top_p") != "" {
			t.Errorf("all reset: %s, %s", tuned(s, "temperature"), tuned(s, "top_p"))
		}
		s.m.wear(chat.Worn{Persona: chat.Personas()[1]}.With("language", "Go"))
		if from("temperature") != "persona" {
			t.Errorf("a persona's: %s", from("temperature"))
		}
	})
}

func TestParameters_BecomeTheDefault(t *testing.T) {
	bubble(t, func(t *testing.T) {
		o := options(t, answer("ok"))
		o.SetDefault = func(setting, value string) error { return config.Write(o.Config.Paths, setting, value) }
		s := open(t, o)
		s.settle()
		s.press("f7", "left", "ctrl+s")
		s.until("it is written", func() bool { return strings.Contains(s.text(), "New sessions have temperature 0.9.") })
		loaded, err := config.Load(config.Input{File: o.Config.Paths.Config})
		if err != nil || loaded.Params.Temperature == nil || *loaded.Params.Temperature != 0.9 {
			t.Errorf("the file has %v, %v", loaded.Params.Temperature, err)
		}
		s.shows("config")
		s.press("ctrl+r", "esc", "ctrl+n")
		s.settle()
		if got := tuned(s, "temperature"); got != "0.9" {
			t.Errorf("the new session has %q", got)
		}
		s.press("f7", "enter", "ctrl+u", "enter", "ctrl+s")
		s.until("it is taken out", func() bool { return strings.Contains(s.text(), "leave temperature to the server") })
		if loaded, _ := config.Load(config.Input{File: o.Config.Paths.Config}); loaded.Params.Temperature != nil {
			t.Errorf("the file has %v", *loaded.Params.Temperature)
		}
	})
}

func TestParameters_SetSaysWhatHasNoEffect(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("ok")))
		s.settle()
		s.write("/set presence_penalty 1")
		s.press("enter")
		s.shows("presence_penalty is 1", "no model of Groq")
		s.write("/set")
		s.press("enter")
		s.shows("── Parameters")
	})
}

// TestSet_ChangesASettingForThisRun, and keeps what was typed where it cannot.
func TestSet_ChangesASettingForThisRun(t *testing.T) {
	s := open(t, options(t, answer("x")))
	s.command("/set follow on")
	s.shows("follow is on for this run.")
	s.command("/set code_wrap scroll")
	s.command("/set motion")
	s.shows("motion is on: let things move")
	if !s.m.opts.Config.Follow || !s.m.transcript.wholeCode {
		t.Errorf("follow %v, whole code %v", s.m.opts.Config.Follow, s.m.transcript.wholeCode)
	}
	s.command("/set width 7")
	s.shows("❯ /set width 7", "! Width:")
	s.press("ctrl+u")
	s.command("/set base_url http://evil")
	s.shows("There is no parameter base_url")
}
