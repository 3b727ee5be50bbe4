package demo

import (
	"encoding/json"
	"strings"
	"time"
)

// generation is an answer before it is sent: what the model will write, token by
// token, and how long each takes.
type generation struct {
	id, request string // chatcmpl-…, req_…
	model       model
	fingerprint string
	seed        int64
	tier        string // the service tier that is echoed

	reasoning []string // tokens
	content   []string
	hidden    bool // the reasoning is paid for but not sent
	finish    string

	prompt int // tokens
	timing timing
	scene  Scene
}

// timing is how long the parts of an answer take. Paced is false where nothing is
// waited for; the times are told as if it were.
type timing struct {
	queue, read, token time.Duration
	pace               float64 // 1 if not paced
	paced              bool
}

// scaled is how long something takes that takes d at the speed of 1.
func (t timing) scaled(d time.Duration) time.Duration { return time.Duration(float64(d) / t.pace) }

// Speeds of reading a prompt, from captures: 91 tokens took 3.9 ms.
const promptSpeed = 23_000.0

// newTiming spreads the speed a little by the seed, as real ones are. The pace is
// that of writing; the queue and the prompt take what they take.
func newTiming(m model, prompt int, seed int64, pace float64) timing {
	t := timing{pace: pace, paced: pace > 0}
	if !t.paced {
		t.pace = 1
	}
	spread := float64(uint64(seed)%1000) / 1000 // 0 to 1
	t.queue = seconds(0.015 + 0.03*spread)
	t.read = seconds(float64(prompt) / promptSpeed)
	t.token = t.scaled(seconds((0.98 + 0.04*spread) / m.speed))
	return t
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// newGeneration is an answer that says nothing yet.
func newGeneration(r *request, m model) *generation {
	g := &generation{
		id: newCompletionID(), model: m, fingerprint: newFingerprint(), seed: newSeed(), tier: onDemand,
		finish: "stop", prompt: r.promptTokens(m),
	}
	if r.Seed != nil {
		g.seed = *r.Seed
	}
	if r.ServiceTier != nil && *r.ServiceTier == "flex" {
		g.tier = "flex"
	}
	return g
}

// write decides on the whole answer before its first byte is sent.
func (g *generation) write(r *request, a answer) {
	text, thought := a.text, ""
	if effort := r.reasons(g.model); effort != "" {
		thought = a.thinking(effort)
	}
	if r.wantsJSON() {
		text = asJSON(text)
	}
	text = beforeStop(text, r.Stop)
	if format := r.format(); format == formatRaw && !g.model.harmony && thought != "" {
		text, thought = "<think>\n"+thought+"\n</think>\n\n"+text, ""
	} else {
		g.hidden = format == formatHidden
	}
	g.reasoning, g.content = split(thought), split(text)
	g.cut(r.most(g.model))
}

// cut ends the answer at the most tokens it may take; thinking comes first and may
// take them all.
func (g *generation) cut(most int) {
	if len(g.reasoning)+len(g.content) <= most {
		return
	}
	g.finish = "length"
	if len(g.reasoning) > most {
		g.reasoning = g.reasoning[:most]
	}
	g.content = g.content[:most-len(g.reasoning)]
}

// beforeStop is the text up to the first of the stops, which is not returned.
func beforeStop(text string, stops []string) string {
	end := len(text)
	for _, stop := range stops {
		if i := strings.Index(text, stop); i >= 0 {
			end = min(end, i)
		}
	}
	return text[:end]
}

// asJSON is the answer of a model that was told to write JSON.
func asJSON(text string) string {
	// A struct of one string cannot fail to be encoded.
	raw, _ := json.Marshal(struct {
		Answer string `json:"answer"`
	}{text})
	return string(raw)
}

func (g *generation) tokens() int { return len(g.reasoning) + len(g.content) }

// usage is the bill. Its times are exact sums and those that were waited for.
func (g *generation) usage() *usage {
	spent := time.Duration(g.tokens()) * g.timing.token
	u := &usage{
		QueueTime: g.timing.queue.Seconds(), PromptTokens: g.prompt, PromptTime: g.timing.read.Seconds(),
		CompletionTokens: g.tokens(), CompletionTime: spent.Seconds(),
		TotalTokens: g.prompt + g.tokens(), TotalTime: (g.timing.read + spent).Seconds(),
	}
	if len(g.reasoning) > 0 {
		u.Details = &reasoningDetails{len(g.reasoning)}
	}
	return u
}

// completion is the whole answer as one object.
func (g *generation) completion(now time.Time) completion {
	message := fullMessage{Role: "assistant", Content: strings.Join(g.content, "")}
	if !g.hidden {
		message.Reasoning = strings.Join(g.reasoning, "")
	}
	return completion{
		ID: g.id, Object: "chat.completion", Created: now.Unix(), Model: g.model.id,
		Choices: []fullChoice{{Message: message, FinishReason: g.finish}},
		Usage:   g.usage(), SystemFingerprint: g.fingerprint,
		XGroq: xGroq{ID: g.request, Seed: &g.seed}, ServiceTier: g.tier,
	}
}
