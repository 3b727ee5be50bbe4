package groq

import (
	"bufio"
	"crypto/tls"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"groqchat/chat"
)

// The streams of these tests: half of an answer, and the other half.
const (
	firstHalf = `data: {"choices":[{"index":0,"delta":{"content":"half"}}]}` + "\n\n"
	otherHalf = `data: {"choices":[{"index":0,"delta":{"content":" and half"},"finish_reason":"stop"}]}` + "\n\ndata: [DONE]\n\n"
)

// told is what a stream came to.
type told struct {
	text string
	done bool
	err  error
}

func heard(t *testing.T, o Options) (got told) {
	t.Helper()
	c := New(o)
	t.Cleanup(c.Close)
	for event, err := range c.Stream(t.Context(), benchRequest()) {
		switch e := event.(type) {
		case chat.Delta:
			got.text += e.Text
		case chat.Done:
			got.done = true
		default:
		}
		got.err = err
	}
	return got
}

// isWhole and isCut are what a connection that ends in an odd way may come to.
func (got told) isWhole(t *testing.T) {
	t.Helper()
	if got.text != "half and half" || !got.done || got.err != nil {
		t.Errorf("not whole: %+v", got)
	}
}

func (got told) isCut(t *testing.T) {
	t.Helper()
	if got.text != "half" || got.done || chat.KindOf(got.err) != chat.Cut || strings.ContainsAny(got.err.Error(), "{\n") {
		t.Errorf("not what came before the cut: %+v", got)
	}
}

// spoken is a server that takes one request and answers with these bytes; then it
// closes the connection.
func spoken(t *testing.T, answer string) Options {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if r, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
				_, _ = io.Copy(io.Discard, r.Body)
				_, _ = io.WriteString(conn, answer)
			}
			conn.Close()
		}
	}()
	return Options{BaseURL: "http://" + l.Addr().String() + "/v1"}
}

// TestBody_OfAnyLengthEnds: N14. Whatever a server says of the length of what it
// sends, the answer is whole or cut, and nothing waits for more.
func TestBody_OfAnyLengthEnds(t *testing.T) {
	const head = "Content-Type: text/event-stream\r\n"
	length := func(n int) string { return fmt.Sprintf("Content-Length: %d\r\n", n) }
	all := firstHalf + otherHalf
	chunked := func(s string) string { return fmt.Sprintf("%x\r\n%s\r\n", len(s), s) }
	for name, c := range map[string]struct {
		answer string
		whole  bool
	}{
		"as long as it says":                {"HTTP/1.1 200 OK\r\n" + head + length(len(all)) + "\r\n" + all, true},
		"longer than it says":               {"HTTP/1.1 200 OK\r\n" + head + length(len(firstHalf)) + "\r\n" + all, false},
		"shorter than it says":              {"HTTP/1.1 200 OK\r\n" + head + length(len(all)+1000) + "\r\n" + firstHalf, false},
		"shorter, but with its end":         {"HTTP/1.1 200 OK\r\n" + head + length(len(all)+1000) + "\r\n" + all, true},
		"of two lengths":                    {"HTTP/1.1 200 OK\r\n" + head + length(len(all)) + length(len(all)) + "\r\n" + all, true},
		"of HTTP/1.0, until it closes":      {"HTTP/1.0 200 OK\r\n" + head + "\r\n" + all, true},
		"of HTTP/1.0, closed in the middle": {"HTTP/1.0 200 OK\r\n" + head + "\r\n" + firstHalf, false},
		"of HTTP/1.1, until it closes":      {"HTTP/1.1 200 OK\r\n" + head + "Connection: close\r\n\r\n" + all, true},
		"in chunks":                         {"HTTP/1.1 200 OK\r\n" + head + "Transfer-Encoding: chunked\r\n\r\n" + chunked(firstHalf) + chunked(otherHalf) + "0\r\n\r\n", true},
		"in chunks without the last one":    {"HTTP/1.1 200 OK\r\n" + head + "Transfer-Encoding: chunked\r\n\r\n" + chunked(firstHalf), false},
		"in chunks that are none":           {"HTTP/1.1 200 OK\r\n" + head + "Transfer-Encoding: chunked\r\n\r\n" + chunked(firstHalf) + "zz\r\n" + otherHalf, false},
		"with garbage behind it":            {"HTTP/1.0 200 OK\r\n" + head + "\r\n" + all + "\x00\xff}{ garbage", true},
		"with garbage behind its first half": {
			"HTTP/1.0 200 OK\r\n" + head + "\r\n" + firstHalf + "\x00\xff}{ garbage", false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := heard(t, spoken(t, c.answer))
			if c.whole {
				got.isWhole(t)
			} else {
				got.isCut(t)
			}
		})
	}
}

// Frames of HTTP/2, as far as these tests send them (RFC 9113, §6).
const (
	frameData, frameHeaders, frameReset, frameSettings, frameGoAway = 0, 1, 3, 4, 7
	flagEnd, flagEndHeaders, flagAck                                = 1, 4, 1
	streamOne                                                       = 1 // of the first request
)

func frame(kind, flags byte, stream uint32, payload string) string {
	head := binary.BigEndian.AppendUint32(nil, uint32(len(payload)))[1:] // 24 bits
	head = append(head, kind, flags)
	return string(binary.BigEndian.AppendUint32(head, stream)) + payload
}

func number(n ...uint32) string {
	var b []byte
	for _, one := range n {
		b = binary.BigEndian.AppendUint32(b, one)
	}
	return string(b)
}

// accepted is the headers of an event stream (RFC 7541: status 200 is entry 8 of the
// static table, content-type entry 31).
func accepted() string {
	const kind = "text/event-stream"
	return frame(frameHeaders, flagEndHeaders, streamOne, "\x88\x0f\x10"+string(rune(len(kind)))+kind)
}

// spokenInFrames is a server of HTTP/2 that answers the first request of a connection
// with these frames, and closes it. Asked counts the requests.
func spokenInFrames(t *testing.T, answer string) (o Options, asked chan struct{}) {
	t.Helper()
	s := quietly(t, http.NotFoundHandler(), (*httptest.Server).StartTLS)
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: s.TLS.Certificates, NextProtos: []string{"h2"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	asked = make(chan struct{}, 100)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if tookRequest(conn) {
				asked <- struct{}{}
				_, _ = io.WriteString(conn, answer)
				_ = conn.(*tls.Conn).CloseWrite()
				_, _ = io.Copy(io.Discard, conn) // what is not read would take back what was sent
			}
			conn.Close()
		}
	}()
	return Options{BaseURL: "https://" + l.Addr().String() + "/v1", Transport: trusting(s)}, asked
}

// tookRequest reads a connection until a request has come.
func tookRequest(conn io.ReadWriter) bool {
	const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
	if _, err := io.ReadFull(conn, make([]byte, len(preface))); err != nil {
		return false
	}
	_, _ = io.WriteString(conn, frame(frameSettings, 0, 0, "")+frame(frameSettings, flagAck, 0, ""))
	for {
		var head [9]byte
		if _, err := io.ReadFull(conn, head[:]); err != nil {
			return false
		}
		length := int64(binary.BigEndian.Uint32(append([]byte{0}, head[:3]...)))
		if _, err := io.CopyN(io.Discard, conn, length); err != nil {
			return false
		}
		if stream := binary.BigEndian.Uint32(head[5:]); stream == streamOne && head[4]&flagEnd != 0 {
			return true
		}
	}
}

// TestBody_OfHTTP2MayLoseItsConnection: N14. A server that shuts down says GOAWAY;
// the answer under way goes on, or ends as cut. It is asked once.
func TestBody_OfHTTP2MayLoseItsConnection(t *testing.T) {
	const noError, enhanceYourCalm, internalError = 0, 11, 2
	half, rest := frame(frameData, 0, streamOne, firstHalf), frame(frameData, flagEnd, streamOne, otherHalf)
	goAway := func(last, code uint32) string { return frame(frameGoAway, 0, 0, number(last, code)) }
	for name, c := range map[string]struct {
		answer string
		whole  bool
	}{
		"that goes on to its end":     {accepted() + half + goAway(streamOne, noError) + rest, true},
		"that is cut with it":         {accepted() + half + goAway(streamOne, noError), false},
		"that is calmed":              {accepted() + half + goAway(streamOne, enhanceYourCalm), false},
		"that says it never took it":  {accepted() + half + goAway(0, noError), false},
		"of which the stream is shut": {accepted() + half + frame(frameReset, 0, streamOne, number(internalError)), false},
		"that simply closes":          {accepted() + half, false},
		"that ends without an end":    {accepted() + frame(frameData, flagEnd, streamOne, firstHalf), false},
	} {
		t.Run(name, func(t *testing.T) {
			o, asked := spokenInFrames(t, c.answer)
			got := heard(t, o)
			if c.whole {
				got.isWhole(t)
			} else {
				got.isCut(t)
			}
			if n := len(asked); n != 1 {
				t.Errorf("it was asked %d times", n)
			}
		})
	}
}

// An answer that was taken and then lost without a word is an error of the way, and
// is not asked for again below the program's own count of tries.
func TestBody_LostBeforeItsHeadersIsAskedForOnce(t *testing.T) {
	o, asked := spokenInFrames(t, "")
	got := heard(t, o)
	if chat.KindOf(got.err) != chat.Unreachable || got.text != "" || len(asked) != 1 {
		t.Errorf("asked %d times: %+v", len(asked), got)
	}
}
