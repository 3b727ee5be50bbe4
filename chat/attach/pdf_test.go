package attach

import (
	"bytes"
	"fmt"
	"hash/crc32"
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
			fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content))
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
