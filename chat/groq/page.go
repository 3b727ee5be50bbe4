package groq

import (
	"bufio"
	"bytes"
	"encoding/json"
	"html"
	"io"
	"mime"
	"net/http"
	"regexp"

	"groqchat/chat"
)

// chunks is a 2xx response to a request for a stream, made a clean stream. What
// is no stream becomes one if it is a whole answer, and an error otherwise; to
// go-openai it would all be an empty answer.
func (t *transport) chunks(resp *http.Response, ex *exchange) (*http.Response, error) {
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if resp.ContentLength == 0 {
		resp.Body.Close()
		return nil, t.server.stranger(resp.StatusCode, "answered with nothing")
	}
	if kind == "text/event-stream" {
		resp.Body = newEvents(resp.Body, resp.Body, ex)
		return resp, nil
	}
	return t.sniffed(resp, ex)
}

// sniffed decides by the first bytes, as labels are wrong more often than these.
func (t *transport) sniffed(resp *http.Response, ex *exchange) (*http.Response, error) {
	body := bufio.NewReader(resp.Body)
	// An error of reading comes again when the body is read.
	_, _ = body.Peek(1)
	start, _ := body.Peek(body.Buffered())
	start = bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\ufeff")), " \t\r\n")
	if isEvent(start) {
		resp.Body = newEvents(body, resp.Body, ex)
		return resp, nil
	}
	text, err := io.ReadAll(io.LimitReader(body, maxLine))
	resp.Body.Close()
	if err != nil {
		return nil, err
	}
	if err := t.server.notAnAnswer(resp.StatusCode, text, ex.model); err != nil {
		return nil, err
	}
	whole := append(append([]byte("data: "), oneLine(text)...), "\n\ndata: [DONE]\n\n"...)
	resp.Body = newEvents(bytes.NewReader(whole), io.NopCloser(nil), ex)
	return resp, nil
}

func isEvent(start []byte) bool {
	for _, field := range []string{"data:", "event:", "id:", "retry:", ":"} {
		if bytes.HasPrefix(start, []byte(field)) {
			return true
		}
	}
	return false
}

// oneLine is a JSON text without its line breaks.
func oneLine(text []byte) []byte {
	var line bytes.Buffer
	if err := json.Compact(&line, bytes.TrimPrefix(text, []byte("\ufeff"))); err != nil {
		return nil
	}
	return line.Bytes()
}

// notAnAnswer is nil if text is a whole answer in JSON.
func (s server) notAnAnswer(status int, text []byte, model string) error {
	var body struct {
		Choices []json.RawMessage `json:"choices"`
		Error   json.RawMessage   `json:"error"`
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if err := json.Unmarshal(text, &body); err != nil {
		return s.stranger(status, "answered with "+page(text, s))
	}
	if f, ok := parseFault(body.Error); ok {
		return s.fault(f, chat.Error{Model: model})
	}
	if len(body.Choices) == 0 {
		return s.stranger(status, "answered with JSON that is no answer of a model")
	}
	return nil
}

// stranger is the error for something that is not the API.
func (s server) stranger(status int, did string) *chat.Error {
	e := chat.Errorf(chat.NotAnAPI, "%s %s", s.place(), did)
	e.Status = status
	return e
}

// page says what a text is that is not JSON.
func page(text []byte, s server) string {
	text = text[:min(len(text), 4<<10)]
	if !regexp.MustCompile(`(?i)<html|<!doctype`).Match(text) {
		return "something that is not JSON"
	}
	title := regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title`).FindSubmatch(text)
	if title == nil {
		return "a web page"
	}
	return "a web page (“" + s.quote(html.UnescapeString(string(title[1]))) + "”)"
}
