package chat

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Kind sorts errors by what a person can do about them.
type Kind int

// The kinds of errors. [Other] is the zero value.
const (
	Other            Kind = iota
	NoKey                 // there is no key at all
	BadKey                // the server refused the key
	Forbidden             // the key may not use this model or service
	UnknownModel          // no such model, or it was retired
	RateLimited           // wait and it works: a limit per minute
	QuotaSpent            // a daily limit, or a request that can never fit one
	TooLarge              // the request is larger than the window or the minute's budget
	Refused               // the request is not valid for this server or model
	ServerFault           // 5xx and capacity
	Unreachable           // no connection: name, address, TLS, proxy
	TimedOut              // no answer in time, or silence within one
	Cut                   // the stream ended before the answer was complete
	NotAnAPI              // something answered that is not this API: a portal, a wrong path
	BadConfiguration      // a setting makes the request impossible
)

// Error is an error of asking a model. Message is one plain sentence about what
// happened, for people, and nothing of what to do about it, which is the hint's;
// both may hold text of the server and must be made safe before they are shown.
type Error struct {
	Kind       Kind
	Message    string
	Hint       string        // what to do next, as a sentence; "": what the kind says, see [Hint]
	Status     int           // HTTP status, 0 if there was none
	Code       string        // the server's code, "" if it sent none
	Param      string        // the property that the server complained of
	RequestID  string        // for Groq's support
	RetryAfter time.Duration // how long to wait, 0 if not said
	Retry      Advice        // the server's own word on trying again
	Limit      *Exceeded     // the limit that was hit, nil if it was not named
	Usage      Usage         // of an answer that began, where the server said it
	Model      string
	Err        error // the cause
}

// Advice is whether a server asks to try again.
type Advice int

// The advices; most servers give none.
const (
	NoAdvice Advice = iota
	TryAgain
	GiveUp
)

// Exceeded is the limit that a refusal names. Limits other than the tokens of a
// minute and the requests of a day are told nowhere else.
type Exceeded struct {
	Unit      string // tokens, requests, input tokens, output tokens, audio seconds
	Per       string // minute, hour, day
	Limit     int
	Used      int
	Requested int
	Final     bool // the request alone is larger than the limit: it never passes
}

func (e *Error) Error() string {
	if e.Message != "" {
		return e.Message
	}
	if e.Err != nil {
		return e.Err.Error()
	}
	return "unknown error"
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an [*Error] of a kind, with a cause where format has a %w.
func Errorf(kind Kind, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Kind: kind, Message: err.Error(), Err: errors.Unwrap(err)}
}

// KindOf is the kind of the first [*Error] in err's chain.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Other
}

// Hint is the advice for an error: a sentence that says what to do next, or "".
func Hint(err error) string {
	var e *Error
	if errors.As(err, &e) && e.Hint != "" {
		return e.Hint
	}
	return KindOf(err).hint()
}

// Advise gives the error another hint than that of its kind.
func (e *Error) Advise(format string, args ...any) *Error {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}

// String is the kind's name in JSON: rate_limited, unreachable and so on.
func (k Kind) String() string { return cmp.Or(k.row().name, "other") }

func (k Kind) hint() string { return k.row().text }

func (k Kind) row() hint {
	rows := hints()
	if i := slices.IndexFunc(rows, func(r hint) bool { return r.kind == k }); i >= 0 {
		return rows[i]
	}
	return hint{}
}

type hint struct {
	kind Kind
	name string
	text string
}

// hints is the table of kinds: a name for programs, and the advice that the screen
// and stderr share.
func hints() []hint {
	return []hint{
		{NoKey, "no_key", "Get a key at https://console.groq.com/keys and keep it with `groqchat key set` or in GROQ_API_KEY, or try groqchat --demo."},
		{BadKey, "bad_key", "Check the key; keys are made at https://console.groq.com/keys."},
		{Forbidden, "forbidden", "Ask the admin of your Groq organisation to enable it, or check your proxy."},
		{UnknownModel, "unknown_model", "Choose another model; `groqchat models` lists what there is."},
		{RateLimited, "rate_limited", "Wait for the limit to refill, or switch the model: limits are per model."},
		{QuotaSpent, "quota_spent", "Switch the model, make the request smaller, or try again later."},
		{TooLarge, "too_large", "Shorten the message, or ask for a shorter answer (max_completion_tokens)."},
		{Refused, "refused", "Change the parameter or the model and send it again."},
		{ServerFault, "server_fault", "Try again in a moment; https://groqstatus.com says if there is an incident."},
		{Unreachable, "unreachable", "Check the network, the proxy and GROQ_BASE_URL."},
		{TimedOut, "timed_out", "Try again; the server may be busy."},
		{Cut, "cut", "Send it again to get a whole answer."},
		{NotAnAPI, "not_an_api", "Check GROQ_BASE_URL, and whether the network wants a login."},
		{BadConfiguration, "bad_configuration", "`groqchat config show` says where each setting comes from."},
	}
}
