package chat

import (
	"maps"
	"time"
)

// The steps on the tree. None of them takes anything out of it but Delete, and
// each can be taken back by [Conversation.Undo]. While an answer is under way
// there is none: they report false and change nothing.

// CanRepeat reports whether the head is an answer that has ended, or a question
// without one.
func (c *Conversation) CanRepeat() bool { return c.canAnswer(c.Head) }

// canAnswer reports whether another answer can be begun at a message: beside it, or
// below a question.
func (c *Conversation) canAnswer(id string) bool {
	m := c.message(id)
	return m != nil && c.answer == nil && (m.Role == User || m.Role == Assistant && c.message(m.Parent) != nil)
}

// Again begins another answer to the last question, see [Conversation.AnswerAgain].
func (c *Conversation) Again(now time.Time) bool { return c.AnswerAgain(c.Head, "", now) }

// AnswerAgain begins another answer beside those that there are, and makes it the
// head: to the question id, or to the one before the answer id. Model is asked for
// it, "" for that of the conversation.
func (c *Conversation) AnswerAgain(id, model string, now time.Time) bool {
	if !c.canAnswer(id) {
		return false
	}
	question := c.message(id)
	if question.Role == Assistant {
		question = c.message(question.Parent)
	}
	c.keepSeen()
	c.mark(StepAnswer)
	if model == "" {
		model = c.Model
	}
	named := c.titled()
	c.reply(question.ID, model, now)
	c.retitle(named)
	return true
}

// reply begins an answer to a question and makes it the head.
func (c *Conversation) reply(question, model string, now time.Time) {
	m := Message{ID: c.newID(), Parent: question, Role: Assistant, Created: now, Model: model, Params: c.Params.set()}
	if q := c.message(question); q != nil {
		m.Kept = q.Kept
	}
	c.Messages = append(c.Messages, m)
	c.Head, c.Updated = m.ID, now
	c.answer = &answer{model: model}
	c.past.began(m.ID)
}

// Edit asks another question in the place of the question id: beside it, with all
// that follows that one kept as it is.
func (c *Conversation) Edit(id, text string, attachments []Attachment, now time.Time) bool {
	m := c.message(id)
	if m == nil || m.Role != User || c.answer != nil {
		return false
	}
	c.keepSeen()
	c.mark(StepEdit)
	named, since := c.titled(), c.Since
	c.Head = m.Parent
	c.ask(text, attachments, now)
	c.retitle(named)
	if since == id {
		c.Since = c.message(c.Head).Parent
	}
	return true
}

// At is the conversation as it is asked from when the question id is edited, for
// what has to be known before. It shares all of its messages.
func (c *Conversation) At(id string) Conversation {
	at := *c
	at.past, at.seen = past{}, nil
	if m := c.message(id); m != nil {
		at.Head = m.Parent
	}
	return at
}

// Show makes the branch that goes through a message the one that is shown, down to
// the leaf that was shown of it last, else to its newest.
func (c *Conversation) Show(id string) bool {
	if c.message(id) == nil || c.answer != nil {
		return false
	}
	c.keepSeen()
	leaf := c.leaf(id)
	if leaf == c.Head {
		return false
	}
	c.mark(StepShow)
	named := c.titled()
	c.Head = leaf
	c.retitle(named)
	return true
}

// Delete takes a message and all that follows it out of the tree, and gives how
// many messages that were. If the head was among them, a sibling of the message is
// shown, else what stands before it.
func (c *Conversation) Delete(id string) int {
	m := c.message(id)
	if m == nil || c.answer != nil {
		return 0
	}
	c.keepSeen()
	c.mark(StepDelete)
	named, doomed, next := c.titled(), c.below(id), c.besides(m)
	if doomed[c.Head] {
		c.Head = next
	}
	if doomed[c.Since] {
		c.Since = ""
	}
	c.past.took(c.take(doomed))
	c.retitle(named)
	return len(doomed)
}

// KeepOnly shows the branch through a message and takes others, with all that
// follows them, out of the tree, in one step.
func (c *Conversation) KeepOnly(id string, others []string) bool {
	if c.message(id) == nil || c.answer != nil {
		return false
	}
	c.keepSeen()
	c.mark(StepDelete)
	named, doomed := c.titled(), map[string]bool{}
	for _, other := range others {
		maps.Copy(doomed, c.below(other))
	}
	c.Head = c.leaf(id)
	if doomed[c.Since] {
		c.Since = ""
	}
	c.past.took(c.take(doomed))
	c.retitle(named)
	return true
}

// Cut leaves of the tree only the path to a message, "" for all of it as it is. A
// question at its end is taken off too, and given: it is to be asked there.
func (c *Conversation) Cut(id string) (question Message) {
	if m := c.message(id); m == nil || c.answer != nil {
		return Message{}
	}
	c.Head = id
	c.Messages = c.Path()
	if last := len(c.Messages) - 1; c.Messages[last].Role == User {
		question = c.Messages[last]
		c.Messages, c.Head = c.Messages[:last], question.Parent
	}
	return question
}

// besides is what is shown when m is gone: the leaf of the sibling after it, or
// before it, else its parent.
func (c *Conversation) besides(m *Message) string {
	before, passed := "", false
	for _, other := range c.Variants(m.ID) {
		switch {
		case other.ID == m.ID:
			passed = true
		case passed:
			return c.leaf(other.ID)
		default:
			before = other.ID
		}
	}
	if before != "" {
		return c.leaf(before)
	}
	if c.message(m.Parent) == nil {
		return ""
	}
	return m.Parent
}

// Unanswered is the last question of the tree and what became of its answer, if
// the question would follow the head but is not shown since nothing came. ok is
// false if there is none, or if it has been answered or stopped and another path
// is shown.
func (c *Conversation) Unanswered() (question, reply Message, ok bool) {
	n := len(c.Messages)
	if n == 0 || c.answer != nil {
		return Message{}, Message{}, false
	}
	question, reply = c.Messages[n-1], Message{State: Interrupted}
	if n > 1 && question.Role == Assistant {
		question, reply = c.Messages[n-2], question
		if reply.Parent != question.ID || !reply.Empty() || reply.State == Complete || reply.State == Stopped && c.Head != "" {
			return Message{}, Message{}, false
		}
	}
	return question, reply, question.Role == User && question.Parent == c.Head && !question.IsSummary()
}

// TakeBack takes the question at the end of the path out of it, if a process that
// ended too early left it there without an answer; see [Conversation.Unanswered].
// The branch stays in the tree.
func (c *Conversation) TakeBack() {
	m := c.message(c.Head)
	switch {
	case m == nil || c.answer != nil:
	case m.Role == User:
		c.Head = m.Parent
	case m.State == Failed || m.State == Interrupted:
		c.Retract()
	}
}
