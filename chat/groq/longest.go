package groq

import "groqchat/chat"

// Longest is the longest answer, in tokens, that a request is sent with: servers
// set it aside when they look at their limits.
func (c *Client) Longest(req chat.Request) int {
	body, _, err := c.wire(&req)
	if err != nil {
		return defaultTokens // nothing is sent
	}
	return body.MaxCompletionTokens
}
