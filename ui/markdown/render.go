package markdown

import (
	"time"

	"charm.land/glamour/v2/ansi"
	"github.com/alecthomas/chroma/v2"
	"github.com/yuin/goldmark"

	"groqchat/ui/theme"
)

// Renderer renders Markdown in the styles of one theme. It is cheap to make:
// parser, Glamour and lexers are made when they are first needed. It must not
// be used by two goroutines at once, nor must the streams that it made.
type Renderer struct {
	styles theme.Styles
	sheet  ansi.StyleConfig
	looks  looks
	now    func() time.Time

	parser goldmark.Markdown
	leaves map[leafKey]*leafRenderer

	painter *Painter
	chroma  *chroma.Style // made when the first code is coloured
	kinds   map[chroma.TokenType]string
	scratch []styled
	waiting []*code // code within the block under work whose colours are to come
}

// Option is a setting of a Renderer.
type Option func(*Renderer)

// WithClock lets streams pace themselves by a clock: see [Stream.Lines].
// Without one, a stream renders whenever it is asked.
func WithClock(now func() time.Time) Option {
	return func(r *Renderer) { r.now = now }
}

// WithPainter lets streams leave the colours of code to the painter: they may come
// later than the lines. Without one, streams have all colours at once.
func WithPainter(p *Painter) Option {
	return func(r *Renderer) { r.painter = p }
}

// New makes a renderer for a theme.
func New(st theme.Styles, options ...Option) *Renderer {
	r := &Renderer{styles: st, sheet: st.Markdown()}
	r.looks = newLooks(r.sheet, st.Palette)
	for _, o := range options {
		o(r)
	}
	if r.painter == nil {
		r.painter = newPainter(r.now)
	}
	return r
}

// Render renders a whole text as lines of at most width cells, in all colours.
func (r *Renderer) Render(src string, width int) []string {
	s := r.Stream(width)
	s.whole = true
	s.Append(src)
	s.Close()
	return s.Lines()
}

// Stream begins a text that comes in parts, as lines of at most width cells.
func (r *Renderer) Stream(width int) *Stream {
	return &Stream{r: r, width: max(1, width), memory: memory{cache: newLeafCache()}}
}

// looks are the sequences that open the styles we write ourselves.
type looks struct {
	text, dim, faint, border string
	marker, quote, strong    string
	comment                  string
}

func newLooks(sheet ansi.StyleConfig, p theme.Palette) looks {
	of := func(color string) string { return sgr(ansi.StylePrimitive{Color: &color}) }
	return looks{
		text:    sgr(sheet.Document.StylePrimitive),
		dim:     of(p.Dim),
		faint:   of(p.Faint),
		border:  of(p.Border),
		marker:  sgr(sheet.Item),
		quote:   sgr(sheet.BlockQuote.StylePrimitive),
		strong:  sgr(sheet.Strong),
		comment: of(p.Faint),
	}
}
