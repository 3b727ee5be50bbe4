package history

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"groqchat/chat"
)

const (
	ledgerName = "usage.jsonl"
	// maxLedger is how much of the ledger is read: a quarter of a million answers.
	maxLedger = 64 << 20
)

// Ledger is the list of all answers with what they took: one JSON object a line,
// newest last. It holds figures, no text. Several processes may append to it.
type Ledger struct{ lineFile }

// Entry is one answer in the ledger.
type Entry struct {
	At    time.Time
	Model string
	chat.Usage
	chat.Timing
	State   chat.State // how it ended; the tokens of one that is not complete may be estimated
	Server  string     // the host, "" for Groq's own: its prices and limits are no other's
	Request string     // a name that no other answer has, "" if it is not known
	USD     float64    // what it cost at the price of that day
	Saved   float64    // what the server's cache saved of it
}

// ledgerLine is an entry as it stands in the file.
type ledgerLine struct {
	At    time.Time `json:"at"`
	Model string    `json:"model"`
	Usage usage     `json:"usage"`
	Times timing    `json:"timing"`
	State string    `json:"state,omitempty"` // left out: complete
	Host  string    `json:"server,omitempty"`
	Name  string    `json:"request,omitempty"`
	USD   float64   `json:"usd"`
	Saved float64   `json:"saved_usd,omitempty"`
}

// OpenLedger gives the ledger in the state folder. It does no I/O.
func OpenLedger(stateDir string) *Ledger {
	return &Ledger{lineFile{filepath.Join(stateDir, ledgerName), maxLedger}}
}

// Append adds an answer.
func (l *Ledger) Append(e Entry) error {
	line, err := json.Marshal(lineOf(e))
	if err == nil {
		err = l.append(append(line, '\n'))
	}
	if err != nil {
		return fmt.Errorf("add to the ledger: %w", err)
	}
	return nil
}

// AppendOnce adds an answer, unless one of its name is there.
func (l *Ledger) AppendOnce(e Entry) error {
	known, err := l.Since(time.Time{})
	if err != nil || slices.ContainsFunc(known, func(one Entry) bool { return one.Request == e.Request }) {
		return err
	}
	return l.Append(e)
}

func lineOf(e Entry) ledgerLine {
	line := ledgerLine{
		At: e.At.UTC(), Model: e.Model, Usage: usage(e.Usage), Times: timingOf(e.Timing),
		Host: e.Server, Name: e.Request, USD: e.USD, Saved: e.Saved,
	}
	if e.State != chat.Complete {
		line.State = string(e.State)
	}
	return line
}

func (l ledgerLine) entry() Entry {
	return Entry{
		At: l.At, Model: l.Model, Usage: chat.Usage(l.Usage), Timing: l.Times.durations(),
		State: cmp.Or(chat.State(l.State), chat.Complete), Server: l.Host, Request: l.Name, USD: l.USD, Saved: l.Saved,
	}
}

// Since gives the answers from a moment on, in the order of the file. Lines that
// cannot be read are passed over. Without a ledger there are none.
func (l *Ledger) Since(from time.Time) ([]Entry, error) {
	text, _, err := l.read()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	var entries []Entry
	for line := range bytes.Lines(text) {
		var one ledgerLine
		if json.Unmarshal(line, &one) != nil || one.Model == "" || one.At.Before(from) {
			continue
		}
		entries = append(entries, one.entry())
	}
	return entries, nil
}
