package groq_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"

	"groqchat/chat"
)

// brief is the shortest stream that has all that a stream can have: an event over
// two lines, comments, thoughts, letters of several bytes, a finish and figures.
func brief() string {
	return ": hello\n\n" +
		wire(`{"choices":[{"delta":{"reasoning":"é"}}]}`) +
		wire(`{"choices":[{"delta":{"content":"a😀"}}]}`) + "id: 7\nevent: message\n" +
		wire(`{"choices":[{"delta":{"content":" b"}}]}`) +
		"data: {\"choices\":[{\"delta\":\ndata: {\"content\":\"c\"}}]}\n\n: ping\n\n" +
		wire(`{"choices":[{"delta":{},"finish_reason":"stop"}]}`, `{"choices":[],"usage":{"completion_tokens":3}}`, theEnd)
}

// broken gives a stream up to a byte, in pieces of some size, and an error then.
func broken(stream string, at int, in func(io.Reader) io.Reader, end error) func(context.Context) io.ReadCloser {
	return func(context.Context) io.ReadCloser {
		return io.NopCloser(in(io.MultiReader(strings.NewReader(stream[:at]), iotest.ErrReader(end))))
	}
}

// TestCuts_AtEveryByteKeepWhatWasWhole: N02, and N01. A connection may end anywhere:
// all events that came whole are told, once, and nothing of the one that did not. It
// is complete with a finish reason, and else interrupted.
func TestCuts_AtEveryByteKeepWhatWasWhole(t *testing.T) {
	asIs := func(r io.Reader) io.Reader { return r }
	for _, c := range []struct {
		lines string
		in    func(io.Reader) io.Reader
		end   error
	}{
		{"\n", asIs, io.EOF},
		{"\n", iotest.OneByteReader, syscall.ECONNRESET},
		{"\n", iotest.DataErrReader, io.ErrUnexpectedEOF},
		{"\r\n", iotest.OneByteReader, io.EOF},
		{"\r\n", asIs, io.ErrUnexpectedEOF},
		{"\r", iotest.DataErrReader, syscall.ECONNRESET},
	} {
		stream := strings.ReplaceAll(brief(), "\n", c.lines)
		t.Run(fmt.Sprintf("%q, %v", c.lines, c.end), func(t *testing.T) {
			for at := range len(stream) + 1 {
				got := collect(t.Context(), fromMemory(broken(stream, at, c.in, c.end)), question())
				if want := cutAt(stream, at); got.text != want.text || got.reasoning != want.reasoning || (got.done != nil) != want.done {
					t.Fatalf("cut at %d, after %.40q: %q, %q, done %v", at, stream[max(0, at-40):at], got.text, got.reasoning, got.done)
				}
				if got.done == nil && chat.KindOf(got.err) != chat.Cut {
					t.Fatalf("cut at %d: %v", at, got.err)
				}
				saysInterrupted(t, got)
			}
		})
	}
}

// cut is what has to be there of a stream that was cut.
type cut struct {
	text, reasoning string
	done            bool
}

// cutAt says it by where the last byte of each event stands that cannot be missing.
func cutAt(stream string, at int) (want cut) {
	came := func(last string) bool {
		end := strings.Index(stream, last)
		return end >= 0 && end+len(last) <= at
	}
	for _, part := range []struct {
		last string // of the event, up to the brace that closes it
		to   *string
		text string
	}{
		{`"reasoning":"é"}}]}`, &want.reasoning, "é"}, {`"a😀"}}]}`, &want.text, "a😀"}, {`" b"}}]}`, &want.text, " b"}, {`"c"}}]}`, &want.text, "c"},
	} {
		if came(part.last) {
			*part.to += part.text
		}
	}
	want.done = came(`"stop"}]}`)
	return want
}

// saysInterrupted applies what came to a conversation, as the screen does.
func saysInterrupted(t *testing.T, got result) {
	t.Helper()
	conv := chat.Conversation{Model: "m"}
	conv.Ask("why?", nil, conv.Created)
	for _, e := range got.events {
		conv.Apply(e)
	}
	want := chat.Complete
	if got.done == nil {
		conv.Apply(chat.Broken{Err: got.err})
		if want = chat.Interrupted; got.text+got.reasoning == "" {
			want = chat.Failed
		}
	}
	msg := conv.Messages[len(conv.Messages)-1]
	if msg.State != want || msg.Content != got.text || want == chat.Interrupted && conv.CanContinue() != (got.text != "") {
		t.Fatalf("state %s, text %q, can be gone on with: %v; want %s, %q", msg.State, msg.Content, conv.CanContinue(), want, got.text)
	}
}
