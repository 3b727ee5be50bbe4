package history

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func FuzzImport(f *testing.F) {
	for _, seed := range []string{chatGPT, chain(3), `{"messages":[{"role":"user","content":"x"}]}`, `{"role":"user","content":[{"text":""}]}`, `[{"chat_messages":[{"text":"x"}]}]`} {
		f.Add([]byte(seed))
	}
	conv := rich()
	if text, err := encode(conv, 1); err == nil {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		home := t.TempDir()
		path := filepath.Join(home, "in.json")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		s := Open(filepath.Join(home, "data"))
		r, _ := s.Import(t.Context(), path)
		for _, one := range r.Imported {
			if session, err := s.Load(one.ID); err != nil || session.ReadOnly != "" || len(session.Messages) != one.Count {
				t.Errorf("%s: %v %q", one.ID, err, session.ReadOnly)
			}
		}
		again, _ := s.Import(t.Context(), path)
		if len(again.Imported) > 0 {
			t.Errorf("imported twice: %+v", again.Imported)
		}
	})
}

// BenchmarkImport reads an export of ChatGPT's of 30 MB, in conversations of 150 KB.
func BenchmarkImport(b *testing.B) {
	text := strings.Repeat("The quick \"brown\" fox\njumps <over> the lazy dög. ", 40)
	quoted, err := json.Marshal(text)
	if err != nil {
		b.Fatal(err)
	}
	var file strings.Builder
	file.WriteByte('[')
	for c := range 200 {
		fmt.Fprintf(&file, `{"title":"c%d","id":"c%d","create_time":17000%05d,"mapping":{`, c, c, c)
		for i := range 70 {
			fmt.Fprintf(&file, `"n%d":{"parent":"n%d","message":{"author":{"role":"user"},"create_time":17000%05d.5,"content":{"content_type":"text","parts":[%s]}}},`, i, i-1, c+i, quoted)
		}
		file.WriteString(`"end":{}}},`)
	}
	file.WriteString("1]")
	path := fileWith(b, "conversations.json", file.String())
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		s := Open(b.TempDir())
		if r, err := s.Import(b.Context(), path); err != nil || len(r.Imported) != 200 {
			b.Fatal(len(r.Imported), err)
		}
	}
}
