package history

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"groqchat/chat"
)

// attempt loads a file and tries to save over it. Whatever is in it, nothing may
// panic, errors have their types, and a file that is not loaded for writing stays
// as it is.
func attempt(t *testing.T, s *Store, text string) (Session, error) {
	t.Helper()
	path := place(t, s, idOne+".json", text)
	delete(s.known, idOne)
	session, err := s.Load(idOne)
	var damaged *Damaged
	switch {
	case err != nil && !errors.As(err, &damaged):
		t.Fatalf("error is %v, %T", err, err)
	case err != nil && (damaged.File != path || damaged.Reason == ""):
		t.Fatalf("error is %+v", damaged)
	case err == nil && session.ReadOnly == "":
		return session, nil
	}
	conv := session.Conversation
	conv.ID = idOne
	if _, saved := s.Save(conv); !errors.As(saved, &damaged) && !errors.Is(saved, ErrReadOnly) {
		t.Fatalf("saving over it gives %v", saved)
	}
	if contentOf(t, path) != text {
		t.Fatal("the file changed")
	}
	return session, err
}

func TestLoad_ReportsAFileCutAtAnyByte(t *testing.T) {
	t.Parallel()
	s, text := Open(t.TempDir()), textOf(t, rich())
	for n := range len(text) - 1 {
		if _, err := attempt(t, s, text[:n]); err == nil {
			t.Fatalf("cut at byte %d it is a session", n)
		}
		list, err := s.List(t.Context())
		if err != nil || len(list.Summaries)+len(list.Problems) != 1 {
			t.Fatalf("cut at byte %d the list is %+v, %v", n, list, err)
		}
	}
}

func TestLoad_SurvivesAnyFlippedByte(t *testing.T) {
	t.Parallel()
	s, text := Open(t.TempDir()), textOf(t, rich())
	want := len(rich().Messages)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range len(text) {
		for _, flip := range []byte{0x01, 0x20, 0x80, byte(1 + random.IntN(255))} {
			b := []byte(text)
			b[i] ^= flip
			session, err := attempt(t, s, string(b))
			if err == nil && session.ReadOnly == "" && len(session.Messages) != want {
				t.Fatalf("byte %d ^ %#x: %d messages, without a word", i, flip, len(session.Messages))
			}
		}
	}
}

// A session that has grown, with branches and everything that messages have. The
// same flips on each machine, else a failure could not be looked into.
func TestLoad_SurvivesAFlippedByteInALargeFile(t *testing.T) {
	t.Parallel()
	flips := 2000
	if testing.Short() {
		flips = 200
	}
	s, conv := Open(t.TempDir()), rich()
	for len(conv.Messages) < 60 {
		conv.Head = conv.Messages[len(conv.Messages)/2].ID // a branch
		conv.Ask("and then?\n"+strings.Repeat("\"quoted\" <text> of a line, ü\n", 3), nil, noon())
		conv.Apply(chat.Delta{Text: strings.Repeat("An answer with \\ and 😀.\n", 4)})
		conv.Apply(chat.Done{Finish: "stop"})
	}
	text, want := textOf(t, conv), len(conv.Messages)
	random := rand.New(rand.NewPCG(3, 4))
	for range flips {
		b := []byte(text)
		i, flip := random.IntN(len(b)), byte(1+random.IntN(255))
		b[i] ^= flip
		session, err := attempt(t, s, string(b))
		if err == nil && session.ReadOnly == "" && len(session.Messages) != want {
			t.Fatalf("byte %d ^ %#x: %d messages of %d, without a word", i, flip, len(session.Messages), want)
		}
	}
}

func TestLoad_SaysWhatIsWrong(t *testing.T) {
	good := textOf(t, short(idOne, "x"))
	change := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("no %q in %s", old, good)
		}
		return strings.Replace(good, old, new, 1)
	}
	deep := `{"x":` + strings.Repeat("[", 10001) + strings.Repeat("]", 10001) + "," + good[1:]
	cases := []struct{ name, text, reason string }{
		{"nothing", "", "empty"},
		{"zeros", strings.Repeat("\x00", 4096), "not valid JSON"},
		{"an array", "[1,2]", "something else"},
		{"a string", `"hello"`, "something else"},
		{"null", "null", "something else"},
		{"JSON lines", "{\"a\":1}\n{\"b\":2}\n", "not valid JSON"},
		{"other program", `{"name":"groqchat-settings","version":"1.0"}`, "not written by groqchat"},
		{"other app", change(`"app":"groqchat"`, `"app":"other"`), "not written by groqchat"},
		{"no version", change(`"version":1,`, ``), "format version"},
		{"version 0", change(`"version":1,`, `"version":0,`), "format version"},
		{"UTF-8 mark", "\ufeff" + good, "not valid JSON"},
		{"UTF-16", "\xff\xfe{\x00}\x00", "not UTF-8"},
		{"bad UTF-8", change("Yes.", "Y\xffs."), "not UTF-8"},
		{"two documents", good + good, "not valid JSON"},
		{"too deep", deep, "not valid JSON"},
		{"no messages", `{"version":1,"app":"groqchat"}`, "no list of messages"},
		{"messages an object", `{"version":1,"app":"groqchat","messages":{}}`, "no list of messages"},
		{"message null", `{"version":1,"app":"groqchat","messages":[null]}`, "message 1: it is not an object"},
		{"no id", change(`"id":"m2",`, ``), "message 2: it has no id"},
		{"no role", change(`"role":"user",`, ``), "who speaks"},
		{"content in parts", change(`"content":"Yes."`, `"content":[{"type":"text"}]`), `"content" is of the wrong kind`},
		{"same id", change(`"id":"m2"`, `"id":"m1"`), `"m1" twice`},
		{"own parent", change(`"parent":"m1"`, `"parent":"m2"`), "circle"},
		{"circle", change(`"parent":""`, `"parent":"m2"`), "circle"},
		{"newer and unknown", change(`"version":1`, `"version":3`)[:60] + `"}`, "format 3"},
	}
	for _, c := range cases {
		_, err := attempt(t, Open(t.TempDir()), c.text)
		if err == nil || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: error is %v, want %q", c.name, err, c.reason)
		}
	}
}

// What can be read but would be lost by writing opens read-only.
func TestLoad_OpensReadOnlyWhatItCannotWriteBack(t *testing.T) {
	good := textOf(t, short(idOne, "x"))
	cases := []struct{ name, old, new, reason string }{
		{"a field twice", `"title":"x"`, `"title":"y","title":"x"`, `"title" twice`},
		{"a field of a message twice", `"content":"Yes."`, `"content":"No.","content":"Yes."`, `"content" twice`},
		{"an unknown field twice", `"title"`, `"q":1,"q":2,"title"`, `"q" twice`},
		{"half a character", `"Yes."`, `"Yes \ud83d"`, "half a character"},
		{"a number too large", `"prompt_tokens":12`, `"prompt_tokens":1e400`, `"usage" is of the wrong kind`},
		{"a strange time", `"updated":"2026-11-22T12:01:00Z"`, `"updated":"yesterday"`, `"updated" is of the wrong kind`},
	}
	for _, c := range cases {
		text := strings.Replace(good, c.old, c.new, 1)
		session, err := attempt(t, Open(t.TempDir()), text)
		if err != nil || !strings.Contains(session.ReadOnly, c.reason) || len(session.Messages) != 2 {
			t.Errorf("%s: read-only is %q, error %v", c.name, session.ReadOnly, err)
		}
	}
}

func TestLoad_ToleratesWhatDoesNoHarm(t *testing.T) {
	good := textOf(t, short(idOne, "x"))
	cases := []struct{ name, old, new, head string }{
		{"an unknown head", `"head":"m2"`, `"head":"m9"`, "m2"},
		{"no head", `"head":"m2",`, ``, "m2"},
		{"nothing shown", `"head":"m2"`, `"head":""`, ""},
		{"a head in the middle", `"head":"m2"`, `"head":"m1"`, "m1"},
		{"a parent that is gone", `"parent":"m1"`, `"parent":"m0"`, "m2"},
		{"an unknown role", `"role":"user"`, `"role":"tool"`, "m2"},
		{"a wrong count", `"count":2`, `"count":7`, "m2"},
		{"whole characters", `"Yes."`, `"\ufffd \ud83d\ude00"`, "m2"},
	}
	for _, c := range cases {
		session, err := attempt(t, Open(t.TempDir()), strings.Replace(good, c.old, c.new, 1))
		if err != nil || session.ReadOnly != "" || session.Head != c.head || len(session.Messages) != 2 {
			t.Errorf("%s: head %q, read-only %q, error %v", c.name, session.Head, session.ReadOnly, err)
		}
	}
}

func TestLoad_PicksTheNewestLeafForABrokenHead(t *testing.T) {
	conv := rich()
	conv.Head = "gone"
	conv.Messages = append(conv.Messages, chat.Message{ID: "m4", Parent: "m2", Role: chat.User, Content: "and", State: chat.Complete})
	conv.Messages[2], conv.Messages[3] = conv.Messages[3], conv.Messages[2]
	session, err := attempt(t, Open(t.TempDir()), textOf(t, conv))
	if err != nil || session.Head != "m3" {
		t.Errorf("head is %q, error %v", session.Head, err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, conv := range goldens() {
		text, err := encode(conv, conv.Rev)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
		f.Add(text[:len(text)/2])
	}
	f.Add([]byte(`{"version":1,"app":"groqchat","messages":[{"id":"a","parent":"a","role":"x"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		session, err := decode(text)
		if err != nil || session.ReadOnly != "" {
			return
		}
		// What can be written must come back as it is.
		conv := session.Conversation
		once, err := encode(conv, conv.Rev)
		if err != nil {
			t.Fatal(err)
		}
		again, err := decode(once)
		if err != nil {
			t.Fatalf("%v: %s", err, once)
		}
		twice, err := encode(again.Conversation, conv.Rev)
		if err != nil || string(once) != string(twice) {
			t.Fatalf("%v:\n%s\n%s", err, once, twice)
		}
	})
}
