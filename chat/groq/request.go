package groq

import (
	"encoding/base64"
	"path"
	"slices"
	"strings"

	openai "github.com/sashabaranov/go-openai"

	"groqchat/chat"
)

const (
	// defaultTokens is the longest answer to ask for when the user does not say.
	// Without any, Groq sets the model's maximum aside, which is more than a free
	// key may use in a minute.
	defaultTokens = 2048
)

// wireRequest is a request as go-openai sends it, and the properties that
// go-openai cannot carry: it leaves out a temperature of 0, and applies OpenAI's
// rules to models of other servers whose ids look like OpenAI's, so that it gets
// no id at all. Only properties that Groq knows are sent: it refuses others.
func wireRequest(req chat.Request, m chat.ModelInfo) (openai.ChatCompletionRequest, map[string]any, error) {
	messages := wireMessages(req, m)
	if len(messages) == 0 || messages[len(messages)-1].Role == string(chat.System) {
		return openai.ChatCompletionRequest{}, nil, chat.Errorf(chat.Refused, "there is nothing to send: the message is empty")
	}
	effort := m.Effort(req.Params.ReasoningEffort)
	extra := map[string]any{"model": req.Model}
	if t := req.Params.Temperature; t != nil {
		extra["temperature"] = *t
	}
	if p := req.Params.TopP; p != nil {
		extra["top_p"] = *p
	}
	if p := req.Params.FrequencyPenalty; p != nil {
		extra["frequency_penalty"] = *p
	}
	if p := req.Params.PresencePenalty; p != nil {
		extra["presence_penalty"] = *p
	}
	if f := req.Params.ResponseFormat; f != "" {
		extra["response_format"] = map[string]string{"type": f}
	}
	if len(req.Schema) > 0 {
		extra["response_format"] = wireSchema(req.Schema, m)
	}
	if t := req.Params.ServiceTier; t != "" {
		extra["service_tier"] = t
	}
	if mixesThinking(m) && effort != "none" {
		extra["reasoning_format"] = "parsed"
	}
	return openai.ChatCompletionRequest{
		Messages:            messages,
		MaxCompletionTokens: maxTokens(req, m, effort),
		Seed:                req.Params.Seed,
		Stop:                req.Params.Stop,
		ReasoningEffort:     effort,
		StreamOptions:       &openai.StreamOptions{IncludeUsage: true},
	}, extra, nil
}

// mixesThinking tells the models that put their thinking into the answer's text
// unless told otherwise: those whose thinking can be switched off.
func mixesThinking(m chat.ModelInfo) bool { return slices.Contains(m.Efforts, "none") }

// maxTokens is the longest answer to ask for.
func maxTokens(req chat.Request, m chat.ModelInfo, effort string) int {
	n := req.Params.MaxCompletionTokens
	if n <= 0 {
		n = tokensFor(m.ID)
	}
	if req.Longest > 0 {
		n = min(n, req.Longest)
	}
	n = m.AnswerLimit(n, effort)
	if m.Context > 0 {
		n = max(1, min(n, m.Context-upTo(req.PromptTokens(m))))
	}
	return n
}

// upTo is the most that a prompt of guess tokens may well take: servers refuse an
// answer that does not fit beside its prompt, so that a guess must not be short.
func upTo(guess int) int {
	const template = 64 // around the whole prompt, on models that have one
	return guess + guess/4 + template
}

// tokensFor is the default for a model. Free keys may ask qwen3.8 for no more
// than 1,000 tokens: what could grow longer is refused before it runs.
func tokensFor(id string) int {
	if id == "qwen/qwen3.8-27b" {
		return 1000
	}
	return defaultTokens
}

// wireMessages is the conversation without what has nothing to send: an empty
// message would leave as one without content, which is refused.
func wireMessages(req chat.Request, m chat.ModelInfo) []openai.ChatCompletionMessage {
	var all []openai.ChatCompletionMessage
	if strings.TrimSpace(req.System) != "" {
		all = append(all, openai.ChatCompletionMessage{Role: string(chat.System), Content: req.System})
	}
	left := 0
	if m.MayTakeImages() {
		left = chat.MaxImages
	}
	// Newest first, since the newest images are those that matter.
	var said []openai.ChatCompletionMessage
	for _, msg := range slices.Backward(req.Messages) {
		wire := wireMessage(msg, left)
		left -= images(wire)
		if wire.Content != "" || len(wire.MultiContent) > 0 {
			said = append(said, wire)
		}
	}
	slices.Reverse(said)
	return append(all, said...)
}

// wireMessage is one message, with at most so many images.
func wireMessage(msg chat.Message, limit int) openai.ChatCompletionMessage {
	wire := openai.ChatCompletionMessage{Role: string(msg.Role)}
	text := wireText(msg, limit)
	parts := wireImages(msg.Attachments, limit)
	if len(parts) == 0 {
		wire.Content = text
		return wire
	}
	if text != "" {
		parts = slices.Insert(parts, 0, openai.ChatMessagePart{Type: openai.ChatMessagePartTypeText, Text: text})
	}
	wire.MultiContent = parts
	return wire
}

func images(wire openai.ChatCompletionMessage) int {
	n := 0
	for _, part := range wire.MultiContent {
		if part.ImageURL != nil {
			n++
		}
	}
	return n
}

// wireText is the texts of the attached files, followed by what was written about
// them. Pictures that are not sent are named, so that the talk about them makes
// sense; alone they are nothing to send.
func wireText(msg chat.Message, limit int) string {
	var parts, unseen []string
	for _, file := range msg.Attachments {
		switch {
		case file.Text != "":
			parts = append(parts, fenced(file))
		case file.IsImage() && limit > 0:
			limit--
		case file.IsImage():
			unseen = append(unseen, "Picture that is not shown to you: "+flat(file.Name))
		}
	}
	if strings.TrimSpace(msg.Content) != "" {
		parts = append(parts, msg.Content)
	}
	if len(parts) > 0 {
		parts = append(unseen, parts...)
	}
	return strings.Join(parts, "\n\n")
}

// fenced is a file's text under its name and type. The fence is longer than any in
// the text.
func fenced(file chat.Attachment) string {
	fence := "```"
	for strings.Contains(file.Text, fence) {
		fence += "`"
	}
	name := flat(file.Name)
	head, language := "File: "+name, strings.TrimPrefix(path.Ext(name), ".")
	if file.Type != "" {
		head += " (" + flat(file.Type) + ")"
	}
	return head + "\n" + fence + language + "\n" + strings.TrimSuffix(file.Text, "\n") + "\n" + fence
}

// flat is a name in one line.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

// wireImages is the images among files, as data URLs: nothing else leaves the machine.
func wireImages(files []chat.Attachment, limit int) []openai.ChatMessagePart {
	var parts []openai.ChatMessagePart
	for _, file := range files {
		if len(parts) == limit || !file.IsImage() {
			continue
		}
		url := "data:" + file.Type + ";base64," + base64.StdEncoding.EncodeToString(file.Data)
		parts = append(parts, openai.ChatMessagePart{
			Type: openai.ChatMessagePartTypeImageURL, ImageURL: &openai.ChatMessageImageURL{URL: url},
		})
	}
	return parts
}
