package history

import (
	"cmp"
	"time"

	"groqchat/chat"
)

// Lost is an answer whose process was ended before it: what is known of it for
// the ledger.
type Lost struct {
	Asked   chat.Request // without what came after the question
	Events  []chat.Event // that had come
	Err     error        // how it ended if they do not say so
	Server  string       // who was asked, "" for Groq
	Request string       // a name that no other answer has: the server's, or else our own
	Began   time.Time
}

// OnLost makes tell hear of answers that a journal brings back, before it goes;
// it may hear of one twice. It is for a store that nobody uses yet.
func (s *Store) OnLost(tell func(Lost)) *Store {
	s.lost = tell
	return s
}

// account tells of the answer of a journal that is in its session. Its process may
// have told of it already, which the server's name shows. Without one that is
// taken for granted of an answer that ended, and of any where ours is "".
func (s *Store) account(conv chat.Conversation, r replay, ours string) {
	l := Lost{Events: r.events, Err: errLost, Server: r.Server, Request: cmp.Or(r.request(), ours), Began: r.Created}
	if s.lost == nil || l.Request == "" || r.request() == "" && r.ended() {
		return
	}
	conv.Head = r.Parent
	l.Asked = conv.Request()
	l.Asked.Model = r.Model
	s.lost(l)
}

// request is the server's name of the answer, "" where it gave none.
func (r replay) request() string {
	for _, e := range r.events {
		if s, ok := e.(chat.Started); ok {
			return s.RequestID
		}
	}
	return ""
}

// ended reports whether the journal knows how the answer ended.
func (r replay) ended() bool {
	if len(r.events) == 0 {
		return false
	}
	switch r.events[len(r.events)-1].(type) {
	case chat.Done, chat.Halted, chat.Broken:
		return true
	default:
		return false
	}
}
