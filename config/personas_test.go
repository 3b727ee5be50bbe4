package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"groqchat/chat"
)

// personaFolder is a folder of files by their names.
func personaFolder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestPersonas_ReadsTheUsersFiles(t *testing.T) {
	dir := personaFolder(t, map[string]string{
		"review.toml": "help = \"reviews code\"\nprompt = \"\"\"\nReview {{language}} in {{ tone }} words.\n\"\"\"\nmodel = \"qwen/qwen3.8-27b\"\ntemperature = 0\nstop = [\"END\"]\n" +
			"[parameters]\ntop_p = 0.5\n[variables]\ntone = \"kind\"\nlanguage = [\"Go\", \"C\"]\n",
		"fast.toml":    "task = \"reasoning\"",
		".hidden.toml": "nonsense",
		"notes.txt":    "nonsense",
	})
	all, odd := Personas(dir)
	if len(odd) > 0 || len(all) != len(chat.Personas())+1 {
		t.Fatalf("%d personas, warnings %v", len(all), odd)
	}
	w, err := chat.FindPersona("review:Go", all)
	if err != nil || w.System() != "Review Go in kind words." || w.Model != "qwen/qwen3.8-27b" || w.Help != "reviews code" || w.Check() != nil {
		t.Errorf("%+v, %v", w, err)
	}
	if p := w.Params; *p.Temperature != 0 || *p.TopP != 0.5 || p.Stop[0] != "END" {
		t.Errorf("parameters %+v", p)
	}
	if v := w.Variables; len(v) != 2 || v[0].Name != "language" || len(v[0].Choices) != 2 || v[1].Default != "kind" {
		t.Errorf("variables %+v", v)
	}
	if w, _ := chat.FindPersona("fast", all); w.Task != chat.TaskReasoning || w.Source == "" {
		t.Errorf("the built-in one was not replaced: %+v", w)
	}
}

func TestPersonas_SkipsBadFilesAndSaysWhere(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"a.toml", "help = \"x\"\npromt = \"y\"", `a.toml:2: "promt" is not a setting of personas; did you mean prompt?`},
		{"a.toml", "prompt = \"\n", "a.toml:1: column"},
		{"a.toml", "\n\ntemperature = 3.5", "a.toml:3: temperature: \"3.5\" is not a number from 0 to 2"},
		{"a.toml", "temperature = \"hot\"", "a.toml:1: temperature: it must be a number"},
		{"a.toml", "[parameters]\ntop_p = 1\ntemprature = 1", "a.toml:3: \"temprature\" is not a setting of personas; did you mean temperature?"},
		{"a.toml", "prompt = 1", "a.toml:1: prompt: it must be a text in quotes"},
		{"a.toml", "model = \"a b\"", "a.toml:1: model: "},
		{"a.toml", "task = \"sing\"", "a.toml:1: task: \"sing\" is none of fast, balanced and reasoning"},
		{"a.toml", "task = \"fast\"\nmodel = \"m\"", "a.toml:1: model and task exclude one another"},
		{"a.toml", "prompt = \"{{a}}\"\n[variables]\na = \"1\"\nb = \"2\"", "a.toml:4: the prompt has no {{b}}"},
		{"a.toml", "prompt = \"{{a}}\"\n[variables]\na = 1", "a.toml:3: variables: a must be a text in quotes"},
		{"a.toml", "variables = 1", "a.toml:1: variables: it must be a table"},
		{"a.toml", "parameters = 1", "a.toml:1: parameters: it must be a table"},
		{"a b.toml", "", "a b.toml: the name of a persona has neither blank nor colon"},
		{"a.toml", strings.Repeat("# long\n", maxFile/7+1), "a.toml: cannot read it: it is larger than 256 KiB"},
	} {
		dir := personaFolder(t, map[string]string{tc.name: tc.text, "good.toml": "prompt = \"p\""})
		all, odd := Personas(dir)
		if len(odd) != 1 || !strings.Contains(odd[0].String(), tc.want) || !strings.HasSuffix(odd[0].Text, "the persona is left out") {
			t.Errorf("%q: warnings %v, want %q", tc.text[:min(40, len(tc.text))], odd, tc.want)
		}
		if _, err := chat.FindPersona("a", all); err == nil {
			t.Errorf("%q: the bad persona is there", tc.text)
		}
		if _, err := chat.FindPersona("good", all); err != nil {
			t.Errorf("the good persona is not there: %v", err)
		}
	}
}

func TestPersonas_OfNoFolderAreTheBuiltIn(t *testing.T) {
	for _, dir := range []string{"", filepath.Join(t.TempDir(), "none")} {
		if all, odd := Personas(dir); len(all) != len(chat.Personas()) || len(odd) > 0 {
			t.Errorf("%q: %d personas, %v", dir, len(all), odd)
		}
	}
}

func TestPersonaStamp_ChangesWithTheFiles(t *testing.T) {
	dir := personaFolder(t, map[string]string{"a.toml": "x"})
	first := PersonaStamp(dir)
	if first == "" || first != PersonaStamp(dir) {
		t.Fatalf("stamp %q, then %q", first, PersonaStamp(dir))
	}
	if err := os.WriteFile(filepath.Join(dir, "a.toml"), []byte("longer"), 0o600); err != nil {
		t.Fatal(err)
	}
	second := PersonaStamp(dir)
	if err := os.Remove(filepath.Join(dir, "a.toml")); err != nil {
		t.Fatal(err)
	}
	if third := PersonaStamp(dir); first == second || second == third {
		t.Errorf("stamps %q, %q, %q", first, second, third)
	}
}

func TestBegin_LetsStrongerSourcesStandOverThePersona(t *testing.T) {
	worn := chat.Worn{Persona: chat.Personas()[1]}.With("language", "Go")
	worn.Model = "of/persona"
	for _, tc := range []struct{ persona, own, model, temperature string }{
		{FromFlag, FromDefault, "of/persona", "0.2"},
		{FromFlag, FromFile, "of/persona", "0.2"},
		{FromFlag, FromEnv, "of/persona", "0.2"},
		{FromFlag, FromFlag, "mine", "0.9"},
		{FromFile, FromFile, "mine", "0.9"},
		{FromFile, FromFlag, "mine", "0.9"},
		{FromFile, FromDefault, "of/persona", "0.2"},
	} {
		warm := 0.9
		l := Loaded{Config: Config{Model: "mine", Params: chat.Params{Temperature: &warm}}, Sources: map[string]Source{
			"persona": {Kind: tc.persona}, "model": {Kind: tc.own}, "temperature": {Kind: tc.own},
		}}
		c := l.Begin(worn, chat.Builtin())
		row, _ := chat.FindParameter("temperature")
		if c.Model != tc.model || row.Get(c.Params) != tc.temperature || !strings.Contains(c.System, "Go programmer") || c.Persona != "programming:Go" {
			t.Errorf("persona by %s, model by %s: %+v", tc.persona, tc.own, c)
		}
	}
}
