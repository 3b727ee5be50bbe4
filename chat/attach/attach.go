package attach

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"groqchat/chat"
)

// How large a file may be, in bytes. A text of MaxText is more than the largest
// window takes, and less than would hurt to hold.
const (
	MaxText  = 2 << 20
	MaxImage = 20 << 20
	MaxPDF   = 32 << 20
	MaxFile  = MaxPDF // what need not be read at all if it is exceeded
)

// Read makes an attachment of a file's content. The note says what was done to
// it that its sender should know, "" if nothing was. An error says what the file
// is and what could be done instead, in words that follow "cannot attach x: ".
func Read(ctx context.Context, name string, raw []byte) (a chat.Attachment, note string, err error) {
	return ReadTelling(ctx, name, raw, func(int, int) {})
}

// ReadTelling reads and tells, before each page of a PDF file, how many of how many
// were read.
func ReadTelling(ctx context.Context, name string, raw []byte, tell func(done, all int)) (a chat.Attachment, note string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("it is damaged: it cannot be decoded")
		}
	}()
	if len(raw) == 0 {
		return a, "", errors.New("it is empty")
	}
	kind := mimetype.Detect(raw)
	switch {
	case kind.Is("application/pdf"):
		a, note, err = readPDF(ctx, raw, maxMemory, tell)
	case isPicture(kind):
		a, note, err = readImage(ctx, kind.String(), raw)
	default:
		a, note, err = readText(name, kind, raw)
	}
	if ctx.Err() != nil {
		return chat.Attachment{}, "", errors.New("reading it took too long")
	}
	if a.Bytes == 0 {
		a.Bytes = int64(len(raw))
	}
	a.Name = name
	return a, note, err
}

// isPicture tells pictures made of points from those that are text.
func isPicture(kind *mimetype.MIME) bool {
	return strings.HasPrefix(kind.String(), "image/") && !kind.Is("image/svg+xml")
}

// tooLarge refuses a file of n bytes where at most so many are taken.
func tooLarge(n, most int) error {
	if n <= most {
		return nil
	}
	return fmt.Errorf("it has %.1f MB, the limit is %d MB", float64(n)/(1<<20), most>>20)
}
