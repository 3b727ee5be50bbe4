package history

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"groqchat/chat"
)

// childTask tells a test binary to be another process, and what it does with the
// data folder in which it was started.
const (
	childTask = "GROQCHAT_TEST_CHILD_TASK"
	killRuns  = "GROQCHAT_KILL_RUNS"
)

// runChild is what the other process does.
func runChild(task string) int {
	tasks := map[string]func(*Store) error{"talk": talk, "hold": holdUntilKilled, "save": saveMany, "limit": saveBeyondLimit}
	if err := tasks[task](Open(".")); err != nil {
		fmt.Fprintln(os.Stdout, "error:", err)
		return 1
	}
	return 0
}

// child starts another process on dir, and gives what it says.
func child(t *testing.T, dir, task string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Dir, c.Env = dir, append(os.Environ(), childTask+"="+task)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c, bufio.NewScanner(out)
}

// talk asks and answers for ever, and says after each step what is done: Q for a
// question that may be sent, T for a piece that may be shown, A for an answer that
// is saved.
func talk(s *Store) error {
	conv := chat.Conversation{ID: idOne, Model: chat.DefaultModel}
	if err := s.Hold(idOne); err != nil {
		return err
	}
	for turn := 0; ; turn++ {
		conv.Ask(fmt.Sprintf("question %d", turn), nil, noon())
		j, err := saveAndBegin(s, &conv)
		if err != nil {
			return err
		}
		fmt.Fprintln(os.Stdout, "Q", turn)
		for n := range 40 {
			e := chat.Delta{Text: fmt.Sprintf("piece %d.%d ", turn, n)}
			if err := j.Record(e); err != nil {
				return err
			}
			conv.Apply(e)
			fmt.Fprintln(os.Stdout, "T", turn, n)
		}
		end := chat.Done{Finish: "stop"}
		if err := j.Record(end); err != nil {
			return err
		}
		conv.Apply(end)
		if conv.Rev, err = s.Save(conv); err != nil {
			return err
		}
		if err := j.Discard(); err != nil {
			return err
		}
		fmt.Fprintln(os.Stdout, "A", turn)
	}
}

func saveAndBegin(s *Store, conv *chat.Conversation) (j *Journal, err error) {
	if conv.Rev, err = s.Save(*conv); err != nil {
		return nil, err
	}
	return s.Journal(*conv, "")
}

// said is what a child said last.
type said struct{ question, piece, answer, turnOfPiece int }

func (s *said) take(line string) {
	f := strings.Fields(line)
	if len(f) < 2 {
		return
	}
	n, _ := strconv.Atoi(f[1])
	switch f[0] {
	case "Q":
		s.question = n
	case "A":
		s.answer = n
	case "T":
		s.turnOfPiece = n
		s.piece, _ = strconv.Atoi(f[2])
	}
}

// A process is killed at any moment, again and again: whatever it said is on disk.
func TestKill_LosesNothing(t *testing.T) {
	t.Parallel()
	runs := 100
	if n, err := strconv.Atoi(os.Getenv(killRuns)); err == nil {
		runs = n
	} else if testing.Short() {
		runs = 10
	}
	partial := 0
	for run := range runs {
		dir := t.TempDir()
		c, out := child(t, dir, "talk")
		last := said{-1, -1, -1, -1}
		for range 1 + rand.IntN(300) {
			if !out.Scan() {
				t.Fatalf("run %d: the child ended by itself, after %+v: %s", run, last, out.Text())
			}
			last.take(out.Text())
		}
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for out.Scan() { // what it said before it was dead
			last.take(out.Text())
		}
		_ = c.Wait()
		if checkKilled(t, run, dir, last) {
			partial++
		}
		_ = os.RemoveAll(dir)
	}
	t.Logf("%d kills, %d of them within an answer that came back", runs, partial)
}

// checkKilled reports whether a half answer came back.
func checkKilled(t *testing.T, run int, dir string, last said) (partial bool) {
	t.Helper()
	if last.question < 0 {
		return false
	}
	session := mustResume(t, dir, idOne)
	questions, answers := 0, 0
	for _, m := range session.Messages {
		switch {
		case m.Role == chat.User:
			questions++
		case m.State == chat.Complete:
			answers++
		case m.State == chat.Interrupted:
			partial = true
		default:
			t.Errorf("run %d: an answer is %q", run, m.State)
		}
	}
	if questions < last.question+1 || answers < last.answer+1 {
		t.Errorf("run %d: %d questions and %d answers are left, after %+v", run, questions, answers, last)
	}
	if last.turnOfPiece >= 0 && !strings.Contains(session.Messages[2*last.turnOfPiece+1].Content, fmt.Sprintf("piece %d.%d ", last.turnOfPiece, last.piece)) {
		t.Errorf("run %d: the piece shown last is lost, after %+v", run, last)
	}
	if session.Head != session.Messages[len(session.Messages)-1].ID {
		t.Errorf("run %d: the head is %s", run, session.Head)
	}
	return partial
}

// holdUntilKilled has a session open.
func holdUntilKilled(s *Store) error {
	if err := s.Hold(idOne); err != nil {
		return err
	}
	fmt.Fprintln(os.Stdout, "held")
	_, err := bufio.NewReader(os.Stdin).ReadString('\n')
	fmt.Fprintln(os.Stdout, err)
	return err
}

func TestLock_ASecondProcessOpensReadOnly(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	mustSave(t, s, short(idOne, "x"))
	c := exec.Command(os.Args[0])
	c.Dir, c.Env = dir, append(os.Environ(), childTask+"=hold")
	in, _ := c.StdinPipe()
	out, _ := c.StdoutPipe()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if line := bufio.NewScanner(out); !line.Scan() || line.Text() != "held" {
		t.Fatalf("the child says %q", line.Text())
	}
	got, err := s.Resume(idOne, noon())
	if want := fmt.Sprintf("(process %d)", c.Process.Pid); err != nil || !strings.Contains(got.ReadOnly, want) || len(got.Messages) != 2 {
		t.Errorf("read-only is %q, error %v, messages %d", got.ReadOnly, err, len(got.Messages))
	}
	if _, err := s.Save(got.Conversation); err == nil || !strings.Contains(err.Error(), "open in another groqchat") {
		t.Errorf("saving gives %v", err)
	}
	copied := got.Conversation
	copied.ID, copied.Rev = idTwo, 0
	mustSave(t, s, copied)
	// The lock dies with the process.
	_ = c.Process.Kill()
	_ = c.Wait()
	if got, err = s.Resume(idOne, noon()); err != nil || got.ReadOnly != "" {
		t.Errorf("after a kill: read-only %q, error %v", got.ReadOnly, err)
	}
	s.ReleaseAll()
	if left := namesIn(t, dir+"/locks"); len(left) != 0 {
		t.Errorf("locks are left: %v", left)
	}
}

// savesEach is how many sessions each of two processes saves.
const savesEach = 500

// saveMany saves sessions of its own, and says their ids.
func saveMany(s *Store) error {
	for i := range savesEach {
		conv := short(NewID(noon()), fmt.Sprint(i))
		if _, err := s.Save(conv); err != nil {
			return err
		}
		fmt.Fprintln(os.Stdout, conv.ID)
	}
	return nil
}

func TestProcesses_DoNotDisturbOneAnother(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a, saysA := child(t, dir, "save")
	b, saysB := child(t, dir, "save")
	var ids []string
	for saysA.Scan() {
		ids = append(ids, saysA.Text())
	}
	for saysB.Scan() {
		ids = append(ids, saysB.Text())
	}
	if err := a.Wait(); err != nil {
		t.Error(err)
	}
	if err := b.Wait(); err != nil {
		t.Error(err)
	}
	list, err := Open(dir).List(t.Context())
	if err != nil || len(list.Summaries) != 2*savesEach || len(ids) != 2*savesEach || len(list.Problems) != 0 {
		t.Errorf("%d sessions and %d problems of %d saved, %v", len(list.Summaries), len(list.Problems), len(ids), err)
	}
}
