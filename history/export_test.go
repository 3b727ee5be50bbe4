package history

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"groqchat/chat"
)

func TestExportText_SaysWhoSaysWhat(t *testing.T) {
	conv := rich()
	conv.Messages[1].State, conv.Messages[1].Error = chat.Interrupted, "the connection broke."
	conv.Messages = append(conv.Messages,
		chat.Message{ID: "m9", Parent: "m2", Role: chat.System, Content: "Note"},
		chat.Message{ID: "m10", Parent: "m9", Role: "critic", Content: "Hm"},
		chat.Message{ID: "m11", Parent: "m10", Role: chat.Assistant, State: chat.Stopped},
		chat.Message{ID: "m12", Parent: "m11", Role: chat.Assistant, State: chat.Failed, Error: "no"})
	conv.Head = "m12"
	var b strings.Builder
	if err := ExportText(&b, &conv); err != nil {
		t.Fatal(err)
	}
	want := `Binary search in Go
22 November 2026, 12:00 UTC

You:
Is <b> & </b> "bold"?
Say so.
Attached: a.go (text/x-go, 12 bytes)
Attached: dot.png (image/png, 3 bytes)

openai/gpt-oss-120b:
Yes.
[This answer was cut off: the connection broke.]

System:
Note

critic:
Hm

Answer:

[This answer was stopped.]

Answer:

[This answer failed: no.]
`
	if b.String() != want {
		t.Errorf("%s", b.String())
	}
	b.Reset()
	if err := ExportText(&b, &chat.Conversation{}); err != nil || b.String() != "Untitled\n" {
		t.Errorf("%q, %v", b.String(), err)
	}
}

func TestExportJSON_OfOneIsItsFile(t *testing.T) {
	s := Open(t.TempDir())
	mustSave(t, s, rich())
	var b strings.Builder
	if err := ExportJSON(&b, mustLoad(t, s, idOne).Conversation); err != nil || b.String() != contentOf(t, s.Path(idOne)) {
		t.Errorf("%v\n%s", err, b.String())
	}
	bad := rich()
	bad.Extra = chat.Extra{"x": []byte("{")}
	if err := ExportJSON(&b, bad); err == nil {
		t.Error("wrote what is no JSON")
	}
}

func TestExportName_NoTitleChoosesAPath(t *testing.T) {
	for title, want := range map[string]string{
		"Binary search in Go": "2026-11-22-binary-search-in-go-h6nce.md",
		"../../etc/passwd":    "2026-11-22-etc-passwd-h6nce.md",
		`C:\CON.txt`:          "2026-11-22-c-con-txt-h6nce.md",
		"a\x00\n\u202eb/":     "2026-11-22-a-b-h6nce.md",
		"":                    "2026-11-22-h6nce.md",
		"Über 漢字":             "2026-11-22-über-漢字-h6nce.md",
	} {
		want = strings.Replace(want, "h6nce", "yh6nce", 1)
		if got := ExportName(title, idOne, noon(), "md"); got != want {
			t.Errorf("%q gives %q", title, got)
		}
	}
	if got := ExportName("x", "../y", noon(), "md"); got != "2026-11-22-x.md" {
		t.Error(got)
	}
	rapid.Check(t, func(r *rapid.T) {
		got := ExportName(anyText().Draw(r, "title"), rapid.String().Draw(r, "id"), anyTime(r), "md")
		if filepath.Base(got) != got || !filepath.IsLocal(got) || len(got) > 255 || strings.ContainsAny(got, "/\\:\x00\n\u202e") || !utf8.ValidString(got) || got[0] == '.' {
			r.Fatalf("%q", got)
		}
	})
}

func TestWriteExport_ReplacesNothingUnasked(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.md")
	if err := WriteExport(path, []byte("one"), false); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != fileMode {
		t.Error(info.Mode(), err)
	}
	if err := WriteExport(path, []byte("two"), false); !errors.Is(err, ErrExists) || contentOf(t, path) != "one" {
		t.Error(err)
	}
	if err := WriteExport(path, []byte("two"), true); err != nil || contentOf(t, path) != "two" {
		t.Error(err)
	}
	if err := WriteExport(dir, []byte("x"), true); err == nil {
		t.Error("replaced a folder")
	}
	if err := WriteExport(filepath.Join(dir, "none", "a"), nil, true); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if err := WriteExport(filepath.Join(path, "a"), nil, true); err == nil {
		t.Error("wrote below a file")
	}
}

func TestWriteExport_FollowsNoLink(t *testing.T) {
	dir := t.TempDir()
	target := filepath.Join(dir, "target")
	for _, name := range []string{"to nothing", "to a file"} {
		link := filepath.Join(dir, name)
		if err := os.Symlink(target, link); err != nil {
			t.Skip(err)
		}
		for _, force := range []bool{false, true} {
			if err := WriteExport(link, []byte("x"), force); err == nil {
				t.Errorf("%s: followed", name)
			}
		}
		if name == "to nothing" {
			if _, err := os.Stat(target); !errors.Is(err, os.ErrNotExist) {
				t.Error("the link was followed")
			}
			if err := os.WriteFile(target, []byte("kept"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if contentOf(t, target) != "kept" {
		t.Error("the target was written")
	}
	if err := writeNew(filepath.Join(dir, "to a file"), []byte("x")); !errors.Is(err, ErrExists) {
		t.Error(err)
	}
}

func TestSeconds_OutOfBoundsAreNotKnown(t *testing.T) {
	for text, want := range map[string]time.Time{
		"1.5": time.Unix(1, 5e8), `"2"`: time.Unix(2, 0), "-1": {}, "1e300": {}, "null": {}, `"x"`: {}, "0": {},
	} {
		var s seconds
		if err := s.UnmarshalJSON([]byte(text)); err != nil || !s.time().Equal(want) {
			t.Errorf("%s is %v, %v", text, s.time(), err)
		}
	}
}
