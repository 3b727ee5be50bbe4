package groq

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"groqchat/chat"
)

// fault is what a server says went wrong, in its own words.
type fault struct {
	status  int
	code    string
	param   string
	message string
}

// parseFault reads an error of any shape that servers use: a text, an object with
// a message or another error inside, a list of texts. ok is false for nothing.
func parseFault(raw json.RawMessage) (f fault, ok bool) { return parseNested(raw, maxNesting) }

// maxNesting is how deep errors are taken out of errors. Each level is read
// anew, so that without a limit a hostile one would take minutes.
const maxNesting = 3

func parseNested(raw json.RawMessage, depth int) (f fault, ok bool) {
	var object struct {
		Message, Code, Param, Type, Detail, Error json.RawMessage
		StatusCode                                int `json:"status_code"`
	}
	if len(raw) == 0 { // as in every chunk but the last of a failed stream
		return fault{}, false
	}
	if text := plainText(raw); text != "" {
		return fault{message: text}, true
	}
	if depth == 0 || json.Unmarshal(raw, &object) != nil {
		return fault{}, false
	}
	f = fault{status: object.StatusCode, code: plainText(object.Code), param: plainText(object.Param)}
	f.message = cmp.Or(plainText(object.Message), plainText(object.Detail))
	if inner, ok := parseNested(object.Error, depth-1); ok && f.message == "" {
		return inner, true
	}
	f.message = cmp.Or(f.message, plainText(object.Type), f.code)
	return f, f.message != "" || f.status != 0
}

// plainText is a JSON text, number or list of texts as text, "" for others.
func plainText(raw json.RawMessage) string {
	var text string
	var list []string
	var number json.Number
	switch {
	case json.Unmarshal(raw, &text) == nil:
		return text
	case json.Unmarshal(raw, &list) == nil:
		return strings.Join(list, ", ")
	case json.Unmarshal(raw, &number) == nil:
		return number.String()
	}
	return ""
}

// refusal is the error for a response that is not a success. body may be the
// beginning of what was sent.
func (s server) refusal(resp *http.Response, body []byte, model string, now time.Time) *chat.Error {
	e := chat.Error{
		Status: resp.StatusCode, Model: model, RequestID: s.quote(requestID(resp.Header)),
		RetryAfter: retryAfter(resp.Header, now), Retry: advice(resp.Header),
	}
	if resp.StatusCode >= 300 && resp.StatusCode < 400 {
		e.Kind, e.Message = chat.NotAnAPI, s.place()+" sends us elsewhere"+s.elsewhere(resp)+", which was not followed"
		return &e
	}
	f, ok := parseFault(body)
	if !ok && len(body) > 0 && !isMarkup(body) {
		f.message = string(body)
	}
	f.status = resp.StatusCode
	return s.fault(f, e)
}

func (s server) elsewhere(resp *http.Response) string {
	to, err := url.Parse(resp.Header.Get("Location"))
	if err != nil || to.Host == "" {
		return ""
	}
	return " (to " + s.quote(to.Host) + ")"
}

// isMarkup tells a page from a short plain text, such as Cloudflare's.
func isMarkup(body []byte) bool {
	text := strings.TrimSpace(string(body[:min(len(body), 512)]))
	return strings.HasPrefix(text, "<") || strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")
}

// fault completes e with what the server said.
func (s server) fault(f fault, e chat.Error) *chat.Error {
	e.Status, e.Code, e.Param = cmp.Or(e.Status, f.status), s.quote(f.code), s.quote(f.param)
	e.Limit = parseExceeded(f.message)
	e.Kind = s.kind(f, e.Limit)
	switch e.Kind {
	case chat.RateLimited, chat.QuotaSpent:
		e.RetryAfter = max(e.RetryAfter, parseWait(f.message))
	case chat.BadKey, chat.Forbidden, chat.UnknownModel, chat.TooLarge, chat.Refused, chat.NotAnAPI:
		e.RetryAfter = 0
	default: // for the others the header stands
	}
	if e.Limit != nil && e.Limit.Final {
		// It is told a wait too, but would be refused after it as well.
		e.RetryAfter = 0
	}
	e.Hint = s.hint(f, e)
	f.message, _ = parted(f.message)
	if e.Limit != nil {
		e.Message = limitSentence(e.Limit, cmp.Or(e.Model, "this model"))
	} else {
		e.Message = s.sentence(f, e)
	}
	return &e
}

// kind sorts a fault by its code, then its words, then its status: codes are
// often absent, and a type says nothing.
func (s server) kind(f fault, x *chat.Exceeded) chat.Kind {
	if k, ok := kindOfCode(f.code); ok {
		return s.orNoKey(k)
	}
	switch {
	case f.status == http.StatusRequestEntityTooLarge:
		return chat.TooLarge
	case x != nil:
		return kindOfLimit(x)
	case strings.Contains(f.message, tooLarge):
		return chat.QuotaSpent
	case namesMissingModel(f):
		return chat.UnknownModel
	}
	return s.orNoKey(kindOfStatus(f.status))
}

// orNoKey is the difference between a wrong key and none, which the servers'
// answers do not make.
func (s server) orNoKey(k chat.Kind) chat.Kind {
	if k == chat.BadKey && s.key == "" {
		return chat.NoKey
	}
	return k
}

// kindOfCode is the table of the codes that say more than the status.
func kindOfCode(code string) (chat.Kind, bool) {
	switch code {
	case "invalid_api_key":
		return chat.BadKey, true
	case "model_not_found", "model_decommissioned":
		return chat.UnknownModel, true
	case "organization_restricted", "model_terms_required", "model_permission_blocked_project", "model_permission_blocked_org":
		return chat.Forbidden, true
	case "context_length_exceeded":
		return chat.TooLarge, true
	case "unknown_url":
		return chat.NotAnAPI, true
	case "capacity_exceeded":
		return chat.ServerFault, true
	}
	return chat.Other, false
}

// kindOfStatus is the table of what a status alone says. Without one, in a
// stream, it is the server that failed.
func kindOfStatus(status int) chat.Kind {
	switch {
	case status == http.StatusUnauthorized:
		return chat.BadKey
	case status == http.StatusPaymentRequired:
		return chat.QuotaSpent
	case status == http.StatusForbidden:
		return chat.Forbidden
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed, status == http.StatusNetworkAuthenticationRequired:
		return chat.NotAnAPI
	case status == http.StatusProxyAuthRequired:
		return chat.Unreachable
	case status == http.StatusRequestTimeout:
		return chat.TimedOut
	case status == http.StatusTooManyRequests:
		return chat.RateLimited
	case status == flexCapacity, status == http.StatusConflict, status < 400, status >= 500:
		return chat.ServerFault
	}
	return chat.Refused
}

// flexCapacity is Groq's own status for a service tier without room.
const flexCapacity = 498

// namesMissingModel catches servers which have no code for it.
func namesMissingModel(f fault) bool {
	text := strings.ToLower(f.message)
	return (f.status == http.StatusNotFound || f.status == http.StatusBadRequest) && strings.Contains(text, "model") &&
		(strings.Contains(text, "not found") || strings.Contains(text, "does not exist") || strings.Contains(text, "decommissioned"))
}

// sentence says for people what happened. The advice of the kind comes after it.
func (s server) sentence(f fault, e chat.Error) string {
	switch e.Kind {
	case chat.NoKey:
		return s.host() + " wants a key, and there is none"
	case chat.BadKey:
		return s.host() + " refused the key"
	case chat.UnknownModel:
		return s.missingModel(e.Model)
	case chat.Forbidden:
		return s.forbidden(f, e.Model)
	case chat.RateLimited, chat.QuotaSpent:
		return s.with(s.host()+" refuses more requests for now", f.message)
	case chat.TooLarge:
		return s.with("the request is too large for "+cmp.Or(e.Model, "this model"), f.message)
	case chat.NotAnAPI:
		return s.wrongPlace(e)
	case chat.TimedOut:
		return s.host() + " gave up waiting for the request"
	case chat.Unreachable:
		return fmt.Sprintf("the proxy wants a login before it lets requests to %s through", s.host())
	case chat.ServerFault:
		return s.with(s.host()+" has a fault"+statusWords(e.Status), f.more(e.Status))
	default:
		return s.with(s.host()+" refused the request"+statusWords(e.Status), f.more(e.Status))
	}
}

// more is what a server says beyond the name of its status.
func (f fault) more(status int) string {
	if strings.EqualFold(strings.Trim(f.message, ". "), http.StatusText(status)) {
		return ""
	}
	return f.message
}

// with adds the server's words, if there are any.
func (s server) with(text, words string) string {
	if words = s.quote(words); words == "" {
		return text
	}
	return text + ": " + words
}

// statusWords is " (503 Service Unavailable)", "" without a status.
func statusWords(status int) string {
	switch {
	case status == 0:
		return ""
	case status == flexCapacity:
		return " (498 flex tier at capacity)"
	case http.StatusText(status) == "":
		return fmt.Sprintf(" (%d)", status)
	}
	return fmt.Sprintf(" (%d %s)", status, http.StatusText(status))
}

func (s server) missingModel(model string) string {
	if m := chat.Builtin().Find(model); m.Status == chat.Retired {
		return fmt.Sprintf("the model %s was shut down on %s", model, m.ShutDown)
	}
	return fmt.Sprintf("%s has no model %s, or this key may not use it", s.host(), model)
}

// edgeRefusal begins what Cloudflare says.
const edgeRefusal = "error code: 10"

// forbidden explains Cloudflare's terse refusal, which is not about the key.
func (s server) forbidden(f fault, model string) string {
	if strings.Contains(f.message, edgeRefusal) {
		return s.with(s.host()+" refused the connection before looking at the key, perhaps because of a proxy or VPN", f.message)
	}
	if strings.HasPrefix(f.code, "model_") {
		return s.with("this key may not use "+model, f.message)
	}
	return s.with(s.host()+" does not allow this", f.message)
}

func (s server) wrongPlace(e chat.Error) string {
	if e.Status == http.StatusNetworkAuthenticationRequired {
		return "the network wants a login before it lets requests to " + s.host() + " through"
	}
	return s.place() + " does not speak this API" + statusWords(e.Status)
}
