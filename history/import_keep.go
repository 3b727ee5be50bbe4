package history

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/oklog/ulid/v2"

	"groqchat/chat"
	"groqchat/history/atomicfile"
)

// origin is where an imported session is from, in its field of that name. With it
// the id of the session is made, so that the same conversation always gets the
// same id: that is how a second import knows it.
type origin struct {
	From string `json:"from"`
	ID   string `json:"id"`
	// Until is the time of the newest message that an import brought.
	Until time.Time `json:"until,omitzero"`
}

const originField = "origin"

// keep saves a conversation. The summary has no id if it was here before; added is
// how many messages one that was here has got.
func (in *intake) keep(f found) (summary Summary, added int, err error) {
	if f.from == "" {
		return in.keepOwn(f.conv)
	}
	if err := f.adopt(); err != nil || !in.claim(f.conv.ID) {
		return Summary{}, 0, err
	}
	if in.store.exists(fileName(f.conv.ID)) {
		return in.store.grow(f.conv)
	}
	if f.conv.Created.IsZero() {
		f.conv.Created = in.at
	}
	if f.conv.Updated.IsZero() {
		f.conv.Updated = f.conv.Created
	}
	summary, err = in.store.create(f.conv)
	return summary, 0, err
}

// keepOwn saves a session of ours under its own id. One that is here gets what it
// lacks, if it has nothing of its own; else the other becomes a session beside it,
// under an id that is made of what it holds.
func (in *intake) keepOwn(conv chat.Conversation) (summary Summary, added int, err error) {
	text, err := encode(conv, 0)
	if err != nil {
		return Summary{}, 0, err
	}
	if sum := sha256.Sum256(text); !in.claim(string(sum[:])) {
		return Summary{}, 0, nil
	}
	if validID(conv.ID) && in.claim(conv.ID) && !in.store.exists(fileName(conv.ID)) {
		summary, err = in.store.create(conv)
		return summary, 0, err
	}
	if here, err := in.store.Load(conv.ID); err == nil {
		switch {
		case sameText(here.Conversation, conv):
			return Summary{}, 0, nil
		case len(here.Messages) < len(conv.Messages) && holdsAll(conv, here.Clone()):
			return in.store.grow(conv)
		}
	}
	conv.ID = originID(conv.Created, appName+"\x00"+string(text))
	if in.store.exists(fileName(conv.ID)) {
		return Summary{}, 0, nil
	}
	summary, err = in.store.create(conv)
	return summary, 0, err
}

// adopt gives a stranger's conversation its id and its origin.
func (f *found) adopt() error {
	id := f.id
	if id == "" { // without a name it is known by what was said
		text, err := encode(f.conv, 0)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(text)
		id = hex.EncodeToString(sum[:])
	}
	mark, err := json.Marshal(origin{f.from, id, newest(f.conv.Messages)})
	if err != nil {
		return err
	}
	f.conv.Extra = chat.Extra{originField: mark}
	f.conv.ID = originID(f.conv.Created, f.from+"\x00"+id)
	return nil
}

// originID is an id that is made of an origin and not of chance.
func originID(created time.Time, origin string) string {
	sum := sha256.Sum256([]byte(origin))
	var id ulid.ULID
	// Both fail only for what is out of bounds, and neither is.
	_ = id.SetTime(min(uint64(max(0, created.UnixMilli())), ulid.MaxTime()))
	_ = id.SetEntropy(sum[:len(id)-6])
	return id.String()
}

// claim reports whether this import meets the id for the first time.
func (in *intake) claim(id string) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	first := !in.claimed[id]
	in.claimed[id] = true
	return first
}

// sameText reports whether two sessions hold the same, whatever their revision.
func sameText(a, b chat.Conversation) bool {
	textA, errA := encode(a, 0)
	textB, errB := encode(b, 0)
	return errA == nil && errB == nil && string(textA) == string(textB)
}

// create writes a session that has no file yet. The file gets the time of the
// session, by which lists are ordered: what was said years ago is not the newest.
func (s *Store) create(conv chat.Conversation) (Summary, error) {
	text, err := encode(conv, max(1, conv.Rev))
	if err == nil && int64(len(text)) > maxSession {
		err = errors.New("it would be larger than a session may be")
	}
	if err == nil {
		err = s.place(conv.ID, text)
	}
	if err != nil {
		return Summary{}, fmt.Errorf("save session %s: %w", conv.ID, err)
	}
	if !conv.Updated.IsZero() {
		// Without it the session stands higher in lists than it should, no more.
		_ = os.Chtimes(s.Path(conv.ID), time.Time{}, conv.Updated)
	}
	return SummaryOf(conv), nil
}

// SummaryOf is a session as a list shows it.
func SummaryOf(conv chat.Conversation) Summary {
	return Summary{
		ID: conv.ID, Title: conv.Title, Model: conv.Model, Created: conv.Created, Updated: conv.Updated,
		Count: len(conv.Messages), Pinned: conv.Pinned, Tags: conv.Tags,
	}
}

// place writes the text of a session that has no file yet, and that nobody has
// open. Many are placed at the same time: the lock of the session, and the look
// for its file before the last step, keep two of one name apart, so that the store
// need not be held while the disk works. [Store.forceNames] ends it.
func (s *Store) place(id string, text []byte) error {
	s.mu.Lock()
	release, err := s.holdBriefly(id)
	s.mu.Unlock()
	if err != nil {
		return err
	}
	defer release()
	o := s.options()
	o.Later = true
	return s.writeWith(o, id, text, stamp{})
}

// forceNames forces the names of what was placed to the disk.
func (s *Store) forceNames() error {
	return inFolder(s.dir, atomicfile.SyncFolder(s.dir, s.tap))
}
