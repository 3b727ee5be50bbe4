package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"groqchat/ui/theme"
)

func TestSheet_IsANameOrAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "own.json")
	if err := os.WriteFile(file, []byte(`{"document": {"color": "123"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(t.TempDir(), "bad.json")
	if err := os.WriteFile(bad, []byte(`{"document": [}`), 0o600); err != nil {
		t.Fatal(err)
	}
	dracula, _ := theme.FindSheet("dracula")
	for _, tt := range []struct {
		name, setting, variable string
		color                   string // of the document, "" for the theme's own sheet
		err                     string
	}{
		{name: "nothing"},
		{name: "auto", variable: "auto"},
		{name: "a name", setting: "dracula", color: *dracula.Document.Color},
		{name: "the variable", variable: "dracula", color: *dracula.Document.Color},
		{name: "the setting before the variable", setting: file, variable: "dracula", color: "123"},
		{name: "no file", setting: "nonsense", err: "markdown_style: nonsense: there is no such file; names are ascii, dark"},
		{name: "the variable without a file", variable: "nonsense", err: "GLAMOUR_STYLE: nonsense: there is no such file"},
		{name: "no JSON", setting: bad, err: "not JSON, from byte 15 on"},
		{name: "a folder", setting: t.TempDir(), err: "it is a folder"},
	} {
		a := &app{env: []string{"GLAMOUR_STYLE=" + tt.variable}}
		sheet, err := a.sheet(tt.setting)
		switch {
		case tt.err != "":
			if err == nil || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%s: %v, want %q", tt.name, err, tt.err)
			}
		case err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case sheet == nil != (tt.color == ""):
			t.Errorf("%s: a sheet: %v", tt.name, sheet != nil)
		case sheet != nil && *sheet.Document.Color != tt.color:
			t.Errorf("%s: %s, want %s", tt.name, *sheet.Document.Color, tt.color)
		}
	}
}
