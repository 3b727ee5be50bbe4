package config

import (
	"strings"

	"groqchat/chat"
)

// nearest is the setting whose name, or flag, is most like a word; "" if none is
// like it.
func nearest(word string, settings []Setting) string {
	var names []string
	setting := map[string]string{} // by folded name or flag
	for _, s := range settings {
		for _, name := range []string{folded(s.Name), folded(s.Flag)} {
			names = append(names, name)
			setting[name] = s.Name
		}
	}
	delete(setting, "")
	return setting[chat.Nearest(folded(word), names)]
}

// folded makes baseURL, base-url and BASE_URL one.
func folded(name string) string {
	return strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(name, "-", ""), "_", ""))
}
