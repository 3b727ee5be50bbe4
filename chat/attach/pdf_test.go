package attach

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
)

func crc(b []byte) uint32 { return crc32.ChecksumIEEE(b) }

// paper is a PDF file with a page for each content.
func paper(pages ...string) []byte { return paperWith("", pages...) }

// paperWith is one with more in its trailer.
func paperWith(trailer string, pages ...string) []byte {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"}
	var kids []string
	for _, content := range pages {
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		objects = append(objects,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>", n+1),
			stream(content))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), strings.Join(kids, " "))
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var places []int
	for i, o := range objects {
		places = append(places, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, p := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, at)
	return b.Bytes()
}

// stream is a content, or one that says by itself how it is packed.
func stream(content string) string {
	dict, packed, ok := strings.Cut(content, ">>stream\n")
	if !ok {
		dict, packed = "", content
	}
	return fmt.Sprintf("<</Length %d%s>>stream\n%s\nendstream", len(packed), dict, packed)
}

func TestRead_TakesTheTextOfAPDF(t *testing.T) {
	for name, row := range map[string]struct {
		pages []string
		want  string
	}{
		"a word":           {[]string{"BT /F1 12 Tf 72 700 Td (hello) Tj ET"}, "hello"},
		"two lines":        {[]string{"BT /F1 12 Tf 72 700 Td (one) Tj 0 -14 Td (two) Tj T* (three) Tj ET"}, "one\ntwo\nthree"},
		"two pages":        {[]string{"BT /F1 12 Tf (first) Tj ET", "BT /F1 12 Tf (second) Tj ET"}, "first\n\nsecond"},
		"blanks by moving": {[]string{"BT /F1 12 Tf [(list) -300 (direc) 20 (tory)] TJ 30 0 Td (contents) Tj ET"}, "list directory contents"},
		"placed":           {[]string{"BT /F1 12 Tf 1 0 0 1 72 700 Tm (a) Tj 1 0 0 1 90 700 Tm (b) Tj 1 0 0 1 72 680 Tm (c) Tj ET"}, "a b\nc"},
		"Western letters":  {[]string{"BT /F1 12 Tf (gr\xfcn) Tj ET"}, "grün"},
		"a damaged page":   {[]string{"BT /F1 12 Tf (good) Tj ET", "BT (bad) Tj [ << ( ET"}, "good\n\nbad"},
	} {
		t.Run(name, func(t *testing.T) {
			raw := paper(row.pages...)
			a, _, err := Read(t.Context(), "x.pdf", raw)
			if err != nil || a.Text != row.want || a.Type != "application/pdf" || a.Bytes != int64(len(raw)) || a.Data != nil {
				t.Errorf("%+v, %v", a, err)
			}
		})
	}
}

// unfolding is a PDF file of whose only page the content unfolds to so many bytes of one
// text.
func unfolding(t *testing.T, size int) []byte {
	t.Helper()
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, err := io.WriteString(z, "BT ("+strings.Repeat("x", size)+") Tj ET")
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return paper(fmt.Sprintf("/Filter/FlateDecode>>stream\n%s", packed.Bytes()))
}

func TestReadPDF_EndsWhenItTakesTooMuchMemory(t *testing.T) {
	const size, limit = 64 << 20, 16 << 20
	raw := unfolding(t, size)
	if len(raw) > size/100 {
		t.Fatalf("it has %d bytes", len(raw))
	}
	if a, _, err := readPDF(t.Context(), raw, limit, func(int, int) {}); !errors.Is(err, errMemory) {
		t.Errorf("%d bytes of text, %v", len(a.Text), err)
	}
	if a, _, err := readPDF(t.Context(), unfolding(t, 1000), limit, func(int, int) {}); err != nil || len(a.Text) != 1000 {
		t.Errorf("a small one gives %d bytes, %v", len(a.Text), err)
	}
}

func TestReadPDF_SaysWhatItCouldNotRead(t *testing.T) {
	_, note, err := Read(t.Context(), "x.pdf", paper("BT /F1 12 Tf (good) Tj ET", "/Filter/Unheard>>stream\nBT (bad) Tj ET"))
	if err != nil || note != "1 of its 2 pages could not be read whole" {
		t.Errorf("it says %q, %v", note, err)
	}
	huge := bytes.Replace(paper("BT (x) Tj ET"), []byte("/Size "), []byte("/Size 99999999"), 1)
	if _, _, err := Read(t.Context(), "x.pdf", huge); !errors.Is(err, errOddPDF) {
		t.Errorf("of an immense one it says %v", err)
	}
}

func TestRead_RefusesAPDFWithAReason(t *testing.T) {
	encrypt := "/Encrypt<</Filter/Standard/V 1/R 2/O(" + strings.Repeat("o", 32) + ")/U(" + strings.Repeat("u", 32) + ")/P -4>>/ID[(0123456789abcdef)(0123456789abcdef)]"
	for name, row := range map[string]struct {
		raw  []byte
		want string
	}{
		"encrypted":     {paperWith(encrypt, "BT (x) Tj ET"), "encrypted PDF"},
		"scanned":       {paper("q 1 0 0 1 0 0 cm /Im1 Do Q"), "without text"},
		"no page":       {paper(), "without text"},
		"marks":         {paper("BT (\x01\x02\x03\x04) Tj ET"), "without text that can be read"},
		"too much text": {paper("BT ("+strings.Repeat("x", MaxText/2+1)+") Tj ET", "BT ("+strings.Repeat("x", MaxText/2+1)+") Tj ET"), "more than 2 MB of text"},
		"cut":           {paper("BT (x) Tj ET")[:200], "cannot be read"},
	} {
		if a, _, err := Read(t.Context(), "x.pdf", row.raw); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %.80q, %v; want %q", name, a.Text, err, row.want)
		}
	}
}
