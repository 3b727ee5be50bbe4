package groq

import (
	"context"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"groqchat/chat"
)

// maxModels is the longest list of models that is read; Groq's is under 20 KB.
const maxModels = 8 << 20

// listed is an entry of GET /models. Everything after the owner is Groq's own
// addition and may be absent.
type listed struct {
	ID               string                     `json:"id"`
	OwnedBy          string                     `json:"owned_by"`
	Active           *bool                      `json:"active"`
	ContextWindow    int                        `json:"context_window"`
	MaxCompletion    int                        `json:"max_completion_tokens"`
	Name             string                     `json:"name"`
	InputModalities  []string                   `json:"input_modalities"`
	OutputModalities []string                   `json:"output_modalities"`
	Pricing          map[string]json.RawMessage `json:"pricing"` // USD for one token, as a text
}

// Models asks for the list of models, in the server's order. Prices and windows
// are there where the server tells them; what a model takes of reasoning effort
// it never tells (see [chat.Catalogue.Merge]). Errors are as those of
// [Client.Stream].
func (c *Client) Models(ctx context.Context) ([]chat.ModelInfo, error) {
	models, _, err := c.list(ctx)
	return models, err
}

// list is [Client.Models] with the headers of the response, which may be there
// with an error too.
func (c *Client) list(ctx context.Context) ([]chat.ModelInfo, http.Header, error) {
	if err := c.server.check(); err != nil {
		return nil, nil, err
	}
	inner, ex, end := c.exchange(ctx, "")
	defer end()
	req, err := c.modelsRequest(inner)
	if err != nil {
		return nil, nil, chat.Errorf(chat.BadConfiguration, "preparing a request to %s: %w", c.server.host(), err)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, ex.header, c.failure(ctx, inner, err, "")
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxModels+1))
	switch {
	case err != nil:
		return nil, ex.header, c.failure(ctx, inner, err, "")
	case len(body) > maxModels:
		return nil, ex.header, c.server.stranger(resp.StatusCode, "sent a list of models without end")
	}
	models, err := c.server.models(resp.StatusCode, body)
	return models, ex.header, err
}

func (c *Client) modelsRequest(ctx context.Context) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.server.base+"/models", nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	if c.server.key != "" {
		req.Header.Set("Authorization", "Bearer "+c.server.key)
	}
	return req, nil
}

// models reads the list.
func (s server) models(status int, body []byte) ([]chat.ModelInfo, error) {
	var list struct {
		Data  []json.RawMessage `json:"data"`
		Error json.RawMessage   `json:"error"`
	}
	if err := json.Unmarshal(body, &list); err != nil {
		return nil, s.stranger(status, "answered with "+page(body, s))
	}
	if f, ok := parseFault(list.Error); ok {
		return nil, s.fault(f, chat.Error{})
	}
	if list.Data == nil {
		return nil, s.stranger(status, "answered with JSON that is no list of models")
	}
	models := make([]chat.ModelInfo, 0, len(list.Data))
	for _, raw := range list.Data {
		var m listed
		// An entry may have properties of unexpected types; with an id it is of use.
		_ = json.Unmarshal(raw, &m)
		if m.ID != "" {
			models = append(models, m.info())
		}
	}
	return models, nil
}

func (m listed) info() chat.ModelInfo {
	return chat.ModelInfo{
		ID: m.ID, Name: m.Name, Owner: m.OwnedBy,
		Context: m.ContextWindow, MaxOutput: m.MaxCompletion,
		PriceIn: m.price("prompt"), PriceCached: m.price("input_cache_read"), PriceOut: m.price("completion"),
		Images: slices.Contains(m.InputModalities, "image"), Chat: m.chats(),
	}
}

// chats tells the models to talk to. Where the server says nothing of what a
// model writes, its name has to do. Those that judge texts write text as well,
// but are not to talk to.
func (m listed) chats() bool {
	if m.Active != nil && !*m.Active || strings.Contains(m.ID, "guard") {
		return false
	}
	if len(m.OutputModalities) > 0 {
		return slices.Contains(m.OutputModalities, "text")
	}
	named := func(part string) bool { return strings.Contains(strings.ToLower(m.ID), part) }
	return !slices.ContainsFunc([]string{"whisper", "orpheus", "tts", "embed"}, named)
}

// price is USD for a million tokens, without the dust of binary fractions.
func (m listed) price(what string) float64 {
	f, err := strconv.ParseFloat(plainText(m.Pricing[what]), 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) || f < 0 {
		return 0
	}
	return math.Round(f*1e12) / 1e6
}
