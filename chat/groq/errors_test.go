package groq_test

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"groqchat/chat"
	"groqchat/chat/groq"
)

// said is an error body as Groq writes it.
func said(message, code string) string {
	if code != "" {
		code = fmt.Sprintf(`,"code":%q`, code)
	}
	return fmt.Sprintf(`{"error":{"message":%q,"type":"invalid_request_error"%s}}`, message, code)
}

const upgrade = " Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing"

func limited(text string) string {
	return said("Rate limit reached for model `openai/gpt-oss-120b` in organization `org_01kx0f2m6c` service tier `on_demand` on "+text+upgrade, "rate_limit_exceeded")
}

// refused is one row of the table of refusals.
type refused struct {
	status  int
	body    string
	headers []string
	model   string // "": the default
	kind    chat.Kind
	wait    time.Duration
	says    string
}

// oss is the model of the refusals, where they name one.
const oss = "openai/gpt-oss-120b"

// refusals is everything that servers refuse with, by a name.
func refusals() map[string]refused {
	all := refusedRequests()
	maps.Copy(all, refusedForLimits())
	maps.Copy(all, serverFaults())
	return all
}

func refusedRequests() map[string]refused {
	return map[string]refused{
		"wrong key":     {status: 401, body: said("Invalid API Key", "invalid_api_key"), kind: chat.BadKey, says: "refused the key"},
		"401 elsewhere": {status: 401, body: "Unauthorized", kind: chat.BadKey, says: "refused the key"},
		"model blocked": {
			status: 403, body: said("The model `openai/gpt-oss-120b` is blocked at the project level. Please have a project admin enable this model in the project settings.", "model_permission_blocked_project"),
			kind: chat.Forbidden, says: "blocked at the project level. Please have a project admin",
		},
		"restricted":       {status: 400, body: said("Organization has been restricted. Please reach out to support.", "organization_restricted"), kind: chat.Forbidden, says: "has been restricted. Please reach out to support."},
		"terms":            {status: 400, body: said("The model `x` requires terms acceptance.", "model_terms_required"), kind: chat.Forbidden, says: "terms"},
		"Cloudflare":       {status: 403, body: "error code: 1010", headers: []string{"Content-Type", "text/plain"}, kind: chat.Forbidden, says: "proxy or VPN: error code: 1010"},
		"wrong path":       {status: 404, body: said("Unknown request URL: POST /openai/v1/chat/completion. Please check the URL for typos", "unknown_url"), kind: chat.NotAnAPI, says: "/openai/v1 does not speak this API"},
		"404 page":         {status: 404, body: "<html><title>404</title></html>", kind: chat.NotAnAPI, says: "Check the base URL"},
		"405":              {status: 405, body: "", kind: chat.NotAnAPI, says: "Check the base URL"},
		"no such model":    {status: 404, body: said("The model `made/up` does not exist or you do not have access to it.", "model_not_found"), model: "made/up", kind: chat.UnknownModel, says: "has no model made/up"},
		"model elsewhere":  {status: 404, body: `{"error":"model 'made/up' not found"}`, model: "made/up", kind: chat.UnknownModel, says: "has no model made/up"},
		"retired, by 404":  {status: 404, body: said("The model `llama-3.3-70b-versatile` does not exist or you do not have access to it.", "model_not_found"), model: "llama-3.3-70b-versatile", kind: chat.UnknownModel, says: "shut down on 2026-08-16"},
		"retired, by 400":  {status: 400, body: said("The model `gemma2-9b-it` has been decommissioned and is no longer supported.", "model_decommissioned"), model: "gemma2-9b-it", kind: chat.UnknownModel, says: "was shut down on 2025-10-08"},
		"unknown property": {status: 400, body: said("property 'chat_template_kwargs' is unsupported", ""), kind: chat.Refused, says: "property 'chat_template_kwargs' is unsupported"},
		"validation":       {status: 422, body: `{"detail":"no good"}`, kind: chat.Refused, says: "422 Unprocessable Entity): no good"},
		"window":           {status: 400, body: said("Please reduce the length of the messages or completion.", "context_length_exceeded"), kind: chat.TooLarge, says: "too large for " + oss + ". Shorten"},
	}
}

func refusedForLimits() map[string]refused {
	return map[string]refused{
		"413": {
			status: 413, headers: []string{"Retry-After", "42"}, kind: chat.TooLarge, says: "needs 13,532 tokens, but the limit for " + oss + " is 8,000 per minute",
			body: said("Request too large for model `openai/gpt-oss-120b` in organization `org_1` service tier `on_demand` on tokens per minute (TPM): Limit 8000, Requested 13532, please reduce your message size and try again."+upgrade, "rate_limit_exceeded"),
		},
		"413 of a proxy": {status: 413, body: "<html>too big</html>", kind: chat.TooLarge, says: "too large for " + oss},
		"tokens a minute": {
			status: 429, headers: []string{"Retry-After", "8"}, kind: chat.RateLimited, wait: 8 * time.Second, says: "the limit of 8,000 tokens per minute for " + oss + " is reached. There is room again in 8 s;",
			body: limited("tokens per minute (TPM): Limit 8000, Used 7421, Requested 1600. Please try again in 7.6575s."),
		},
		"the text when it is longer": {
			status: 429, headers: []string{"Retry-After", "1"}, kind: chat.RateLimited, wait: 7657500 * time.Microsecond, says: "again in 8 s;",
			body: limited("tokens per minute (TPM): Limit 8000, Used 7421, Requested 1600. Please try again in 7.6575s."),
		},
		"requests a minute": {status: 429, kind: chat.RateLimited, wait: 2 * time.Second, says: "30 requests per minute", body: limited("requests per minute (RPM): Limit 30, Used 30, Requested 1. Please try again in 2s.")},
		"tokens a day":      {status: 429, headers: []string{"Retry-After", "908"}, kind: chat.QuotaSpent, wait: 908 * time.Second, says: "200,000 tokens per day for " + oss + " is reached. There is room again in 15 min 8 s;", body: limited("tokens per day (TPD): Limit 200000, Used 199120, Requested 2980. Please try again in 15m7.2s.")},
		"requests a day":    {status: 429, kind: chat.QuotaSpent, wait: 86400 * time.Millisecond, says: "1,000 requests per day", body: limited("requests per day (RPD): Limit 1000, Used 1000, Requested 1. Please try again in 1m26.4s.")},
		"output a minute": {
			status: 429, headers: []string{"Retry-After", "63"}, model: "qwen/qwen3.8-27b", kind: chat.QuotaSpent, says: "Set max_completion_tokens to 1,000 or less",
			body: said("Request too large for model `qwen/qwen3.8-27b` in organization `org_1` service tier `on_demand` on output tokens per minute (OTPM): Limit 1000, Requested 2048. The request's expected output tokens exceed the enforced limit; reduce max_tokens and try again.", "rate_limit_exceeded"),
		},
		"too large in new words": {status: 429, body: said("Request too large for something new", "rate_limit_exceeded"), kind: chat.QuotaSpent, says: "something new"},
		"429 elsewhere":          {status: 429, headers: []string{"Retry-After", "3"}, body: "slow down", kind: chat.RateLimited, wait: 3 * time.Second, says: "slow down. There is room again in 3 s;"},
	}
}

func serverFaults() map[string]refused {
	return map[string]refused{
		"flex": {status: 498, body: said("`flex` tier capacity exceeded, please try again later", "capacity_exceeded"), kind: chat.ServerFault, says: "498 flex tier at capacity"},
		"500":  {status: 500, body: said("Internal Server Error", ""), kind: chat.ServerFault, says: "has a fault (500 Internal Server Error). Try again"},
		"502":  {status: 502, body: "<html><body>502 Bad Gateway</body></html>", kind: chat.ServerFault, says: "has a fault (502 Bad Gateway)"},
		"503": {
			status: 503, headers: []string{"Retry-After", "5"}, kind: chat.ServerFault, wait: 5 * time.Second, says: "currently over capacity. Try again in a moment;",
			body: said("openai/gpt-oss-120b is currently over capacity. Please try again and back off exponentially.", ""),
		},
		"520":              {status: 520, body: "error code: 520", kind: chat.ServerFault, says: "(520): error code: 520"},
		"408":              {status: 408, body: "", kind: chat.TimedOut, says: "gave up waiting"},
		"511":              {status: 511, body: "<html>login</html>", kind: chat.NotAnAPI, says: "wants a login"},
		"407":              {status: 407, body: "", kind: chat.Unreachable, says: "proxy wants a login before it lets requests to "},
		"402":              {status: 402, body: `{"message":"pay first"}`, kind: chat.QuotaSpent, says: "pay first"},
		"error as text":    {status: 400, body: `{"error":"nope"}`, kind: chat.Refused, says: "nope"},
		"error null":       {status: 400, body: `{"error":null}`, kind: chat.Refused, says: "(400 Bad Request)"},
		"no message":       {status: 400, body: `{"error":{"type":"odd_error"}}`, kind: chat.Refused, says: "odd_error"},
		"code as a number": {status: 400, body: `{"error":{"message":"m","code":1234}}`, kind: chat.Refused, says: "m"},
		"redirect":         {status: 302, headers: []string{"Location", "https://portal.example/login?token=1"}, kind: chat.NotAnAPI, says: "(to portal.example), which was not followed"},
	}
}

func TestErrors_SayWhatHappened(t *testing.T) {
	for name, r := range refusals() {
		t.Run(name, func(t *testing.T) {
			model := r.model
			if model == "" {
				model = chat.DefaultModel
			}
			got := collect(t.Context(), server(t, refuses(r.status, r.body, append(r.headers, "X-Request-Id", "req_1")...)), asking(model))
			row{kind: r.kind, says: r.says}.check(t, got)
			var e *chat.Error
			if !errors.As(got.err, &e) {
				t.Fatalf("error %T", got.err)
			}
			if e.Status != r.status || e.RetryAfter != r.wait || e.RequestID != "req_1" || e.Model != model {
				t.Errorf("status %d, wait %v, request %q, model %q; want %d, %v", e.Status, e.RetryAfter, e.RequestID, e.Model, r.status, r.wait)
			}
			if strings.Contains(e.Message, "org_") && strings.Contains(r.body, "on tokens per") {
				t.Errorf("the message tells the organisation: %q", e.Message)
			}
		})
	}
}

// TestErrors_SayEverythingOnce: what happened, and after it what to do; neither
// the server's advice nor ours is repeated.
func TestErrors_SayEverythingOnce(t *testing.T) {
	for name, r := range refusals() {
		t.Run(name, func(t *testing.T) {
			err := collect(t.Context(), server(t, refuses(r.status, r.body, r.headers...)), asking(chat.DefaultModel)).err
			text := strings.ToLower(spoken(err))
			text = strings.ReplaceAll(text, "groq_base_url", "base url")
			for _, once := range []string{"base url", "wants a login", "groqstatus", "again in", "try again", "please", "switch the model", "max_completion_tokens", "admin of"} {
				if strings.Count(text, once) > 1 {
					t.Errorf("%q twice: %s", once, text)
				}
			}
			if chat.Hint(err) == "" || strings.Contains(fmt.Sprint(err), "Please ") {
				t.Errorf("what to do is not told by itself: %s", text)
			}
		})
	}
}

func TestErrors_CarryCodeAndParameter(t *testing.T) {
	body := `{"error":{"message":"` + "`logprobs` is not supported with this model" + `","type":"invalid_request_error","param":"logprobs","code":"some_code"}}`
	got := collect(t.Context(), server(t, refuses(400, body)), question())
	var e *chat.Error
	if !errors.As(got.err, &e) || e.Code != "some_code" || e.Param != "logprobs" {
		t.Errorf("%+v", got.err)
	}
}

func TestErrors_WithoutAKeySayThatThereIsNone(t *testing.T) {
	s := httptest.NewServer(refuses(401, said("Invalid API Key", "invalid_api_key")))
	t.Cleanup(s.Close)
	c := client(t, groq.Options{BaseURL: s.URL})
	row{kind: chat.NoKey, says: "wants a key, and there is none"}.check(t, collect(t.Context(), c, question()))
}

func TestErrors_TellTheLimitsAsWell(t *testing.T) {
	got := collect(t.Context(), server(t, refuses(429, limited("tokens per minute (TPM): Limit 8000, Used 7421, Requested 1600. Please try again in 7.6575s."),
		"X-Ratelimit-Limit-Tokens", "8000", "X-Ratelimit-Remaining-Tokens", "579", "X-Ratelimit-Reset-Tokens", "55.66s")), question())
	if len(got.events) != 1 {
		t.Fatalf("events %v", got.events)
	}
	if q, ok := got.events[0].(chat.Quota); !ok || q.Tokens.Remaining != 579 || q.Requests.Known {
		t.Errorf("event %+v", got.events[0])
	}
}

func TestErrors_NeverShowTheKey(t *testing.T) {
	other := "gsk_" + strings.Repeat("Zz9", 17)
	echo := "your key " + key + " or " + other + " is bad"
	bodies := map[string]http.HandlerFunc{
		"JSON":      refuses(400, said(echo, "code "+key)),
		"text":      refuses(500, echo),
		"page":      sends("text/html", "<html><title>"+echo+"</title></html>"),
		"stream":    sends("text/event-stream", wire(said(echo, ""))),
		"header":    refuses(400, "", "X-Request-Id", key),
		"redirect":  refuses(302, "", "Location", "https://"+key+".example/"),
		"parameter": refuses(400, `{"error":{"message":"m","param":"`+key+`"}}`),
	}
	for name, h := range bodies {
		t.Run(name, func(t *testing.T) {
			err := collect(t.Context(), server(t, h), question()).err
			if err == nil {
				t.Fatal("no error")
			}
			var e *chat.Error
			if !errors.As(err, &e) {
				t.Fatalf("error %T", err)
			}
			if all := fmt.Sprintf("%v %+v %#v", err, err, *e); strings.Contains(all, key[4:]) || strings.Contains(all, other[4:]) {
				t.Errorf("the error shows a key: %s", all)
			}
		})
	}
}

func TestErrors_AreShortAndOneLine(t *testing.T) {
	for name, body := range map[string]string{
		"long text": strings.Repeat("word ", 200_000),
		"controls":  "a\x1b]52;c;ZWNobw==\x07\r\nb\u0085c",
		"long JSON": said(strings.Repeat("é", 10_000), ""),
	} {
		t.Run(name, func(t *testing.T) {
			e := collect(t.Context(), server(t, refuses(500, body)), question()).err
			if text := e.Error(); len([]rune(text)) > 500 || strings.ContainsAny(text, "\x1b\a\r\n\u0085") {
				t.Errorf("%d runes: %.80q", len([]rune(text)), text)
			}
		})
	}
}

func TestErrors_ReadLittleOfALongBody(t *testing.T) {
	stopped := make(chan struct{})
	c := server(t, func(w http.ResponseWriter, _ *http.Request) {
		defer close(stopped)
		w.WriteHeader(http.StatusInternalServerError)
		piece := make([]byte, 1<<20)
		for err := error(nil); err == nil; {
			_, err = w.Write(piece)
		}
	})
	row{kind: chat.ServerFault}.check(t, collect(t.Context(), c, question()))
	<-stopped
}

func TestErrors_AnAddressWithoutAPathMayLackIt(t *testing.T) {
	s := httptest.NewServer(refuses(404, "404 page not found"))
	t.Cleanup(s.Close)
	for path, says := range map[string]string{"": "try " + s.URL + "/v1 as", "/v2": "for typing errors"} {
		c := client(t, groq.Options{Key: key, BaseURL: s.URL + path})
		row{kind: chat.NotAnAPI, says: says}.check(t, collect(t.Context(), c, question()))
	}
}

func TestErrors_RedirectsAreNotFollowed(t *testing.T) {
	evil := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("%s %s was asked, with authorization %q", r.Method, r.URL, r.Header.Get("Authorization"))
	}))
	t.Cleanup(evil.Close)
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, to := range []string{evil.URL + "/x", strings.Replace(evil.URL, "127.0.0.1", "localhost", 1), "/other"} {
			c := server(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/other" {
					t.Errorf("%d to the same host was followed", status)
				}
				refuses(status, "", "Location", to)(w, r)
			})
			row{kind: chat.NotAnAPI, says: "not followed"}.check(t, collect(t.Context(), c, question()))
			if _, err := c.Models(t.Context()); chat.KindOf(err) != chat.NotAnAPI {
				t.Errorf("models: %v", err)
			}
		}
	}
}
