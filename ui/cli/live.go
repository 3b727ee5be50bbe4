package cli

import (
	"cmp"
	"io"
	"strconv"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"groqchat/config"
	"groqchat/ui"
	"groqchat/ui/markdown"
	"groqchat/ui/theme"
)

// live writes Markdown rendered, while it comes. Lines that are final are written
// once; on a terminal those after them are written anew as they change, from the
// first that does, and nowhere else are they written before they are final. So
// what stands on a terminal can always be scrolled back to and copied.
type live struct {
	out    io.Writer
	stream *markdown.Stream
	rows   func() (width, height int) // of the terminal now, 0, 0 where lines cannot be taken back
	final  int                        // how many lines of the stream were written for good
	open   []string                   // the lines after them, as they stand there
}

// rendered is the way of Markdown that is rendered.
func (a *app) rendered(set config.Loaded) way {
	width := a.textWidth(set)
	options := []markdown.Option{}
	l := &live{out: &colorprofile.Writer{Forward: a.out, Profile: a.textProfile(set)}, rows: func() (int, int) { return 0, 0 }}
	if isTerminal(a.stdout) {
		l.rows = a.size
		options = append(options, markdown.WithClock(a.now))
	}
	l.stream = markdown.New(a.textStyles(set), options...).Stream(width)
	return way{text: l, labelled: true, end: func(got answered) (string, error) { return got.message.Content, l.end(got.err != nil) }}
}

// Write adds text, and shows what can be shown of it.
func (l *live) Write(p []byte) (int, error) {
	l.stream.Append(string(p))
	return len(p), l.draw()
}

// end writes the rest; cut says that the answer is not whole.
func (l *live) end(cut bool) error {
	if cut {
		l.stream.Cut()
	} else {
		l.stream.Close()
	}
	return l.draw()
}

// draw brings what stands there to what the stream is now.
func (l *live) draw() error {
	lines := l.stream.Lines()
	done := l.stream.Finished()
	width, height := l.rows()
	next := lines[l.final:done]
	var open []string
	if height > 0 {
		open = lines[max(done, len(lines)-room(height)):]
		next = lines[l.final:done:done]
		next = append(next, open...)
	}
	same := common(l.open, next)
	text := back(l.open[same:], width) + strings.Join(append(next[same:len(next):len(next)], ""), "\n")
	l.final, l.open = done, append(l.open[:0], open...)
	if text == "" {
		return nil
	}
	_, err := io.WriteString(l.out, text)
	return err
}

// room is how many rows of a terminal can be taken back for sure: what has
// scrolled out of it cannot.
func room(height int) int { return max(1, height-2) }

// common is how many of the first lines are the same.
func common(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// back takes lines back that were written last. In a window that has become
// narrower since, each takes more rows than one.
func back(lines []string, width int) string {
	if len(lines) == 0 {
		return ""
	}
	rows := 0
	for _, line := range lines {
		rows += max(1, (ansi.StringWidth(line)+width-1)/max(1, width))
	}
	return ansi.CursorUp(rows) + "\r" + ansi.EraseScreenBelow
}

// size is the cells of the terminal that stdout is.
func (a *app) size() (width, height int) {
	width, height, err := term.GetSize(a.stdout.Fd())
	if err != nil {
		return 0, 0
	}
	return width, height
}

// textWidth is the widest line of rendered text, in cells: that of the terminal,
// or of the one that reads it by COLUMNS, and at most what the settings say.
func (a *app) textWidth(set config.Loaded) int {
	columns, err := strconv.Atoi(a.variable("COLUMNS"))
	if err != nil || columns < 1 {
		columns = helpWidth
	}
	return min(set.Width, cmp.Or(a.width(a.stdout), columns))
}

// textProfile is the colours of rendered text. What is no terminal gets none, and
// nothing else that a terminal would obey, unless colours are asked for. Of a
// terminal that is not asked it is not known whether its ground is dark: unless the
// theme says so it gets its own sixteen, which suit it.
func (a *app) textProfile(set config.Loaded) colorprofile.Profile {
	if !isTerminal(a.stdout) && a.colors(a.stdout) == config.ColorNone {
		return colorprofile.NoTTY
	}
	if _, named := a.namedTheme(set); !named {
		return min(a.profile(), colorprofile.ANSI)
	}
	return a.profile()
}

// namedTheme is the theme that the settings name, also one of the user's; ok is
// false for auto.
func (a *app) namedTheme(set config.Loaded) (p theme.Palette, ok bool) {
	if p, ok = theme.Find(set.Theme); ok || set.Theme == config.AutoTheme {
		return p, ok
	}
	p, err := ui.FindTheme(set.Theme, a.knownThemes(set))
	return p, err == nil
}

// knownThemes is the built-in themes and the user's.
func (a *app) knownThemes(set config.Loaded) []theme.Palette {
	all, _ := ui.Themes(set.Paths.Themes)
	return all
}

// textStyles is the look of rendered text.
func (a *app) textStyles(set config.Loaded) theme.Styles {
	palette, named := a.namedTheme(set)
	if !named {
		palette, _ = theme.Find(theme.Default)
		if set.Theme != config.AutoTheme {
			_, err := ui.FindTheme(set.Theme, a.knownThemes(set))
			a.note("%v", err)
		}
	}
	styles := theme.New(palette.For(a.textProfile(set)))
	sheet, err := a.sheet(set.Markdown)
	switch {
	case err != nil:
		a.note("%v", err)
	case sheet != nil:
		styles = styles.WithMarkdown(*sheet)
	}
	return styles
}
