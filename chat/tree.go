package chat

import "time"

// Again begins another answer to the question before the head, beside those that
// there are, and makes it the head. It reports false, and changes nothing, if the
// head is no answer or one that is under way.
func (c *Conversation) Again(now time.Time) bool {
	m := c.message(c.Head)
	if m == nil || m.Role != Assistant || c.answer != nil {
		return false
	}
	reply := Message{ID: c.newID(), Parent: m.Parent, Role: Assistant, Created: now, Model: c.Model}
	c.Messages = append(c.Messages, reply)
	c.Head, c.Updated = reply.ID, now
	c.answer = &answer{}
	return true
}
