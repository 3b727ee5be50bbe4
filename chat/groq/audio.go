package groq

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	openai "github.com/sashabaranov/go-openai"

	"groqchat/chat"
)

// uploadSpeed is the slowest line that sound is sent over with patience, in bytes
// a second: the wait for the answer begins with the sending.
const uploadSpeed = 64 << 10

// Transcribe has a model write down what is said. Errors are as those of
// [Client.Stream].
func (c *Client) Transcribe(ctx context.Context, s chat.Speech) (chat.Transcript, error) {
	model := cmp.Or(s.Model, chat.DefaultSpeechModel)
	if err := c.server.check(); err != nil {
		return chat.Transcript{}, err
	}
	inner, ex, end := c.exchange(ctx, model)
	defer end()
	ex.headerTimeout += time.Duration(len(s.Data)/uploadSpeed) * time.Second
	req := openai.AudioRequest{
		Model: model, FilePath: s.Name, Reader: bytes.NewReader(s.Data), Prompt: s.Prompt, Language: s.Language,
		Format: openai.AudioResponseFormatJSON,
	}
	if s.Timed || s.Words {
		req.Format = openai.AudioResponseFormatVerboseJSON
		req.TimestampGranularities = []openai.TranscriptionTimestampGranularity{openai.TranscriptionTimestampGranularitySegment}
	}
	if s.Words {
		req.TimestampGranularities = append(req.TimestampGranularities, openai.TranscriptionTimestampGranularityWord)
	}
	resp, err := c.api.CreateTranscription(inner, req)
	if err != nil {
		return chat.Transcript{}, c.unread(ctx, inner, err, model)
	}
	return transcript(resp), nil
}

func transcript(resp openai.AudioResponse) chat.Transcript {
	t := chat.Transcript{Text: strings.TrimSpace(resp.Text), Language: resp.Language, Duration: seconds(resp.Duration)}
	for _, s := range resp.Segments {
		t.Segments = append(t.Segments, chat.SpeechPart{Start: seconds(s.Start), End: seconds(s.End), Text: strings.TrimSpace(s.Text)})
	}
	for _, w := range resp.Words {
		t.Words = append(t.Words, chat.SpeechPart{Start: seconds(w.Start), End: seconds(w.End), Text: w.Word})
	}
	return t
}

// unread is the error for a request that failed, or whose answer is none: JSON that
// go-openai could not read.
func (c *Client) unread(ctx, inner context.Context, err error, model string) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	if ctx.Err() == nil && (errors.As(err, &syntax) || errors.As(err, &kind)) {
		return c.server.stranger(200, "answered with something else than what was asked for")
	}
	return c.failure(ctx, inner, err, model)
}
