package history

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// entry is a file of an archive of a test.
type zipped struct {
	name, text string
	header     func(*zip.FileHeader)
}

func archiveOf(t testing.TB, files ...zipped) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate}
		if f.header != nil {
			f.header(h)
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, f.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return fileWith(t, "export.zip", b.String())
}

// talk is a conversation of ChatGPT's of one message.
func talked(id string) string {
	return fmt.Sprintf(`{"id":%q,"title":%q,"mapping":{"a":{"message":{"author":{"role":"user"},"content":{"parts":["hello from %s"]}}}}}`, id, id, id)
}

func TestImport_AnArchive(t *testing.T) {
	s := Open(t.TempDir())
	path := archiveOf(t,
		zipped{name: "conversations-000.json", text: "[" + talked("one") + "," + talked("two") + "]"},
		zipped{name: "deep/conversations-001.json", text: "[" + talked("three") + "]"},
		zipped{name: "conversations-001.json", text: "[" + talked("three") + "]"}, // the same again
		zipped{name: "__MACOSX/._conversations.json", text: "x"},
		zipped{name: "chat.html", text: "x"},
		zipped{name: "user.json", text: "{}"},
		zipped{name: "more/", text: ""},
	)
	r := mustImport(t, s, path)
	if len(r.Imported) != 3 || r.Already != 1 || len(r.Skipped) != 1 || r.Skipped[0].Where != "4 of 7 files" {
		t.Errorf("%+v", r)
	}
	if again := mustImport(t, s, path); len(again.Imported) != 0 || again.Already != 4 {
		t.Errorf("again: %+v", again)
	}
}

// No name in an archive is a path of ours, and what is no file is not read.
func TestImport_AnArchiveWritesNothingElse(t *testing.T) {
	home := t.TempDir()
	s := Open(filepath.Join(home, "data"))
	link := func(h *zip.FileHeader) { h.SetMode(os.ModeSymlink | 0o777) }
	r := mustImport(t, s, archiveOf(t,
		zipped{name: "../../conversations-evil.json", text: talked("one")},
		zipped{name: "/conversations-abs.json", text: talked("two")},
		zipped{name: `..\conversations-win.json`, text: talked("three")},
		zipped{name: "conversations-link.json", text: "/etc/passwd", header: link},
		zipped{name: "conversations-locked.json", text: talked("four"), header: func(h *zip.FileHeader) { h.Flags |= 1 }},
	))
	if len(r.Imported) != 2 {
		t.Errorf("%+v", r)
	}
	reasons := fmt.Sprint(r.Skipped)
	for _, want := range []string{"it is not a regular file", "it is encrypted", "1 of 5 files"} {
		if !strings.Contains(reasons, want) {
			t.Errorf("no %q in %s", want, reasons)
		}
	}
	var files []string
	err := filepath.WalkDir(home, func(path string, d os.DirEntry, err error) error {
		if !d.IsDir() {
			rel, _ := filepath.Rel(home, path)
			files = append(files, rel)
		}
		return err
	})
	if err != nil || len(files) != 2 || filepath.Dir(files[0]) != filepath.Join("data", "sessions") {
		t.Errorf("%v, %v", files, err)
	}
}

func TestImport_BombsAreRefused(t *testing.T) {
	t.Parallel()
	zeros := "[" + strings.Repeat(" ", 8<<20) + "]"
	lie := func(path string) string { // says that it unpacks to 10 bytes
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		at := bytes.LastIndex(text, []byte("PK\x01\x02"))
		binary.LittleEndian.PutUint32(text[at+24:], 10)
		return fileWith(t, "lie.zip", string(text))
	}
	dense := archiveOf(t, zipped{name: "conversations.json", text: zeros})
	for name, c := range map[string]struct{ path, want string }{
		"dense":     {dense, "it unpacks to more than 200 times its size"},
		"lying":     {lie(dense), "zip: checksum error"},
		"truncated": {fileWith(t, "cut.zip", contentOf(t, archiveOf(t, zipped{name: "conversations.json", text: talked("a")}))[:60]), "no archive that can be read"},
		"empty":     {fileWith(t, "none.zip", "PK\x03\x04"), "no archive that can be read"},
	} {
		t.Run(name, func(t *testing.T) {
			s := Open(t.TempDir())
			r, err := s.Import(t.Context(), c.path)
			got := fmt.Sprint(err, r.Skipped)
			if len(r.Imported) > 0 || !strings.Contains(got, c.want) && name != "lying" {
				t.Errorf("%s", got)
			}
			if len(r.Skipped) == 0 && err == nil {
				t.Error("nothing was said about it")
			}
		})
	}
}

func TestImport_ACheckSumThatIsWrong(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	text := talked("one")
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: "conversations.json", CRC32: crc32.ChecksumIEEE([]byte("other")), CompressedSize64: uint64(len(text)), UncompressedSize64: uint64(len(text)),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	r := mustImport(t, Open(t.TempDir()), fileWith(t, "x.zip", b.String()))
	if len(r.Skipped) != 1 || !strings.Contains(r.Skipped[0].Reason, "checksum") {
		t.Errorf("%+v", r)
	}
}

// entries is an archive whose list has one empty file n times.
func entries(t *testing.T, n int) string {
	t.Helper()
	one := contentOf(t, archiveOf(t, zipped{name: "conversations.json"}))
	list, end := strings.Index(one, "PK\x01\x02"), strings.LastIndex(one, "PK\x05\x06")
	record, last := one[list:end], []byte(one[end:])
	// The number of entries, modulo 65,536, twice; the size of the list; and where it begins.
	for _, at := range []int{8, 10} {
		binary.LittleEndian.PutUint16(last[at:], uint16(n))
	}
	binary.LittleEndian.PutUint32(last[12:], uint32(n*len(record)))
	return one[:list] + strings.Repeat(record, n) + string(last)
}

// An archive of very many entries is refused before its list is read.
func TestImport_TooManyEntries(t *testing.T) {
	for _, n := range []int{maxEntries + 1, 1_000_000} {
		path := fileWith(t, "many.zip", entries(t, n))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Open(t.TempDir()).Import(t.Context(), path)
		runtime.ReadMemStats(&after)
		if err == nil || !strings.Contains(err.Error(), "entries") {
			t.Errorf("%d: %v", n, err)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 200<<20 {
			t.Errorf("%d entries took %d MB", n, took>>20)
		}
	}
}

func TestUnpacking_StopsAtTheBounds(t *testing.T) {
	u := &unpacking{from: strings.NewReader("text"), packed: 1 << 30, got: maxEntry}
	if _, err := u.Read(make([]byte, 4)); err == nil || err.Error() != "it is larger than 512 MiB" {
		t.Error(err)
	}
	u = &unpacking{from: strings.NewReader("text"), packed: 10, got: 2 << 20}
	if _, err := u.Read(make([]byte, 4)); err == nil || err.Error() != "it unpacks to more than 200 times its size" {
		t.Error(err)
	}
	e := &zip.File{FileHeader: zip.FileHeader{UncompressedSize64: maxEntry + 1, CompressedSize64: maxEntry}}
	if err := (&intake{}).entry(e); err == nil || err.Error() != "it is larger than 512 MiB" {
		t.Error(err)
	}
}

func FuzzArchive(f *testing.F) {
	for _, path := range []string{archiveOf(f, zipped{name: "conversations.json", text: talked("a")}), archiveOf(f)} {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		in := &intake{ctx: t.Context(), store: Open(t.TempDir()), left: 1 << 20, claimed: map[string]bool{}}
		in.group.SetLimit(workers)
		// Whatever it says, it must come back.
		_ = in.archive(bytes.NewReader(text), int64(len(text)))
		_ = in.group.Wait()
	})
}
