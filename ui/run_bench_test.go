//go:build unix

package ui

import (
	"context"
	"io"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/creack/pty"

	"groqchat/chat"
)

// BenchmarkRun_Stream is the whole screen in a pseudo-terminal of 120 × 40 with
// an answer of 20,000 tokens at 1,000 a second. It takes as long as it takes:
// look at the profile, which says where the time of the processor goes.
func BenchmarkRun_Stream(b *testing.B) {
	text := torture(b) + "\n"
	for b.Loop() {
		ctx, cancel := context.WithCancel(b.Context())
		master, slave, err := pty.Open()
		if err != nil {
			b.Skipf("this machine has no pseudo-terminals: %v", err)
		}
		pty.Setsize(master, &pty.Winsize{Cols: 120, Rows: 40})
		go io.Copy(io.Discard, master)
		model := chat.StreamFunc(func(context.Context, chat.Request) streamSeq {
			return func(yield func(chat.Event, error) bool) {
				defer time.AfterFunc(time.Second, cancel)
				pacedTokens(text, yield)
			}
		})
		o := Options{Now: time.Now, First: "go on", Backend: Backend{Chat: model, Models: &script{}}, Input: slave, Output: slave, Profile: colorprofile.TrueColor, Env: []string{"TERM=xterm-256color"}}
		o.Config.Width = 100
		Run(ctx, o)
		slave.Close()
		master.Close()
	}
}

// pacedTokens yields 20,000 tokens of four bytes at 1,000 a second.
func pacedTokens(text string, yield func(chat.Event, error) bool) {
	pace := time.NewTicker(time.Millisecond)
	defer pace.Stop()
	for i := range 20_000 {
		<-pace.C
		at := i * 4 % (len(text) - 4)
		if !yield(chat.Delta{Text: text[at : at+4]}, nil) {
			return
		}
	}
	yield(chat.Done{Finish: "stop"}, nil)
}
