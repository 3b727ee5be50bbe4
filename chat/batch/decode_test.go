package batch_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"groqchat/chat"
	"groqchat/chat/batch"
)

func decoded(t *testing.T, in batch.Input, raw string) []batch.Item {
	t.Helper()
	items, err := in.Decode([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return items
}

// shown is items as ids and questions.
func shown(items []batch.Item) (all []string) {
	for _, item := range items {
		all = append(all, item.ID+": "+item.Prompt)
	}
	return all
}

func TestDecode_TellsTheForms(t *testing.T) {
	const request = `{"custom_id":"r-1","method":"POST","url":"/v1/chat/completions","body":{"model":"x","messages":[{"role":"user","content":"why?"}]}}`
	for _, c := range []struct {
		name     string
		in       batch.Input
		raw      string
		expected []string
	}{
		{"lines", batch.Input{Name: "a.txt"}, "\ufeffone\r\n\n  two  \nthree", []string{"line-1: one", "line-3: two", "line-4: three"}},
		{"lines in a template", batch.Input{Template: "Say {prompt} {{twice}}"}, "one", []string{"line-1: Say one {twice}"}},
		{"JSON in lines", batch.Input{Name: "a.txt"}, `{"prompt":"one"}`, []string{`line-1: {"prompt":"one"}`}},
		{"prompts", batch.Input{Name: "a.jsonl"}, `{"prompt":"one","id":"a"}` + "\n" + `"two"`, []string{"a: one", "line-2: two"}},
		{"prompts without a name", batch.Input{}, `{"prompt":"one"}`, []string{"line-1: one"}},
		{"messages", batch.Input{Name: "a.jsonl"}, `{"messages":[{"role":"user","content":[{"type":"text","text":"one"}]}]}`, []string{"line-1: one"}},
		{"fields in a template", batch.Input{Name: "a.jsonl", Template: "{a} and {b c}"}, `{"a":"x","b c":7}`, []string{"line-1: x and 7"}},
		{"requests", batch.Input{Name: "a.jsonl"}, request, []string{"r-1: why?"}},
		{"requests without a name", batch.Input{}, request, []string{"r-1: why?"}},
		{"table", batch.Input{Name: "a.csv", Template: "{q}?"}, "id,q\nx,\"a, b\"\ny,\"two\nlines\"\n", []string{"x: a, b?", "y: two\nlines?"}},
		{"table with prompts", batch.Input{Name: "a.csv"}, "n;prompt\n1;one", []string{"line-2: one"}},
		{"table with tabs", batch.Input{Name: "a.tsv", Template: "{q}"}, "q\tr\na, b\tc", []string{"line-2: a, b"}},
		{"JSON in a template", batch.Input{Name: "a.csv", Template: `{"x": "{q}"} { y`}, "q\na", []string{`line-2: {"x": "a"} { y`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.expected, shown(decoded(t, c.in, c.raw))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDecode_LaysWhatALineSaysOverTheRest(t *testing.T) {
	cold, hot := 0.1, 1.5
	in := batch.Input{
		Name: "a.jsonl", Model: "m", System: "be kind", Params: chat.Params{Temperature: &cold, ReasoningEffort: "low"},
		Files: []chat.Attachment{{Name: "f", Text: "x"}},
	}
	items := decoded(t, in, `{"messages":[{"role":"system","content":"be brief"},{"role":"user","content":"hi"},{"role":"assistant","content":"ho"},{"role":"user","content":"he"}],"temperature":1.5,"stop":["a,b"],"max_tokens":9,"model":"n"}
{"prompt":"plain"}`)
	want := chat.Request{
		Model: "n", System: "be brief", Params: chat.Params{Temperature: &hot, ReasoningEffort: "low", Stop: []string{"a,b"}, MaxCompletionTokens: 9},
		Messages: []chat.Message{
			{Role: chat.User, Content: "hi"},
			{Role: chat.Assistant, Content: "ho"},
			{Role: chat.User, Content: "he", Attachments: in.Files},
		},
	}
	if diff := cmp.Diff(want, items[0].Request); diff != "" {
		t.Error(diff)
	}
	want = chat.Request{
		Model: "m", System: "be kind", Params: in.Params,
		Messages: []chat.Message{{Role: chat.User, Content: "plain", Attachments: in.Files}},
	}
	if diff := cmp.Diff(want, items[1].Request); diff != "" {
		t.Error(diff)
	}
}

func TestDecode_SaysWhatIsWrongAndWhere(t *testing.T) {
	request := func(body string) string { return `{"custom_id":"a","body":` + body + `}` }
	for _, c := range []struct {
		in        batch.Input
		raw, said string
		line      int
	}{
		{batch.Input{}, "\n \n", "no question", 0},
		{batch.Input{}, "fine\nbad \xff\n", "UTF-8", 2},
		{batch.Input{Form: "yaml"}, "x", `no form "yaml"`, 0},
		{batch.Input{Name: "a.jsonl"}, `{"prompt":"a"}` + "\n" + `{"prompt":`, "not valid JSON", 2},
		{batch.Input{Name: "a.jsonl"}, `{"promt":"a"}`, `did you mean "prompt"`, 1},
		{batch.Input{Name: "a.jsonl"}, `{"prompt":"a"} {"prompt":"b"}`, "something follows", 1},
		{batch.Input{Name: "a.jsonl"}, `{"prompt":"a","temperature":7}`, "from 0 to 2", 1},
		{batch.Input{Name: "a.jsonl"}, `{"id":"a"}`, "--template", 1},
		{batch.Input{Name: "a.jsonl"}, `{"id":"a","prompt":"x"}` + "\n" + `{"id":"a","prompt":"y"}`, "that of line 1", 2},
		{batch.Input{Name: "a.jsonl"}, `{"messages":[{"role":"tool","content":"x"}]}`, `role "tool"`, 1},
		{batch.Input{Name: "a.jsonl"}, `{"messages":[{"role":"system","content":"x"}]}`, "without a question", 1},
		{batch.Input{Name: "a.csv", Template: "{questoin}"}, "question\nx", "did you mean {question}", 2},
		{batch.Input{Name: "a.csv"}, "a,b\n1,2", "--template", 2},
		{batch.Input{Name: "a.csv", Template: "{a}"}, "a,b\n1,2\n3", "number of columns", 3},
		{batch.Input{Name: "a.csv", Template: "{a}"}, "a\n\"x", "row of a table", 2},
		{batch.Input{Name: "a.csv", Template: "{a}"}, "a,b\n,2", "empty", 2},
		{batch.Input{Form: batch.OpenAI}, `{"body":{}}`, "custom_id", 1},
		{batch.Input{Form: batch.OpenAI}, `{"custom_id":"a"}`, "body", 1},
		{batch.Input{Form: batch.OpenAI}, request(`{"model":"x"}`), "messages", 1},
		{batch.Input{Form: batch.OpenAI}, request(`{"messages":[{"role":"user","content":"x"}],"tools":[]}`), "--remote", 1},
		{batch.Input{Form: batch.OpenAI}, request(`{"messages":[{"role":"user","content":[{"type":"image_url"}]}]}`), "--remote", 1},
		{batch.Input{Form: batch.OpenAI}, `{"custom_id":"a","method":"GET","body":{}}`, "POST", 1},
	} {
		_, err := c.in.Decode([]byte(c.raw))
		var at *batch.LineError
		line := 0
		if errors.As(err, &at) {
			line = at.Line
		}
		if err == nil || !strings.Contains(err.Error(), c.said) || line != c.line {
			t.Errorf("%q: line %d, %v; want line %d and %q", c.raw, line, err, c.line, c.said)
		}
	}
}

func TestDecode_LeavesRemoteRequestsAsTheyAre(t *testing.T) {
	in := batch.Input{Form: batch.OpenAI, Remote: true}
	items := decoded(t, in, `{"custom_id":"a","body": {"model":"x", "messages":[{"role":"user","content":"q"}], "tools":[1]}}`)
	if got, want := string(items[0].Body), `{"model":"x","messages":[{"role":"user","content":"q"}],"tools":[1]}`; got != want {
		t.Errorf("body %s, want %s", got, want)
	}
}

// TestKeys_FollowTheQuestion: what stands around a question does not matter, and
// what shapes its answer does.
func TestKeys_FollowTheQuestion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.StringMatching(`[a-z ]{0,3}[a-z]`), 1, 12).Draw(t, "lines")
		more := rapid.SliceOfN(rapid.StringMatching(`[A-Z]{1,3}`), 0, 5).Draw(t, "more")
		keys := func(in batch.Input, lines []string) map[string]string {
			items, err := in.Decode([]byte(strings.Join(lines, "\n")))
			if err != nil {
				t.Fatal(err)
			}
			of := map[string]string{}
			for _, item := range items {
				of[item.Key] = item.Prompt
			}
			if len(of) != len(items) {
				t.Fatalf("%d keys of %d items", len(of), len(items))
			}
			return of
		}
		before := keys(batch.Input{Model: "m"}, lines)
		after := keys(batch.Input{Model: "m"}, append(more, lines...))
		for key, prompt := range before {
			if after[key] != prompt {
				t.Fatalf("%q has another key when something stands before it", prompt)
			}
		}
		for key := range keys(batch.Input{Model: "m", System: "s"}, lines) {
			if before[key] != "" {
				t.Fatal("another system prompt gave the same key")
			}
		}
	})
}

func TestResult_ComesBack(t *testing.T) {
	r := batch.Result{ID: "a", Line: 3, Prompt: "<q>", Model: "m", Answer: "x\ny", Key: "k", Usage: &batch.Usage{Prompt: 1, Completion: 2}}
	line, err := r.JSON()
	if err != nil || !strings.HasPrefix(string(line), `{"id":`) || strings.Count(string(line), "\n") != 1 {
		t.Fatalf("%q, %v", line, err)
	}
	got, err := batch.ParseResult(line)
	if diff := cmp.Diff(r, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
	for _, other := range []string{"", "{}", "null", "[1]", `{"id":"a"}`, "hello"} {
		if _, err := batch.ParseResult([]byte(other)); err == nil {
			t.Errorf("%q was taken for a result", other)
		}
	}
}

func TestEstimate_KnowsLimitsAndPrices(t *testing.T) {
	items := questions(t, 1200, chat.DefaultModel)
	longest := func(chat.Request) int { return 2048 }
	e := batch.NewEstimate(items, nil, chat.Builtin(), longest)
	free, paid := batch.Plans()[0], batch.Plans()[1]
	if e.Answers != 1200*400 || e.Most != 1200*2048 || !e.Priced || e.USD <= 0 || e.USDMost <= e.USD {
		t.Errorf("estimate %+v", e)
	}
	if e.Takes(free) < 60*e.Takes(paid)/10 || e.Days(free) != 3 || e.Days(paid) != 1 {
		t.Errorf("takes %v and %v, %d and %d days", e.Takes(free), e.Takes(paid), e.Days(free), e.Days(paid))
	}
	earlier := []batch.Result{{Usage: &batch.Usage{Completion: 100}}, {Usage: &batch.Usage{Completion: 50}}, {Error: &batch.Failure{}}}
	if e := batch.NewEstimate(items, earlier, chat.Builtin(), longest); e.Each != 75 {
		t.Errorf("%d tokens each, want 75", e.Each)
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"one\ntwo", `{"prompt":"x"}`, `"x"`, "a,b\n1,2", `{"custom_id":"a","body":{"messages":[{"role":"user","content":"x"}]}}`,
		`{"messages":[]}`, "\ufeff", "a\tb\n\"", "{a} {{ }}", `{"stop":[",",null]}`,
	} {
		for i := range batch.Forms() {
			f.Add([]byte(seed), i, "{a}")
			f.Add([]byte(seed), i, "")
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte, form int, template string) {
		forms := batch.Forms()
		in := batch.Input{Form: batch.Form(forms[uint(form)%uint(len(forms))]), Template: template, Model: "m", Remote: form < 0}
		items, err := in.Decode(raw)
		if err != nil {
			if items != nil || err.Error() == "" {
				t.Fatalf("items with an error, or one without words: %v", err)
			}
			return
		}
		ids, keys := map[string]bool{}, map[string]bool{}
		for i, item := range items {
			if ids[item.ID] || keys[item.Key] || item.ID == "" || i > 0 && item.Line <= items[i-1].Line {
				t.Fatalf("item %d of %d: %+v", i, len(items), item)
			}
			if item.Body == nil && (len(item.Request.Messages) == 0 || item.Request.Model == "") {
				t.Fatalf("nothing to send: %+v", item)
			}
			ids[item.ID], keys[item.Key] = true, true
		}
		if len(items) == 0 {
			t.Fatal("no items and no error")
		}
		again, err := in.Decode(raw)
		if err != nil || fmt.Sprint(again) != fmt.Sprint(items) {
			t.Fatal("decoded twice, it is something else")
		}
	})
}
