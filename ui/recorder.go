package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// recorderTool is a program that records: the file comes after its arguments.
type recorderTool struct {
	program string
	args    []string
}

// recorderTools is the programs that may be there on a system, the likeliest to
// work first. All are told what Whisper makes of any sound: 16,000 samples a
// second, one channel.
func recorderTools(system string) []recorderTool {
	sox := []string{"-q", "-d", "-r", "16000", "-c", "1", "-b", "16"}
	ffmpeg := func(source ...string) recorderTool {
		args := slices.Concat([]string{"-hide_banner", "-loglevel", "error", "-nostdin", "-y", "-f"}, source, []string{"-ar", "16000", "-ac", "1"})
		return recorderTool{"ffmpeg", args}
	}
	rec := recorderTool{"rec", []string{"-q", "-r", "16000", "-c", "1", "-b", "16"}}
	switch system {
	case "darwin":
		return []recorderTool{rec, {"sox", sox}, ffmpeg("avfoundation", "-i", ":default")}
	case "windows":
		return []recorderTool{{"sox", sox}}
	}
	return []recorderTool{
		{"arecord", []string{"-q", "-t", "wav", "-f", "S16_LE", "-r", "16000", "-c", "1"}},
		rec,
		{"sox", sox},
		{"pw-record", []string{"--rate", "16000", "--channels", "1", "--format", "s16"}},
		ffmpeg("pulse", "-i", "default"), ffmpeg("alsa", "-i", "default"),
	}
}

// recording is sound that is being recorded into a file that only the user can
// read.
type recording struct {
	tool   recorderTool
	path   string
	cmd    *exec.Cmd
	said   *tailWriter // what the program complained of
	once   sync.Once
	failed error // how it ended
}

// errNoRecorder says that nothing here records.
var errNoRecorder = errors.New("no program that records was found")

// record begins to record with the first program that is there, from the nth on;
// next is the number after it.
func record(ctx context.Context, tools []recorderTool, nth int) (rec *recording, next int, err error) {
	for i := nth; i < len(tools); i++ {
		program, err := exec.LookPath(tools[i].program)
		if err != nil {
			continue
		}
		path, err := privateFile("groqchat-voice-*.wav", "")
		if err != nil {
			return nil, i, err
		}
		r := &recording{tool: tools[i], path: path, said: &tailWriter{}}
		r.cmd = exec.CommandContext(ctx, program, append(slices.Clone(tools[i].args), path)...) //nolint:gosec // of our table
		r.cmd.Stderr = r.said
		r.cmd.Cancel = func() error {
			defer r.forget()
			return r.cmd.Process.Kill()
		}
		r.cmd.WaitDelay = time.Second
		if err := r.cmd.Start(); err != nil {
			r.forget()
			continue
		}
		return r, i + 1, nil
	}
	return nil, len(tools), errNoRecorder
}

// stop has the program finish the file. Where it cannot be asked to it is ended:
// the sound is in the file all the same.
func (r *recording) stop() {
	if r.cmd.Process.Signal(os.Interrupt) != nil {
		_ = r.cmd.Process.Kill() // it has ended by itself
	}
}

// wait waits for the end of the program. It can be called again.
func (r *recording) wait() {
	r.once.Do(func() { r.failed = r.cmd.Wait() })
}

// sound is what was recorded; an error says why there is nothing.
func (r *recording) sound() ([]byte, error) {
	const headers = 128 // a file without sound has little more than those of WAV
	raw, err := os.ReadFile(r.path)
	if err == nil && len(raw) > headers {
		return raw, nil
	}
	if text := r.said.text(); text != "" {
		return nil, fmt.Errorf("%s recorded nothing: %s", r.tool.program, text)
	}
	return nil, fmt.Errorf("%s recorded nothing", r.tool.program)
}

// forget takes the file away.
func (r *recording) forget() { _ = os.Remove(r.path) }

// name is what the file is called where it is sent.
func (r *recording) name() string { return filepath.Base(r.path) }

// tailWriter keeps the last line that a program wrote.
type tailWriter struct{ last []byte }

func (w *tailWriter) Write(p []byte) (int, error) {
	const most = 1 << 10
	w.last = append(w.last, p...)
	w.last = w.last[max(0, len(w.last)-most):]
	return len(p), nil
}

// text is the last line that is not empty. The program must have ended.
func (w *tailWriter) text() string {
	lines := strings.Split(strings.TrimSpace(string(w.last)), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}
