package chat

// What a prompt costs beside its text, in tokens: a template puts some around
// each message, gpt-oss puts its own before any prompt, and an image counts as a
// page (Groq's documentation and recorded usage of 2026).
const (
	bytesPerToken = 4
	messageTokens = 3
	harmonyTokens = 60
	imageTokens   = 2048
)

// PromptTokens is a guess at how many tokens the prompt takes on a model. Texts
// in other scripts than Latin take more; [Calibration] learns how many.
func (r Request) PromptTokens(m ModelInfo) int {
	n := textTokens(r.System)
	if n > 0 {
		n += messageTokens
	}
	if isHarmony(m) {
		n += harmonyTokens
	}
	images := 0
	for _, msg := range r.Messages {
		n += messageTokens + textTokens(msg.Content)
		for _, a := range msg.Attachments {
			if a.IsImage() {
				images++
				continue
			}
			n += a.Tokens()
		}
	}
	if m.MayTakeImages() {
		n += min(images, MaxImages) * imageTokens // only the newest are sent
	}
	return n
}

// isHarmony tells the models that wrap every prompt in a long template: those
// whose thinking cannot be switched off.
func isHarmony(m ModelInfo) bool { return len(m.Efforts) > 0 && m.DefaultEffort != "none" }

// Tokens is a guess at what the attachment adds to a prompt, of a picture for a
// model that sees it.
func (a Attachment) Tokens() int {
	if a.IsImage() {
		return imageTokens
	}
	return textTokens(a.Name) + textTokens(a.Text)
}

func textTokens(s string) int { return (len(s) + bytesPerToken - 1) / bytesPerToken }

// Calibration learns from the usage of answers how far the guesses are off. The
// zero value takes them as they are.
type Calibration struct{ guessed, told float64 }

// The bounds of what is learned: a guess is never off by more, and what was
// learned long ago fades.
const (
	leastScale, mostScale = 0.4, 3
	fading                = 0.7
)

// Learn takes note of a guess and of what the server counted.
func (c *Calibration) Learn(guessed, told int) {
	if guessed <= 0 || told <= 0 {
		return
	}
	c.guessed = fading*c.guessed + float64(guessed)
	c.told = fading*c.told + float64(told)
}

// Scale corrects a guess.
func (c Calibration) Scale(guessed int) int {
	if c.guessed == 0 {
		return guessed
	}
	return int(min(mostScale, max(leastScale, c.told/c.guessed)) * float64(guessed))
}

// Room is what a model and its limits leave for a request, in tokens; what is 0
// is not known and stands in nobody's way.
type Room struct {
	Window int  // of the model: prompt and answer
	Minute int  // the whole budget of a minute
	Left   int  // of it now
	Drawn  bool // Left is known
}

// Fit is how a request stands to the room there is.
type Fit int

// From what can be sent to what can never be.
const (
	Fits       Fit = iota
	OverNow        // more than the minute has left: it passes a little later
	OverMinute     // more than a whole minute's budget: it never passes
	OverWindow     // more than the model can hold
)

// Fit compares a prompt with the room. The answer needs room too, but asks for
// less where there is less, see [Room.Answer].
func (r Room) Fit(prompt int) Fit {
	switch {
	case r.Window > 0 && prompt+leastAnswer > r.Window:
		return OverWindow
	case r.Minute > 0 && prompt+leastAnswer > r.Minute:
		return OverMinute
	case r.Drawn && prompt+leastAnswer > r.Left:
		return OverNow
	}
	return Fits
}

// Most is the longest prompt that passes at all, in tokens, 0 if nothing is known
// of the room.
func (r Room) Most() int {
	most := r.Window
	if most == 0 || r.Minute > 0 && r.Minute < most {
		most = r.Minute
	}
	return max(0, most-leastAnswer)
}

// leastAnswer is room that an answer needs to be worth asking for. A model that
// thinks spends that much before its first word.
const leastAnswer = 512

// Answer is the longest answer to ask for beside a prompt: wanted, or what the
// limits leave, but never so little that nothing could be said. Groq sets aside
// what is asked for, so asking for more than there is gets a refusal; prompt is a
// guess, which must not be short.
func (r Room) Answer(prompt, wanted int) int {
	const margin = 32
	prompt += prompt/8 + margin
	for _, whole := range []int{r.Window, r.Minute} {
		if whole > 0 {
			wanted = min(wanted, max(leastAnswer, whole-prompt))
		}
	}
	return wanted
}

// Excess is the oldest messages of a request that would have to be left out for
// its prompt to take at most so many tokens: whole turns, so that what is left
// begins with a question. The last question always stays. count is how many
// messages, fits whether that is enough.
func (r Request) Excess(m ModelInfo, c Calibration, most int) (count int, fits bool) {
	rest := r
	for {
		if c.Scale(rest.PromptTokens(m)) <= most {
			return count, true
		}
		n := firstTurn(rest.Messages)
		if n == 0 {
			return count, false
		}
		rest.Messages = rest.Messages[n:]
		count += n
	}
}

// firstTurn is how many messages stand before the second question, 0 if there is
// no second one.
func firstTurn(messages []Message) int {
	for i := 1; i < len(messages); i++ {
		if messages[i].Role == User {
			return i
		}
	}
	return 0
}
