package cli

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
)

func TestTranscript_IsTheShownBranchAsMarkdown(t *testing.T) {
	now := time.Date(2026, 11, 22, 16, 44, 0, 0, time.Local)
	conv := chat.Conversation{Model: "openai/gpt-oss-120b", System: "Be brief."}
	conv.Ask("Why?", []chat.Attachment{{Name: "a.go", Bytes: 812, Text: "package a"}}, now)
	conv.Apply(chat.Delta{Text: "Because.\n"})
	conv.Apply(chat.Done{Finish: "stop"})
	conv.Ask("And then?", nil, now)
	conv.Apply(chat.Delta{Text: "Then"})
	conv.Apply(chat.Halted{})
	want := `# Why?

*openai/gpt-oss-120b · 2026-11-22 16:44 · 4 messages*

## System

Be brief.

## You

Attached: a.go (812 bytes)

Why?

## gpt-oss-120b

Because.

## You

And then?

## gpt-oss-120b

Then

*The answer was stopped.*
`
	if diff := cmp.Diff(want, transcript(conv)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
