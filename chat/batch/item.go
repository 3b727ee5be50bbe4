package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"groqchat/chat"
)

// Item is one question of a batch.
type Item struct {
	ID      string // as the input names it, else by its line: line-12
	Named   bool   // the input names it
	Line    int    // of the input, from 1
	Prompt  string // the question, for people
	Request chat.Request
	Key     string // the same for the same question, asked of the same model in the same way

	// Body is the request in OpenAI's form, where the input has it: it may say what
	// a [chat.Request] cannot. nil for other forms.
	Body json.RawMessage
}

// keyed gives the items their keys. Where a question comes more than once, the
// later ones are numbered: each is asked.
func keyed(items []Item) []Item {
	seen := map[string]int{}
	for i := range items {
		key := keyOf(items[i])
		if seen[key]++; seen[key] > 1 {
			items[i].Key = fmt.Sprintf("%s-%d", key, seen[key])
			continue
		}
		items[i].Key = key
	}
	return items
}

// keyOf is a hash of everything that shapes the answer.
func keyOf(item Item) string {
	type file struct {
		Name, Type, Text string
		Data             []byte
	}
	type message struct {
		Role    chat.Role
		Content string
		Files   []file
	}
	type whole struct {
		Model, System string
		Messages      []message
		Params        chat.Params
		Body          json.RawMessage
	}
	r := item.Request
	all := whole{Model: r.Model, System: r.System, Params: r.Params, Body: item.Body}
	for _, m := range r.Messages {
		one := message{Role: m.Role, Content: m.Content}
		for _, a := range m.Attachments {
			one.Files = append(one.Files, file{a.Name, a.Type, a.Text, a.Data})
		}
		all.Messages = append(all.Messages, one)
	}
	// Texts, bytes and numbers that came out of JSON go back into it.
	text, _ := json.Marshal(all)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}
