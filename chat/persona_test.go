package chat

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestFindPersona_ReadsWhatPeopleType(t *testing.T) {
	review := Persona{Name: "review", Prompt: "{{tone}} about {{language}}, {{tone}}"}
	review.Variables = review.Asked()
	all := append(Personas(), review)
	for _, tc := range []struct{ typed, spec, system, err string }{
		{"assistant", "assistant", "You are a helpful assistant.", ""},
		{"Fast ", "fast", "", ""},
		{"programming:go", "programming:go", "experienced go programmer", ""},
		{"programming: C++ 20", "programming:C++ 20", "complete C++ 20 code", ""},
		{"programming language=go", "programming:go", "experienced go programmer", ""},
		{"review language=go tone=very kind", "review tone=very kind language=go", "very kind about go, very kind", ""},
		{"review:kind language=a=b", "review tone=kind language=a=b", "kind about a=b, kind", ""},
		{"review:{{language}}", "review tone={{language}}", "{{language}} about ", ""},
		{"programing:go", "", "", "did you mean programming?"},
		{"nobody", "", "", "there are assistant, programming, fast"},
		{"fast:go", "", "", "has no variable that could be \"go\""},
		{"fast now", "", "", "it has no variables"},
		{"programming go", "", "", "it takes programming:LANGUAGE"},
		{"review kind language=go", "", "", "it takes review tone=TONE language=LANGUAGE"},
		{"", "", "", `there is no persona ""`},
	} {
		w, err := FindPersona(tc.typed, all)
		if tc.err != "" {
			if err == nil || !strings.Contains(err.Error(), tc.err) {
				t.Errorf("%q: error %v, want %q", tc.typed, err, tc.err)
			}
			continue
		}
		if err != nil || w.Spec() != tc.spec || !strings.Contains(w.System(), tc.system) {
			t.Errorf("%q: %q, %q, %v", tc.typed, w.Spec(), w.System(), err)
		}
	}
}

func TestPersona_SpecIsReadBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Persona{Name: "p", Prompt: "{{a}} {{b_c}}"}
		if rapid.Bool().Draw(t, "one") {
			p.Prompt = "{{a}}"
		}
		p.Variables = p.Asked()
		value := rapid.StringMatching(`[^\s=]([^=]{0,10}[^\s=])?`)
		w := Worn{Persona: p}
		for _, v := range p.Variables {
			w = w.With(v.Name, strings.TrimSpace(value.Draw(t, v.Name)))
		}
		got, err := FindPersona(w.Spec(), []Persona{p})
		if err != nil || got.System() != w.System() {
			t.Fatalf("%q: %q, want %q, %v", w.Spec(), got.System(), w.System(), err)
		}
	})
}

func TestPersona_AsksForWhatHasNoValue(t *testing.T) {
	w, err := FindPersona("programming", Personas())
	if err != nil || w.Missing() != "language" || !strings.Contains(w.Check().Error(), "programming:LANGUAGE") {
		t.Errorf("%v, misses %q: %v", err, w.Missing(), w.Check())
	}
	if w = w.With("language", "Go"); w.Check() != nil {
		t.Errorf("with a language: %v", w.Check())
	}
	for _, p := range Personas() {
		w := Worn{Persona: p}
		for _, v := range p.Variables {
			w = w.With(v.Name, "x")
		}
		if p.Help == "" || strings.Contains(w.System(), "{{") {
			t.Errorf("%s: help %q, prompt %q", p.Name, p.Help, w.System())
		}
	}
}

func TestCatalogue_ForATask(t *testing.T) {
	unknown := Catalogue{{ID: "a", Chat: true}, {ID: "b", Chat: true, Speed: 9}}
	for _, tc := range []struct {
		models Catalogue
		task   Task
		want   string
	}{
		{Builtin(), TaskFast, "openai/gpt-oss-20b"},
		{Builtin(), TaskBalanced, DefaultModel},
		{Builtin(), TaskReasoning, DefaultModel},
		{Builtin(), AnyTask, ""},
		{unknown, TaskFast, "b"},
		{unknown, TaskReasoning, "a"},
		{nil, TaskFast, ""},
	} {
		if got := tc.models.For(tc.task); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.task, got, tc.want)
		}
	}
}

func TestPersona_IsPutOnAndTakenOff(t *testing.T) {
	warm, models := 1.0, Builtin()
	base := Conversation{Model: "m", System: "s", Params: Params{Temperature: &warm, MaxCompletionTokens: 9}}
	for _, p := range Personas() {
		w := Worn{Persona: p}.With("language", "Go")
		c := base
		c.PutOn(w, models)
		if c.Persona != w.Spec() || c.System != w.System() || p.Task != AnyTask && c.Model == "m" || c.Params.MaxCompletionTokens != 9 {
			t.Errorf("%s put on: %+v", p.Name, c)
		}
		c.TakeOff(w, base, models)
		if diff := cmp.Diff(base, c, cmp.AllowUnexported(Conversation{}, past{})); diff != "" {
			t.Errorf("%s taken off: %s", p.Name, diff)
		}
	}
}

func TestPersona_LeavesWhatWasChangedSince(t *testing.T) {
	models, base := Builtin(), Conversation{Model: "m"}
	old := Worn{Persona: Personas()[2]}
	now := old
	now.Prompt, now.Params, now.Task = "new", Params{ReasoningEffort: "high"}, TaskReasoning
	c := base
	c.PutOn(old, models)
	untouched := c
	untouched.Rewear(old, now, base, models)
	if untouched.System != "new" || untouched.Model != DefaultModel || untouched.Params.ReasoningEffort != "high" {
		t.Errorf("the new form does not hold: %+v", untouched)
	}
	c.System, c.Model, c.Params.ReasoningEffort = "mine", "mine", "medium"
	c.Rewear(old, now, base, models)
	if c.System != "mine" || c.Model != "mine" || c.Params.ReasoningEffort != "medium" {
		t.Errorf("what the user changed is lost: %+v", c)
	}
	c.TakeOff(now, base, models)
	if c.System != "mine" || c.Model != "mine" || c.Params.ReasoningEffort != "medium" {
		t.Errorf("what the user changed is taken off: %+v", c)
	}
}
