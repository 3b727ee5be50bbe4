package attach

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
)

// pack makes a file of a picture that the API takes, and gives its type and size:
// a PNG where that was one and stays small, since JPEG blurs writing, else a JPEG
// of less and less quality and size.
func pack(ctx context.Context, m image.Image, sharp bool) ([]byte, string, image.Config, error) {
	m = Fit(m, maxSide, maxSide)
	for range packTries {
		size := image.Config{Width: m.Bounds().Dx(), Height: m.Bounds().Dy()}
		if sharp {
			if raw, err := packPNG(m); err == nil && len(raw) <= maxBytes {
				return raw, "image/png", size, nil
			}
		}
		m = onWhite(m)
		for _, quality := range []int{88, 75} {
			if raw, err := packJPEG(m, quality); err == nil && len(raw) <= maxBytes {
				return raw, "image/jpeg", size, nil
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, "", size, err
		}
		sharp = false
		m = Fit(m, size.Width*3/4, size.Height*3/4)
	}
	return nil, "", image.Config{}, errors.New("it cannot be made small enough")
}

// packTries is how often a picture is made smaller at the most.
const packTries = 8

func packPNG(m image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, m)
	return b.Bytes(), err
}

func packJPEG(m image.Image, quality int) ([]byte, error) {
	var b bytes.Buffer
	err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality})
	return b.Bytes(), err
}

// onWhite puts what is seen through on white: JPEG knows no transparency. The
// encoder is fast with the kind of picture that it gives, and with photos.
func onWhite(m image.Image) image.Image {
	if _, photo := m.(*image.YCbCr); photo {
		return m
	}
	flat := image.NewRGBA(m.Bounds())
	draw.Draw(flat, flat.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), m, m.Bounds().Min, draw.Over)
	return flat
}

// Fit is a picture made as small as needed to be no wider and no higher than
// that, in points; its proportions stay.
func Fit(m image.Image, width, height int) image.Image {
	from := m.Bounds()
	w, h := from.Dx(), from.Dy()
	if w <= width && h <= height {
		return m
	}
	scale := min(float64(width)/float64(w), float64(height)/float64(h))
	to := image.NewRGBA(image.Rect(0, 0, max(1, int(float64(w)*scale+0.5)), max(1, int(float64(h)*scale+0.5))))
	draw.BiLinear.Scale(to, to.Bounds(), m, from, draw.Src, nil)
	return to
}

// Decode is the picture of an attachment that [Read] made, for showing it. It is
// checked again: a session may come from anywhere.
func Decode(kind string, raw []byte) (m image.Image, err error) {
	defer func() {
		if r := recover(); r != nil {
			m, err = nil, errDamaged
		}
	}()
	f, ok := formatOf(kind)
	if !ok {
		return nil, errDamaged
	}
	size, err := f.config(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	if err := checkSize(size); err != nil {
		return nil, err
	}
	return f.decode(bytes.NewReader(raw))
}

var errDamaged = errors.New("it is damaged: it cannot be decoded")
