package ui

import (
	"strings"
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
		spawn(f, func() { f.bring(chat.Broken{}) }, func(c *Crash) { crashed <- c }) // without an error the reducer panics
		<-crashed
		if conv := f.recorded(time.Second); len(conv.Messages) != 2 || conv.Messages[1].Content != "the beginning" {
			t.Errorf("recorded %+v", conv.Messages)
		}
	})
}

// A defect of the stream ends the answer; what came before is there.
func TestSpawn_ADefectOfTheStreamComesAfterWhatItBrought(t *testing.T) {
	bubble(t, func(t *testing.T) {
		f := newFeed()
		f.record.Ask("q", nil, time.Now())
		crashed := make(chan *Crash, 1)
		spawn(f, func() {
			f.bring(chat.Delta{Text: "the beginning"})
			panic("of the stream")
		}, func(c *Crash) { crashed <- c })
		<-crashed
		events := f.drain(time.Second)
		if n := len(events); n != 2 || events[0] != (chat.Delta{Text: "the beginning"}) || events[1] != (chat.Broken{Err: errInternal}) {
			t.Errorf("events %v", events)
		}
	})
}

// shownOf brings pieces of text and tells, for each time that the screen was
// given something, when that was and how many pieces.
func shownOf(f *feed, pieces int, every time.Duration, text string) (when []time.Duration, size []int) {
	began := time.Now()
	spawn(f, func() {
		for range pieces {
			f.bring(chat.Delta{Text: text})
			<-time.After(every)
		}
	}, nil)
	for {
		select {
		case <-f.wake:
			events, _ := f.take()
			when, size = append(when, time.Since(began)), append(size, len(events))
		case <-f.dry:
			return when, size
		}
	}
}

func TestFeed_ShowsWhatCameWithinAFrameTogether(t *testing.T) {
	bubble(t, func(t *testing.T) {
		f := newFeed()
		f.record.Ask("q", nil, time.Now())
		when, size := shownOf(f, 1000, time.Millisecond, "word ")
		if n := len(when); n > int(time.Second/gather)+2 {
			t.Errorf("a second of an answer was shown in %d frames", n)
		}
		if when[0] != 0 {
			t.Errorf("the first piece was shown after %v", when[0])
		}
		sum := 0
		for _, n := range size {
			sum += n
		}
		if sum != 1000 || f.record.Messages[1].Content != strings.Repeat("word ", 1000) {
			t.Errorf("%d pieces of 1000 were shown", sum)
		}
	})
}

func TestFeed_HoldsNothingThatComesBySingly(t *testing.T) {
	bubble(t, func(t *testing.T) {
		f := newFeed()
		f.record.Ask("q", nil, time.Now())
		when, _ := shownOf(f, 10, 100*time.Millisecond, "word ")
		for i, at := range when {
			if want := time.Duration(i) * 100 * time.Millisecond; at != want {
				t.Errorf("piece %d, brought at %v, was shown at %v", i, want, at)
			}
		}
		if len(when) != 10 {
			t.Errorf("shown %d times", len(when))
		}
	})
}

func TestFeed_AFloodIsShownAtHalfTheRateAndItsEndAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		f := newFeed()
		f.record.Ask("q", nil, time.Now())
		const pieces = 1001 // a second of 300 KB
		when, _ := shownOf(f, pieces, time.Millisecond, strings.Repeat("word ", 60))
		if n := len(when); n > int(time.Second/gather)/2+2 {
			t.Errorf("a flood was shown in %d frames a second", n)
		}
		if last := when[len(when)-1]; last > pieces*time.Millisecond {
			t.Errorf("what came last was shown after %v", last)
		}
	})
}

// What has no text is no frame: the first words are not kept waiting behind it.
func TestFeed_TheFirstWordsWaitForNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		f := newFeed()
		f.record.Ask("q", nil, time.Now())
		began := time.Now()
		spawn(f, func() {
			f.bring(chat.Started{Model: "m"})
			<-time.After(time.Millisecond)
			f.bring(chat.Delta{Text: "word"})
			<-time.After(time.Second)
		}, nil)
		<-f.wake
		<-f.wake
		if d := time.Since(began); d != time.Millisecond {
			t.Errorf("shown after %v", d)
		}
		<-f.dry
	})
}

// N24: five seconds of a hundred thousand pieces each make no more frames than any
// flood, take memory as their text does, and all of the text is there.
func TestFeed_AHundredThousandPiecesASecond(t *testing.T) {
	const batch, batches, most = 1000, 500, 64 << 20
	bubble(t, func(t *testing.T) {
		f := newFeed()
		f.record.Ask("q", nil, time.Now())
		heap := heapInUse()
		spawn(f, func() {
			for range batches {
				for range batch {
					f.bring(chat.Delta{Text: "word "})
				}
				<-time.After(time.Second * batch / 100_000)
			}
		}, nil)
		frames, pieces, grown := 0, 0, 0
		for dry := false; !dry; {
			select {
			case <-f.wake:
			case <-f.dry:
				dry = true
			}
			events, _ := f.take()
			frames, pieces = frames+1, pieces+len(events)
			if frames%20 == 0 {
				grown = max(grown, heapInUse()-heap)
			}
		}
		if frames > 5*int(time.Second/gather)/2+3 || pieces != batch*batches {
			t.Errorf("%d of %d pieces in %d frames", pieces, batch*batches, frames)
		}
		if got := f.record.Messages[1].Content; got != strings.Repeat("word ", batch*batches) {
			t.Errorf("%d bytes of text", len(got))
		}
		if grown == 0 || grown > most {
			t.Errorf("the heap grew by %d bytes", grown)
		}
		t.Logf("%d frames, the heap grew by %d bytes", frames, grown)
	})
}
