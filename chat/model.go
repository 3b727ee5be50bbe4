package chat

import (
	"cmp"
	"slices"
	"strings"
)

// DefaultModel is what a new user talks to.
const DefaultModel = "openai/gpt-oss-120b"

// Status says how far a model can be relied on.
type Status string

// The states of a model's life.
const (
	Production Status = "production"
	Preview    Status = "preview"
	Retired    Status = "retired"
	Unlisted   Status = "" // nothing is known: named by the user or by another server
)

// ModelInfo says what a model is and takes. Zero means not known, except that
// an empty Efforts means that the model takes no reasoning effort.
type ModelInfo struct {
	ID, Name, Owner string
	Status          Status
	Context         int     // window, tokens
	MaxOutput       int     // longest answer, tokens, reasoning included
	Speed           int     // tokens a second, as documented
	PriceIn         float64 // USD for a million tokens
	PriceCached     float64
	PriceOut        float64
	Images          bool     // takes images
	Efforts         []string // values of reasoning_effort that it takes
	DefaultEffort   string   // what to send when the user chose none
	Chat            bool     // answers chats; others transcribe, speak or moderate
	ShutDown        string   // for a retired model: the day, 2006-01-02
	Replacement     string   // for a retired model: what to use today
	FreeDay         int      // tokens that a free key has for a day, 0 if not known
	FreeMinute      int      // tokens that a free key has for a minute, 0 if not known
}

// MaxImages is how many pictures a request may hold (Groq's page on vision,
// October 2026: the one model that sees takes three).
const MaxImages = 3

// MayTakeImages reports whether pictures can be sent to the model: it takes them,
// or nothing at all is known of it, as of the models of most other servers.
func (m ModelInfo) MayTakeImages() bool {
	return m.Images || m.Status == Unlisted && m.Context == 0
}

// Short is the id without its owner's prefix: gpt-oss-120b.
func (m ModelInfo) Short() string { return ShortModel(m.ID) }

// ShortModel is a model's id without its owner's prefix.
func ShortModel(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }

// Effort is the reasoning effort to send when the user wants want: want itself
// where the model takes it, else the model's default.
func (m ModelInfo) Effort(want string) string {
	if want != "" && slices.Contains(m.Efforts, want) {
		return want
	}
	return m.DefaultEffort
}

// Catalogue is what is known of models. Order is the order of showing.
type Catalogue []ModelInfo

// Find gives what is known of id; for an unknown id an entry that only has the
// id and may be used all the same.
func (c Catalogue) Find(id string) ModelInfo {
	if i := slices.IndexFunc(c, func(m ModelInfo) bool { return m.ID == id }); i >= 0 {
		return c[i]
	}
	return ModelInfo{ID: id, Chat: true}
}

// Chats is the models that answer chats and can be used.
func (c Catalogue) Chats() Catalogue {
	return slices.DeleteFunc(slices.Clone(c), func(m ModelInfo) bool { return !m.Chat || m.Status == Retired })
}

// Seeing is the first model to talk to that takes pictures, "" if none does.
func (c Catalogue) Seeing() string {
	for _, m := range c.Chats() {
		if m.Images {
			return m.ID
		}
	}
	return ""
}

// Merge is the live list, completed by what c knows; of c itself only retired
// models that the live list does not have are kept, so that they can be
// explained. An empty list leaves c as it is.
func (c Catalogue) Merge(live []ModelInfo) Catalogue {
	if len(live) == 0 {
		return c
	}
	merged := make(Catalogue, 0, len(live))
	for _, m := range live {
		merged = append(merged, complete(m, c.Find(m.ID)))
	}
	for _, m := range c {
		if m.Status == Retired && !slices.ContainsFunc(live, func(l ModelInfo) bool { return l.ID == m.ID }) {
			merged = append(merged, m)
		}
	}
	slices.SortStableFunc(merged, func(a, b ModelInfo) int { return cmp.Compare(c.rank(a.ID), c.rank(b.ID)) })
	return merged
}

// rank keeps the known models in the order of the catalogue, before the others.
func (c Catalogue) rank(id string) int {
	if i := slices.IndexFunc(c, func(m ModelInfo) bool { return m.ID == id }); i >= 0 {
		return i
	}
	return len(c)
}

// complete fills what the live entry leaves open with what is known. A model that
// is served is not retired, whatever is known.
func complete(live, known ModelInfo) ModelInfo {
	live.Name = cmp.Or(live.Name, known.Name)
	live.Owner = cmp.Or(live.Owner, known.Owner)
	live.Context = cmp.Or(live.Context, known.Context)
	live.MaxOutput = cmp.Or(live.MaxOutput, known.MaxOutput)
	live.Speed = cmp.Or(live.Speed, known.Speed)
	live.PriceIn = cmp.Or(live.PriceIn, known.PriceIn)
	live.PriceCached = cmp.Or(live.PriceCached, known.PriceCached)
	live.PriceOut = cmp.Or(live.PriceOut, known.PriceOut)
	live.FreeDay = cmp.Or(live.FreeDay, known.FreeDay)
	live.FreeMinute = cmp.Or(live.FreeMinute, known.FreeMinute)
	live.Images = live.Images || known.Images
	if known.Status != Retired {
		live.Status = cmp.Or(live.Status, known.Status)
	}
	if live.Efforts == nil {
		live.Efforts, live.DefaultEffort = known.Efforts, known.DefaultEffort
	}
	return live
}
