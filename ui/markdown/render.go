package markdown

import (
	"time"

	"github.com/alecthomas/chroma/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"

	"groqchat/ui/theme"
)

// Renderer renders Markdown in the styles of one theme. It is cheap to make:
// parser and lexers are made when they are first needed. It must not be used by
// two goroutines at once, nor must the streams that it made.
type Renderer struct {
	ruler
	styles theme.Styles
	sheet  *sheet
	looks  looks
	opened map[look]string // the sequences for looks, made once
	now    func() time.Time

	wholeCode  bool // see WithWholeCode
	codeFrom   int
	codeBeyond int

	parser goldmark.Markdown
	flower flower

	painter *Painter
	tokens  theme.Tokens // made when the first code is coloured
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

// WithWidths says how the screen measures text. Without it, it adds up the
// characters of a cluster, as Bubble Tea does until the terminal says that it
// knows better.
func WithWidths(m ansi.Method) Option {
	return func(r *Renderer) { r.ruler = ruler(m) }
}

// New makes a renderer for a theme.
func New(st theme.Styles, options ...Option) *Renderer {
	r := &Renderer{styles: st, sheet: newSheet(st.Markdown()), opened: map[look]string{}}
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
	return &Stream{r: r, width: max(1, width)}
}

// markdown is the parser, made when it is first needed.
func (r *Renderer) markdown() goldmark.Markdown {
	if r.parser == nil {
		r.parser = goldmark.New(goldmark.WithExtensions(extension.GFM, mathExtension{}), goldmark.WithParserOptions(
			parser.WithBlockParsers(util.Prioritized(footnoteParser{}, footnotePriority)),
			parser.WithInlineParsers(util.Prioritized(footnoteMarkParser{}, 101)),
		))
	}
	return r.parser
}

// sgr is the sequence that opens a look.
func (r *Renderer) sgr(l look) string {
	s, ok := r.opened[l]
	if !ok {
		s = l.sgr()
		r.opened[l] = s
	}
	return s
}

// awaited gives the code within the block that was just rendered whose colours are
// to come.
func (r *Renderer) awaited() []*code {
	waiting := r.waiting
	r.waiting = nil
	return waiting
}

// looks are the sequences that open the styles of code and of lines.
type looks struct {
	text, dim, faint, border, comment string
}

func newLooks(s *sheet, p theme.Palette) looks {
	of := func(color string) string { return look{foreground: colorOf(&color, "3")}.sgr() }
	return looks{
		text:    look{}.with(s.document).with(s.codeBlock).sgr(),
		dim:     of(p.Dim),
		faint:   of(p.Faint),
		border:  of(p.Border),
		comment: of(p.Faint),
	}
}
