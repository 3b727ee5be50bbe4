package ui

import (
	"os"
	"testing"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// TestMain keeps the clock going that the expressions share which colour code: it is
// begun by the first one after a second without any, and where that was in a bubble
// the bubble would wait for its end in vain. Whether it was depended on how quick the
// machine was.
func TestMain(m *testing.M) {
	re := regexp2.MustCompile("x", regexp2.None)
	re.MatchTimeout = time.Hour
	if ok, err := re.MatchString("x"); !ok || err != nil {
		os.Exit(2)
	}
	os.Exit(m.Run())
}
