package groq

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"

	openai "github.com/sashabaranov/go-openai"

	"groqchat/chat"
)

// Body is the JSON that would be sent for a request. Nothing is sent.
func (c *Client) Body(req chat.Request) ([]byte, error) {
	body, extra, err := c.wire(&req)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("writing the request: %w", err)
	}
	return merge(io.NopCloser(bytes.NewReader(text)), extra)
}

// wire completes a request, and gives it as go-openai sends it, with what goes
// beside that.
func (c *Client) wire(req *chat.Request) (openai.ChatCompletionRequest, map[string]any, error) {
	req.Model = cmp.Or(req.Model, chat.DefaultModel)
	info := c.catalogue.Find(req.Model)
	if info.MaxOutput > 0 { // a model that nobody knows may have a small window
		req.Params.MaxCompletionTokens = cmp.Or(req.Params.MaxCompletionTokens, c.maxTokens)
	}
	return wireRequest(*req, info)
}
