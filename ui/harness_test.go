package ui

import (
	"context"
	"iter"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"groqchat/chat"
	"groqchat/config"
	"groqchat/history"
	"groqchat/ui/theme"
)

// screen drives a Model as Bubble Tea would, without a terminal: commands run
// beside it and their messages are taken in one after the other. Inside a
// synctest bubble timers cost nothing.
type screen struct {
	t       *testing.T
	m       *Model
	msgs    chan tea.Msg
	done    chan struct{} // closed when nobody takes messages any more
	pending int
	quit    bool
	clipped string // what the terminal was told that is no frame
	watch   bool   // the folder of personas is looked at again and again; else settle would never end
	retry   bool   // saves are tried again; else a disk that stays full would keep settle for ever
}

// script is a streamer that yields what it is given, or waits where it is told to.
type script struct {
	events []chat.Event
	err    error
	hold   chan struct{} // closed to let the stream begin, nil: at once
	open   bool          // it goes on without an end after its events
	next   []string      // the texts of the answers after the first

	mu  sync.Mutex
	got []chat.Request
}

// asked is the requests so far.
func (s *script) asked() []chat.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.got)
}

func (s *script) Stream(ctx context.Context, req chat.Request) iter.Seq2[chat.Event, error] {
	s.mu.Lock()
	events := slices.Clone(s.events)
	if n := len(s.got); n > 0 && len(s.next) > 0 {
		for i := range events {
			if _, ok := events[i].(chat.Delta); ok {
				events[i] = chat.Delta{Text: s.next[min(n, len(s.next))-1]}
			}
		}
	}
	s.got = append(s.got, req)
	s.mu.Unlock()
	return func(yield func(chat.Event, error) bool) {
		if s.hold != nil {
			select {
			case <-s.hold:
			case <-ctx.Done():
				yield(nil, context.Cause(ctx))
				return
			}
		}
		for _, e := range events {
			if !yield(e, nil) {
				return
			}
		}
		if s.open {
			<-ctx.Done()
			yield(nil, context.Cause(ctx))
		}
		if s.err != nil {
			yield(nil, s.err)
		}
	}
}

func (s *script) Models(context.Context) ([]chat.ModelInfo, error) {
	return []chat.ModelInfo{{ID: chat.DefaultModel, Chat: true}, {ID: "openai/gpt-oss-20b", Chat: true}, {ID: "acme/new", Chat: true}}, nil
}

// answer is the script of a whole answer.
func answer(text string) *script {
	return &script{events: []chat.Event{
		chat.Started{Model: chat.DefaultModel},
		chat.Quota{Model: chat.DefaultModel, Requests: chat.Limit{Known: true, Limit: 1000, Remaining: 1000, At: time.Now()}},
		chat.Delta{Text: text},
		chat.Done{Finish: "stop", Usage: chat.Usage{PromptTokens: 91, CompletionTokens: 24}, Timing: chat.Timing{Completion: 50 * time.Millisecond, FirstToken: 180 * time.Millisecond, Total: 240 * time.Millisecond}},
	}}
}

// options is what a test's screen is given: a store in a folder of its own and a
// script to talk to.
func options(t testing.TB, s *script) Options {
	t.Helper()
	loaded, err := config.Load(config.Input{Dir: t.TempDir(), Env: []string{"HOME=" + t.TempDir()}})
	if err != nil {
		t.Fatal(err)
	}
	loaded.Theme = "dark"
	o := Options{
		Config: loaded, Store: history.Open(folder(t)), Prompts: history.OpenPrompts(folder(t)),
		Now: time.Now, Connect: func(config.Secret) (Backend, error) { return Backend{Chat: s, Models: s}, nil },
		Demo:    func() (Backend, error) { return Backend{Chat: s, Models: s, Name: "demo"}, nil },
		SaveKey: keepIn(new(string)),
	}
	if s != nil {
		o.Backend = Backend{Chat: s, Models: s}
	}
	return o
}

// folder is a folder that goes with the test. Outside of a bubble what still runs
// at its end is not waited for, and may write once more: that is no failure.
func folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "chat-test-") //nolint:usetesting // whose folder has to be empty when it is removed
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// open starts a screen of 80×24.
func open(t *testing.T, o Options) *screen {
	t.Helper()
	s := &screen{t: t, m: newModel(t.Context(), o), msgs: make(chan tea.Msg), done: make(chan struct{})}
	t.Cleanup(s.drain)
	s.run(s.m.Init())
	s.feed(tea.WindowSizeMsg{Width: 80, Height: 24})
	return s
}

// run starts a command; its message comes when settle takes it. A screen that was
// not opened runs none: nobody would take the message.
func (s *screen) run(cmd tea.Cmd) {
	if cmd == nil || s.msgs == nil {
		return
	}
	s.pending++
	go func() {
		select {
		case s.msgs <- cmd():
		case <-s.done:
		}
	}()
}

// feed gives messages to the model.
func (s *screen) feed(msgs ...tea.Msg) {
	for _, msg := range msgs {
		switch msg := msg.(type) {
		case nil:
		case tea.BatchMsg:
			for _, cmd := range msg {
				s.run(cmd)
			}
		case tea.QuitMsg:
			s.quit = true
		case tea.RawMsg:
			s.clipped, _ = msg.Msg.(string)
		case retryMsg:
			if s.retry {
				s.take(msg)
			}
		case personasReadMsg:
			if s.watch || !msg.looked {
				s.take(msg)
			}
		case themesReadMsg:
			if s.watch || !msg.looked {
				s.take(msg)
			}
		default:
			s.take(msg)
		}
	}
}

func (s *screen) take(msg tea.Msg) {
	s.m.clock = s.m.opts.Now()
	_, cmd := s.m.Update(msg)
	s.run(cmd)
}

// settle takes the messages of all commands until none is left.
func (s *screen) settle() {
	for s.pending > 0 {
		s.step()
	}
}

// drain ends what still runs, unheard.
func (s *screen) drain() {
	s.m.turn.end()
	if time.Now().Year() > bubbleYear { // real timers are not worth waiting for
		close(s.done)
		return
	}
	for ; s.pending > 0; s.pending-- {
		<-s.msgs
	}
}

func (s *screen) step() {
	msg := <-s.msgs
	s.pending--
	s.feed(msg)
}

// until takes messages until the condition holds.
func (s *screen) until(what string, holds func() bool) {
	s.t.Helper()
	for !holds() {
		if s.pending == 0 {
			s.t.Fatalf("nothing is left to wait for: %s\n%s", what, s.text())
		}
		s.step()
	}
}

// press presses keys by their names.
func (s *screen) press(names ...string) {
	s.t.Helper()
	for _, name := range names {
		s.feed(keyPress(s.t, name))
	}
}

// read waits until what has opened by itself is taken for seen.
func (s *screen) read() { <-time.After(surpriseTime) }

// write types text.
func (s *screen) write(text string) {
	for _, r := range text {
		s.feed(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// text is what stands on the screen, without colours and trailing blanks.
func (s *screen) text() string {
	lines := strings.Split(ansi.Strip(s.m.View().Content), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// shows fails the test unless every text is on the screen.
func (s *screen) shows(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if !strings.Contains(s.text(), text) {
			s.t.Errorf("%q is not on the screen:\n%s", text, s.text())
		}
	}
}

// lacks fails the test if a text is on the screen.
func (s *screen) lacks(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if strings.Contains(s.text(), text) {
			s.t.Errorf("%q is on the screen:\n%s", text, s.text())
		}
	}
}

// keyPress is the message of a key by its name.
func keyPress(t *testing.T, name string) tea.KeyPressMsg {
	t.Helper()
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
		"tab": tea.KeyTab, "space": tea.KeySpace, "home": tea.KeyHome, "end": tea.KeyEnd, "f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5, "f6": tea.KeyF6, "f7": tea.KeyF7,
		"backspace": tea.KeyBackspace, "f8": tea.KeyF8, "f9": tea.KeyF9, "delete": tea.KeyDelete, "left": tea.KeyLeft, "right": tea.KeyRight,
	}
	k := tea.KeyPressMsg{}
	rest := name
	for cut := true; cut; {
		switch {
		case strings.HasPrefix(rest, "ctrl+"):
			k.Mod |= tea.ModCtrl
			rest = rest[len("ctrl+"):]
		case strings.HasPrefix(rest, "shift+"):
			k.Mod |= tea.ModShift
			rest = rest[len("shift+"):]
		case strings.HasPrefix(rest, "alt+"):
			k.Mod |= tea.ModAlt
			rest = rest[len("alt+"):]
		default:
			cut = false
		}
	}
	if code, ok := codes[rest]; ok {
		k.Code = code
	} else {
		k.Code = []rune(rest)[0]
		if k.Mod == 0 {
			k.Text = rest
		}
	}
	if k.String() != name {
		t.Fatalf("the key %q would arrive as %q", name, k.String())
	}
	return k
}

// palette is the built-in palette for a dark or a light ground.
func palette(dark bool) theme.Palette {
	name := theme.DefaultLight
	if dark {
		name = theme.Default
	}
	p, _ := theme.Find(name)
	return p
}

// bubbleYear is when time begins in a bubble.
const bubbleYear = 2000

// bubble runs a test with virtual time.
func bubble(t *testing.T, test func(t *testing.T)) { synctest.Test(t, test) }

// streamSeq is what a Streamer returns.
type streamSeq = iter.Seq2[chat.Event, error]

func sized(width, height int) tea.WindowSizeMsg {
	return tea.WindowSizeMsg{Width: width, Height: height}
}
