package cli

import (
	"errors"
	"fmt"
	"testing"

	"groqchat/chat"
)

func TestExitCodes_FollowTheContract(t *testing.T) {
	for _, row := range []struct {
		err  error
		want int
	}{
		{nil, 0},
		{errors.New("anything"), 1},
		{failed("", "a file"), 1},
		{misused("a flag"), 2},
		{chat.Errorf(chat.NoKey, "x"), 3},
		{chat.Errorf(chat.BadKey, "x"), 3},
		{chat.Errorf(chat.RateLimited, "x"), 4},
		{chat.Errorf(chat.QuotaSpent, "x"), 4},
		{chat.Errorf(chat.Unreachable, "x"), 5},
		{chat.Errorf(chat.TimedOut, "x"), 5},
		{chat.Errorf(chat.Cut, "x"), 5},
		{chat.Errorf(chat.NotAnAPI, "x"), 5},
		{chat.Errorf(chat.Forbidden, "x"), 6},
		{chat.Errorf(chat.UnknownModel, "x"), 6},
		{chat.Errorf(chat.TooLarge, "x"), 6},
		{chat.Errorf(chat.Refused, "x"), 6},
		{chat.Errorf(chat.ServerFault, "x"), 6},
		{chat.Errorf(chat.BadConfiguration, "x"), 2},
		{fmt.Errorf("while asking: %w", chat.Errorf(chat.BadKey, "x")), 3},
		{&failure{hint: "more", err: chat.Errorf(chat.UnknownModel, "x")}, 6},
	} {
		if got := codeOf(row.err); got != row.want {
			t.Errorf("%v: got %d, want %d", row.err, got, row.want)
		}
	}
}

func TestExitCodes_EveryKindOfErrorHasAdviceAndOneRow(t *testing.T) {
	for kind := chat.NoKey; kind <= chat.BadConfiguration; kind++ {
		rows := 0
		for _, row := range exitCodes() {
			for _, k := range row.kinds {
				if k == kind {
					rows++
				}
			}
		}
		if rows != 1 {
			t.Errorf("kind %d is in %d rows", kind, rows)
		}
		if chat.Hint(chat.Errorf(kind, "x")) == "" {
			t.Errorf("kind %d has no advice", kind)
		}
	}
}

func TestHint_OfTheFailureGoesBeforeThatOfItsCause(t *testing.T) {
	cause := chat.Errorf(chat.UnknownModel, "no such model")
	if got := hintOf(&failure{hint: "take that one", err: cause}); got != "take that one" {
		t.Errorf("got %q", got)
	}
	if got := hintOf(&failure{err: cause}); got != chat.Hint(cause) {
		t.Errorf("got %q", got)
	}
}
