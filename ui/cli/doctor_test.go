package cli

import (
	"strings"
	"testing"
	"time"

	"groqchat/chat/groq"
)

func TestDoctor_ComparesTheClocks(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	for ahead, want := range map[time.Duration]string{
		0: levelOK, 59 * time.Second: levelOK, 2 * time.Minute: levelWarning, -2 * time.Minute: levelWarning, -25 * time.Hour: levelFailed,
	} {
		found := checkClock(&exam{probe: groq.Probe{Date: now, Asked: now.Add(ahead)}})
		if len(found) != 1 || found[0].Level != want {
			t.Errorf("%v: %+v", ahead, found)
		}
		if behind := ahead < -clockOdd; behind != strings.Contains(found[0].Text, "behind") {
			t.Errorf("%v: %s", ahead, found[0].Text)
		}
	}
}

func TestDoctor_WarnsOfACertificateThatEnds(t *testing.T) {
	now := time.Now()
	found := checkServer(&exam{probe: groq.Probe{Asked: now, Expires: now.Add(time.Hour)}})
	if len(found) != 2 || found[1].Level != levelWarning {
		t.Errorf("%+v", found)
	}
}

func TestDoctor_ReadsWhatTerminalsAnswer(t *testing.T) {
	for name, tc := range map[string]struct {
		said string
		can  string // a letter for each: keyboard, sync, clipboard
	}{
		"modern":   {"\x1b[?0u\x1b[?2026;2$y\x1b[?62;22;52c", "ksc"},
		"older":    {"\x1b[?2026;0$y\x1b[?62;4;22c", ""},
		"oldest":   {"\x1b[?1;2c", ""},
		"keyboard": {"\x1b[?1u\x1b[?2026;4$y\x1b[?65;1;9c", "k"},
	} {
		said, err := untilKind(strings.NewReader(tc.said + "typed ahead"))
		if err != nil || said != tc.said {
			t.Fatalf("%s: read %q, %v", name, said, err)
		}
		text := ""
		for _, f := range abilities(said) {
			text += f.Text + "\n"
		}
		for letter, part := range map[string]string{"k": "tells shift+enter", "s": "draws without flicker", "c": "lets programs copy"} {
			if strings.Contains(text, part) != strings.Contains(tc.can, letter) {
				t.Errorf("%s: %s", name, text)
			}
		}
	}
	if _, err := untilKind(strings.NewReader("\x1b[?0u")); err == nil {
		t.Error("half of the answers were taken for all")
	}
}
