package history

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"groqchat/chat"
)

// gptTalk is ChatGPT's export of one conversation: "id parent role text", each a
// second later than the one before.
func gptTalk(current string, lines ...string) string {
	var nodes []string
	for i, line := range lines {
		f := strings.SplitN(line, " ", 4)
		nodes = append(nodes, fmt.Sprintf(`%q:{"id":%q,"parent":%q,"message":{"author":{"role":%q},"create_time":%d,"recipient":"all","content":{"content_type":"text","parts":[%q]}}}`,
			f[0], f[0], f[1], f[2], 1700000001+i, f[3]))
	}
	return fmt.Sprintf(`[{"title":"Talk","create_time":1700000000,"update_time":%d,"conversation_id":"c-9","current_node":%q,"mapping":{%s}}]`,
		1700000000+len(lines), current, strings.Join(nodes, ","))
}

// tree is every message as "role text < what it follows", in the order of the file.
func tree(conv chat.Conversation) []string {
	text := map[string]string{}
	var lines []string
	for _, m := range conv.Messages {
		text[m.ID] = m.Content
		lines = append(lines, string(m.Role)+" "+m.Content+" < "+text[m.Parent])
	}
	return lines
}

// A conversation that went on at the service goes on here, whatever was said,
// deleted and renamed here in between.
func TestImport_BringsWhatAConversationHasMore(t *testing.T) {
	s := Open(t.TempDir())
	old := []string{"u1 - user one", "a1 u1 assistant first", "u2 a1 user two", "a2 u2 assistant second"}
	r := mustImport(t, s, fileWith(t, "old.json", gptTalk("a2", old...)))
	id := r.Imported[0].ID
	if same := mustImport(t, s, fileWith(t, "same.json", gptTalk("a2", old...))); same.Already != 1 || len(same.Grown) != 0 {
		t.Errorf("the same again: %+v", same)
	}
	grown := append(old, "u3 a2 user three", "b1 u1 assistant another first", "a3 u3 assistant third")
	file := fileWith(t, "grown.json", gptTalk("a3", grown...))
	more := mustImport(t, s, file)
	conv := mustLoad(t, s, id).Conversation
	if len(more.Grown) != 1 || more.Grown[0].ID != id || more.Grown[0].Count != 7 || len(more.Imported) != 0 || more.Already != 0 {
		t.Errorf("%+v", more)
	}
	if diff := cmp.Diff([]string{"user> one", "assistant> first", "user> two", "assistant> second", "user> three", "assistant> third"}, spoken(conv)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{
		"user one < ", "assistant first < one", "user two < first", "assistant second < two",
		"user three < second", "assistant third < three", "assistant another first < one",
	}, tree(conv)); diff != "" {
		t.Error(diff)
	}
	if !conv.Updated.Equal(time.Unix(1700000007, 0)) {
		t.Errorf("it was changed at %s", conv.Updated)
	}

	// Here somebody goes on, renames, and deletes a branch.
	conv.Ask("mine", nil, noon())
	conv.Apply(chat.Delta{Text: "my answer"})
	conv.Apply(chat.Done{Finish: "stop"})
	conv.Title, conv.Tags = "my title", []string{"mine"}
	for i, m := range conv.Messages {
		if m.Content == "another first" {
			conv.Messages = append(conv.Messages[:i:i], conv.Messages[i+1:]...)
			break
		}
	}
	mustSave(t, s, conv)
	if same := mustImport(t, s, file); same.Already != 1 || len(same.Grown) != 0 {
		t.Errorf("what was deleted comes back: %+v", same)
	}
	grown = append(grown, "u4 b1 user four", "a4 a3 user five")
	last := mustImport(t, s, fileWith(t, "last.json", gptTalk("a4", grown...)))
	got := mustLoad(t, s, id).Conversation
	if len(last.Grown) != 1 || got.Title != "my title" || len(got.Tags) != 1 || got.Head != conv.Head || len(got.Messages) != len(conv.Messages)+2 {
		t.Errorf("%+v: %q %v, head %s of %s, %d messages", last, got.Title, got.Tags, got.Head, conv.Head, len(got.Messages))
	}
	if diff := cmp.Diff([]string{"user five < third", "user four < one"}, tree(got)[len(conv.Messages):]); diff != "" {
		t.Error(diff)
	}
	if list, _ := s.List(t.Context()); len(list.Summaries) != 1 {
		t.Errorf("there are %d sessions", len(list.Summaries))
	}
}

// A session of our own that went on elsewhere goes on here; an older state of one
// brings nothing.
func TestImport_OwnSessionsGoOn(t *testing.T) {
	from, to := Open(t.TempDir()), Open(t.TempDir())
	conv := short(idOne, "x")
	conv.Rev = mustSave(t, from, conv)
	mustImport(t, to, from.Path(idOne))
	conv.Ask("more", nil, noon().Add(time.Hour))
	conv.Apply(chat.Delta{Text: "an answer"})
	conv.Apply(chat.Done{Finish: "stop"})
	mustSave(t, from, conv)
	r := mustImport(t, to, from.Path(idOne))
	got := mustLoad(t, to, idOne).Conversation
	if len(r.Grown) != 1 || len(r.Imported) != 0 || len(got.Messages) != 4 || got.Head != conv.Head {
		t.Errorf("%+v, head %s, %d messages", r, got.Head, len(got.Messages))
	}
	if again := mustImport(t, to, from.Path(idOne)); again.Already != 1 {
		t.Errorf("again: %+v", again)
	}
}

// A session that is busy elsewhere stays as it is, is told, and ends no import.
func TestImport_LeavesABusySessionAlone(t *testing.T) {
	dir := t.TempDir()
	s, other := Open(dir), Open(dir)
	old := []string{"u1 - user one", "a1 u1 assistant first"}
	id := mustImport(t, s, fileWith(t, "old.json", gptTalk("a1", old...))).Imported[0].ID
	grown := gptTalk("u2", append(old, "u2 a1 user two")...)
	both := fileWith(t, "grown.json", strings.TrimSuffix(grown, "]")+`,{"messages":[{"role":"user","content":"new"}]}]`)
	before := contentOf(t, s.Path(id))
	if err := other.Hold(id); err != nil {
		t.Fatal(err)
	}
	r := mustImport(t, s, both)
	if len(r.Imported) != 1 || len(r.Grown) != 0 || len(r.Skipped) != 1 || !strings.Contains(r.Skipped[0].Reason, "open in another groqchat") {
		t.Errorf("%+v", r)
	}
	other.ReleaseAll()
	newer := strings.Replace(before, `"version":1`, `"version":2`, 1)
	for text, want := range map[string]string{newer: "newer groqchat", before[:100]: "it ends in the middle"} {
		if err := os.WriteFile(s.Path(id), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if r = mustImport(t, s, both); len(r.Skipped) != 1 || !strings.Contains(r.Skipped[0].Reason, want) {
			t.Errorf("%s: %+v", want, r)
		}
		if contentOf(t, s.Path(id)) != text {
			t.Error("it was written")
		}
	}
}

// Whoever has a session open keeps it: it is neither deleted nor, if it was
// deleted, replaced by what comes back from the trash.
func TestTrash_RefusesWhatIsBusy(t *testing.T) {
	dir := t.TempDir()
	s, other := Open(dir), Open(dir)
	mustSave(t, s, short(idOne, "x"))
	var held *Held
	busy := func(do func() error) {
		t.Helper()
		if err := other.Hold(idOne); err != nil {
			t.Fatal(err)
		}
		if err := do(); !errors.As(err, &held) {
			t.Errorf("it gives %v", err)
		}
		other.ReleaseAll()
	}
	busy(func() error { _, err := s.Delete(idOne, noon()); return err })
	busy(func() error { _, err := s.Change(idOne, func(c *chat.Conversation) { c.Title = "y" }); return err })
	if got := mustLoad(t, s, idOne); got.Title != "x" {
		t.Errorf("its title is %q", got.Title)
	}
	if _, err := s.Delete(idOne, noon()); err != nil {
		t.Fatal(err)
	}
	busy(func() error { return s.Restore(t.Context(), idOne) })
	mustSave(t, s, short(idOne, "of the same name"))
	if err := s.Restore(t.Context(), idOne); !errors.Is(err, ErrChanged) {
		t.Errorf("it gives %v", err)
	}
	if got := mustLoad(t, s, idOne); got.Title != "of the same name" {
		t.Errorf("it was replaced by %q", got.Title)
	}
	if trash, err := s.Trash(t.Context()); err != nil || len(trash) != 1 {
		t.Errorf("in the trash are %d, %v", len(trash), err)
	}
}
