package groq

import (
	"context"
	"net"
	"testing"
	"testing/synctest"
	"time"
)

// spring is a connection on which pieces of 200 bytes come, so many a second, and
// wait to be read.
type spring struct {
	net.Conn
	rate  int
	began time.Time
	taken int
}

const piece = 200

func (s *spring) Read(p []byte) (int, error) {
	next := s.began.Add(time.Duration(s.taken/piece+1) * time.Second / time.Duration(s.rate))
	<-time.After(time.Until(next))
	came := int(time.Since(s.began)*time.Duration(s.rate)/time.Second) * piece
	n := min(came-s.taken, len(p))
	s.taken += n
	return n, nil
}

// springs is a calm connection to a spring.
func springs(t *testing.T, c *calm, s *spring) net.Conn {
	t.Helper()
	dial := c.dialer(func(context.Context, string, string) (net.Conn, error) { return s, nil })
	conn, err := dial(t.Context(), "tcp", "")
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

// looksWithin is how often a reader looks in some time, and how many bytes it gets.
// Each look takes it some of that time.
func looksWithin(conn net.Conn, span, work time.Duration) (looks, got int) {
	buf := make([]byte, 4<<10)
	for begin := time.Now(); time.Since(begin) < span; looks++ {
		n, _ := conn.Read(buf)
		got += n
		<-time.After(work)
	}
	return looks, got
}

func TestCalm_LooksOnceInASipWhileAnAnswerComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const rate = 1_000 // of the fastest models
		c := &calm{}
		conn := springs(t, c, &spring{rate: rate, began: time.Now()})
		c.begin()
		if looks, got := looksWithin(conn, time.Second, time.Microsecond); looks > int(time.Second/sip)+1 || got < (rate-10)*piece {
			t.Errorf("%d looks in a second for %d bytes, a sip is %v", looks, got, sip)
		}
		c.end()
		if looks, _ := looksWithin(conn, time.Second, time.Microsecond); looks < rate-10 {
			t.Errorf("%d looks in a second with nothing under way, where each piece is taken as it comes", looks)
		}
	})
}

func TestCalm_DoesNotHoldUpAServerThatIsFast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const rate = 50_000
		c := &calm{}
		conn := springs(t, c, &spring{rate: rate, began: time.Now()})
		c.begin()
		looksWithin(conn, time.Second, time.Microsecond)
		if looks, _ := looksWithin(conn, time.Second, time.Microsecond); looks < rate/2 {
			t.Errorf("%d looks in a second for %d pieces", looks, rate)
		}
	})
}

func TestCalm_FirstLookAfterSilenceIsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &calm{}
		conn := springs(t, c, &spring{rate: 10, began: time.Now()})
		c.begin()
		began := time.Now()
		looksWithin(conn, time.Second, time.Microsecond)
		if d := time.Since(began); d > time.Second+time.Millisecond {
			t.Errorf("ten pieces, each long after the one before, took %v", d)
		}
	})
}
