package history

import (
	"time"

	"groqchat/chat"
)

// Answers of several models to one question come at the same time, and share a
// journal. Its first record is of the first of them; each other has records that
// bear its id. A version that does not know these passes them over.

// laneRecord is a record of an answer beside the first: its beginning or an event.
type laneRecord struct {
	Lane  string        `json:"lane,omitempty"`
	Begun *laneBegin    `json:"begun,omitempty"`
	Event *journalEvent `json:"event,omitempty"`
}

type laneBegin struct {
	Parent  string       `json:"parent"`
	Model   string       `json:"model"`
	Created time.Time    `json:"created"`
	Params  *chat.Params `json:"params,omitempty"`
}

// lanes makes room for answers beside the first, and gives the records that say
// what they are.
func (j *journalFile) lanes(beside []chat.Message) []any {
	records := make([]any, 0, len(beside))
	for _, m := range beside {
		j.all = append(j.all, &Journal{journalFile: j, message: m.ID, lane: true})
		records = append(records, laneRecord{Lane: m.ID, Begun: &laneBegin{m.Parent, m.Model, m.Created, m.Params}})
	}
	return records
}

// Beside is the record of an answer that comes beside the first one, nil if there
// was none of that id when the journal was begun. It is closed by itself.
func (j *Journal) Beside(id string) *Journal {
	for _, other := range j.all {
		if other.lane && other.message == id {
			return other
		}
	}
	return nil
}

// inLane is a record as it stands in the file.
func (j *Journal) inLane(r journalEvent) any {
	if !j.lane {
		return r
	}
	return laneRecord{Lane: j.message, Event: &r}
}

// takeLane takes in a record of an answer beside the first.
func (r *replay) takeLane(is laneRecord) {
	if is.Begun != nil {
		h := r.journalHeader
		h.Message, h.Parent, h.Model, h.Created, h.Params = is.Lane, is.Begun.Parent, is.Begun.Model, is.Begun.Created, is.Begun.Params
		h.From, h.FromThink = 0, 0
		r.lanes = append(r.lanes, replay{journalHeader: h})
		return
	}
	for i := range r.lanes {
		if l := &r.lanes[i]; l.Message == is.Lane && is.Event != nil {
			l.take(*is.Event)
		}
	}
}

// take takes in an event.
func (r *replay) take(e journalEvent) {
	if event := e.event(); event != nil {
		r.events = append(r.events, event)
	}
}

// each is the answers of the journal by themselves, the first one first.
func (r replay) each() []replay { return append([]replay{r}, r.lanes...) }

// foldAll brings into conv what the journal has more of its answers, and gives those
// that conv had nothing of.
func (r replay) foldAll(conv *chat.Conversation) (added []replay) {
	for _, one := range r.each() {
		if one.foldInto(conv) == foldAdded {
			added = append(added, one)
		}
	}
	return added
}
