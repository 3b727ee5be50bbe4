package demo

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// stream writes one answer as server-sent events.
type stream struct {
	w     http.ResponseWriter
	out   io.Writer // w, or what compresses on the way to it
	now   func() time.Time
	gen   *generation
	pacer pacer
	sent  int // tokens
}

// run sends the answer until its end, its fault or the client's leaving, which it
// reports as an error.
func (s *stream) run(ctx context.Context, withUsage bool) error {
	if err := s.open(ctx); err != nil {
		return err
	}
	if err := s.stall(ctx); err != nil {
		return err
	}
	fault := s.gen.scene.fault
	if fault == nil {
		fault = faultless
	}
	if ended, err := fault(ctx, s); ended || err != nil {
		return err
	}
	if err := s.close(withUsage); err != nil {
		return err
	}
	return s.finish()
}

// whole sends the answer as one object, when all of it is there.
func (s *stream) whole(ctx context.Context) error {
	if err := s.pacer.begin(ctx); err != nil {
		return err
	}
	if err := s.stall(ctx); err != nil {
		return err
	}
	for range s.gen.tokens() {
		if err := s.pacer.token(ctx); err != nil {
			return err
		}
		s.sent++
	}
	writeJSON(s.w, http.StatusOK, s.gen.completion(s.now()))
	return nil
}

// stall keeps the client waiting if the scene says so.
func (s *stream) stall(ctx context.Context) error {
	return s.pacer.stall(ctx, s.gen.timing.scaled(s.gen.scene.stall))
}

// open sends the headers and the first chunk, which names the role and the seed.
func (s *stream) open(ctx context.Context) error {
	if err := sleep(ctx, s.gen.scene.late); err != nil {
		return err
	}
	if err := s.pacer.begin(ctx); err != nil {
		return err
	}
	s.out = s.w
	h := s.w.Header()
	if s.gen.scene.gzip {
		h.Set("Content-Encoding", "gzip")
		s.out = gzip.NewWriter(s.w)
	}
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-cache")
	s.w.WriteHeader(http.StatusOK)
	empty := ""
	first := s.chunk(delta{Role: "assistant", Content: &empty}, "")
	first.XGroq = &xGroq{ID: s.gen.request, Seed: &s.gen.seed}
	return s.data(first)
}

// write sends tokens until there have been n of them.
func (s *stream) write(ctx context.Context, n int) error {
	for s.sent < n {
		if err := s.pacer.token(ctx); err != nil {
			return err
		}
		if err := s.token(); err != nil {
			return err
		}
	}
	return nil
}

// token sends the next token: all of the reasoning comes before the content.
func (s *stream) token() error {
	g, i := s.gen, s.sent
	s.sent++
	if i >= len(g.reasoning) {
		return s.data(s.chunk(delta{Content: &g.content[i-len(g.reasoning)]}, ""))
	}
	if g.hidden {
		return nil
	}
	d := delta{Reasoning: g.reasoning[i]}
	if g.model.harmony {
		d.Channel = "analysis"
	}
	return s.data(s.chunk(d, ""))
}

// close sends the reason for ending and the bill twice, as Groq does, a third time
// if asked, and the end mark.
func (s *stream) close(withUsage bool) error {
	bill := s.gen.usage()
	last := s.chunk(delta{}, s.gen.finish)
	last.XGroq = &xGroq{ID: s.gen.request, Usage: bill}
	last.Usage = bill
	if err := s.data(last); err != nil {
		return err
	}
	if withUsage {
		extra := s.chunk(delta{}, "")
		extra.Choices, extra.Usage, extra.ServiceTier = []choice{}, bill, s.gen.tier
		if err := s.data(extra); err != nil {
			return err
		}
	}
	return s.raw("data: [DONE]\n\n")
}

// finish ends what compresses.
func (s *stream) finish() error {
	if zip, ok := s.out.(*gzip.Writer); ok {
		return zip.Close()
	}
	return nil
}

// chunk is a data line with the time of now: Groq's is not constant in a stream.
func (s *stream) chunk(d delta, finish string) chunk {
	c := choice{Delta: d}
	if finish != "" {
		c.FinishReason = &finish
	}
	return chunk{
		ID: s.gen.id, Object: "chat.completion.chunk", Created: s.now().Unix(), Model: s.gen.model.id,
		SystemFingerprint: s.gen.fingerprint, Choices: []choice{c},
	}
}

func (s *stream) data(v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encoding a chunk: %w", err)
	}
	return s.raw("data: " + string(raw) + "\n\n")
}

// raw sends bytes and flushes them.
func (s *stream) raw(text string) error {
	if s.gen.scene.crlf {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if _, err := s.out.Write([]byte(text)); err != nil {
		return fmt.Errorf("sending a chunk: %w", err)
	}
	if zip, ok := s.out.(*gzip.Writer); ok {
		if err := zip.Flush(); err != nil {
			return fmt.Errorf("sending a chunk: %w", err)
		}
	}
	if err := http.NewResponseController(s.w).Flush(); err != nil {
		return fmt.Errorf("sending a chunk: %w", err)
	}
	return nil
}
