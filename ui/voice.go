package ui

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// Speech: the system's recorder writes into a file until a key ends it, a Whisper
// model writes down what was said, and that is put where one types.

// voice is an overlay: speech under way, from the start of the recorder to the
// text.
type voice struct {
	id      int
	rec     *recording // nil: it has not begun, or ended
	next    int        // the recorder to try if this one does not work
	began   time.Time
	now     time.Time
	writing bool // it is being written down
}

// longestVoice is how long a recording may be: it has 19 MB then, and a free key
// takes 25.
const longestVoice = 10 * time.Minute

// voiceBegunMsg is a recorder that runs, or why none does.
type voiceBegunMsg struct {
	id   int
	rec  *recording
	next int
	err  error
}

// voiceTickedMsg moves the clock of a recording.
type voiceTickedMsg struct {
	id  int
	rec *recording
}

// voiceEndedMsg is what was recorded.
type voiceEndedMsg struct {
	id    int
	name  string
	sound []byte
	err   error
}

// voiceHeardMsg is what was said.
type voiceHeardMsg struct {
	id   int
	text string
	err  error
}

// commandVoice is /voice.
func (m *Model) commandVoice(string) tea.Cmd {
	if m.backend.Transcribe == nil {
		return m.notice.say(toneWarning, "This server writes no speech down.")
	}
	m.voices++
	m.over = &voice{id: m.voices}
	return m.startRecorder(m.voices, 0)
}

func (m *Model) startRecorder(id, nth int) tea.Cmd {
	ctx := m.ctx
	return func() tea.Msg {
		rec, next, err := record(ctx, recorderTools(runtime.GOOS), nth)
		return voiceBegunMsg{id, rec, next, err}
	}
}

// speaking is the speech of a number, nil if it is over.
func (m *Model) speaking(id int) *voice {
	if v, ok := m.over.(*voice); ok && v.id == id {
		return v
	}
	return nil
}

// speaks reports whether a recording runs.
func (m *Model) speaks() bool {
	v, ok := m.over.(*voice)
	return ok && v.rec != nil && !v.writing
}

// onVoiceBegun shows the recording, and waits for its end.
func (m *Model) onVoiceBegun(msg voiceBegunMsg) tea.Cmd {
	v := m.speaking(msg.id)
	switch {
	case v == nil && msg.rec != nil:
		return dropRecording(msg.rec)
	case v == nil:
		return nil
	case errors.Is(msg.err, errNoRecorder):
		m.over = nil
		return m.notice.say(toneWarning, "No program that records was found. Install one: arecord (alsa-utils), rec (sox), pw-record (pipewire) or ffmpeg.")
	case msg.err != nil:
		m.over = nil
		return m.notice.say(toneError, "Nothing can be recorded: "+sentence(msg.err.Error()))
	}
	v.rec, v.next, v.began, v.now = msg.rec, msg.next, m.clock, m.clock
	return tea.Batch(waitRecording(msg.id, msg.rec), tickVoice(msg.id, msg.rec))
}

// waitRecording waits until the recorder ends, by a key or by itself.
func waitRecording(id int, rec *recording) tea.Cmd {
	return func() tea.Msg {
		rec.wait()
		sound, err := rec.sound()
		rec.forget()
		return voiceEndedMsg{id, rec.name(), sound, err}
	}
}

func dropRecording(rec *recording) tea.Cmd {
	return func() tea.Msg {
		rec.stop()
		rec.wait()
		rec.forget()
		return nil
	}
}

func stopRecording(rec *recording) tea.Cmd {
	return func() tea.Msg {
		rec.stop()
		return nil
	}
}

func tickVoice(id int, rec *recording) tea.Cmd {
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return voiceTickedMsg{id, rec} })
}

func (m *Model) onVoiceTicked(msg voiceTickedMsg) tea.Cmd {
	v := m.speaking(msg.id)
	switch {
	case v == nil: // something else stands in its place
		return dropRecording(msg.rec)
	case v.rec != msg.rec || v.writing:
		return nil
	}
	v.now = m.clock
	if v.now.Sub(v.began) >= longestVoice {
		return v.end()
	}
	return tickVoice(msg.id, msg.rec)
}

// end ends the recording, to be written down.
func (v *voice) end() tea.Cmd {
	v.writing = true
	return stopRecording(v.rec)
}

// onVoiceEnded has the sound written down. A recorder that ended by itself with
// nothing makes room for the next one.
func (m *Model) onVoiceEnded(msg voiceEndedMsg) tea.Cmd {
	v := m.speaking(msg.id)
	switch {
	case v == nil:
		return nil
	case msg.err != nil && !v.writing && v.next < len(recorderTools(runtime.GOOS)):
		v.rec = nil
		return m.startRecorder(v.id, v.next)
	case msg.err != nil:
		m.over = nil
		return m.notice.say(toneError, sentence(msg.err.Error())+" Is there a microphone, and may it be used?")
	}
	v.rec, v.writing = nil, true
	return writeDown(m.ctx, m.backend.Transcribe, msg)
}

func writeDown(ctx context.Context, transcribe func(context.Context, chat.Speech) (chat.Transcript, error), msg voiceEndedMsg) tea.Cmd {
	return func() tea.Msg {
		said, err := transcribe(ctx, chat.Speech{Name: msg.name, Data: msg.sound})
		return voiceHeardMsg{msg.id, said.Text, err}
	}
}

// onVoiceHeard puts what was said where one types.
func (m *Model) onVoiceHeard(msg voiceHeardMsg) tea.Cmd {
	if m.speaking(msg.id) == nil {
		return nil
	}
	m.over = nil
	text := strings.TrimSpace(msg.text)
	switch {
	case msg.err != nil:
		return m.showError(msg.err)
	case text == "":
		return m.notice.say(toneInfo, "Nothing was said.")
	}
	if last, _ := utf8.DecodeLastRuneInString(m.composer.text()); last != utf8.RuneError && !unicode.IsSpace(last) {
		text = " " + text
	}
	m.composer.paste(text)
	return nil
}

func (v *voice) paste(string) {}

func (v *voice) whole() bool { return false }

func (v *voice) update(m *Model, msg tea.KeyPressMsg) (overlay, action) {
	switch m.keys.named(m, msg, scopeOverlay) {
	case "overlay-close":
		return nil, v.discard
	case "overlay-accept":
		if v.rec != nil && !v.writing {
			cmd := v.end()
			return v, func(*Model) tea.Cmd { return cmd }
		}
	}
	return v, nil
}

// discard ends the recording and drops it.
func (v *voice) discard(m *Model) tea.Cmd {
	said := m.notice.say(toneInfo, "The recording is dropped.")
	if v.rec == nil {
		return said
	}
	return tea.Batch(dropRecording(v.rec), said)
}

// view is a rule, what happens, and a line of hints.
func (v *voice) view(m *Model, width, height int) (rows []string, x, y int, ok bool) {
	text, accept := "Starting the recorder …", ""
	switch {
	case v.writing:
		text = "Writing it down …"
	case v.rec != nil:
		text = "● Recording  " + chat.Wait(v.now.Sub(v.began)) + "  with " + v.rec.tool.program
		accept = m.keys.hint("overlay-accept", "done: write it down")
	}
	inner := max(1, width-leftMargin-rightMargin)
	rows = append(rows, titleRule(m, "Voice", width))
	for _, line := range wrapPlain(text, inner) {
		rows = append(rows, indent+m.styles.Text.Render(line))
	}
	rows = append(rows, indent+m.styles.Faint.Render(fitHints(hints(accept, m.keys.hint("overlay-close", "drop it")), inner)))
	return rows[:min(len(rows), height)], 0, 0, false
}
