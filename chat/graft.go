package chat

import "slices"

// Graft puts an answer that came in a copy of the conversation beside those that
// there are to its question, and gives it an id of its own, "" if the question is
// not there any more. The head stays.
func (c *Conversation) Graft(m Message) string {
	if !c.has(m.Parent) || m.Parent == "" {
		return ""
	}
	m.ID = c.newID()
	c.Messages = append(slices.Clip(c.Messages), m)
	return m.ID
}
