package groq

import (
	"context"
	"net"
	"sync/atomic"
	"time"
)

// sip is the shortest time between two looks at a connection on which an answer
// comes. A fast model sends a thousand small pieces a second. To be woken for each
// costs several times what reading them does, and no screen shows more than some
// sixty pictures of them.
const sip = 8 * time.Millisecond

// calm is how many answers come over the connections of a client. While any does,
// they are read in sips.
type calm struct{ answers atomic.Int32 }

func (c *calm) begin() { c.answers.Add(1) }

func (c *calm) end() { c.answers.Add(-1) }

// dialer makes the connections of dial calm.
func (c *calm) dialer(dial func(ctx context.Context, network, address string) (net.Conn, error)) func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &calmConn{Conn: conn, calm: c}, nil
	}
}

// calmConn is a connection. One goroutine at a time reads it.
type calmConn struct {
	net.Conn
	calm  *calm
	since time.Time // when the present sip began
	came  int       // bytes in it
	empty bool      // all that had come was read
	fast  bool      // the sip before brought plenty
}

// plenty is what a sip brings, in bytes, where waiting between two looks would
// hold up a server: four times what the fastest models send.
const plenty = 8 << 10

// Read waits, if it would be another look within a sip that brought little. What
// comes meanwhile waits at the system, which takes it in as before.
func (c *calmConn) Read(p []byte) (int, error) {
	if c.calm.answers.Load() > 0 {
		c.rest()
	}
	n, err := c.Conn.Read(p)
	c.came += n
	c.empty = n < len(p)
	return n, err
}

// rest waits for the end of the sip, if that is worth it, and begins the next one.
func (c *calmConn) rest() {
	left := sip - time.Since(c.since)
	if left > 0 && (!c.empty || c.fast || c.came >= plenty) {
		return
	}
	if left > 0 {
		<-time.After(left)
	}
	c.fast = c.came >= plenty
	c.since, c.came = time.Now(), 0
}
