package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"groqchat/chat"
	"groqchat/ui/markdown"
)

// answerJSON is an answer as --json gives it, on one line. Fields are only ever
// added. What is not known is null, 0 or "".
type answerJSON struct {
	Model     string          `json:"model"`
	Answer    string          `json:"answer"`
	Reasoning string          `json:"reasoning"`
	Value     json.RawMessage `json:"value,omitempty"` // with --schema: the answer as JSON that fits
	Code      []codeJSON      `json:"code,omitempty"`  // with --code
	State     chat.State      `json:"state"`           // complete, stopped, interrupted or failed
	Finish    string          `json:"finish_reason"`
	Cached    bool            `json:"cached"` // it was given before and took nothing now
	Usage     tokensJSON      `json:"usage"`
	USD       float64         `json:"usd"`
	Speed     float64         `json:"tokens_per_second"`
	Timing    timingJSON      `json:"timing"`
	Quota     *quotaJSON      `json:"quota"`
	Session   *string         `json:"session"` // the id, null if it is not saved
	Request   string          `json:"request_id"`
	Error     *errorJSON      `json:"error"` // null if the answer is whole
}

type codeJSON struct {
	Language string `json:"language"`
	Text     string `json:"text"`
}

type tokensJSON struct {
	Prompt     int  `json:"prompt_tokens"`
	Completion int  `json:"completion_tokens"`
	Cached     int  `json:"cached_tokens"`
	Reasoning  int  `json:"reasoning_tokens"`
	Estimated  bool `json:"estimated"`
}

// timingJSON is in milliseconds.
type timingJSON struct {
	Queue      float64 `json:"queue_ms"`
	Prompt     float64 `json:"prompt_ms"`
	Completion float64 `json:"completion_ms"`
	FirstToken float64 `json:"first_token_ms"`
	Total      float64 `json:"total_ms"`
}

// quotaJSON is the limits as the server told them with this answer; null where it
// said nothing.
type quotaJSON struct {
	Requests *limitJSON `json:"requests"` // of a day
	Tokens   *limitJSON `json:"tokens"`   // of a minute
}

type limitJSON struct {
	Limit     int     `json:"limit"`
	Remaining int     `json:"remaining"`
	Reset     float64 `json:"reset_s"`
}

// errorJSON is why an answer is not whole.
type errorJSON struct {
	Kind       string  `json:"kind"` // of the table of kinds in package chat; usage, interrupted or other
	Message    string  `json:"message"`
	Hint       string  `json:"hint"`
	Status     int     `json:"status"` // of HTTP
	Code       string  `json:"code"`   // the server's
	RetryAfter float64 `json:"retry_after_s"`
}

// inJSON is an answer as a line of JSON, also one that failed.
func (a *app) inJSON(q question) way {
	return way{text: io.Discard, end: func(got answered) (string, error) {
		line := toAnswerJSON(got)
		if q.flags.code != "" {
			for _, block := range markdown.Codes(got.message.Content) {
				line.Code = append(line.Code, codeJSON{block.Language, block.Text})
			}
		}
		return got.message.Content, a.printLine(line)
	}}
}

// failedJSON says as JSON, too, why nothing was asked.
func (a *app) failedJSON(model string, err error) error {
	nothing := answered{message: chat.Message{Model: model, State: chat.Failed}, err: err}
	if printErr := a.printLine(toAnswerJSON(nothing)); printErr != nil {
		return printErr
	}
	return err
}

// printLine writes v as one line of JSON.
func (a *app) printLine(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return a.print(plainJSON(b.String()))
}

func toAnswerJSON(got answered) answerJSON {
	m := got.message
	t := m.Timing
	return answerJSON{
		Model: m.Model, Answer: m.Content, Reasoning: m.Reasoning, State: m.State, Finish: m.FinishReason, Cached: m.Cached,
		Usage: tokensJSON{m.Usage.PromptTokens, m.Usage.CompletionTokens, m.Usage.CachedTokens, m.Usage.ReasoningTokens, m.Usage.Estimated},
		USD:   got.usd, Speed: m.TokensPerSecond(),
		Timing: timingJSON{millis(t.Queue), millis(t.Prompt), millis(t.Completion), millis(t.FirstToken), millis(t.Total)},
		Quota:  toQuotaJSON(got.quota), Session: orNull(got.session), Request: m.RequestID, Value: got.value, Error: toErrorJSON(got.err),
	}
}

// orNull is a text, null where there is none.
func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func millis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func toQuotaJSON(q chat.Quota) *quotaJSON {
	if !q.Known() {
		return nil
	}
	limit := func(l chat.Limit) *limitJSON {
		if !l.Known {
			return nil
		}
		return &limitJSON{l.Limit, l.Remaining, l.Reset.Seconds()}
	}
	return &quotaJSON{limit(q.Requests), limit(q.Tokens)}
}

func toErrorJSON(err error) *errorJSON {
	if err == nil {
		return nil
	}
	row := &errorJSON{Kind: kindName(err), Message: err.Error(), Hint: hintOf(err)}
	var e *chat.Error
	if errors.As(err, &e) {
		row.Status, row.Code, row.RetryAfter = e.Status, e.Code, e.RetryAfter.Seconds()
	}
	return row
}

func kindName(err error) string {
	switch kind := chat.KindOf(err); {
	case errors.Is(err, context.Canceled):
		return "interrupted"
	case kind == chat.Other && codeOf(err) == exitUsage:
		return "usage"
	default:
		return kind.String()
	}
}
