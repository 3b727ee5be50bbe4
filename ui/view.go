package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"groqchat/ui/safe"
)

// View gives the frame that refresh made: Bubble Tea asks for it after every
// message, so nothing is done here.
func (m *Model) View() tea.View { return m.frame }

// refresh measures the parts, draws what changed and joins the frame.
func (m *Model) refresh() {
	if m.lines != nil {
		m.lines.tell(m)
		return
	}
	c := m.opts.Config
	m.dress()
	m.transcript.advance()
	m.dropOpener()
	m.suggestCommands()
	m.keepFound()
	m.regions = layout(m.regions.width, m.regions.height, m.inputHeight(), m.noticeHeight(), len(m.trayLines()), c.Width)
	rows, cursor := m.rows()
	v := tea.NewView(safe.Frame(strings.Join(m.canvas.Rows(m.drawn(rows), m.regions.width), "\n")))
	v.AltScreen, v.ReportFocus = true, true
	v.WindowTitle = m.windowTitle()
	v.ProgressBar = m.taskbar()
	if v.Cursor = cursor; cursor != nil {
		cursor.Color = m.styles.Cursor()
	}
	if c.Mouse && !m.mouseFree {
		v.MouseMode = tea.MouseModeCellMotion
	}
	m.present(v)
}

// rows stacks the regions.
func (m *Model) rows() ([]string, *tea.Cursor) {
	r := m.regions
	if r.width == 0 || r.height == 0 {
		return nil, nil
	}
	if r.tooSmall {
		return tooSmallRows(r), nil
	}
	m.transcript.resize(r.text, r.transcript)
	if m.over != nil {
		return m.overlaid()
	}
	rows := m.withPopup(append(m.withWelcome(m.withQuestion(m.transcript.view())), m.gapRows()...))
	rows = append(rows, m.noticeRows()...)
	rows = append(rows, m.trayRows()...)
	over := m.completionRows(len(rows))
	m.completion.touch.first = len(rows) - len(over)
	rows = append(rows[:len(rows)-len(over)], over...)
	rows = append(rows, m.inputRows()...)
	rows = append(rows, m.statusRow())
	var cursor *tea.Cursor
	if x, y, ok := m.composer.cursor(r.width, r.composer); ok && !m.focused() {
		cursor = tea.NewCursor(x, r.composerTop()+y)
	}
	return rows, cursor
}

// overlaid stacks the overlay over the lower part of the transcript; the
// first-run screen and short windows give it all of the window.
func (m *Model) overlaid() ([]string, *tea.Cursor) {
	r := m.regions
	height := r.height - r.status - r.notice
	whole := m.over.whole()
	if kept := height / 3; !whole && height >= 18 {
		height -= kept
	}
	rows, x, y, ok := m.over.view(m, r.width, height)
	above := r.height - r.status - r.notice - len(rows)
	if whole {
		m.spread(0, rows)
	} else {
		m.spread(above, rows)
	}
	var all []string
	if whole {
		all = append(rows, make([]string, above)...)
	} else {
		all = append(m.withQuestion(m.transcript.window(above)), rows...)
		y += above
	}
	all = append(all, m.noticeRows()...)
	all = append(all, m.statusRow())
	if !ok {
		return all, nil
	}
	return all, tea.NewCursor(x, y)
}

// noticeLines is the notice, wrapped to the window.
func (m *Model) noticeLines() []string {
	if m.notice.text == "" || m.over != nil && m.notice.generation <= m.notice.older {
		return nil
	}
	mark, width := m.notice.tone.mark(), noticeWidth(m.regions.width)
	lines := wrapPlain(mark+m.notice.text, width)
	if m.notice.short != "" && m.regions.height < noticeHigh && len(lines) > noticeLow {
		return wrapPlain(mark+m.notice.short, width)
	}
	return lines
}

// noticeHeight is how many rows the notice would like. What stays until something
// is done about it has to be read whole.
func (m *Model) noticeHeight() int {
	n := len(m.noticeLines())
	switch {
	case m.over != nil:
		return min(n, beneath(m.regions.height))
	case m.notice.tone == toneInfo:
		return min(n, briefly(m.regions.height))
	}
	return n
}

// noticeRows is as many rows of the notice as there is room for.
func (m *Model) noticeRows() []string {
	style := m.styles.Dim
	switch m.notice.tone {
	case toneWarning:
		style = m.styles.Warning
	case toneError:
		style = m.styles.Danger
	case toneInfo:
	}
	rows := begun(m.noticeLines(), m.regions.notice, noticeWidth(m.regions.width))
	for i, row := range rows {
		rows[i] = indent + style.Render(row)
	}
	return rows
}

func (m *Model) statusRow() string {
	return m.styles.Dim.Render(m.status().line(m.regions.width))
}

// tooSmallRows says how large the window must be.
func tooSmallRows(r regions) []string {
	needs := fmt.Sprintf("needs %d×%d", minWidth, minHeight)
	long := fmt.Sprintf("groqchat %s cells, this window has %d×%d; your text is kept", needs, r.width, r.height)
	if rows := wrapPlain(long, r.width); r.width >= minWidth && len(rows) <= r.height {
		return rows
	}
	rows := append(wrapPlain(needs, r.width), wrapPlain("your text is kept", r.width)...)
	return rows[:min(len(rows), r.height)]
}
