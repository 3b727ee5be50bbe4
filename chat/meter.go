package chat

import "errors"

// meter counts the tokens of an answer as it comes. Servers tell them at the end,
// so that of an answer which was stopped or broke off nothing else is known.
type meter struct{ text, thought pieces }

// pieces is text as it came.
type pieces struct{ count, bytes int }

// longPiece is more than a token has: a server that sends such pieces gathers
// tokens, while Groq sends each by itself.
const longPiece = 16

func (p *pieces) add(text string) {
	p.count++
	p.bytes += len(text)
}

// tokens is a guess at what the text took.
func (p pieces) tokens() int {
	if p.bytes > longPiece*p.count {
		return (p.bytes + bytesPerToken - 1) / bytesPerToken
	}
	return p.count
}

// any reports whether anything came.
func (t meter) any() bool { return t.text.count+t.thought.count > 0 }

// usage is what the answer took that ended with failure: as the server said, or
// else as it was counted.
func (t meter) usage(failure error) Usage {
	var e *Error
	if errors.As(failure, &e) && e.Usage != (Usage{}) {
		return e.Usage
	}
	if !t.any() {
		return Usage{}
	}
	thought := t.thought.tokens()
	return Usage{CompletionTokens: t.text.tokens() + thought, ReasoningTokens: thought, Estimated: true}
}

// textUsage is a guess at what an answer took of which only the text is left.
func textUsage(content, reasoning string) Usage {
	thought := textTokens(reasoning)
	return Usage{CompletionTokens: textTokens(content) + thought, ReasoningTokens: thought, Estimated: true}
}
