package ui

import (
	"strings"
	"testing"
	"time"

	"groqchat/chat"
	"groqchat/ui/theme"
)

func TestTranscript_MovesLongCodeSideways(t *testing.T) {
	tr := newTranscript(theme.New(palette(true)), time.Now)
	tr.resize(40, 12)
	line := "a0 b1 c2 d3 e4 f5 g6 h7 i8 j9 k10 l11 m12 n13 o14 p15 q16"
	tr.replace([]chat.Message{{ID: "a", Role: chat.Assistant, State: chat.Complete, Content: "See:\n\n```\n" + line + "\n```\n"}})
	if got := plain(tr.view()); !strings.Contains(got, "q16") || !strings.Contains(got, "↪") {
		t.Fatalf("not wrapped:\n%s", got)
	}
	tr.setCode(true, 0)
	if got := plain(tr.view()); strings.Contains(got, "q16") || !strings.Contains(got, "›") {
		t.Errorf("not whole:\n%s", got)
	}
	for range 9 { // no further than there is any
		tr.slideCode(codeStep)
		tr.view()
	}
	if got := plain(tr.view()); !strings.Contains(got, "‹ ") || !strings.Contains(got, "q16") || !strings.Contains(got, "l11") {
		t.Errorf("at the end:\n%s", got)
	}
	for range 9 {
		tr.slideCode(-codeStep)
	}
	if got := plain(tr.view()); strings.Contains(got, "‹") || !strings.Contains(got, "a0 b1") {
		t.Errorf("at the start again:\n%s", got)
	}
	tr.setCode(false, 0)
	if got := plain(tr.view()); !strings.Contains(got, "↪") {
		t.Errorf("not wrapped again:\n%s", got)
	}
}
