package history

import (
	"os"
	"testing"

	"groqchat/chat"
)

// accounts resumes the session as often as times, with the journal back in its place
// each time: the process was ended before it could be removed. It gives the ledger.
func accounts(t *testing.T, dir, journal string, times int) []Entry {
	t.Helper()
	text, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	l := OpenLedger(t.TempDir())
	for range times {
		if err := os.WriteFile(journal, text, fileMode); err != nil {
			t.Fatal(err)
		}
		s := Open(dir).OnLost(func(lost Lost) {
			r, ok := chat.Recount(t.Context(), lost.Asked, nil, lost.Events, lost.Err)
			if !ok {
				return
			}
			if err := l.AppendOnce(Entry{At: lost.Began, Model: r.Model, State: r.State, Usage: r.Usage, Server: lost.Server, Request: lost.Request}); err != nil {
				t.Fatal(err)
			}
		})
		if _, err := s.Resume(idOne, noon()); err != nil {
			t.Fatal(err)
		}
		s.ReleaseAll()
	}
	entries, err := l.Since(noon().AddDate(-1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func TestLost_IsAccountedForOnce(t *testing.T) {
	named := someAnswer()
	nameless := append([]chat.Event{chat.Started{}}, named[3:]...)
	for name, c := range map[string]struct {
		events []chat.Event
		state  chat.State // "": nothing is accounted for
		tokens int
	}{
		"the server named it":              {named, chat.Interrupted, 5},
		"the server did not":               {nameless, chat.Interrupted, 5},
		"it was stopped":                   {append(named[:len(named):len(named)], chat.Halted{}), chat.Stopped, 5},
		"whole, and nobody saved it":       {append(named[:len(named):len(named)], chat.Done{Finish: "stop", Usage: chat.Usage{CompletionTokens: 9}}), chat.Complete, 9},
		"it ended, and cannot be known by": {append(nameless[:len(nameless):len(nameless)], chat.Halted{}), "", 0},
		"it never began":                   {nil, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s := Open(dir)
			conv := asked(t, s)
			j := stream(t, s, &conv, c.events...)
			dies(s)
			got := accounts(t, dir, j.path, 3)
			if c.state == "" {
				if len(got) > 0 {
					t.Errorf("accounted for %+v", got)
				}
				return
			}
			if len(got) != 1 || got[0].State != c.state || got[0].CompletionTokens != c.tokens || got[0].Request == "" || got[0].Model != chat.DefaultModel {
				t.Fatalf("the ledger has %+v", got)
			}
			if e := got[0]; e.Estimated != (c.state != chat.Complete) || e.Estimated && e.PromptTokens == 0 {
				t.Errorf("the tokens are %+v", e.Usage)
			}
		})
	}
}

// An answer that its own process told the ledger of is not told of again.
func TestLost_KnowsWhatTheProcessSaid(t *testing.T) {
	l := OpenLedger(t.TempDir())
	e := answered(noon(), "a", 1, 2)
	e.Request = "req_1"
	for _, add := range []func(Entry) error{l.Append, l.AppendOnce} {
		if err := add(e); err != nil {
			t.Fatal(err)
		}
	}
	other := e
	other.Request = "req_2"
	if err := l.AppendOnce(other); err != nil {
		t.Fatal(err)
	}
	if got, err := l.Since(noon()); err != nil || len(got) != 2 || got[0] != e || got[1] != other {
		t.Errorf("%+v, %v", got, err)
	}
}
