package demo

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

// painted is a data URL of a picture in one colour.
func painted(t *testing.T, kind string, width, height int, c color.Color) string {
	t.Helper()
	m := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{c, color.Transparent}) // quick, however large
	var b bytes.Buffer
	var err error
	switch kind {
	case "png":
		err = png.Encode(&b, m)
	case "jpeg":
		err = jpeg.Encode(&b, m, nil)
	case "gif":
		err = gif.Encode(&b, m, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return "data:image/" + kind + ";base64," + base64.StdEncoding.EncodeToString(b.Bytes())
}

// asking is a request of qwen with images.
func asking(words string, urls ...string) string {
	parts := []string{`{"type":"text","text":"` + words + `"}`}
	for _, u := range urls {
		parts = append(parts, `{"type":"image_url","image_url":{"url":"`+u+`"}}`)
	}
	return messages(qwen, `[{"role":"user","content":[`+strings.Join(parts, ",")+`]}]`)
}

func TestVision_TellsWhatCame(t *testing.T) {
	red, blue := color.RGBA{R: 200, A: 255}, color.RGBA{B: 220, A: 255}
	body := asking("what is *it*?", painted(t, "png", 40, 30, red), painted(t, "jpeg", 64, 8, blue), painted(t, "gif", 5, 6, color.White))
	got := chat(t, serve(t, Options{Pace: -1, Tier: tierOff}), body)
	for _, want := range []string{"png | 40 × 30", "mostly", "red |", "jpeg | 64 × 8", "blue |", "gif | 5 × 6", "white |", `what is \\*it\\*?`} {
		if !strings.Contains(got.body, want) {
			t.Errorf("%q is not in %s", want, got.body)
		}
	}
}

func TestVision_RefusesWhatIsNoPictureOrTooMuch(t *testing.T) {
	wide := painted(t, "png", 12000, 2800, color.Black)
	heavy := "data:image/png;base64," + strings.Repeat("AAAA", 1<<20)
	for name, row := range map[string]struct {
		url, message string
		status       int
	}{
		"no picture":      {"data:image/png;base64,AAAA", "invalid image data", 400},
		"no base64":       {"data:image/png;base64,?", "invalid image data", 400},
		"too many points": {wide, "invalid image data", 400},
		"too heavy":       {heavy + "AAAA", "Request Entity Too Large", 413},
	} {
		t.Run(name, func(t *testing.T) {
			got := chat(t, serve(t, Options{Pace: -1, Tier: tierOff}), asking("?", row.url))
			if got.status != row.status || !strings.Contains(got.body, row.message) {
				t.Errorf("got %d %.200s", got.status, got.body)
			}
		})
	}
}

func TestPicture_SizesOfWebP(t *testing.T) {
	for form, row := range map[string]struct {
		rest          string
		width, height int
	}{
		"VP8 ": {"\x00\x00\x00\x00" + "\x00\x00\x00\x9d\x01\x2a" + "\x90\x01\x2c\x01", 400, 300},
		"VP8L": {"\x00\x00\x00\x00" + "\x2f" + "\x8f\xc1\x4a\x00" + "\x00\x00\x00\x00\x00", 400, 300},
		"VP8X": {"\x00\x00\x00\x00" + "\x00\x00\x00\x00" + "\x8f\x01\x00" + "\x2b\x01\x00", 400, 300},
	} {
		w, h, format := webpSize([]byte("RIFF\x00\x00\x00\x00WEBP" + form + row.rest))
		if w != row.width || h != row.height || format != "webp" {
			t.Errorf("%s: %d×%d %s", form, w, h, format)
		}
	}
}

func TestFiles_AreTakenOffTheQuestion(t *testing.T) {
	question := "File: a.go (text/x-go)\n```go\npackage a\n\nvar x = 1\n```\n\nFile: b.md\n````md\n```\nhi\n```\n````\n\nmake me a table"
	c := said(question)
	if got := c.scene().Name; got != sceneFiles {
		t.Errorf("the scene is %s", got)
	}
	text := c.answer().text
	for _, want := range []string{"a.go (text/x-go)**: 3 lines, the first one “package a”", "b.md**: 3 lines", "“make me a table”"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
	for _, broken := range []string{"File: ", "File: x\n", "File: x\n```", "File: x\n```\nopen", "File: x\nno fence\n"} {
		if files, words := attached(broken); len(files) != 0 || words != broken {
			t.Errorf("%q: %v, %q", broken, files, words)
		}
	}
}
