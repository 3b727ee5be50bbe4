package demo

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

const (
	big  = "openai/gpt-oss-120b"
	qwen = "qwen/qwen3.8-27b"
)

// refusal is a row of what is refused and in which words.
type refusal struct {
	name, body string
	message    string
	param      string
	code       string
}

func refused(t *testing.T, base string, status int, rows []refusal) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			r := chat(t, base, row.body)
			var got envelope
			if err := json.Unmarshal([]byte(r.body), &got); err != nil || got.Error == nil {
				t.Fatalf("status %d, not an error: %s", r.status, r.body)
			}
			if r.status != status || got.Error.Message != row.message {
				t.Errorf("got %d %q\nwant %d %q", r.status, got.Error.Message, status, row.message)
			}
			if got.Error.Type != invalidRequest || got.Error.Param != row.param || got.Error.Code != row.code {
				t.Errorf("type, param, code = %q, %q, %q", got.Error.Type, got.Error.Param, got.Error.Code)
			}
		})
	}
}

func with(model, property string) string { return ask(model, "hi", property) }

func messages(model, list string) string { return `{"model":"` + model + `","messages":` + list + `}` }

func TestRequest_RefusesUnknownAndUnsupportedProperties(t *testing.T) {
	refused(t, serve(t, Options{Pace: -1}), http.StatusBadRequest, []refusal{
		{name: "unknown property", body: with(big, `"chat_template_kwargs":{}`), message: "property 'chat_template_kwargs' is unsupported"},
		{name: "top-level reasoning", body: with(big, `"reasoning":{}`), message: "property 'reasoning' is unsupported"},
		{
			name: "other spelling", body: with(big, `"maxTokens":1`),
			message: "property 'maxTokens' is unsupported, did you mean 'max_tokens'?",
		},
		{name: "first of two", body: with(big, `"zeta":1,"alpha":2`), message: "property 'zeta' is unsupported"},
		{name: "store", body: with(big, `"store":true`), message: "property 'store' is unsupported"},
		{name: "two answers", body: with(big, `"n":2`), message: "'n' : number must be at most 1"},
		{name: "no answer", body: with(big, `"n":0`), message: "'n' : number must be at least 1"},
		{name: "logprobs", body: with(big, `"logprobs":true`), message: "`logprobs` is not supported with this model", param: "logprobs"},
		{
			name: "top_logprobs", body: with(big, `"top_logprobs":2`),
			message: "`top_logprobs` is not supported with this model", param: "top_logprobs",
		},
		{
			name: "logit_bias", body: with(big, `"logit_bias":{"1":1}`),
			message: "`logit_bias` is not supported with this model", param: "logit_bias",
		},
	})
}

func TestRequest_RefusesReasoningThatTheModelHasNot(t *testing.T) {
	refused(t, serve(t, Options{Pace: -1}), http.StatusBadRequest, []refusal{
		{
			name: "effort none on gpt-oss", body: with(big, `"reasoning_effort":"none"`),
			message: "`reasoning_effort` must be one of `low`, `medium`, or `high`",
		},
		{
			name: "effort xhigh on qwen", body: with(qwen, `"reasoning_effort":"xhigh"`),
			message: "`reasoning_effort` must be one of `none`, `default`, `low`, `medium`, or `high`",
		},
		{
			name: "effort without reasoning", body: with("allam-2-7b", `"reasoning_effort":"low"`),
			message: "`reasoning_effort` is not supported with this model",
		},
		{
			name: "both formats", body: with(big, `"include_reasoning":true,"reasoning_format":"parsed"`),
			message: "cannot specify both 'include_reasoning' and 'reasoning_format'",
		},
		{
			name: "unknown format", body: with(qwen, `"reasoning_format":"xml"`),
			message: "`reasoning_format` must be one of `parsed`, `raw`, or `hidden`",
		},
		{
			name: "raw on gpt-oss", body: with(big, `"reasoning_format":"raw"`),
			message: "`reasoning_format` is not supported with this model",
		},
		{
			name: "raw with tools", body: with(qwen, `"reasoning_format":"raw","tools":[{}]`),
			message: "`reasoning_format` must be one of `parsed` or `hidden` when using tools or JSON mode",
		},
	})
}

func TestRequest_RefusesValuesOutOfRange(t *testing.T) {
	const tooMuch = " must be less than or equal to `16384`, the maximum value for "
	refused(t, serve(t, Options{Pace: -1}), http.StatusBadRequest, []refusal{
		{
			name: "over the model's output", body: with(qwen, `"max_completion_tokens":16385`), param: "max_completion_tokens",
			message: "`max_completion_tokens`" + tooMuch + "`max_completion_tokens` is less than the `context_window` for this model",
		},
		{
			name: "over it by the old name", body: with(qwen, `"max_tokens":16385`), param: "max_tokens",
			message: "`max_tokens`" + tooMuch + "`max_tokens` is less than the `context_window` for this model",
		},
		{name: "no tokens", body: with(big, `"max_completion_tokens":0`), message: "'max_completion_tokens' : number must be at least 1"},
		{name: "five stops", body: with(big, `"stop":["a","b","c","d","e"]`), message: "'stop' : maximum number of items is 4"},
		{name: "empty stop", body: with(big, `"stop":""`), message: "'stop' : minimum length is 1"},
		{name: "too hot", body: with(big, `"temperature":2.1`), message: "'temperature' : number must be at most 2"},
		{name: "too cold", body: with(big, `"temperature":-1`), message: "'temperature' : number must be at least 0"},
		{name: "top_p", body: with(big, `"top_p":1.5`), message: "'top_p' : number must be at most 1"},
		{name: "penalty", body: with(big, `"presence_penalty":-3`), message: "'presence_penalty' : number must be at least -2"},
		{name: "text for a number", body: with(big, `"temperature":"hot"`), message: "'temperature' : value must be a number, but got string"},
		{
			name: "number for a list", body: with(big, `"stop":1`),
			message: "'stop' : value must be an array, but got number",
		},
		{
			name: "json with tools", body: with(big, `"response_format":{"type":"json_object"},"tools":[{}]`),
			message: "json mode cannot be combined with tool/function calling",
		},
		{
			name: "unknown response format", body: with(big, `"response_format":{"type":"yaml"}`),
			message: "'response_format.type' : value must be one of text, json_object, json_schema",
		},
		{
			name: "a schema", body: with(big, `"response_format":{"type":"json_schema"}`), code: "json_validate_failed",
			message: "Failed to validate JSON. Please adjust your prompt. See 'failed_generation' for more details.",
		},
		{
			name: "flex on a free account", body: with(big, `"service_tier":"flex"`), param: "service_tier",
			message: "service_tier `flex` is not available for this organization",
		},
		{name: "no chat model", body: with("whisper-large-v3", `"seed":1`), message: "The model `whisper-large-v3` does not support chat completions"},
		{name: "no model", body: `{"messages":[{"role":"user","content":"hi"}]}`, message: "property 'model' is missing"},
	})
}

func TestRequest_RefusesBodiesThatAreNotObjects(t *testing.T) {
	base := serve(t, Options{Pace: -1})
	for _, body := range []string{"", "{", "[]", "null", `"text"`, `{"model":"x"} trailing`, "\xff"} {
		r := chat(t, base, body)
		if r.status != http.StatusBadRequest || !strings.Contains(r.body, "failed to decode json body") {
			t.Errorf("%q got %d %s", body, r.status, r.body)
		}
	}
}

func TestMessages_AreHeldAgainstTheirRole(t *testing.T) {
	image := func(url string) string { return `{"type":"image_url","image_url":` + url + `}` }
	good := image(`{"url":"data:image/png;base64,AAAA"}`)
	refused(t, serve(t, Options{Pace: -1, Tier: tierOff}), http.StatusBadRequest, []refusal{
		{name: "none", body: messages(big, `[]`), message: "'messages' : minimum number of items is 1"},
		{name: "not sent", body: `{"model":"` + big + `"}`, message: "'messages' : minimum number of items is 1"},
		{name: "no list", body: messages(big, `"hi"`), message: "'messages' : value must be an array, but got string"},
		{name: "no object", body: messages(big, `["hi"]`), message: "'messages.0' : value must be an object"},
		{
			name: "strange role", body: messages(big, `[{"role":"robot","content":"hi"}]`),
			message: "'messages.0' : discriminator property 'role' has invalid value",
		},
		{
			name: "reasoning_content", body: messages(big, `[{"role":"user","content":"a"},{"role":"user","content":"b"},`+
				`{"role":"assistant","content":"c","reasoning_content":"d"}]`),
			message: "'messages.2' : for 'role:assistant' the following must be satisfied[('messages.2' : property 'reasoning_content' is unsupported)]",
		},
		{
			name: "private field", body: messages(big, `[{"role":"user","content":"a","id":"7"}]`),
			message: "'messages.0' : for 'role:user' the following must be satisfied[('messages.0' : property 'id' is unsupported)]",
		},
		{
			name: "name", body: messages(big, `[{"role":"user","content":"a","name":"bob"}]`),
			message: "'messages.0' : for 'role:user' the following must be satisfied[('messages.0' : property 'name' is unsupported)]",
		},
		{
			name: "no content", body: messages(big, `[{"role":"user"}]`),
			message: "'messages.0' : for 'role:user' the following must be satisfied[('messages.0' : property 'content' is missing)]",
		},
		{
			name: "empty content", body: messages(big, `[{"role":"user","content":""}]`),
			message: "'messages.0' : for 'role:user' the following must be satisfied[('messages.0.content' : minimum length is 1)]",
		},
		{
			name: "empty parts", body: messages(big, `[{"role":"user","content":[]}]`),
			message: "'messages.0' : for 'role:user' the following must be satisfied[('messages.0.content' : minimum number of items is 1)]",
		},
		{name: "image to a blind model", body: messages(big, `[{"role":"user","content":[`+good+`]}]`), message: "messages[0].content must be a string"},
		{
			name: "four images", body: messages(qwen, `[{"role":"user","content":[`+strings.Repeat(good+",", 3)+good+`]}]`),
			message: "Too many images provided. This model supports up to 3 images",
		},
		{
			name: "image as text", body: messages(qwen, `[{"role":"user","content":[`+image(`"data:image/png;base64,AAAA"`)+`]}]`),
			message: "'messages.0.content.0.image_url' : value must be an object",
		},
		{
			name: "a document for an image", body: messages(qwen, `[{"role":"user","content":[`+image(`{"url":"data:application/pdf;base64,AAAA"}`)+`]}]`),
			message: "invalid image data",
		},
		{
			name: "a file", body: messages(qwen, `[{"role":"user","content":[{"type":"file"}]}]`),
			message: "'messages.0.content.0' : discriminator property 'type' has invalid value",
		},
	})
}

func TestRequest_AcceptsWhatGroqAccepts(t *testing.T) {
	base := serve(t, Options{Pace: -1, Tier: tierOff})
	for name, body := range map[string]string{
		"everything a chat sends": `{"model":"openai/gpt-oss-120b","messages":[{"role":"system","content":"You are terse."},` +
			`{"role":"user","content":"Name a prime above 90."}],"max_completion_tokens":2048,"temperature":0.7,"top_p":1,` +
			`"stop":["\n\n\n"],"seed":42,"reasoning_effort":"low","include_reasoning":true,"service_tier":"on_demand",` +
			`"stream":false,"stream_options":{"include_usage":true},"user":"u","n":1,"frequency_penalty":0,"presence_penalty":0}`,
		"nulls":           with(big, `"stop":null,"temperature":null,"stream":null,"tools":null,"n":null`),
		"logprobs false":  with(big, `"logprobs":false`),
		"one stop":        with(big, `"stop":"x"`),
		"parsed":          with(big, `"reasoning_format":"parsed"`),
		"nearly zero":     with(big, `"temperature":1e-8`),
		"text parts":      messages(big, `[{"role":"user","content":[{"type":"text","text":"hi"}]}]`),
		"a tool's turn":   messages(big, `[{"role":"user","content":"hi"},{"role":"assistant","tool_calls":[{}]},{"role":"tool","tool_call_id":"1","content":""}]`),
		"three images":    messages(qwen, `[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.org/a.png","detail":"low"}}]}]`),
		"developer":       messages(big, `[{"role":"developer","content":"x"},{"role":"user","content":"hi"}]`),
		"reasoning again": messages(big, `[{"role":"user","content":"a"},{"role":"assistant","content":"b","reasoning":"c"},{"role":"user","content":"d"}]`),
	} {
		if r := chat(t, base, body); r.status != http.StatusOK {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
	}
}

func TestRequest_RefusesWhatPassesTheContext(t *testing.T) {
	body := with("allam-2-7b", `"max_tokens":4096`)
	r := chat(t, serve(t, Options{Pace: -1, Tier: tierOff}), body)
	const want = `{"error":{"message":"Please reduce the length of the messages or completion.","type":"invalid_request_error",` +
		`"param":"messages","code":"context_length_exceeded"}}` + "\n"
	if r.status != http.StatusBadRequest || r.body != want {
		t.Errorf("got %d %s", r.status, r.body)
	}
}

func TestRequest_RefusesTooLargeABody(t *testing.T) {
	r := chat(t, serve(t, Options{Pace: -1, Tier: tierOff}), ask(big, strings.Repeat("x", maxBody)))
	if r.status != http.StatusRequestEntityTooLarge || !strings.Contains(r.body, `"request_too_large"`) {
		t.Errorf("got %d %.200s", r.status, r.body)
	}
}

// FuzzDecode holds that a body is either refused with a 400 that can be sent, or
// understood: then it has a model and messages that are not empty.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(with(big, `"stop":["a"],"n":1`)))
	f.Add([]byte(messages(qwen, `[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png,"}}]}]`)))
	f.Add([]byte(`{"model":"m","messages":[{"role":"assistant","content":null,"tool_calls":[1]}]}`))
	f.Add([]byte(`{"model":null,"messages":{},"stop":""}`))
	f.Add([]byte("[\xff"))
	f.Fuzz(func(t *testing.T, body []byte) {
		req, fail := decode(body)
		if fail != nil {
			if raw, err := json.Marshal(envelope{fail}); fail.status != http.StatusBadRequest || fail.Message == "" || err != nil {
				t.Fatalf("refused with %d %s: %v", fail.status, raw, err)
			}
			return
		}
		if req.Model == "" || len(req.messages) == 0 || len(req.messages) != len(req.Messages) {
			t.Fatalf("accepted %q as %+v", body, req)
		}
		for _, m := range catalogue() {
			if fail := req.check(m, tierFree); fail == nil && req.promptTokens(m) <= 0 {
				t.Fatalf("a prompt of nothing in %q", body)
			}
		}
	})
}
