package batch

import (
	"errors"
	"time"

	"groqchat/chat"
)

// outage is a time in which nothing gets through, whatever is asked. After each
// failure all wait, longer every time; failures of what was under way by then
// count once. An answer ends it.
type outage struct {
	phase  int
	streak int
	until  time.Time // nothing is sent before
}

// How an outage is waited for: two minutes in all.
const (
	outagePhases  = 8
	longestOutage = 30 * time.Second
)

// grows counts the failure of a try that was sent in a phase; it reports whether
// there is no use in going on.
func (o *outage) grows(phase int, now time.Time) bool {
	if phase != o.phase {
		return false
	}
	o.phase++
	o.streak++
	o.until = now.Add(min(time.Second<<(o.streak-1), longestOutage))
	return o.streak >= outagePhases
}

// fatal tells failures that every other item would meet as well.
func fatal(err error, answered int) bool {
	var e *chat.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Kind {
	case chat.NoKey, chat.BadKey, chat.BadConfiguration, chat.NotAnAPI:
		return true
	case chat.UnknownModel, chat.Forbidden:
		return answered == 0
	case chat.QuotaSpent:
		return e.Limit != nil && !e.Limit.Final
	default:
		return false
	}
}

// general tells failures that say nothing of the item: the server, or the way to
// it, may be gone.
func general(err error) bool {
	switch chat.KindOf(err) {
	case chat.ServerFault, chat.Unreachable, chat.TimedOut, chat.Cut:
		return true
	default:
		return false
	}
}
