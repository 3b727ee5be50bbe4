package cli

import (
	"encoding/json"
	"errors"
	"strings"
	"syscall"
	"testing"

	"groqchat/chat"
)

func TestAnswerWriter_IsTheSameHoweverTheTextIsCut(t *testing.T) {
	text := "héllo \x1b[2J wörld 👩‍👩‍👧 日本\r\nlast\r"
	want := written(t, text)
	if strings.ContainsAny(want, "\x1b\r") || !strings.HasSuffix(want, "\n") {
		t.Fatalf("%q is not safe or does not end its line", want)
	}
	for i := range text {
		for j := i; j <= len(text); j++ {
			if got := written(t, text[:i], text[i:j], text[j:]); got != want {
				t.Fatalf("cut at %d and %d: got %q, want %q", i, j, got, want)
			}
		}
	}
}

func written(t *testing.T, pieces ...string) string {
	t.Helper()
	var b strings.Builder
	w := &answerWriter{w: &b}
	for _, p := range pieces {
		if _, err := w.Write([]byte(p)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.end(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAnswerWriter_WritesNothingForNothing(t *testing.T) {
	if got := written(t); got != "" {
		t.Errorf("got %q", got)
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, syscall.EPIPE }

func TestOutput_TellsAClosedReaderFromABrokenNetwork(t *testing.T) {
	_, err := output{brokenPipe{}}.Write([]byte("x"))
	a := &app{}
	if got := a.report(err); got != exitDone {
		t.Errorf("a reader who left: got %d", got)
	}
	var out *outputError
	if network := chat.Errorf(chat.Cut, "reset: %w", syscall.EPIPE); errors.As(network, &out) {
		t.Error("an error of the network was taken for one of stdout")
	}
}

func TestPlainJSON_SaysTheSameWithoutControls(t *testing.T) {
	in := map[string]string{"a": "x\u009b31m\u202ey\u200bz\U000e0041\x7f 👩‍👧 é"}
	raw, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	plain := plainJSON(string(raw))
	if strings.ContainsAny(plain, "\u009b\u202e\u200b\U000e0041\x7f") {
		t.Errorf("%q is not plain", plain)
	}
	var out map[string]string
	if err := json.Unmarshal([]byte(plain), &out); err != nil || out["a"] != in["a"] {
		t.Errorf("got %q, %v", out["a"], err)
	}
}

func TestFenced_NoFenceWithinEndsIt(t *testing.T) {
	got := fenced("", "a\n````\nb\n")
	if want := "`````\na\n````\nb\n`````"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
