package chat

import "time"

// CanRepeat reports whether the head is an answer that has ended.
func (c *Conversation) CanRepeat() bool {
	m := c.message(c.Head)
	return m != nil && m.Role == Assistant && c.answer == nil
}

// Again begins another answer to the question before the head, beside those that
// there are, and makes it the head. It reports false, and changes nothing, if the
// head is no answer or one that is under way.
func (c *Conversation) Again(now time.Time) bool {
	if !c.CanRepeat() {
		return false
	}
	m := c.message(c.Head)
	reply := Message{ID: c.newID(), Parent: m.Parent, Role: Assistant, Created: now, Model: c.Model}
	c.Messages = append(c.Messages, reply)
	c.Head, c.Updated = reply.ID, now
	c.answer = &answer{}
	return true
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
	return question, reply, question.Role == User && question.Parent == c.Head
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
