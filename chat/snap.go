package chat

// Values that a model does not take are not sent: the nearest that it takes are.
// Whoever set them is told so.

// leastThinking is the least that a model gets which thinks: its thinking counts,
// and with less nothing is left for the answer.
const leastThinking = 512

// AnswerLimit is the longest answer, in tokens, that a model can be asked for
// when want are wished and it thinks with this effort.
func (m ModelInfo) AnswerLimit(want int, effort string) int {
	if effort != "" && effort != "none" {
		want = max(want, leastThinking)
	}
	if m.MaxOutput > 0 {
		want = min(want, m.MaxOutput)
	}
	return want
}

// Snapped says what the model does not take as it is set, and what is sent in its
// place, a clause for each.
func (m ModelInfo) Snapped(p Params) []string {
	var said []string
	if want := p.ReasoningEffort; want != "" && m.Effort(want) != want {
		if got := m.Effort(want); got != "" {
			said = append(said, "effort "+want+" becomes "+got)
		} else {
			said = append(said, "it takes no effort")
		}
	}
	want := p.MaxCompletionTokens
	switch got := m.AnswerLimit(want, m.Effort(p.ReasoningEffort)); {
	case want == 0 || got == want:
	case got < want:
		said = append(said, "an answer has at most "+Count(got)+" tokens")
	default:
		said = append(said, "its thinking counts too, so an answer may take "+Count(got)+" tokens, not "+Count(want))
	}
	return said
}
