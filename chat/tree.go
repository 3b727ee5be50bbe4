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
