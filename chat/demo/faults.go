package demo

import (
	"context"
	"net/http"
	"strings"
	"time"
)

// A fault sends the tokens of a stream in its own way; see Scene.

// faultless sends everything as it should be.
func faultless(ctx context.Context, s *stream) (bool, error) {
	return false, s.write(ctx, s.gen.tokens())
}

// cut ends in the middle as if all had been said.
func cut(ctx context.Context, s *stream) (bool, error) {
	return true, s.write(ctx, s.half())
}

// cutLine breaks the connection within a line.
func cutLine(ctx context.Context, s *stream) (bool, error) {
	if err := s.write(ctx, s.half()); err != nil {
		return true, err
	}
	if err := s.raw(`data: {"id":"` + s.gen.id + `","object":"chat.compl`); err != nil {
		return true, err
	}
	return true, s.hangUp()
}

// hangUp closes the connection as a crash would.
func (s *stream) hangUp() error {
	conn, _, err := http.NewResponseController(s.w).Hijack()
	if err != nil {
		return err
	}
	return conn.Close()
}

// noDone says all, and why it ends, but not that it has ended.
func noDone(ctx context.Context, s *stream) (bool, error) {
	if err := s.write(ctx, s.gen.tokens()); err != nil {
		return true, err
	}
	last := s.chunk(delta{}, s.gen.finish)
	last.XGroq, last.Usage = &xGroq{ID: s.gen.request, Usage: s.gen.usage()}, s.gen.usage()
	return true, s.data(last)
}

// parseFailure is an error as it comes within a stream.
func parseFailure() *failure {
	generated := ""
	return &failure{
		Message: "Parsing failed. The model generated output that could not be parsed. " +
			"Please adjust your prompt. See 'failed_generation' for more details.",
		Type: invalidRequest, Code: "output_parse_failed", FailedGeneration: &generated, StatusCode: http.StatusBadRequest,
	}
}

// broken ends in the middle with an error of Groq's form.
func broken(ctx context.Context, s *stream) (bool, error) {
	if err := s.write(ctx, s.half()); err != nil {
		return true, err
	}
	if err := s.raw("event: error\n"); err != nil {
		return true, err
	}
	return true, s.data(envelope{parseFailure()})
}

// brokenPlainly leaves out the line that says that it is an error.
func brokenPlainly(ctx context.Context, s *stream) (bool, error) {
	if err := s.write(ctx, s.half()); err != nil {
		return true, err
	}
	return true, s.data(envelope{parseFailure()})
}

// stoppedEarly says in the last chunk that the answer is not whole, and then ends
// as if it were.
func stoppedEarly(ctx context.Context, s *stream) (bool, error) {
	if err := s.write(ctx, s.half()); err != nil {
		return true, err
	}
	last := s.chunk(delta{}, s.gen.finish)
	last.XGroq = &xGroq{ID: s.gen.request, Error: "over capacity", Usage: s.gen.usage()}
	if err := s.data(last); err != nil {
		return true, err
	}
	return true, s.raw("data: [DONE]\n\n")
}

// silence is longer than any client waits.
const silence = 10 * time.Minute

// silent says no more from the middle on, whatever the pace.
func silent(ctx context.Context, s *stream) (bool, error) {
	if err := s.write(ctx, s.half()); err != nil {
		return true, err
	}
	return true, sleep(ctx, silence)
}

// malformed sends a chunk that is no JSON, and goes on.
func malformed(ctx context.Context, s *stream) (bool, error) {
	if err := s.write(ctx, s.half()); err != nil {
		return true, err
	}
	if err := s.raw("data: {\"id\":\"chatcmpl-\x00, choices:]\n\n"); err != nil {
		return true, err
	}
	return false, s.write(ctx, s.gen.tokens())
}

// longLine sends a chunk of two megabytes before the rest.
func longLine(ctx context.Context, s *stream) (bool, error) {
	text := strings.Repeat("A long line. ", (2<<20)/13)
	if err := s.data(s.chunk(delta{Content: &text}, "")); err != nil {
		return true, err
	}
	return false, s.write(ctx, s.gen.tokens())
}

// endlessLine sends more of one line than any client may keep, until the client
// leaves.
func endlessLine(ctx context.Context, s *stream) (bool, error) {
	const most = 100 << 20
	part := strings.Repeat("x", 64<<10)
	if err := s.raw("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""); err != nil {
		return true, err
	}
	for sent := 0; sent < most; sent += len(part) {
		if err := s.raw(part); err != nil || ctx.Err() != nil {
			return true, err
		}
	}
	return true, nil
}

// commented puts what is no data between the chunks.
func commented(ctx context.Context, s *stream) (bool, error) {
	for s.sent < s.gen.tokens() {
		if err := s.raw(": keep-alive\n\nid: 7\nretry: 1000\nevent: message\n"); err != nil {
			return true, err
		}
		if err := s.write(ctx, s.sent+1); err != nil {
			return true, err
		}
	}
	return false, nil
}

// half is the number of tokens after which half of the content was sent.
func (s *stream) half() int { return len(s.gen.reasoning) + len(s.gen.content)/2 }
