package ui

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
	"groqchat/history"
)

// tricky is an answer with something of everything that is hard to fit.
const tricky = "# Heading 世界\n\nA paragraph with `code`, **bold**, a https://example.com/very/long/link/that/does/not/break and 👩‍👩‍👧‍👦 emoji.\n\n" +
	"| column | wide column | third |\n|---|---|---|\n| a | something rather long in here | 日本語 |\n\n" +
	"1. one\n   - nested\n     1. deeper\n\n> quoted\n\n```go\nfunc main() {\n\tfmt.Println(\"a line of code that is longer than most windows are wide, to see it wrapped\")\n}\n```\n"

// strange is a name of what terminals measure in different ways.
const strange = "👩‍👩‍👧‍👦❤️1️⃣👍🏽🇩🇪हिन्दी क्षत्रिय e\u0301\u0323 각 שלום مرحبا ﷽ ｶﾞ 𝔉 \u202eevil"

// surface is a state of the screen that must fit every window.
type surface struct {
	name string
	set  func(s *screen)
}

// surfaces is the table: a new surface is one row.
func surfaces() []surface {
	return slices.Concat([]surface{
		{"empty chat", func(*screen) {}},
		{"long input", func(s *screen) { s.m.composer.setText(strings.Repeat("words and 世界 👍🏽 ", 40)) }},
		{"selected input", func(s *screen) {
			s.m.composer.setText(strings.Repeat("words and 世界 👍🏽\n\n ", 40))
			s.press("alt+a")
		}},
		{"conversation", func(s *screen) { converse(s, tricky) }},
		{"scrolled up", func(s *screen) { converse(s, tricky); s.press("ctrl+home") }},
		{"waiting", func(s *screen) { begin(s) }},
		{"thinking", func(s *screen) {
			begin(s)
			s.advance(chat.Reasoning{Text: strings.Repeat("so many thoughts 思考 ", 60)})
		}},
		{"streaming", func(s *screen) { begin(s); s.advance(chat.Delta{Text: tricky[:len(tricky)/2]}) }},
		{"failed", func(s *screen) {
			begin(s)
			s.advance(chat.Broken{Err: errors.New(strings.Repeat("a long reason ", 30))})
		}},
		{"interrupted", func(s *screen) {
			begin(s)
			s.advance(chat.Delta{Text: "half"}, chat.Broken{Err: errors.New(strings.Repeat("a long reason ", 30))})
		}},
		{"notice", func(s *screen) { s.m.notice.stay(toneWarning, strings.Repeat("take care 注意 ", 40)) }},
		{"models", func(s *screen) { s.press("ctrl+o") }},
		{"models filtered", func(s *screen) { s.press("ctrl+o"); s.write("gpt") }},
		{"models without a match", func(s *screen) { s.press("ctrl+o"); s.write(strings.Repeat("zzz ", 30)) }},
		{"sessions", func(s *screen) { s.press("ctrl+s"); s.feed(sessionList()) }},
		{"guide", func(s *screen) {
			s.m.openGuide()
			s.feed(s.m.typeset()())
		}},
		{"no sessions", func(s *screen) { s.press("ctrl+s"); s.feed(listedMsg{}) }},
		{"palette", func(s *screen) { s.press("ctrl+p") }},
		{"help", func(s *screen) { s.press("f1") }},
		{"help scrolled", func(s *screen) { s.press("f1", "pgdown", "pgdown", "down") }},
		{"usage", func(s *screen) { s.feed(usageReadMsg{report: busyReport()}) }},
		{"limits", func(s *screen) {
			s.m.limits[limitKey{"acme/世界-" + strings.Repeat("long", 20), "output tokens", "minute"}] = chat.Exceeded{Limit: 1000}
			converse(s, "x")
			s.m.openQuota()
		}},
		{"first run", func(s *screen) { s.m.over = newFirstRun() }},
		{"first run with a problem", func(s *screen) {
			f := newFirstRun()
			f.paste("gsk_" + strings.Repeat("x", 200))
			f.fail(chat.Errorf(chat.BadKey, "Groq refused the key \x1b]0;evil\x07 世界"), "")
			s.m.over = f
		}},
	}, treeSurfaces(), strangeSurfaces(), readingSurfaces(), askingSurfaces(), traySurfaces(), voiceSurfaces())
}

// strangeSurfaces is those with names that are hard to measure.
func strangeSurfaces() []surface {
	return []surface{
		{"strange names", func(s *screen) {
			s.m.conv.Model, s.m.conv.Persona, s.m.backend.Name = "acme/"+strange, strange, strange
			converse(s, strings.Repeat(strange+"\n\n", 3))
			s.m.conv.Messages[0].Content = strings.Repeat(strange+" ", 9)
			s.m.conv.Messages[0].Attachments[0].Name = strange
			s.m.transcript.replace(s.m.conv.Path())
			s.m.files = s.m.conv.Messages[0].Attachments
			s.m.queue = append(s.m.queue, queued{text: strange})
			s.m.recent.sessions = sessionList().listing.Summaries
			s.write(strange)
		}},
		{"strange notice", func(s *screen) {
			s.m.recent.sessions = sessionList().listing.Summaries
			s.m.notice.stay(toneWarning, strings.Repeat(strange+" ", 9))
		}},
	}
}

// readingSurfaces is those of what was said.
func readingSurfaces() []surface {
	return []surface{
		{"a command being written", func(s *screen) { converse(s, tricky); s.write("/") }},
		{"earlier prompts", func(s *screen) {
			s.m.composer.loadPrompts([]string{strings.Repeat("wide 世界 ", 40), "two\nlines"})
			s.press("ctrl+r")
		}},
		{"reading", func(s *screen) { converse(s, tricky+tricky); s.press("ctrl+home"); s.feed(space()); s.feed(space()) }},
		{"a message alone", func(s *screen) { converse(s, tricky); s.press("tab", "enter") }},
		{"finding words", func(s *screen) {
			converse(s, tricky+tricky)
			s.m.commandFind("世界")
			s.feed(s.m.over.(*finder).search(s.m)())
			s.m.over.(*finder).typing = true
		}},
		{"going from hit to hit", func(s *screen) {
			converse(s, tricky+tricky)
			s.m.commandFind("E")
			s.feed(s.m.over.(*finder).search(s.m)())
		}},
		{"a choice of code", func(s *screen) {
			converse(s, tricky+tricky)
			msg, _ := s.m.lastCodes()
			s.m.chooseCode(msg, strings.Repeat("long/", 20))
		}},
	}
}

func converse(s *screen, text string) {
	s.m.conv.Ask("a question with 世界 in it and enough words to be wrapped in narrow windows", []chat.Attachment{{Name: "a \x1b[31mfile.go", Bytes: 812}}, s.m.clock)
	s.m.conv.Apply(chat.Delta{Text: text})
	s.m.conv.Apply(chat.Done{Finish: "length", Usage: chat.Usage{PromptTokens: 5000, CompletionTokens: 100}})
	s.m.quotas[s.m.conv.Model] = chat.Quota{
		Requests: chat.Limit{Known: true, Limit: 1000, Remaining: 3}, Tokens: chat.Limit{Known: true, Limit: 8000, Remaining: 10, Reset: 59 * time.Second, At: s.m.clock},
	}
	s.m.transcript.replace(s.m.conv.Path())
}

// begin puts the screen into a turn that nothing has come of yet.
func begin(s *screen) {
	s.m.conv.Ask("q", nil, s.m.clock)
	s.m.turn.begin(s.m.ctx, s.m.conv.Model, s.m.clock)
	s.m.transcript.show(s.m.conv.Path())
}

// advance gives the turn events.
func (s *screen) advance(events ...chat.Event) {
	for _, e := range events {
		s.m.turn.feed.put(e)
	}
	s.m.Update(streamAdvancedMsg{turn: s.m.turn.id})
}

func sessionList() listedMsg {
	var all []history.Summary
	for i := range 40 {
		all = append(all, history.Summary{
			ID: fmt.Sprintf("01KX3M8Q7VFZ2S0B9R4TYH6N%02d", i), Title: fmt.Sprintf("session %d 世界 \x1b[2J 👩‍👩‍👧‍👦 %s%s", i, strings.Repeat("long ", i), strange),
			Model: "acme/" + strange, Count: i * 100, Updated: time.Now().Add(-time.Duration(i) * time.Hour),
		})
	}
	return listedMsg{listing: history.Listing{Summaries: all, Problems: []history.Problem{{File: "x", Reason: "y"}}}}
}

// windows are sizes of windows: every width with every height in a soak, and else
// all around the smallest size, the largest one, and every other one of the rest, as
// on a chessboard.
func windows() []tea.WindowSizeMsg {
	widths := []int{1, 3, 5, 8, 13, 19, 20, 21, 24, 30, 39, 40, 41, 60, 79, 80, 81, 100, 120, 160, 200, 500}
	heights := []int{1, 2, 3, 5, 6, 7, 8, 9, 10, 12, 16, 17, 18, 24, 40, 50, 200}
	soak := os.Getenv("GROQCHAT_SOAK") != ""
	var sizes []tea.WindowSizeMsg
	for i, w := range widths {
		for j, h := range heights {
			limit := max(w-minWidth, minWidth-w) <= 1 || max(h-minHeight, minHeight-h) <= 1
			largest := i == len(widths)-1 && j == len(heights)-1
			if soak || limit || largest || (i+j)%2 == 0 {
				sizes = append(sizes, tea.WindowSizeMsg{Width: w, Height: h})
			}
		}
	}
	return sizes
}

// TestGeometry_EverySurfaceFitsEveryWindow: exactly as many rows as the window
// has, none wider than it, the cursor inside, no escape but our own, and drawing
// twice gives the same and changes nothing.
func TestGeometry_EverySurfaceFitsEveryWindow(t *testing.T) {
	sizes := windows()
	for _, surface := range surfaces() {
		t.Run(surface.name, func(t *testing.T) {
			t.Parallel()
			o, now := options(t, answer("x")), time.Now()
			o.Now = func() time.Time { return now } // else a slow machine holds back what it drew slowly
			checkJoined(t, &screen{t: t, m: newModel(t.Context(), o)}, surface.set)
			s := &screen{t: t, m: newModel(t.Context(), o)}
			s.feed(tea.WindowSizeMsg{Width: 80, Height: 24})
			surface.set(s)
			for _, size := range sizes {
				w, h := size.Width, size.Height
				s.feed(size)
				checkFrame(t, s.m.View(), w, h, ansi.WcWidth)
				before := s.m.View().Content
				s.m.refresh()
				if diff := cmp.Diff(before, s.m.View().Content); diff != "" {
					t.Fatalf("%d×%d: drawn twice it differs: %s", w, h, diff)
				}
			}
		})
	}
}

// checkJoined checks some windows of a terminal that says that it takes what is
// joined for one character.
func checkJoined(t *testing.T, s *screen, set func(*screen)) {
	t.Helper()
	s.feed(tea.WindowSizeMsg{Width: 80, Height: 24})
	s.feed(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeSet})
	set(s)
	for _, size := range [][2]int{{20, 6}, {40, 12}, {80, 24}} {
		s.feed(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		checkFrame(t, s.m.View(), size[0], size[1], ansi.GraphemeWidth)
	}
}

func checkFrame(t *testing.T, v tea.View, w, h int, widths ansi.Method) {
	t.Helper()
	rows := strings.Split(v.Content, "\n")
	if len(rows) > h || len(rows) != h && w >= minWidth && h >= minHeight {
		t.Fatalf("%d×%d: %d rows\n%s", w, h, len(rows), ansi.Strip(v.Content))
	}
	for i, row := range rows {
		if got := widths.StringWidth(row); got > w {
			t.Fatalf("%d×%d: row %d is %d cells wide: %q", w, h, i, got, row)
		}
	}
	if c := v.Cursor; c != nil && (c.X < 0 || c.X >= w || c.Y < 0 || c.Y >= h) {
		t.Fatalf("%d×%d: the cursor is at %d,%d", w, h, c.X, c.Y)
	}
	own := regexp.MustCompile("\x1b]8;(id=[0-9a-f]+;https?://[!-~]+|;)\a")
	if strings.Contains(own.ReplaceAllString(v.Content, ""), "\x1b]") || strings.Contains(v.Content, "\x1b[2J") {
		t.Fatalf("%d×%d: an escape of a stranger: %q", w, h, v.Content)
	}
}

func TestGeometry_ResizingKeepsWhatWasTyped(t *testing.T) {
	s := &screen{t: t, m: newModel(t.Context(), options(t, answer("x")))}
	s.feed(tea.WindowSizeMsg{Width: 80, Height: 24})
	s.write("before ")
	s.feed(tea.WindowSizeMsg{Width: 10, Height: 3})
	s.shows("needs 20×6", "your text", "is kept")
	s.write("while small ")
	s.feed(tea.WindowSizeMsg{Width: 80, Height: 24})
	s.write("after")
	if got := s.m.composer.text(); got != "before while small after" {
		t.Errorf("the composer holds %q", got)
	}
}
