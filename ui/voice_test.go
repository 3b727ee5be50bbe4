package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"groqchat/chat"
)

// speaks is a screen on which a recording runs, or will; hear is what a server
// makes of it.
func speaks(t *testing.T, hear func(chat.Speech) (string, error)) (*screen, *voice) {
	o := options(t, answer("x"))
	o.Backend.Transcribe = func(_ context.Context, s chat.Speech) (chat.Transcript, error) {
		text, err := hear(s)
		return chat.Transcript{Text: text}, err
	}
	s := open(t, o)
	s.settle()
	s.m.commandVoice("") // its command is not run: there is no recorder in a test
	v := s.m.over.(*voice)
	return s, v
}

// begins is a recorder that runs. What would wait for it is not run.
func (s *screen) begins(v *voice) {
	s.m.clock = time.Now()
	s.m.onVoiceBegun(voiceBegunMsg{id: v.id, rec: &recording{tool: recorderTool{program: "arecord"}}, next: 1})
	s.m.refresh()
}

func TestVoice_PutsWhatWasSaidIntoTheInput(t *testing.T) {
	for _, c := range []struct{ before, said, after string }{
		{"", " Two words. ", "Two words."},
		{"so:", "two", "so: two"},
		{"so\n", "two", "so\ntwo"},
		{"so", "", "so"},
	} {
		synctest.Test(t, func(t *testing.T) {
			s, v := speaks(t, func(got chat.Speech) (string, error) {
				if string(got.Data) != "sound" || got.Name != "a.wav" {
					t.Errorf("sent %+v", got)
				}
				return c.said, nil
			})
			s.m.composer.setText(c.before)
			s.begins(v)
			if text := s.text(); !strings.Contains(text, "● Recording  0 s  with arecord") || !strings.Contains(text, "enter done: write it down") {
				t.Errorf("shown:\n%s", text)
			}
			v.writing = true
			s.feed(voiceEndedMsg{id: v.id, name: "a.wav", sound: []byte("sound")})
			s.settle()
			if got := s.m.composer.text(); got != c.after || s.m.over != nil {
				t.Errorf("the input is %q, want %q; open: %T", got, c.after, s.m.over)
			}
		})
	}
}

func TestVoice_TellsWhatWentWrong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, v := speaks(t, func(chat.Speech) (string, error) { return "", chat.Errorf(chat.TimedOut, "too slow") })
		s.m.composer.setText("kept")
		s.begins(v)
		v.writing = true
		s.feed(voiceEndedMsg{id: v.id, sound: []byte("sound")})
		s.settle()
		if !strings.Contains(s.text(), "Too slow") || s.m.composer.text() != "kept" {
			t.Errorf("shown:\n%s", s.text())
		}

		s.m.commandVoice("")
		s.feed(voiceBegunMsg{id: s.m.voices, err: errNoRecorder})
		if !strings.Contains(s.text(), "No program that records was found") || s.m.over != nil {
			t.Errorf("shown:\n%s", s.text())
		}

		s.m.commandVoice("")
		s.m.over.(*voice).writing = true
		s.feed(voiceEndedMsg{id: s.m.voices, err: errors.New("arecord recorded nothing: no card")})
		if !strings.Contains(s.text(), "no card") || !strings.Contains(s.text(), "microphone") {
			t.Errorf("shown:\n%s", s.text())
		}

		s.m.backend.Transcribe = nil
		s.m.commandVoice("")
		s.m.refresh()
		if !strings.Contains(s.text(), "writes no speech down") {
			t.Errorf("shown:\n%s", s.text())
		}
	})
}

func TestVoice_TriesTheNextRecorder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, v := speaks(t, func(chat.Speech) (string, error) { return "", nil })
		s.begins(v)
		if cmd := s.m.onVoiceEnded(voiceEndedMsg{id: v.id, err: errors.New("no card")}); cmd == nil || s.m.over != v || v.rec != nil {
			t.Errorf("after the first one: %+v", v)
		}
	})
}

func TestVoice_IsDroppedByEsc(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, v := speaks(t, func(chat.Speech) (string, error) {
			t.Error("it was sent all the same")
			return "late", nil
		})
		v.rec = nil
		s.press("esc")
		if !strings.Contains(s.text(), "The recording is dropped.") {
			t.Errorf("shown:\n%s", s.text())
		}
		s.feed(voiceEndedMsg{id: v.id, sound: []byte("sound")}, voiceHeardMsg{id: v.id, text: "late"})
		s.settle()
		if s.m.over != nil || !s.m.composer.empty() {
			t.Errorf("open: %T, the input is %q", s.m.over, s.m.composer.text())
		}
	})
}

// voiceSurfaces is speech, for the test of geometry.
func voiceSurfaces() []surface {
	recording := &recording{tool: recorderTool{program: "arecord"}}
	return []surface{
		{"voice begins", func(s *screen) { s.m.over = &voice{} }},
		{"voice", func(s *screen) { s.m.over = &voice{rec: recording, began: s.m.clock, now: s.m.clock.Add(time.Minute)} }},
		{"voice is written down", func(s *screen) { s.m.over = &voice{writing: true} }},
	}
}
