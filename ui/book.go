package ui

import (
	"sync"

	"groqchat/history"
)

// book is the journal of a turn, which all of its streams share. Whoever comes
// first begins it, with the question; where that fails, who comes next tries again.
type book struct {
	begin func() (*history.Journal, error) // a nil journal: nothing is written

	mu      sync.Mutex
	begun   bool
	journal *history.Journal
}

func (b *book) open() (*history.Journal, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.begun {
		return b.journal, nil
	}
	journal, err := b.begin()
	if err == nil {
		b.begun, b.journal = true, journal
	}
	return journal, err
}

// keep makes a feed write what the conversation's own answer brings.
func (b *book) keep(f *feed) (err error) {
	f.journal, err = b.open()
	return err
}

// keepBeside makes a feed write what the answer of a lane brings.
func (b *book) keepBeside(f *feed, answer string) error {
	journal, err := b.open()
	if journal != nil {
		f.journal = journal.Beside(answer)
	}
	return err
}
