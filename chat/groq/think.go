package groq

import "strings"

// Some servers send a model's thinking within the text, between these tags at its
// beginning.
const (
	thinkOpens  = "<think>"
	thinkCloses = "</think>"
)

// thinkPlace is where in an answer a thinkSplitter is.
type thinkPlace int

const (
	beforeThinking thinkPlace = iota // nothing but white space and a part of the tag came yet
	inThinking
	afterThinking // the white space behind the closing tag belongs to neither
	inAnswer
)

// thinkSplitter parts the thinking from the text of an answer that comes in pieces
// of any size. What may be a part of a tag is held until that can be told. Tags
// further on in the text are text: an answer may be about them.
type thinkSplitter struct {
	place thinkPlace
	held  string
}

// split gives what a piece adds to the thinking and to the text.
func (s *thinkSplitter) split(piece string) (thinking, text string) {
	piece = s.held + piece
	s.held = ""
	if s.place == beforeThinking {
		piece = s.open(piece)
	}
	if s.place == inThinking {
		thinking, piece = s.close(piece)
	}
	if s.place == afterThinking {
		if piece = strings.TrimLeft(piece, " \t\r\n"); piece != "" {
			s.place = inAnswer
		}
	}
	return thinking, piece
}

// open looks for the tag at the beginning, and gives what follows it; a text that
// begins otherwise is all answer.
func (s *thinkSplitter) open(piece string) (rest string) {
	begins := strings.TrimLeft(piece, " \t\r\n")
	if rest, ok := strings.CutPrefix(begins, thinkOpens); ok {
		s.place = inThinking
		return rest
	}
	if strings.HasPrefix(thinkOpens, begins) {
		s.held = piece
		return ""
	}
	s.place = inAnswer
	return piece
}

// close gives the thinking up to the tag that ends it, and what follows that.
func (s *thinkSplitter) close(piece string) (thinking, rest string) {
	if thinking, rest, ok := strings.Cut(piece, thinkCloses); ok {
		s.place = afterThinking
		return thinking, rest
	}
	held := tagBegun(piece, thinkCloses)
	s.held = piece[len(piece)-held:]
	return piece[:len(piece)-held], ""
}

// tagBegun is how many bytes at the end of a text may be the beginning of a tag.
func tagBegun(text, tag string) int {
	for n := min(len(text), len(tag)-1); n > 0; n-- {
		if strings.HasSuffix(text, tag[:n]) {
			return n
		}
	}
	return 0
}

// end gives what is still held when no more comes.
func (s *thinkSplitter) end() (thinking, text string) {
	held := s.held
	s.held = ""
	if s.place == inThinking {
		return held, ""
	}
	return "", held
}
