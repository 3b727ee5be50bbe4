package markdown

import (
	"strings"
	"text/template"

	"charm.land/glamour/v2/ansi"

	"groqchat/ui/safe"
)

// format is what a style sheet makes of a text: "Image: {{.text}} →".
type format struct {
	before, after string             // what stands around the text
	template      *template.Template // of more than that
	set           bool
}

// textField is how a format names the text.
const textField = "{{.text}}"

// newFormat reads a format. What cannot be read is as if it were not there.
func newFormat(s string) format {
	s = fixed(s)
	if s == "" {
		return format{}
	}
	before, after, _ := strings.Cut(s, textField)
	if !strings.Contains(before+after, "{{") {
		return format{before: before, after: after, set: true}
	}
	t, err := template.New("format").Funcs(ansi.TemplateFuncMap).Parse(s)
	if err != nil {
		return format{}
	}
	return format{template: t, set: true}
}

func (f format) empty() bool { return !f.set }

// apply is the text in the format. A format that does not name the text stands
// before it: nothing that was written is lost.
func (f format) apply(text string) string {
	if f.template == nil {
		return f.before + text + f.after
	}
	var b strings.Builder
	if err := f.template.Execute(&b, map[string]string{"text": text}); err != nil {
		return text
	}
	return safe.Text(strings.ReplaceAll(b.String(), "\n", " "))
}
