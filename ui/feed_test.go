package ui

import (
	"testing"
	"time"

	"groqchat/chat"
)

// A defect in the reducer must not hold the feed's lock: the screen and the
// rescue of the session both take it.
func TestSpawn_ADefectOfTheReducerLeavesTheFeedToOthers(t *testing.T) {
	bubble(t, func(t *testing.T) {
		f := newFeed()
		f.record.Ask("q", nil, time.Now())
		f.put(chat.Delta{Text: "the beginning"})
		crashed := make(chan *Crash, 1)
		spawn(f, func() { f.put(chat.Broken{}) }, func(c *Crash) { crashed <- c }) // without an error the reducer panics
		<-crashed
		if conv := f.recorded(time.Second); len(conv.Messages) != 2 || conv.Messages[1].Content != "the beginning" {
			t.Errorf("recorded %+v", conv.Messages)
		}
	})
}
