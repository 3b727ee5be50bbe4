package cli

import (
	"context"

	"groqchat/ui"
)

// apart runs f on a goroutine of its own and waits for it or for ctx, whichever
// is first: a read of a terminal or a pipe knows no context. What is left
// behind ends with the process. A panic of f becomes its error.
func apart[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			if r := recover(); r != nil {
				o.err = ui.NewCrash(r)
			}
			done <- o
		}()
		o.value, o.err = f()
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}
