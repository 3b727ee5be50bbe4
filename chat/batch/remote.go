package batch

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// RemoteID is what an item is called in a job of the batch service: by the name
// that the input gives it, else by its key, which fits no other question.
func (item Item) RemoteID() string {
	if item.Named {
		return item.ID
	}
	return item.Key
}

// RemoteLine is an item as a line of a job: its body is the request that would be
// sent, in the service's own form.
func (item Item) RemoteLine(body json.RawMessage) ([]byte, error) {
	line, err := json.Marshal(struct {
		ID     string          `json:"custom_id"`
		Method string          `json:"method"`
		URL    string          `json:"url"`
		Body   json.RawMessage `json:"body"`
	}{item.RemoteID(), "POST", endpoint, body})
	if err != nil {
		return nil, &LineError{item.Line, err}
	}
	return append(line, '\n'), nil
}

// remoteOutcome is a line of the files that a job leaves.
type remoteOutcome struct {
	ID       string `json:"custom_id"`
	Response *struct {
		Status  int    `json:"status_code"`
		Request string `json:"request_id"`
		Body    struct {
			Model   string `json:"model"`
			Choices []struct {
				Message struct {
					Content   string `json:"content"`
					Reasoning string `json:"reasoning"`
				} `json:"message"`
				Finish string `json:"finish_reason"`
			} `json:"choices"`
			Usage struct {
				Prompt     int `json:"prompt_tokens"`
				Completion int `json:"completion_tokens"`
				In         struct {
					Cached int `json:"cached_tokens"`
				} `json:"prompt_tokens_details"`
				Out struct {
					Reasoning int `json:"reasoning_tokens"`
				} `json:"completion_tokens_details"`
			} `json:"usage"`
			Error *remoteError `json:"error"`
		} `json:"body"`
	} `json:"response"`
	Error *remoteError `json:"error"`
}

type remoteError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// ParseRemote reads a line of the files that a job leaves: the id of its item, and
// what became of it. The rest of the result is the item's.
func ParseRemote(line []byte) (id string, r Result, err error) {
	var o remoteOutcome
	if err := json.Unmarshal(line, &o); err != nil {
		return "", r, badJSON(err)
	}
	if o.ID == "" {
		return "", r, errors.New(`it has no "custom_id"`)
	}
	if o.Response == nil {
		r.Error = remoteFailure(0, o.Error)
		return o.ID, r, nil
	}
	resp := o.Response
	r.Request, r.Model = resp.Request, resp.Body.Model
	u := resp.Body.Usage
	if u.Prompt+u.Completion > 0 {
		r.Usage = &Usage{u.Prompt, u.Completion, u.In.Cached, u.Out.Reasoning}
	}
	if o.Error != nil || resp.Body.Error != nil || resp.Status >= 400 || len(resp.Body.Choices) == 0 {
		e := resp.Body.Error
		if e == nil {
			e = o.Error
		}
		r.Error = remoteFailure(resp.Status, e)
		return o.ID, r, nil
	}
	answer := resp.Body.Choices[0]
	r.Answer, r.Reasoning, r.FinishReason = answer.Message.Content, answer.Message.Reasoning, answer.Finish
	return o.ID, r, nil
}

func remoteFailure(status int, e *remoteError) *Failure {
	f := &Failure{Message: "the service gave no answer", Status: status}
	if status >= 400 {
		f.Message += fmt.Sprintf(" (%d)", status)
	}
	if e != nil {
		f.Code = e.Code
		if text := strings.TrimSpace(e.Message); text != "" {
			f.Message = text
		}
	}
	return f
}
