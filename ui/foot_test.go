package ui

import (
	"slices"
	"testing"

	"groqchat/chat"
)

// TestFoot_LabelsEveryEnd: N18. A whole answer alone has no label.
func TestFoot_LabelsEveryEnd(t *testing.T) {
	for _, c := range []struct {
		m    chat.Message
		want []string
	}{
		{chat.Message{State: chat.Complete, FinishReason: "stop", Content: "a"}, nil},
		{chat.Message{State: chat.Complete, FinishReason: "length", Content: "a"}, []string{"cut off at the token limit"}},
		{chat.Message{State: chat.Complete, FinishReason: "length"}, []string{"cut off while thinking"}},
		{chat.Message{State: chat.Complete, FinishReason: "content_filter", Content: "a"}, []string{"withheld by a filter"}},
		{chat.Message{State: chat.Complete, FinishReason: "tool_calls"}, []string{"asks for a tool, there is none"}},
		{chat.Message{State: chat.Complete, FinishReason: "function_call"}, []string{"asks for a tool, there is none"}},
		{chat.Message{State: chat.Complete, FinishReason: "a_new\x1b[31m_reason"}, []string{"a_new␛[31m_reason"}},
		{chat.Message{State: chat.Interrupted, Content: "a"}, []string{"interrupted"}}, // no reason came
		{chat.Message{State: chat.Stopped, Content: "a"}, []string{"stopped"}},
		{chat.Message{State: chat.Failed}, []string{"failed"}},
	} {
		if got := howEnded(c.m); !slices.Equal(got, c.want) {
			t.Errorf("%s, %q: %q, want %q", c.m.State, c.m.FinishReason, got, c.want)
		}
	}
}

// TestFoot_MarksACachedAnswer, which has no times.
func TestFoot_MarksACachedAnswer(t *testing.T) {
	m := chat.Message{Model: "openai/gpt-oss-120b", State: chat.Complete, FinishReason: "stop", Content: "a", Cached: true, Usage: chat.Usage{CompletionTokens: 312}}
	if got, want := footParts(m), []string{"gpt-oss-120b", "cached", "312 tokens"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
