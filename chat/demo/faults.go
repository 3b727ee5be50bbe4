package demo

import (
	"context"
	"net/http"
)

// faultless sends everything as it should be.
func faultless(ctx context.Context, s *stream) (bool, error) {
	return false, s.write(ctx, s.gen.tokens())
}

// cut ends in the middle as if all had been said.
func cut(ctx context.Context, s *stream) (bool, error) {
	return true, s.write(ctx, s.half())
}

// broken ends in the middle with an error of Groq's form.
func broken(ctx context.Context, s *stream) (bool, error) {
	if err := s.write(ctx, s.half()); err != nil {
		return true, err
	}
	generated := ""
	fail := &failure{
		Message: "Parsing failed. The model generated output that could not be parsed. " +
			"Please adjust your prompt. See 'failed_generation' for more details.",
		Type: invalidRequest, Code: "output_parse_failed", FailedGeneration: &generated, StatusCode: http.StatusBadRequest,
	}
	if err := s.raw("event: error\n"); err != nil {
		return true, err
	}
	return true, s.data(envelope{fail})
}

// half is the number of tokens after which half of the content was sent.
func (s *stream) half() int { return len(s.gen.reasoning) + len(s.gen.content)/2 }
