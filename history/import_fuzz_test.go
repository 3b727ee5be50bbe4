package history

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"groqchat/chat"
)

// Whatever a file holds: what is taken for a conversation is one that can be
// saved, read back and shown.
func FuzzImport(f *testing.F) {
	for _, seed := range []string{
		chatGPT[1 : len(chatGPT)-1], deepTree(3)[1 : len(deepTree(3))-1], `{"messages":[{"role":"user","content":[{"text":""},"x"]}]}`,
		`{"chat_messages":[{"uuid":"1","text":"x"},{"sender":"human","parent_message_uuid":"1","content":[{"type":"thinking"}]}]}`,
	} {
		f.Add([]byte(seed))
	}
	conv := rich()
	text, err := encode(conv, 1)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := read(raw)
		if err != nil || checkText(raw) != nil {
			return
		}
		got.name()
		if got.from != "" {
			if err := got.adopt(); err != nil {
				t.Fatal(err)
			}
		}
		text, err := encode(got.conv, 1)
		if err != nil {
			t.Fatal(err)
		}
		back, err := decode(text)
		if err != nil || back.ReadOnly != "" {
			t.Fatal(err, back.ReadOnly)
		}
		got.conv.Rev = 1
		if diff := cmp.Diff(got.conv.Messages, back.Messages, cmpopts.IgnoreFields(chat.Message{}, "Extra"), same()); diff != "" {
			t.Error(diff)
		}
		back.Path()
	})
}
