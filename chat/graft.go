package chat

import "slices"

// An answer may come in a copy of the conversation, beside the one that comes in
// itself. Its id is set aside when it begins, so that it is the same wherever the
// answer is kept meanwhile.

// SetAside gives an id that no other message will have.
func (c *Conversation) SetAside() string {
	id := c.newID()
	c.retired = idNumber(id)
	return id
}

// Rename gives the answer under way another id.
func (c *Conversation) Rename(id string) {
	if m := c.Pending(); m != nil {
		m.ID, c.Head = id, id
	}
}

// Graft puts an answer that came in a copy of the conversation beside those that
// there are to its question, and gives its id, "" if the question is not there any
// more. The head stays.
func (c *Conversation) Graft(m Message) string {
	if !c.has(m.Parent) || m.Parent == "" {
		return ""
	}
	if m.ID == "" || c.has(m.ID) {
		m.ID = c.newID()
	}
	c.Messages = append(slices.Clip(c.Messages), m)
	return m.ID
}
