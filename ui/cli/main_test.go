package cli

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/rogpeppe/go-internal/testscript"

	"groqchat/config"
)

// TestMain installs this test binary on the PATH as groqchat too: scripts, and
// tests that look it up with exec.LookPath, run the real program with the
// race detector and the coverage of the test.
func TestMain(m *testing.M) {
	build := Build{Version: "1.2.3", Commit: "abc1234", Date: "2026-11-22"}
	if err := os.Setenv("GORACE", racing()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	testscript.Main(m, map[string]func(){
		"groqchat": func() {
			a := newApp(build, os.Stdin, os.Stdout, os.Stderr)
			if os.Getenv("TEST_KEYRING") != "system" {
				a.ring = ringOfTest(os.Getenv("TEST_KEYRING"))
			}
			os.Exit(a.main(context.Background(), os.Args))
		},
		"groqchat-faulty": func() {
			a := newApp(build, os.Stdin, os.Stdout, os.Stderr)
			a.ring = nil
			a.now = faulty(os.Getenv("FAULT"), os.Getenv("FAULT_WHERE"), os.Getenv("FAULT_WHEN"))
			os.Exit(a.main(context.Background(), os.Args))
		},
	})
}

// racing is what the race detector is told in the programs of tests. By itself it
// lets every program that ends wait for a second, in case that something goes on
// behind its end; there are hundreds, and that wait was half of the time of all tests.
func racing() string {
	return strings.TrimSpace("atexit_sleep_ms=0 " + os.Getenv("GORACE"))
}

// ringOfTest is a keyring that is a file, for no test may touch the one of whoever
// runs it; nil for no name, and one that is out of order for the name of a fault.
func ringOfTest(name string) *config.Keyring {
	fault := func() error {
		switch name {
		case "locked":
			return errors.New("it is locked")
		case "absent":
			return config.ErrNoKeyring
		case "hanging":
			select {}
		}
		return nil
	}
	missing := func(err error) error {
		if errors.Is(err, os.ErrNotExist) {
			return config.ErrNotKept
		}
		return err
	}
	if name == "" {
		return nil
	}
	return &config.Keyring{
		Name: "the keyring",
		Get: func() (string, error) {
			if err := fault(); err != nil {
				return "", err
			}
			text, err := os.ReadFile(name)
			return string(text), missing(err)
		},
		Set: func(key string) error {
			if err := fault(); err != nil {
				return err
			}
			return os.WriteFile(name, []byte(key), 0o600)
		},
		Delete: func() error {
			if err := fault(); err != nil {
				return err
			}
			return missing(os.Remove(name))
		},
	}
}

// faulty is a clock that fails when a function asks it, from the time on when a
// file exists: the clock is asked in all parts of the program.
func faulty(fault, where, when string) func() time.Time {
	return func() time.Time {
		if _, err := os.Stat(when); err != nil || !calledFrom(where) {
			return time.Now()
		}
		if fault == "hang" {
			_ = os.WriteFile(when+".hangs", nil, 0o600) // a test waits for it
			select {}
		}
		panic(fault)
	}
}

func calledFrom(name string) bool {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		frame, more := frames.Next()
		if strings.Contains(frame.Function, name) {
			return true
		}
		if !more {
			return false
		}
	}
}

// TestScripts runs the stories of the command line, one file each.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			for _, name := range []string{"CONFIG", "DATA", "STATE", "CACHE"} {
				e.Setenv("XDG_"+name+"_HOME", filepath.Join(e.WorkDir, ".home", strings.ToLower(name)))
			}
			e.Setenv("HOME", filepath.Join(e.WorkDir, ".home"))
			e.Setenv("TERM", "xterm-256color")
			e.Setenv("TZ", "UTC")
			e.Setenv("GORACE", os.Getenv("GORACE"))
			if err := os.WriteFile(filepath.Join(e.WorkDir, "note.wav"), note(), 0o600); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(e.WorkDir, "dot.png"), dot(), 0o600)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    exits,
			"terminal": terminal,
			"serve":    serve,
			"answers":  answers,
			"nobody":   nobody,
			"hears":    hears,
			"signal":   signalled,
			"mode":     mode,
			"recipe":   recipe,
			"says":     says,
		},
	})
}

// dot is a picture of one point: no script can hold one.
func dot() []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))) // a buffer takes all
	return b.Bytes()
}

// note is two seconds of silence: 8 bits, 1,000 times a second.
func note() []byte {
	const rate, seconds = 1000, 2
	var b bytes.Buffer
	b.WriteString("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00")
	for _, n := range []uint32{rate, rate, 1 | 8<<16} {
		b.Write(binary.LittleEndian.AppendUint32(nil, n))
	}
	b.WriteString("data")
	b.Write(binary.LittleEndian.AppendUint32(nil, rate*seconds))
	b.Write(bytes.Repeat([]byte{128}, rate*seconds))
	return b.Bytes()
}

// exits CODE COMMAND… runs a command that must end with that exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code command...")
	}
	if got := strconv.Itoa(exitOf(ts.Exec(args[1], args[2:]...))); got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

func exitOf(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	return -1
}

// terminal CODE COMMAND… runs a command whose stdin and stdout are a terminal of
// 80 by 24. What it writes is in the files terminal.out and terminal.err.
func terminal(ts *testscript.TestScript, _ bool, args []string) {
	path, err := exec.LookPath(args[1])
	ts.Check(err)
	master, slave, err := pty.Open()
	ts.Check(err)
	defer master.Close()
	ts.Check(pty.Setsize(master, &pty.Winsize{Rows: 24, Cols: 80}))
	cmd := exec.Command(path, args[2:]...)
	cmd.Env, cmd.Dir = environ(ts), ts.Getenv("WORK")
	cmd.Stdin, cmd.Stdout = slave, slave
	var out, errs strings.Builder
	cmd.Stderr = &errs
	drained := make(chan struct{})
	go func() {
		// A closed terminal ends the copy with an error on Linux.
		_, _ = io.Copy(&out, master)
		close(drained)
	}()
	err = cmd.Run()
	slave.Close()
	<-drained
	ts.Check(os.WriteFile(ts.MkAbs("terminal.out"), []byte(out.String()), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("terminal.err"), []byte(errs.String()), 0o600))
	ts.Logf("[terminal]\n%q\n[stderr]\n%s", out.String(), errs.String())
	if got := strconv.Itoa(exitOf(err)); got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// environ is the environment of the script, which is given out name by name.
func environ(ts *testscript.TestScript) []string {
	var env []string
	for _, name := range []string{
		"HOME", "PATH", "TERM", "TZ", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME",
		"GROQ_API_KEY", "GROQ_BASE_URL", "NO_COLOR", "GORACE", "GOCOVERDIR", "TEST_KEYRING",
		"PAGER", "SSH_TTY", "GROQCHAT_CLIPBOARD", "TMPDIR",
	} {
		if value := ts.Getenv(name); value != "" {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// serve [FLAGS] starts `groqchat demo-server`, and puts what it says to put
// there into the environment.
func serve(ts *testscript.TestScript, _ bool, args []string) {
	path, err := exec.LookPath("groqchat")
	ts.Check(err)
	cmd := exec.Command(path, append([]string{"demo-server", "--addr", "127.0.0.1:0", "--pace", "0"}, args...)...)
	cmd.Env = environ(ts)
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for range 2 {
		var name string
		_, err := fmt.Fscanf(out, "export %s\n", &name)
		ts.Check(err)
		key, value, _ := strings.Cut(name, "=")
		ts.Setenv(key, value)
	}
}

// answers STATUS BODY… starts a server that answers everything so.
func answers(ts *testscript.TestScript, _ bool, args []string) {
	status, err := strconv.Atoi(args[0])
	ts.Check(err)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, strings.Join(args[1:], " "))
	}))
	ts.Defer(server.Close)
	ts.Setenv("GROQ_BASE_URL", server.URL+"/openai/v1")
	ts.Setenv("GROQ_API_KEY", "gsk_test")
}

// hears FILE starts a server that answers "heard" and keeps the body of the last
// request in a file.
func hears(ts *testscript.TestScript, _ bool, args []string) {
	file := ts.MkAbs(args[0])
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			err = os.WriteFile(file, body, 0o600)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprintf(w, chunk, "heard", `"stop"`)
		_, _ = io.WriteString(w, "data: [DONE]\n\n")
	}))
	ts.Defer(server.Close)
	ts.Setenv("GROQ_BASE_URL", server.URL+"/openai/v1")
	ts.Setenv("GROQ_API_KEY", "gsk_test")
}

// says TEXT starts a server whose answer is that text, written as in JSON.
func says(ts *testscript.TestScript, _ bool, args []string) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprintf(w, strings.Replace(chunk, "%q", `"%s"`, 1)+"data: [DONE]\n\n", args[0], `"stop"`)
	}))
	ts.Defer(server.Close)
	ts.Setenv("GROQ_BASE_URL", server.URL+"/openai/v1")
	ts.Setenv("GROQ_API_KEY", "gsk_test")
}

// chunk is a piece of an answer: its text, its finish reason as JSON.
const chunk = `data: {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":%q},"finish_reason":%s}]}` + "\n\n"

// nobody sets an address where nobody listens.
func nobody(ts *testscript.TestScript, _ bool, _ []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Check(l.Close())
	ts.Setenv("GROQ_BASE_URL", "http://"+l.Addr().String()+"/openai/v1")
	ts.Setenv("GROQ_API_KEY", "gsk_test")
}

// signal NAME CODE [FLAGS] asks a server that never ends its answer, sends the program
// that signal after the first text, and keeps stdout in signal.out and stderr in
// signal.err. PIPE closes stdout instead.
func signalled(ts *testscript.TestScript, _ bool, args []string) {
	reader := make(chan struct{})
	server := httptest.NewServer(endless(reader))
	defer server.Close()
	defer close(reader)
	path, err := exec.LookPath("groqchat")
	ts.Check(err)
	cmd := exec.Command(path, append([]string{"ask", "hello"}, args[2:]...)...)
	cmd.Env = append(environ(ts), "GROQ_API_KEY=gsk_test", "GROQ_BASE_URL="+server.URL+"/openai/v1")
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	var text strings.Builder
	_, err = io.CopyN(&text, out, int64(len("partial")))
	ts.Check(err)
	if args[0] == "PIPE" {
		ts.Check(out.Close())
		reader <- struct{}{} // the server goes on, into the closed pipe
	} else {
		ts.Check(cmd.Process.Signal(map[string]os.Signal{"INT": syscall.SIGINT, "TERM": syscall.SIGTERM, "HUP": syscall.SIGHUP}[args[0]]))
		_, err = io.Copy(&text, out)
		ts.Check(err)
	}
	got := strconv.Itoa(exitOf(cmd.Wait()))
	ts.Check(os.WriteFile(ts.MkAbs("signal.out"), []byte(text.String()), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("signal.err"), []byte(errs.String()), 0o600))
	if got != args[1] {
		ts.Fatalf("exit code %s, want %s\n%s", got, args[1], errs.String())
	}
}

// endless answers with one piece of text, another when told to, and then waits.
func endless(more <-chan struct{}) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for _, text := range []string{"partial", " and more"} {
			fmt.Fprintf(w, chunk, text, "null")
			_ = http.NewResponseController(w).Flush()
			select {
			case <-more:
			case <-r.Context().Done():
				return
			}
		}
	})
}

// mode PERM FILE… checks the permissions of files, in octal.
func mode(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args[1:] {
		info, err := os.Stat(ts.MkAbs(name))
		ts.Check(err)
		if got := strconv.FormatUint(uint64(info.Mode().Perm()), 8); got != args[0] {
			ts.Fatalf("%s has mode %s, want %s", name, got, args[0])
		}
	}
}
