package attach

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"runtime/metrics"
	"strings"
	"unicode"

	"github.com/ledongthuc/pdf"

	"groqchat/chat"
)

// maxPages is how many pages of a PDF file are looked at.
const maxPages = 5000

// maxMemory is how much memory the reading of a PDF file may take: one of a few
// kilobytes can be made to unfold without end.
const maxMemory = 512 << 20

var (
	errMemory = errors.New("it is a PDF that takes too much memory to read; pdftotext may help")
	errOddPDF = errors.New("it is a PDF that cannot be read: it is damaged or of an unusual kind; pdftotext may help")
)

// readPDF takes the text of a PDF file, in at most so much memory. Pages that are
// pictures have none. The note says how many pages could not be read.
func readPDF(ctx context.Context, raw []byte, memory uint64, tell func(done, all int)) (a chat.Attachment, note string, err error) {
	if err := tooLarge(len(raw), MaxPDF); err != nil {
		return a, "", err
	}
	if immense(raw) {
		return a, "", errOddPDF
	}
	watched := &heedingAt{ctx: ctx, r: bytes.NewReader(raw), most: inUse() + memory}
	r, err := pdf.NewReader(watched, int64(len(raw)))
	switch {
	case watched.err != nil:
		return a, "", watched.err
	case errors.Is(err, pdf.ErrInvalidPassword), err != nil && strings.Contains(err.Error(), "ncrypt"):
		return a, "", errors.New("it is an encrypted PDF; save a copy without the password first")
	case err != nil:
		return a, "", errOddPDF
	}
	text, failed, err := pdfText(watched, r, tell)
	switch {
	case err != nil:
	case unreadable(text):
		err = errors.New("it is a PDF without text that can be read, likely of scanned pages; attach them as pictures")
	case failed > 0:
		note = fmt.Sprintf("%d of its %d pages could not be read whole", failed, r.NumPage())
	}
	return chat.Attachment{Type: "application/pdf", Text: text}, note, err
}

// immense reports whether the file says of itself that it has a size for which the
// reader would make room at once, and that no file of ours has.
func immense(raw []byte) bool {
	return regexp.MustCompile(`(?:/(?:Size|Columns)\s+|/(?:W|Index)\s*\[[^\]]{0,200}?|xref\s+(?:\d+\s+)?)\d{8,}`).Match(raw)
}

// inUse is the memory that the program uses for what it holds.
func inUse() uint64 {
	use := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(use)
	total := uint64(0)
	for _, s := range use {
		if s.Value.Kind() == metrics.KindUint64 {
			total += s.Value.Uint64()
		}
	}
	return total
}

// pdfText is the text of the pages, a blank line between two, and how many of them
// could not be read whole.
func pdfText(watched *heedingAt, r *pdf.Reader, tell func(done, all int)) (text string, failed int, err error) {
	pages := r.NumPage()
	if pages > maxPages {
		return "", 0, fmt.Errorf("it is a PDF of %d pages, the limit is %d", pages, maxPages)
	}
	var all strings.Builder
	for i := 1; i <= pages; i++ {
		tell(i-1, pages)
		text, whole := pageText(r, i)
		if watched.err != nil {
			return "", 0, watched.err
		}
		if !whole {
			failed++
		}
		if text = strings.TrimSpace(text); all.Len()+len(text) > MaxText {
			return "", 0, fmt.Errorf("it is a PDF with more than %d MB of text, the limit", MaxText>>20)
		}
		if text != "" && all.Len() > 0 {
			all.WriteString("\n\n")
		}
		all.WriteString(text)
	}
	return all.String(), failed, nil
}

// pageText is the text of a page, what there is of it when its reading fails.
func pageText(r *pdf.Reader, number int) (text string, whole bool) {
	w := &pageWriter{}
	defer func() {
		whole = recover() == nil // the reader's way to say that a page is damaged
		text = w.out.String()
	}()
	p := r.Page(number)
	w.page = p
	if p.V.IsNull() || p.V.Key("Contents").Kind() == pdf.Null {
		return "", true
	}
	pdf.Interpret(p.V.Key("Contents"), w.operate)
	return w.out.String(), true
}

// pageWriter gathers the text of a page. PDF says where each piece of text
// stands, and seldom where words and lines end: that is told by the moves.
type pageWriter struct {
	page   pdf.Page
	out    strings.Builder
	fonts  map[string]pdf.TextEncoding
	font   pdf.TextEncoding
	height float64 // of the line being written, from the bottom of the page
	wide   bool    // the text is full: nothing more is taken
}

// wordGap is from how wide a gap on two words are, in thousandths of the font's
// size: a blank has 200 to 300.
const wordGap = 180

// operate carries out one operator of the page.
func (w *pageWriter) operate(stack *pdf.Stack, name string) {
	args := make([]pdf.Value, stack.Len())
	for i := len(args) - 1; i >= 0; i-- {
		args[i] = stack.Pop()
	}
	if w.wide {
		return
	}
	switch name {
	case "BT", "T*":
		w.line()
	case "Tf":
		w.setFont(args)
	case "Td", "TD":
		w.move(args)
	case "Tm":
		w.place(args)
	case "'", "\"":
		w.line()
		w.show(args)
	case "Tj":
		w.show(args)
	case "TJ":
		w.showSpaced(args)
	}
}

func (w *pageWriter) setFont(args []pdf.Value) {
	if len(args) != 2 {
		return
	}
	name := args[0].Name()
	if w.fonts == nil {
		w.fonts = map[string]pdf.TextEncoding{}
	}
	if _, known := w.fonts[name]; !known {
		font := w.page.Font(name)
		w.fonts[name] = font.Encoder()
	}
	w.font = w.fonts[name]
}

// move goes on from where the line began.
func (w *pageWriter) move(args []pdf.Value) {
	switch {
	case len(args) != 2:
	case math.Abs(args[1].Float64()) > lineGap:
		w.line()
	default:
		w.blank()
	}
}

// place goes to a place on the page.
func (w *pageWriter) place(args []pdf.Value) {
	if len(args) != 6 {
		return
	}
	height := args[5].Float64()
	if math.Abs(height-w.height) > lineGap {
		w.line()
	} else {
		w.blank()
	}
	w.height = height
}

// lineGap is how far down another line is, in the units of the page; an index or
// an accent is less.
const lineGap = 0.01

func (w *pageWriter) show(args []pdf.Value) {
	if len(args) > 0 {
		w.put(args[len(args)-1].RawString())
	}
}

func (w *pageWriter) showSpaced(args []pdf.Value) {
	if len(args) != 1 {
		return
	}
	for i := range args[0].Len() {
		switch v := args[0].Index(i); v.Kind() {
		case pdf.String:
			w.put(v.RawString())
		case pdf.Integer, pdf.Real:
			if v.Float64() < -wordGap {
				w.blank()
			}
		default:
		}
	}
}

func (w *pageWriter) put(raw string) {
	if w.font != nil {
		raw = w.font.Decode(raw)
	}
	w.out.WriteString(strings.ToValidUTF8(raw, "\ufffd"))
	w.wide = w.out.Len() > MaxText
}

func (w *pageWriter) line()  { w.gap("\n", "\n") }
func (w *pageWriter) blank() { w.gap(" ", " \n") }

// gap writes a gap unless one of those is there already.
func (w *pageWriter) gap(gap, unless string) {
	s := w.out.String()
	if s != "" && !strings.ContainsRune(unless, rune(s[len(s)-1])) {
		w.out.WriteString(gap)
	}
}

// unreadable reports whether a text is none: fonts that do not say which letters
// they draw give marks and controls.
func unreadable(text string) bool {
	good, bad := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
		case r == unicode.ReplacementChar || unicode.IsControl(r) || unicode.Is(unicode.Co, r):
			bad++
		default:
			good++
		}
	}
	return good == 0 || bad > good
}

// heedingAt is a reader at places that ends with a context, or when the program uses
// more memory than it may. A broken PDF can send its reader in circles, and one that
// was made for it can unfold without end; both go on to read.
type heedingAt struct {
	ctx  context.Context
	r    io.ReaderAt
	most uint64 // bytes
	err  error  // why it ended
}

// ReadAt reads as the reader does, as long as it may.
func (h *heedingAt) ReadAt(p []byte, at int64) (int, error) {
	if h.err == nil {
		h.err = h.ctx.Err()
	}
	if h.err == nil && inUse() > h.most {
		h.err = errMemory
	}
	if h.err != nil {
		return 0, h.err
	}
	return h.r.ReadAt(p, at)
}
