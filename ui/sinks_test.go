package ui

import (
	"errors"
	"maps"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/config"
	"groqchat/history"
)

// attacks reads the payloads that package safe is tested with.
func attacks(t *testing.T) map[string]string {
	t.Helper()
	raw, err := os.ReadFile("safe/testdata/payloads.txt")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for line := range strings.Lines(string(raw)) {
		name, err := strconv.QuotedPrefix(line)
		if err != nil {
			continue // a comment
		}
		text, err := strconv.Unquote(strings.TrimSpace(line[len(name):]))
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		all[name] = text
	}
	if len(all) < 44 {
		t.Fatalf("there are only %d payloads", len(all))
	}
	return all
}

// sinks is the places of the screen that show what others wrote.
func sinks() map[string]func(s *screen, evil string) {
	return map[string]func(s *screen, evil string){
		"an answer": func(s *screen, evil string) { begin(s); s.advance(chat.Delta{Text: evil}) },
		"code":      func(s *screen, evil string) { begin(s); s.advance(chat.Delta{Text: "```go\n" + evil + "\n```\n"}) },
		"a thought": func(s *screen, evil string) { begin(s); s.advance(chat.Reasoning{Text: evil}) },
		"an error":  func(s *screen, evil string) { begin(s); s.advance(chat.Broken{Err: errors.New(evil)}) },
		"a broken answer": func(s *screen, evil string) {
			begin(s)
			s.advance(chat.Delta{Text: "x"}, chat.Broken{Err: errors.New(evil)})
		},
		"a finish reason": func(s *screen, evil string) { begin(s); s.advance(chat.Delta{Text: "x"}, chat.Done{Finish: evil}) },
		"a wait": func(s *screen, evil string) {
			begin(s)
			s.advance(chat.Waiting{Try: 2, Until: s.m.clock.Add(time.Minute), Cause: &chat.Error{Message: evil}})
		},
		"the server's model": func(s *screen, evil string) {
			begin(s)
			s.advance(chat.Started{Model: evil}, chat.Delta{Text: "x"}, chat.Done{Finish: "stop"})
		},
		"a question": func(s *screen, evil string) {
			s.m.conv.Ask(evil, []chat.Attachment{{Name: evil, Type: evil}}, s.m.clock)
			s.m.transcript.show(s.m.conv.Path())
		},
		"the input":       func(s *screen, evil string) { s.feed(tea.PasteMsg{Content: evil}) },
		"a key's text":    func(s *screen, evil string) { s.feed(tea.KeyPressMsg{Code: tea.KeyExtended, Text: evil}) },
		"a model's name":  func(s *screen, evil string) { s.m.useModel(evil) },
		"a server's name": func(s *screen, evil string) { s.m.backend.Name = evil },
		"a notice":        func(s *screen, evil string) { s.m.notice.stay(toneError, evil) },
		"a dialog": func(s *screen, evil string) {
			s.m.over = &dialog{title: evil, text: evil, closing: evil, choices: []choice{option(evil, evil, nil), option(evil, evil, nil)}}
		},
	}
}

// listSinks is those of lists, pages and sessions.
func listSinks() map[string]func(s *screen, evil string) {
	return map[string]func(s *screen, evil string){
		"the list of models": func(s *screen, evil string) {
			s.press("ctrl+o")
			s.feed(modelsLoadedMsg{models: []chat.ModelInfo{{ID: evil, Owner: evil, Name: evil, Chat: true}}, live: true})
		},
		"the list of sessions": func(s *screen, evil string) {
			s.press("ctrl+s")
			s.feed(listedMsg{listing: history.Listing{Summaries: []history.Summary{{ID: "01KX3M8Q7VFZ2S0B9R4TYH6N00", Title: evil, Model: evil, Tags: []string{evil}}}}})
		},
		"a filter": func(s *screen, evil string) { s.press("ctrl+o"); s.feed(tea.PasteMsg{Content: evil}) },
		"a title":  func(s *screen, evil string) { s.m.conv.Title = evil },
		"limits": func(s *screen, evil string) {
			s.m.limits[limitKey{evil, evil, evil}] = chat.Exceeded{}
			s.m.openQuota()
		},
		"usage": func(s *screen, evil string) {
			s.feed(usageReadMsg{report: history.UsageReport{
				Models: []history.Tally{{Key: evil, Answers: 1}}, Total: history.Tally{Answers: 1}, Limits: []history.DayLimit{{Model: evil, Limit: 1, Spent: 1}},
			}})
		},
		"a read-only session": func(s *screen, evil string) {
			s.m.adopt(history.Session{Conversation: chat.Conversation{ID: "x", Title: evil, Model: evil}, ReadOnly: evil})
		},
		"a warning": func(s *screen, evil string) {
			s.m.warn(nil, []config.Warning{{File: evil, Text: evil}})
		},
		"a key that is pasted": func(s *screen, evil string) { s.m.over = newFirstRun(); s.feed(tea.PasteMsg{Content: evil}) },
		"a refused key": func(s *screen, evil string) {
			f := newFirstRun()
			f.fail(errors.New(evil), "")
			s.m.over = f
		},
	}
}

// bare is a screen with nothing behind it that costs time.
func bare(t *testing.T) *screen {
	t.Helper()
	s := &screen{t: t, m: newModel(t.Context(), Options{Now: func() time.Time { return time.Unix(0, 0) }, Store: history.Open(""), Config: config.Loaded{Config: config.Default()}})}
	s.m.over = nil
	s.feed(tea.WindowSizeMsg{Width: 60, Height: 20})
	return s
}

// TestSinks_ShowPayloadsAndDoNotObeyThem: whatever a server, a file or a
// clipboard holds, of escape sequences only our own colours and links reach the
// terminal, and the title of the window has none at all.
func TestSinks_ShowPayloadsAndDoNotObeyThem(t *testing.T) {
	all := attacks(t)
	places := sinks()
	maps.Copy(places, listSinks())
	for place, show := range places {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			for name, evil := range all {
				for _, text := range []string{evil, "before " + evil + " after"} {
					s := bare(t)
					show(s, text)
					s.m.refresh()
					v := s.m.View()
					if bad := obeyed(v.Content); bad != "" {
						t.Fatalf("%s: %q reaches the terminal in %q", name, bad, v.Content)
					}
					if bad := alive(v.WindowTitle); bad != "" {
						t.Fatalf("%s: %q is in the title %q", name, bad, v.WindowTitle)
					}
				}
			}
		})
	}
}

// TestSinks_AreSafeWhereverAPayloadIsCut: a sequence may come in two pieces.
func TestSinks_AreSafeWhereverAPayloadIsCut(t *testing.T) {
	for name, evil := range attacks(t) {
		for at := 1; at < len(evil); at++ {
			s := bare(t)
			begin(s)
			s.advance(chat.Reasoning{Text: evil[:at]})
			s.advance(chat.Reasoning{Text: evil[at:]})
			s.advance(chat.Delta{Text: evil[:at]})
			if bad := obeyed(s.m.View().Content); bad != "" {
				t.Fatalf("%s, the first %d bytes: %q reaches the terminal", name, at, bad)
			}
			s.advance(chat.Delta{Text: evil[at:]})
			if bad := obeyed(s.m.View().Content); bad != "" {
				t.Fatalf("%s, cut at %d: %q reaches the terminal", name, at, bad)
			}
		}
	}
}

// obeyed is what a terminal would act upon, beside colours of at most 32
// parameters and links to the web.
func obeyed(frame string) string {
	frame = regexp.MustCompile("\x1b\\[[0-9;:]*m").ReplaceAllStringFunc(frame, func(s string) string {
		if strings.Count(s, ";")+strings.Count(s, ":") > 31 || s == "\x1b[8m" {
			return "\x1b"
		}
		return ""
	})
	frame = regexp.MustCompile("\x1b]8;(id=[0-9a-f]+)?;((https?|mailto):[!-~]+)?(\a|\x1b\\\\)").ReplaceAllString(frame, "")
	return alive(strings.ReplaceAll(frame, "\n", ""))
}

// alive is the first character that is more than a sign to be seen; joiners of
// emoji and of letters are none.
func alive(text string) string {
	for _, r := range strings.ToValidUTF8(text, "\x00") {
		joins := r == '\u200c' || r == '\u200d'
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && !joins || r == '\u2028' || r == '\u2029' {
			return string(r)
		}
	}
	return ""
}
