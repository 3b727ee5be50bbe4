package demo

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"image"
	_ "image/gif" // the kinds that an image may have
	_ "image/jpeg"
	_ "image/png"
	"strings"
)

// What Groq takes of images that come with a request (documentation of 2025).
const (
	maxImageBytes  = 4 << 20 // of the base64 in a request
	maxImagePoints = 33_000_000
)

// picture is an image that was sent: what the demo can tell of it without eyes.
type picture struct {
	format        string // "" for one that is only named by its address
	width, height int
	sent          int  // bytes of base64
	broken        bool // no image, or too large a one
	colour        string
}

// lookAt reads an image of a data URL; false if the address is of another kind.
// What lies on the net is not fetched.
func lookAt(address string) (picture, bool) {
	if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		return picture{}, true
	}
	rest, ok := strings.CutPrefix(address, "data:image/")
	_, data, _ := strings.Cut(rest, ";base64,")
	raw, err := base64.StdEncoding.DecodeString(data)
	p := picture{sent: len(data), broken: err != nil || len(raw) == 0}
	if p.broken {
		return p, ok
	}
	if p.width, p.height, p.format = webpSize(raw); p.format == "" {
		config, format, _ := image.DecodeConfig(bytes.NewReader(raw))
		p.width, p.height, p.format = config.Width, config.Height, format
	}
	points := p.width * p.height
	p.broken = points == 0 || points > maxImagePoints
	if !p.broken {
		p.colour = mostly(raw)
	}
	return p, ok
}

// webpSize is what the header of a WebP file says, in each of its three forms.
func webpSize(raw []byte) (width, height int, format string) {
	const header = 30
	if len(raw) < header || string(raw[:4]) != "RIFF" || string(raw[8:12]) != "WEBP" {
		return 0, 0, ""
	}
	le := binary.LittleEndian
	switch string(raw[12:16]) {
	case "VP8X":
		return 1 + int(le.Uint32(raw[24:])&0xffffff), 1 + int(le.Uint32(raw[26:])>>8), "webp"
	case "VP8L":
		bits := le.Uint32(raw[21:])
		return 1 + int(bits&0x3fff), 1 + int(bits>>14&0x3fff), "webp"
	}
	return int(le.Uint16(raw[26:]) & 0x3fff), int(le.Uint16(raw[28:]) & 0x3fff), "webp"
}

// mostly names the colour of an image's middle points.
func mostly(raw []byte) string {
	m, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return ""
	}
	b := m.Bounds()
	var r, g, bl, n uint64
	const samples = 16
	for i := range samples * samples {
		x := b.Min.X + (i%samples*2+1)*b.Dx()/(2*samples)
		y := b.Min.Y + (i/samples*2+1)*b.Dy()/(2*samples)
		red, green, blue, _ := m.At(x, y).RGBA()
		r, g, bl, n = r+uint64(red>>8), g+uint64(green>>8), bl+uint64(blue>>8), n+1
	}
	return colourName(int(r/n), int(g/n), int(bl/n))
}

// colourName is a colour as people call it.
func colourName(r, g, b int) string {
	const near = 40 // a difference that is no colour yet
	low, high := min(r, g, b), max(r, g, b)
	switch {
	case high-low < near && high < 64:
		return "black"
	case high-low < near && low > 192:
		return "white"
	case high-low < near:
		return "grey"
	case low == b && abs(r-g) < near:
		return "yellow"
	case low == g && abs(r-b) < near:
		return "purple"
	case low == r && abs(g-b) < near:
		return "turquoise"
	case high == r:
		return "red"
	case high == g:
		return "green"
	}
	return "blue"
}

func abs(n int) int { return max(n, -n) }

// see is the scene of a question with images: it tells what came.
func see(c conversation) answer {
	var b strings.Builder
	pictures := c.pictures()
	fmt.Fprintf(&b, "I am a demo and have no eyes, but this is what came with your question:\n\n")
	b.WriteString("| image | kind | size | sent | mostly |\n| --- | --- | --- | --- | --- |\n")
	for i, p := range pictures {
		if p.format == "" {
			fmt.Fprintf(&b, "| %d | an address | – | – | – |\n", i+1)
			continue
		}
		colour := p.colour
		if colour == "" {
			colour = "–"
		}
		fmt.Fprintf(&b, "| %d | %s | %d × %d | %.1f KB | %s |\n", i+1, p.format, p.width, p.height, float64(p.sent)/1000, colour)
	}
	if _, words := attached(c.question()); strings.TrimSpace(words) != "" {
		fmt.Fprintf(&b, "\nYou asked: “%s”. A model that sees, as `qwen/qwen3.8-27b` does, would answer that.", quote(words))
	}
	return answer{[]string{"Let me look at what was sent: its kind, its size, its colours."}, b.String()}
}

// pictures is the images of the last question.
func (c conversation) pictures() []picture {
	if n := len(c.messages); n > 0 && c.messages[n-1].role == "user" {
		return c.messages[n-1].pictures
	}
	return nil
}
