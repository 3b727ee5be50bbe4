package groq

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"groqchat/chat"
)

const (
	// maxLine is the longest line, and the longest event, in bytes.
	maxLine = 8 << 20
	// maxStream is the longest stream in bytes, after decompression. The longest
	// answer of today's models, 65,536 chunks of some 250 bytes, is half of it.
	maxStream = 32 << 20
)

// events is a stream of server-sent events, reduced to what go-openai reads
// without loss: one line "data: { …}" for each event. That library works line by
// line; it gathers other lines for an error it would otherwise report, loses a
// last line without an end, and takes an event that begins with {"error": apart
// itself, whence the space after the brace.
type events struct {
	lines lines
	src   io.Closer
	ex    *exchange
	data  []byte // of the event under way
	out   []byte // what go-openai has not read yet is out[read:]
	read  int
	err   error // after out
}

func newEvents(body io.Reader, src io.Closer, ex *exchange) *events {
	return &events{lines: lines{r: bufio.NewReaderSize(body, 16<<10)}, src: src, ex: ex}
}

// Close closes the connection.
func (e *events) Close() error { return e.src.Close() }

// Read implements [io.Reader].
func (e *events) Read(p []byte) (int, error) {
	for e.read == len(e.out) {
		if e.err != nil {
			return 0, e.err
		}
		e.out, e.read = e.out[:0], 0
		e.advance()
	}
	n := copy(p, e.out[e.read:])
	e.read += n
	return n, nil
}

// advance takes one line in.
func (e *events) advance() {
	line, err := e.lines.next()
	switch {
	case err != nil:
		// A last event without a blank line counts if all of it is there.
		if whole(e.data) {
			e.dispatch()
		}
		if e.err == nil {
			e.err = err
		}
	case len(line) == 0:
		e.dispatch()
	case line[0] == '{':
		e.dispatch()
		e.append(line)
	default:
		if name, value, _ := bytes.Cut(line, []byte(":")); string(name) == "data" {
			// Some servers leave the blank line between events out.
			if whole(e.data) {
				e.dispatch()
			}
			e.append(value)
		}
	}
}

// append adds a line to the event. Lines of one event are joined by a space, as a
// line break outside of JSON's strings means the same and inside is not allowed.
func (e *events) append(value []byte) {
	if len(e.data)+len(value) > maxLine {
		e.err = tooLong()
		return
	}
	if len(e.data) > 0 {
		e.data = append(e.data, ' ')
	}
	e.data = append(e.data, bytes.TrimSpace(value)...)
}

func (e *events) dispatch() {
	data := bytes.TrimSpace(e.data)
	e.data = e.data[:0]
	if len(data) == 0 {
		return
	}
	e.ex.waited = 0
	if string(data) == "[DONE]" {
		// The connection need not be closed by the server.
		e.err = io.EOF
	}
	e.out = append(e.out, "data: "...)
	if data[0] == '{' {
		e.out = append(e.out, "{ "...)
		data = data[1:]
	}
	e.out = append(append(e.out, data...), '\n')
}

func whole(data []byte) bool {
	return len(data) > 0 && (string(data) == "[DONE]" || json.Valid(data))
}

func tooLong() error {
	return chat.Errorf(chat.Cut, "the server sent a line of more than %d MB, so the answer was stopped", maxLine>>20)
}

// lines reads lines that end in LF, CR or CRLF; the last one may have no end.
type lines struct {
	r       *bufio.Reader
	line    []byte
	total   int
	afterCR bool // an LF now belongs to the CR before
	began   bool
}

// next gives a line without its end, valid until the next call.
func (l *lines) next() ([]byte, error) {
	l.line = l.line[:0]
	for {
		part, err := l.peek()
		if err != nil {
			if len(l.line) > 0 {
				return l.trimmed(), nil
			}
			return nil, err
		}
		if l.afterCR && part[0] == '\n' {
			l.take(part[:1])
			l.afterCR = false
			continue
		}
		l.afterCR = false
		if end := lineEnd(part); end >= 0 {
			l.afterCR = part[end] == '\r'
			l.line = append(l.line, part[:end]...)
			l.take(part[:end+1])
			return l.trimmed(), nil
		}
		l.line = append(l.line, part...)
		l.take(part)
		if len(l.line) > maxLine {
			return nil, tooLong()
		}
	}
}

// lineEnd is where the first line of part ends, -1 if it does not. Two searches
// for a byte are far quicker than one for either.
func lineEnd(part []byte) int {
	end := bytes.IndexByte(part, '\n')
	if end < 0 {
		return bytes.IndexByte(part, '\r')
	}
	if cr := bytes.IndexByte(part[:end], '\r'); cr >= 0 {
		return cr
	}
	return end
}

// peek is what has come and was not taken yet, at least one byte.
func (l *lines) peek() ([]byte, error) {
	if l.total > maxStream {
		return nil, chat.Errorf(chat.Cut, "the answer grew over %d MB, so it was stopped", maxStream>>20)
	}
	if _, err := l.r.Peek(1); err != nil {
		return nil, err
	}
	return l.r.Peek(l.r.Buffered())
}

// take moves on. What was peeked is there, so it cannot fail.
func (l *lines) take(part []byte) {
	n, _ := l.r.Discard(len(part))
	l.total += n
}

// trimmed is the line without the mark that some servers put before a text.
func (l *lines) trimmed() []byte {
	if l.began {
		return l.line
	}
	l.began = true
	return bytes.TrimPrefix(l.line, []byte("\ufeff"))
}
