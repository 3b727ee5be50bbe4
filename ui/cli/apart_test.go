package cli

import (
	"context"
	"errors"
	"strings"
	"testing"

	"groqchat/ui"
)

func TestApart_GivesWhatWasMade(t *testing.T) {
	want := errors.New("so it goes")
	got, err := apart(t.Context(), func() (int, error) { return 7, want })
	if got != 7 || !errors.Is(err, want) {
		t.Errorf("got %d, %v", got, err)
	}
}

func TestApart_DoesNotWaitLongerThanItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	hold := make(chan struct{})
	defer close(hold)
	_, err := apart(ctx, func() (int, error) {
		cancel()
		<-hold
		return 0, nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestApart_MakesAPanicAnError(t *testing.T) {
	_, err := apart(t.Context(), func() (int, error) { panic("oh") })
	var crash *ui.Crash
	if !errors.As(err, &crash) || strings.Contains(crash.Error(), "oh") || !strings.Contains(crash.Stack, "TestApart") {
		t.Errorf("got %v", err)
	}
}
