package attach

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestRead_TakesTextInItsEncodings(t *testing.T) {
	units := func(order binary.AppendByteOrder, s string) []byte {
		var b []byte
		for _, u := range utf16.Encode([]rune("\ufeff" + s)) {
			b = order.AppendUint16(b, u)
		}
		return b
	}
	const text = "größer 世界 👍\n"
	for name, row := range map[string]struct {
		raw              []byte
		text, kind, note string
	}{
		"plain.txt":   {[]byte(text), text, "text/plain", ""},
		"marked.md":   {[]byte("\ufeff" + text), text, "text/markdown", ""},
		"little.csv":  {units(binary.LittleEndian, text), text, "text/csv", "read as UTF-16"},
		"big.go":      {units(binary.BigEndian, text), text, "text/x-go", "read as UTF-16"},
		"latin1.py":   {[]byte("# gr\xfcn und wei\xdf, f\xfcr alle\n"), "# grün und weiß, für alle\n", "text/x-python", "read as Latin-1"},
		"windows.txt": {[]byte("it costs 5 \x80 \x96 at most\n"), "it costs 5 € – at most\n", "text/plain", "read as Latin-1"},
		"drawing.svg": {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), `<svg xmlns="http://www.w3.org/2000/svg"/>`, "image/svg+xml", ""},
		"log":         {[]byte("\x1b[31mred\x1b[m\n"), "\x1b[31mred\x1b[m\n", "text/plain", ""},
	} {
		a, note, err := Read(t.Context(), name, row.raw)
		if err != nil || a.Text != row.text || a.Type != row.kind || note != row.note || a.Name != name || a.Bytes != int64(len(row.raw)) || a.IsImage() {
			t.Errorf("%s: %+v, %q, %v", name, a, note, err)
		}
	}
}

func TestRead_RefusesWithAReason(t *testing.T) {
	for name, row := range map[string]struct{ raw, want string }{
		"nothing":  {"", "it is empty"},
		"blank":    {" \n\t", "it is empty"},
		"program":  {"\x7fELF\x02\x01\x01" + strings.Repeat("\x00", 60), "not text but application/x-"},
		"archive":  {"\x1f\x8b\x08\x00" + strings.Repeat("\x00", 60), "not text but application/gzip"},
		"data":     {"abc\x00def", "not a text file"},
		"russian":  {"\xf0\xd2\xc9\xd7\xc5\xd4\xcd\xc9\xd2, \xcd\xc9\xd2", "iconv"},
		"half":     {"\xff\xfea\x00b", "not text"},
		"large":    {strings.Repeat("x", MaxText+1), "the limit is 2 MB"},
		"heic":     {"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC; PNG, JPEG, WebP and GIF"},
		"png":      {"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "a damaged PNG"},
		"jpeg":     {"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "a damaged JPEG"},
		"bomb":     {bomb(50_000, 50_000), "50000×50000 points, too large"},
		"no point": {bomb(0, 5), "damaged PNG"},
		"pdf":      {"%PDF-1.4\nnothing", "PDF that cannot be read"},
	} {
		a, _, err := Read(t.Context(), name, []byte(row.raw))
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %+v, %v; want %q", name, a, err, row.want)
		}
	}
}

// bomb is the head of a PNG that claims to be so large.
func bomb(width, height uint32) string {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		return err.Error()
	}
	raw := b.Bytes()
	binary.BigEndian.PutUint32(raw[16:], width)
	binary.BigEndian.PutUint32(raw[20:], height)
	binary.BigEndian.PutUint32(raw[29:], crc(raw[12:29]))
	return string(raw)
}

// noise is a picture that does not compress.
func noise(width, height int, alpha bool) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	r := rand.New(rand.NewPCG(1, 2))
	for i := range m.Pix {
		m.Pix[i] = byte(r.Uint32())
		if i%4 == 3 && !alpha {
			m.Pix[i] = 255
		}
	}
	return m
}

func TestRead_MakesPicturesSmallEnoughForTheAPI(t *testing.T) {
	for name, row := range map[string]struct {
		picture       image.Image
		kind          string
		width, height int // what becomes of it, 0: smaller than it was
	}{
		"small PNG":        {image.NewGray(image.Rect(0, 0, 20, 10)), "image/png", 20, 10},
		"large plain PNG":  {image.NewGray(image.Rect(0, 0, 4096, 1024)), "image/png", 2048, 512},
		"heavy PNG":        {noise(700, 600, false), "image/jpeg", 0, 0},
		"see-through PNG":  {noise(700, 600, true), "image/jpeg", 0, 0},
		"palette, upright": {image.NewPaletted(image.Rect(0, 0, 10, 4000), color.Palette{color.White, color.Black}), "image/png", 5, 2048},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := png.Encode(&b, row.picture); err != nil {
				t.Fatal(err)
			}
			a, note, err := Read(t.Context(), "x.png", b.Bytes())
			if err != nil || a.Type != row.kind || !a.IsImage() || len(a.Data) > maxBytes || a.Bytes != int64(len(a.Data)) {
				t.Fatalf("%s %d×%d, %d bytes, %v", a.Type, a.Width, a.Height, len(a.Data), err)
			}
			m, err := Decode(a.Type, a.Data)
			if err != nil || m.Bounds().Dx() != a.Width || m.Bounds().Dy() != a.Height {
				t.Errorf("it is %v, said to be %d×%d: %v", m.Bounds(), a.Width, a.Height, err)
			}
			if row.width > 0 && (a.Width != row.width || a.Height != row.height) {
				t.Errorf("%d×%d", a.Width, a.Height)
			}
			if scaled := max(a.Width, a.Height) < max(row.picture.Bounds().Dx(), row.picture.Bounds().Dy()); scaled != strings.HasPrefix(note, "scaled from") {
				t.Errorf("note %q", note)
			}
		})
	}
}

// corner is a picture with a red quarter at its top left.
func corner(width, height int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.NRGBA{A: 255}
			if x < width/2 && y < height/2 {
				c.R = 255
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

// withExif puts an orientation into a JPEG, and a place.
func withExif(t *testing.T, m image.Image, orientation byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x02" + "\x01\x0f\x00\x02\x00\x00\x00\x04Cam\x00" +
		"\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(orientation) + "\x00\x00" + "\x00\x00\x00\x00GPS 52.5 N"
	segment := append([]byte{0xff, 0xe1, 0, byte(len(exif) + 2)}, exif...)
	return append(append(b.Bytes()[:2:2], segment...), b.Bytes()[2:]...)
}

func TestRead_TurnsPhotosUprightAndLeavesTheirPlaceBehind(t *testing.T) {
	quarters := []image.Point{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}}
	for o := 1; o <= 8; o++ {
		raw := withExif(t, corner(80, 40), byte(o))
		a, _, err := Read(t.Context(), "photo.jpg", raw)
		if err != nil || bytes.Contains(a.Data, []byte("GPS")) || bytes.Contains(a.Data, []byte("Exif")) {
			t.Fatalf("%d: %v, or its place is sent", o, err)
		}
		wide := o <= 4
		if (a.Width == 80) != wide || (a.Height == 40) != wide {
			t.Errorf("%d: %d×%d", o, a.Width, a.Height)
		}
		m, err := Decode(a.Type, a.Data)
		if err != nil {
			t.Fatal(err)
		}
		x, y := a.Width/4+quarters[o].X*a.Width/2, a.Height/4+quarters[o].Y*a.Height/2
		if r, _, _, _ := m.At(x, y).RGBA(); r < 0x8000 {
			t.Errorf("%d: the red quarter is not at %v", o, quarters[o])
		}
	}
}

func TestRead_TakesTheFirstFrameOfAGIF(t *testing.T) {
	p := color.Palette{color.White, color.Black}
	frame := image.NewPaletted(image.Rect(0, 0, 30, 20), p)
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	a, _, err := Read(t.Context(), "x.gif", b.Bytes())
	if err != nil || a.Type != "image/png" || a.Width != 30 || a.Height != 20 {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestRead_EndsWithItsContext(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 3000, 100))); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, raw := range map[string][]byte{"x.png": b.Bytes(), "x.pdf": paper("BT (never) Tj ET")} {
		if a, _, err := Read(ctx, name, raw); err == nil || !strings.Contains(err.Error(), "too long") || a.Name != "" {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
}

// FuzzRead: whatever a file holds, it is refused or becomes something that can be
// sent, within the limits.
func FuzzRead(f *testing.F) {
	f.Add([]byte("text"))
	f.Add([]byte(bomb(100, 100)))
	f.Add(paper("BT /F1 12 Tf (hello) Tj ET"))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"))
	f.Add([]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x20Exif\x00\x00II*\x00\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, _, err := Read(t.Context(), "x", raw)
		if err != nil {
			return
		}
		if a.Bytes <= 0 || (a.Text == "") != a.IsImage() || len(a.Data) > maxBytes || max(a.Width, a.Height) > maxSide {
			t.Errorf("%+v", a)
		}
		orientation(raw)
	})
}
