//go:build unix

package history

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
)

// saveBeyondLimit saves more than a file of this process may hold.
func saveBeyondLimit(s *Store) error {
	conv := short(idOne, "x")
	rev, err := s.Save(conv)
	if err != nil {
		return err
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 8 << 10, Max: 8 << 10}); err != nil {
		return err
	}
	conv.Rev = rev
	conv.Messages[1].Content = strings.Repeat("x", 100<<10)
	if _, err := s.Save(conv); !errors.Is(err, syscall.EFBIG) {
		return fmt.Errorf("saving gives %w", err)
	}
	got, err := s.Load(idOne)
	fmt.Fprintf(os.Stdout, "too large, %d messages are left\n", len(got.Messages))
	return err
}
