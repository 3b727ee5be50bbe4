package history

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"groqchat/chat"
	"groqchat/history/atomicfile"
)

// fileWith is a file of its own for text.
func fileWith(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func mustImport(t *testing.T, s *Store, path string) Report {
	t.Helper()
	r, err := s.Import(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// spoken is a session as lines: "role> text", along its path, and the roots and
// branches beside it.
func spoken(conv chat.Conversation) []string {
	var lines []string
	for _, m := range conv.Path() {
		line := string(m.Role) + "> " + m.Content
		if m.Reasoning != "" {
			line += " (" + m.Reasoning + ")"
		}
		for _, a := range m.Attachments {
			line += " [" + a.Name + ": " + a.Text + "]"
		}
		lines = append(lines, line)
	}
	return lines
}

const chatGPT = `[{"title":"Trip","create_time":1700000000.5,"update_time":1700000100,"conversation_id":"c-1","id":"c-1","current_node":"a2","mapping":{
 "root":{"id":"root","message":null,"parent":null,"children":["sys"]},
 "sys":{"id":"sys","parent":"root","children":["u1"],"message":{"author":{"role":"system"},"content":{"content_type":"text","parts":[""]},"metadata":{"is_visually_hidden_from_conversation":true}}},
 "u1":{"id":"u1","parent":"sys","children":["t1","a1"],"message":{"author":{"role":"user"},"create_time":1700000001,"content":{"content_type":"text","parts":["Where to?"]},"metadata":{}}},
 "a1":{"id":"a1","parent":"u1","children":[],"message":{"author":{"role":"assistant"},"create_time":1700000002,"content":{"content_type":"text","parts":["Rome"]},"metadata":{"model_slug":"gpt-4o"}}},
 "t1":{"id":"t1","parent":"u1","children":["call"],"message":{"author":{"role":"assistant"},"create_time":1700000003,"content":{"content_type":"thoughts","thoughts":[{"summary":"Short","content":"Long thought"}]},"recipient":"all"}},
 "call":{"id":"call","parent":"t1","children":["tool"],"message":{"author":{"role":"assistant"},"recipient":"browser","content":{"content_type":"code","text":"search()"}}},
 "tool":{"id":"tool","parent":"call","children":["a2"],"message":{"author":{"role":"tool"},"content":{"content_type":"text","parts":["result"]}}},
 "a2":{"id":"a2","parent":"tool","children":[],"message":{"author":{"role":"assistant"},"create_time":1700000009,"status":"finished_successfully","recipient":"all","content":{"content_type":"multimodal_text","parts":["Paris",{"content_type":"image_asset_pointer","asset_pointer":"x"},{"content_type":"audio_transcription","text":"spoken"}]},"metadata":{"model_slug":"o3"}}}
}},{"title":"Empty","conversation_id":"c-2","mapping":{}},7,{"what":"ever"},{"mapping":[1],"id":"odd"}]`

func TestImport_ChatGPT(t *testing.T) {
	s := Open(t.TempDir())
	path := fileWith(t, "conversations.json", chatGPT)
	r := mustImport(t, s, path)
	if len(r.Imported) != 1 || r.Imported[0].Title != "Trip" || r.Imported[0].Count != 3 || r.Already != 0 {
		t.Fatalf("%+v", r)
	}
	conv := mustLoad(t, s, r.Imported[0].ID)
	want := []string{"user> Where to?", "assistant> Paris\n\nspoken (Long thought)"}
	if diff := cmp.Diff(want, spoken(conv.Conversation)); diff != "" {
		t.Error(diff)
	}
	if conv.Model != "" || conv.Messages[2].Model != "o3" || !conv.Created.Equal(time.Unix(1700000000, 5e8)) {
		t.Errorf("%+v", conv)
	}
	if got := string(conv.Extra["origin"]); got != `{"from":"chatgpt","id":"c-1","until":"2023-11-14T22:13:29Z"}` {
		t.Error(got)
	}
	var skipped []string
	for _, skip := range r.Skipped {
		skipped = append(skipped, skip.Where+": "+skip.Reason)
	}
	wantSkipped := []string{
		"conversation 1 of conversations.json: 2 messages of tools were left out",
		"conversation 1 of conversations.json: a file or image is not part of the export",
		"conversation 2 of conversations.json: it holds no messages",
		"conversation 3 of conversations.json: it is no conversation",
		"conversation 4 of conversations.json: it is no conversation of a kind that is known",
		"conversation 5 of conversations.json: it holds no messages",
	}
	if diff := cmp.Diff(wantSkipped, skipped); diff != "" {
		t.Error(diff)
	}
	// The file is as old as what was said, so that it is not listed as the newest.
	info, err := os.Stat(s.Path(conv.ID))
	if err != nil || !info.ModTime().Equal(time.Unix(1700000100, 0)) {
		t.Errorf("%v, %v", info.ModTime(), err)
	}
	// A second import brings nothing, also when the session was renamed meanwhile.
	if _, err := s.Change(conv.ID, func(c *chat.Conversation) { c.Title = "Mine" }); err != nil {
		t.Fatal(err)
	}
	if again := mustImport(t, s, path); len(again.Imported) != 0 || again.Already != 1 {
		t.Errorf("%+v", again)
	}
	if got := mustLoad(t, s, conv.ID).Title; got != "Mine" {
		t.Errorf("the second import made it %q", got)
	}
}

func TestImport_Claude(t *testing.T) {
	s := Open(t.TempDir())
	r := mustImport(t, s, fileWith(t, "conversations.json", `[{"uuid":"k1","name":"","created_at":"2024-05-01T10:00:00.123456Z","updated_at":"2024-05-01T11:00:00+00:00","chat_messages":[
	 {"uuid":"1","text":"See file","sender":"human","created_at":"2024-05-01T10:00:00Z","content":[],"attachments":[{"file_name":"a.txt","file_type":"txt","file_size":3,"extracted_content":"abc"}],"files":[{"file_name":"b.png"}]},
	 {"uuid":"2","text":"ignored","sender":"assistant","created_at":"nonsense","content":[{"type":"thinking","thinking":"hm"},{"type":"tool_use"},{"type":"text","text":"Seen"},{"type":"text","text":"it"}]},
	 {"uuid":"3","text":"","sender":"human","content":[]},
	 {"uuid":"4","text":"Thanks","sender":"human","created_at":"2024-05-01T10:00:05Z"}]},
	 {"uuid":"k2","name":"Branches","chat_messages":[
	 {"uuid":"1","sender":"human","text":"one","parent_message_uuid":"0000"},
	 {"uuid":"2","sender":"assistant","text":"two","parent_message_uuid":"1"},
	 {"uuid":"3","sender":"assistant","text":"other two","parent_message_uuid":"1"}]}]`))
	if len(r.Imported) != 2 || r.Imported[0].Title != "See file" || len(r.Skipped) != 2 {
		t.Fatalf("%+v", r)
	}
	want := []string{"user> See file [a.txt: abc]", "assistant> Seen\n\nit (hm)", "user> Thanks"}
	if diff := cmp.Diff(want, spoken(mustLoad(t, s, r.Imported[0].ID).Conversation)); diff != "" {
		t.Error(diff)
	}
	branches := mustLoad(t, s, r.Imported[1].ID)
	if diff := cmp.Diff([]string{"user> one", "assistant> other two"}, spoken(branches.Conversation)); diff != "" || len(branches.Messages) != 3 {
		t.Error(diff)
	}
}

func TestImport_MessagesInAllTheirForms(t *testing.T) {
	const one, two = `{"role":"user","content":"Hi"}`, `{"role":"assistant","content":[{"type":"text","text":"Hello"},{"type":"image_url"}],"reasoning":"greet","tool_calls":[{}]}`
	const whole = `{"model":"m","messages":[{"role":"system","content":"Be brief"},` + one + `,` + two + `,{"role":"tool","content":"x"},{"role":"robot","content":"x"},{"role":"user","content":7}]}`
	for name, text := range map[string]string{
		"object.json":       whole,
		"list.json":         "[" + whole + "]",
		"lines.jsonl":       whole + "\n",
		"bom.json":          "\ufeff \n" + whole,
		"bare.json":         "[" + one + "," + two + "]",
		"bare-lines.jsonl":  one + "\n" + two + "\n",
		"one-after-another": one + two,
	} {
		t.Run(name, func(t *testing.T) {
			s := Open(t.TempDir())
			path := fileWith(t, name, text)
			r := mustImport(t, s, path)
			if len(r.Imported) != 1 || r.Imported[0].Title != "Hi" || len(r.Skipped) == 0 {
				t.Fatalf("%+v", r)
			}
			conv := mustLoad(t, s, r.Imported[0].ID)
			if conv.Created.IsZero() || !conv.Updated.Equal(conv.Created) {
				t.Errorf("no time: %v, %v", conv.Created, conv.Updated)
			}
			if err := os.Chtimes(path, noon(), noon()); err != nil { // a download of another day is the same
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"user> Hi", "assistant> Hello (greet)"}, spoken(conv.Conversation)); diff != "" {
				t.Error(diff)
			}
			if strings.Contains(text, "Be brief") && (conv.System != "Be brief" || conv.Messages[1].Model != "m") {
				t.Errorf("%+v", conv)
			}
			if again := mustImport(t, s, path); again.Already != 1 || len(again.Imported) != 0 {
				t.Errorf("again: %+v", again)
			}
		})
	}
}

func TestImport_OfWhatIsNoConversation(t *testing.T) {
	s := Open(t.TempDir())
	for text, want := range map[string]string{
		"":                     "it holds no conversation",
		"[]":                   "it holds no conversation",
		"null":                 "it is no conversation",
		"[1":                   "it ends in the middle",
		`[{"messages":[]},`:    "it ends in the middle",
		"hello":                "no JSON from byte",
		`{"app":"groqchat"}`:   "does not say its format version",
		`{"app":7}`:            "not written by groqchat",
		`{"messages":[]}`:      "it holds no messages",
		`{"messages":"x"}`:     "it holds no messages",
		`{"chat_messages":{}}`: "it holds no messages",
		`{"mapping":{"a":{"parent":"a","message":{"author":{"role":"user"}}}}}`: "it holds no messages",
		`{"version":9,"app":"groqchat","id":"x","messages":[]}`:                 "newer groqchat",
		strings.Repeat("[", 20000):                                              "no JSON from byte",
	} {
		r, err := s.Import(t.Context(), fileWith(t, "f.json", text))
		got := fmt.Sprint(err)
		for _, skip := range r.Skipped {
			got += skip.Where + ": " + skip.Reason
		}
		if !strings.Contains(got, want) || len(r.Imported) > 0 {
			t.Errorf("%.40q: %s %+v", text, got, r)
		}
	}
	if _, err := os.Stat(s.dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("a folder was made for nothing")
	}
	if _, err := s.Import(t.Context(), filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if _, err := s.Import(t.Context(), t.TempDir()); err == nil || !strings.Contains(err.Error(), "it is a folder") {
		t.Error(err)
	}
}

// What came before the damage is kept, and the report says so.
func TestImport_KeepsWhatCameBeforeTheDamage(t *testing.T) {
	s := Open(t.TempDir())
	r, err := s.Import(t.Context(), fileWith(t, "f.jsonl", `{"messages":[{"role":"user","content":"one"}]}`+"\n{{{"))
	if err == nil || len(r.Imported) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := s.Load(r.Imported[0].ID); err != nil {
		t.Error(err)
	}
}

func TestImport_OwnSessions(t *testing.T) {
	from, to := Open(t.TempDir()), Open(t.TempDir())
	mustSave(t, from, rich())
	path := from.Path(idOne)
	r := mustImport(t, to, path)
	if len(r.Imported) != 1 || r.Imported[0].ID != idOne {
		t.Fatalf("%+v", r)
	}
	if diff := cmp.Diff(mustLoad(t, from, idOne).Conversation, mustLoad(t, to, idOne).Conversation, same()); diff != "" {
		t.Error(diff)
	}
	if again := mustImport(t, to, path); again.Already != 1 || len(again.Imported) != 0 {
		t.Errorf("again: %+v", again)
	}
	// The two went different ways: none is lost, and the third import knows both.
	conv := mustLoad(t, to, idOne).Conversation
	conv.Title = "another"
	mustSave(t, to, conv)
	before := contentOf(t, to.Path(idOne))
	other := mustImport(t, to, path)
	if len(other.Imported) != 1 || other.Imported[0].ID == idOne || contentOf(t, to.Path(idOne)) != before {
		t.Errorf("%+v", other)
	}
	if again := mustImport(t, to, path); again.Already != 1 || len(again.Imported) != 0 {
		t.Errorf("the third time: %+v", again)
	}
	// Twice in one file, once under a name that is none.
	text := contentOf(t, path)
	third := Open(t.TempDir())
	twice := mustImport(t, third, fileWith(t, "two.json", "["+text+","+text+","+strings.ReplaceAll(text, idOne, "../x")+"]"))
	if len(twice.Imported) != 2 || twice.Already != 1 {
		t.Errorf("%+v", twice)
	}
}

// Export and import are the identity.
func TestImport_OfAnExportIsTheSession(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		var all []chat.Conversation
		for i := range rapid.IntRange(1, 3).Draw(r, "sessions") {
			conv := anyConversation(r)
			conv.ID, conv.Rev = NewID(noon().Add(time.Duration(i)*time.Second)), max(1, conv.Rev)
			all = append(all, conv)
		}
		var text strings.Builder
		if err := ExportJSON(&text, all...); err != nil {
			r.Fatal(err)
		}
		s := Open(t.TempDir())
		report, err := s.Import(t.Context(), fileWith(t, "export.json", text.String()))
		if err != nil || len(report.Imported) != len(all) || len(report.Skipped) > 0 {
			r.Fatalf("%+v, %v", report, err)
		}
		for _, conv := range all {
			got, err := s.Load(conv.ID)
			if err != nil {
				r.Fatal(err)
			}
			if diff := cmp.Diff(conv, got.Conversation, same()); diff != "" {
				r.Fatal(diff)
			}
		}
	})
}

func TestImport_StopsWhenNothingCanBeSaved(t *testing.T) {
	s := Open(t.TempDir())
	if err := os.WriteFile(s.dir, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	r, err := s.Import(t.Context(), fileWith(t, "f.jsonl", strings.Repeat(`{"messages":[{"role":"user","content":"one"}]}`+"\n", 100)))
	if err == nil || len(r.Imported) > 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

// Each file is forced to the disk, and the folder once, before anything is said to
// be here: what the folder may still lose is not in the report.
func TestImport_ForcesEverythingBeforeItSaysSo(t *testing.T) {
	s, path := Open(t.TempDir()), fileWith(t, "f.jsonl", manyTalks(20))
	mustSave(t, s, short(idOne, "so that the folder is there"))
	var mu sync.Mutex
	var done []string
	broken := true
	s.tap = func(op *atomicfile.Operation, do func() error) error {
		mu.Lock()
		defer mu.Unlock()
		done = append(done, op.Name)
		if op.Name == "fsync folder" && broken {
			return syscall.EIO
		}
		return do()
	}
	r, err := s.Import(t.Context(), path)
	if !errors.Is(err, syscall.EIO) || len(r.Imported)+r.Already > 0 {
		t.Errorf("with a folder that cannot be forced: %+v, %v", r, err)
	}
	if n := strings.Count(strings.Join(done, ","), "fsync,"); n != 20 || done[len(done)-1] != "fsync folder" || slices.Index(done, "fsync folder") != len(done)-1 {
		t.Errorf("%d files were forced, in the order %v", n, done)
	}
	broken, done = false, nil
	if r := mustImport(t, s, path); r.Already != 20 || strings.Join(done, " ") != "fsync folder" {
		t.Errorf("again: %+v after %v", r, done)
	}
}

// A slow disk holds up neither the other files of an import nor the store.
func TestImport_WritesSeveralAtOnce(t *testing.T) {
	s := Open(t.TempDir())
	mustSave(t, s, short(idOne, "so that the folder is there"))
	both := make(chan struct{}, 2)
	var arrived atomic.Int32
	s.tap = func(op *atomicfile.Operation, do func() error) error {
		if op.Name == "fsync" {
			s.Release(idOne) // it wants the store for a moment
			if arrived.Add(1) == 2 {
				close(both)
			}
			select {
			case <-both:
			case <-time.After(30 * time.Second):
				t.Error("a file waits for another to be written")
			}
		}
		return do()
	}
	if r := mustImport(t, s, fileWith(t, "f.jsonl", manyTalks(4))); len(r.Imported) != 4 {
		t.Errorf("%+v", r)
	}
}

// manyTalks is n conversations in the form of the API, one a line.
func manyTalks(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"%d","messages":[{"role":"user","content":"one"}]}`+"\n", i)
	}
	return b.String()
}

func TestImport_EndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := Open(t.TempDir())
	if r, err := s.Import(ctx, fileWith(t, "f.json", chatGPT)); !errors.Is(err, context.Canceled) || len(r.Imported) > 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestImport_BoundsItsReport(t *testing.T) {
	s := Open(t.TempDir())
	r := mustImport(t, s, fileWith(t, "f.json", "["+strings.Repeat("1,", maxSkipped)+"1,1]"))
	if len(r.Skipped) != maxSkipped || r.More != 2 {
		t.Errorf("%d listed, %d more", len(r.Skipped), r.More)
	}
}

func TestMeter_StopsWhatIsTooMuch(t *testing.T) {
	for _, c := range []struct {
		item, left int64
		want       string
	}{{maxItem, maxImport, "a conversation in it is larger than 64 MiB"}, {0, 3, "there is more in it than 4.0 GiB"}} {
		in := &intake{left: c.left}
		m := &meter{from: strings.NewReader("some text"), in: in, item: c.item}
		if _, err := m.Read(make([]byte, 9)); err == nil || err.Error() != c.want {
			t.Error(err)
		}
	}
}

// deepTree is a conversation of ChatGPT's, n messages deep.
func deepTree(n int) string {
	var b strings.Builder
	b.WriteString(`[{"title":"deep","id":"deep","mapping":{`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"n%d":{"parent":"n%d","message":{"author":{"role":"user"},"content":{"parts":["text %d"]}}}`, i, i-1, i)
	}
	b.WriteString("}}]")
	return b.String()
}

func TestImport_ADeepChain(t *testing.T) {
	t.Parallel()
	const deep = 100_000
	s := Open(t.TempDir())
	r := mustImport(t, s, fileWith(t, "conversations.json", deepTree(deep)))
	if len(r.Imported) != 1 || r.Imported[0].Count != deep {
		t.Fatalf("%+v", r)
	}
	conv := mustLoad(t, s, r.Imported[0].ID)
	if path := conv.Path(); len(path) != deep || path[deep-1].Content != fmt.Sprint("text ", deep-1) {
		t.Errorf("the path has %d messages", len(path))
	}
}
