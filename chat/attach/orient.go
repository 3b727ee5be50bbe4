package attach

import (
	"bytes"
	"encoding/binary"
	"image"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
)

// orientation is how a camera was held, 1 to 8 as Exif has it; 1 is upright, and
// what is not told.
func orientation(raw []byte) int {
	at := bytes.Index(raw, []byte("Exif\x00\x00"))
	if at < 0 {
		return 1
	}
	tiff := raw[at+6:]
	var order binary.ByteOrder = binary.BigEndian
	if bytes.HasPrefix(tiff, []byte("II*\x00")) {
		order = binary.LittleEndian
	}
	const header, entry, tag = 8, 12, 0x0112
	if len(tiff) < header {
		return 1
	}
	first := int64(order.Uint32(tiff[4:]))
	if first+2 > int64(len(tiff)) {
		return 1
	}
	count := int(order.Uint16(tiff[first:]))
	rest := tiff[first+2:]
	for ; count > 0 && len(rest) >= entry; count, rest = count-1, rest[entry:] {
		if order.Uint16(rest) == tag {
			return valid(int(order.Uint16(rest[8:])))
		}
	}
	return 1
}

func valid(orientation int) int {
	if orientation < 1 || orientation > 8 {
		return 1
	}
	return orientation
}

// upright turns a picture as its orientation wants.
func upright(m image.Image, orientation int) image.Image {
	if orientation == 1 {
		return m
	}
	b := m.Bounds()
	w, h := float64(b.Dx()), float64(b.Dy())
	turned := [...]f64.Aff3{ // where a point goes, by orientation from 2
		{-1, 0, w, 0, 1, 0},
		{-1, 0, w, 0, -1, h},
		{1, 0, 0, 0, -1, h},
		{0, 1, 0, 1, 0, 0},
		{0, -1, h, 1, 0, 0},
		{0, -1, h, -1, 0, w},
		{0, 1, 0, -1, 0, w},
	}[orientation-2]
	size := image.Rect(0, 0, b.Dx(), b.Dy())
	if orientation > 4 {
		size = image.Rect(0, 0, b.Dy(), b.Dx())
	}
	out := image.NewNRGBA(size)
	turned[2] -= turned[0]*float64(b.Min.X) + turned[1]*float64(b.Min.Y)
	turned[5] -= turned[3]*float64(b.Min.X) + turned[4]*float64(b.Min.Y)
	draw.NearestNeighbor.Transform(out, turned, m, b, draw.Src, nil)
	return out
}
