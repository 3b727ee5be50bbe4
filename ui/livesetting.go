package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"groqchat/config"
)

// liveSettings is the settings that hold at once when they are changed in the chat.
func liveSettings() []config.Setting {
	live := []string{"follow", "width", "code_wrap", "motion", "mouse", "ground", "preflight", "trim", "model_titles"}
	return slices.DeleteFunc(config.Settings(), func(s config.Setting) bool { return !slices.Contains(live, s.Name) })
}

func findLive(name string) (config.Setting, bool) {
	rows := liveSettings()
	i := slices.IndexFunc(rows, func(s config.Setting) bool { return s.Name == name })
	if i < 0 {
		return config.Setting{}, false
	}
	return rows[i], true
}

// settableNames is all that /set takes.
func settableNames() []string {
	names := parameterNames()
	for _, s := range liveSettings() {
		names = append(names, s.Name)
	}
	return names
}

// settingNow is what a setting is, as people say it.
func (m *Model) settingNow(s config.Setting) string {
	return onOff(s, s.Get(m.opts.Config.Config))
}

func onOff(s config.Setting, value string) string {
	switch {
	case s.Kind != "bool":
		return value
	case value == "true":
		return "on"
	}
	return "off"
}

// settingValues is the values that can be listed.
func settingValues(s config.Setting) []string {
	if s.Kind == "bool" {
		return []string{"on", "off"}
	}
	return s.Choices
}

// setLive changes a setting until the end of the program; without a value it tells
// what it is.
func (m *Model) setLive(s config.Setting, value string) tea.Cmd {
	if value == "" {
		return m.notice.say(toneInfo, s.Name+" is "+m.settingNow(s)+": "+s.Help+".")
	}
	if err := s.Set(&m.opts.Config.Config, value); err != nil {
		m.composer.setText("/set " + s.Name + " " + value)
		return m.notice.say(toneWarning, sentence(s.Name+": "+err.Error()))
	}
	if s.Name == "code_wrap" {
		m.transcript.setCode(m.opts.Config.CodeWrap == "scroll", 0)
	}
	return m.notice.say(toneInfo, s.Name+" is "+m.settingNow(s)+" for this run.")
}
