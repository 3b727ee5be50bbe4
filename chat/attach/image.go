package attach

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"

	"golang.org/x/image/webp"

	"groqchat/chat"
)

// What is sent of a picture. Groq's limits are 4 MB for a request with pictures
// in it and 33 megapixels (documentation of 2025; that of 2026 gives neither
// again), and three pictures a request. A third of that in base64, and more
// points than a model looks at.
const (
	maxSide  = 2048    // points
	maxBytes = 960_000 // three of them in base64 are 3.84 MB
)

// maxUnpacked is how many bytes the points of a picture may take in memory.
const maxUnpacked = 192 << 20

// format is how a kind of picture is read.
type format struct {
	name   string
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

func formatOf(kind string) (format, bool) {
	switch kind {
	case "image/png", "image/vnd.mozilla.apng":
		return format{"PNG", png.DecodeConfig, png.Decode}, true
	case "image/jpeg":
		return format{"JPEG", jpeg.DecodeConfig, jpeg.Decode}, true
	case "image/webp":
		return format{"WebP", webp.DecodeConfig, webp.Decode}, true
	case "image/gif":
		return format{"GIF", gif.DecodeConfig, gif.Decode}, true
	}
	return format{}, false
}

// readImage takes a picture as it is if the API would, else it makes one that
// the API takes: smaller, the right way up, a first frame. What a camera wrote
// beside the points, the place among it, does not leave the machine.
func readImage(ctx context.Context, kind string, raw []byte) (chat.Attachment, string, error) {
	f, ok := formatOf(kind)
	if !ok {
		what := strings.ToUpper(strings.TrimPrefix(strings.TrimPrefix(kind, "image/"), "x-"))
		return chat.Attachment{}, "", fmt.Errorf("it is a picture of the kind %s; PNG, JPEG, WebP and GIF can be attached", what)
	}
	if err := tooLarge(len(raw), MaxImage); err != nil {
		return chat.Attachment{}, "", err
	}
	size, err := f.config(bytes.NewReader(raw))
	if err != nil {
		return chat.Attachment{}, "", fmt.Errorf("it is a damaged %s", f.name)
	}
	if err := checkSize(size); err != nil {
		return chat.Attachment{}, "", err
	}
	a := chat.Attachment{Type: kind, Bytes: int64(len(raw)), Data: raw, Width: size.Width, Height: size.Height}
	if f.fits(size, raw) {
		return a, "", nil
	}
	picture, err := f.decode(&heeding{ctx, bytes.NewReader(raw)})
	if err != nil {
		return chat.Attachment{}, "", fmt.Errorf("it is a damaged %s: %w", f.name, err)
	}
	before := size
	picture = upright(picture, orientation(raw))
	a.Data, a.Type, size, err = pack(ctx, picture, f.name == "PNG" || f.name == "GIF")
	a.Width, a.Height, a.Bytes = size.Width, size.Height, int64(len(a.Data))
	return a, changed(before, size), err
}

// checkSize refuses what would not fit in memory, by its header.
func checkSize(c image.Config) error {
	points := int64(c.Width) * int64(c.Height)
	switch {
	case c.Width < 1 || c.Height < 1:
		return errors.New("it is a picture without points")
	case c.Width > 1<<16 || c.Height > 1<<16 || points*pointBytes(c.ColorModel) > maxUnpacked:
		return fmt.Errorf("it is a picture of %d×%d points, too large to be made smaller here", c.Width, c.Height)
	}
	return nil
}

// pointBytes is what a point takes in memory.
func pointBytes(m color.Model) int64 {
	switch m {
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	return 4
}

// fits reports whether a picture can be sent as it is.
func (f format) fits(c image.Config, raw []byte) bool {
	return f.name != "GIF" && len(raw) <= maxBytes && max(c.Width, c.Height) <= maxSide && !hasMetadata(raw)
}

// hasMetadata reports whether a camera or a program wrote about the picture into
// it: Exif, in the way of each kind.
func hasMetadata(raw []byte) bool {
	return bytes.Contains(raw, []byte("Exif\x00\x00")) || bytes.Contains(raw, []byte("eXIf")) ||
		bytes.HasPrefix(raw, []byte("RIFF")) && bytes.Contains(raw, []byte("EXIF"))
}

func changed(from, to image.Config) string {
	if max(from.Width, from.Height) == max(to.Width, to.Height) {
		return ""
	}
	return fmt.Sprintf("scaled from %d×%d to %d×%d", from.Width, from.Height, to.Width, to.Height)
}

// heeding is a reader that ends with a context.
type heeding struct {
	ctx context.Context
	r   io.Reader
}

func (h *heeding) Read(p []byte) (int, error) {
	if err := h.ctx.Err(); err != nil {
		return 0, err
	}
	return h.r.Read(p)
}
