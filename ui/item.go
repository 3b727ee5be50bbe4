package ui

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/dustin/go-humanize"

	"groqchat/chat"
	"groqchat/ui/markdown"
	"groqchat/ui/safe"
)

// item is a message of the transcript and its rows. Rows are kept until the
// message, the width or the look changes. The text of an answer under way is
// rendered as it grows: its finished rows are made once.
type item struct {
	msg   chat.Message
	dirty bool

	rows       []string
	width      int
	generation int

	stream *markdown.Stream // the answer under way, nil otherwise
	fed    int              // bytes of content that the stream has
	body   []string         // its rows with the margin
	ready  int              // how many of them are final

	counted, words int // bytes of the reasoning whose words were counted, and those
}

// set takes a newer version of the message.
func (it *item) set(m chat.Message) {
	if m.State != it.msg.State || len(m.Content) != len(it.msg.Content) || len(m.Reasoning) != len(it.msg.Reasoning) || m.Model != it.msg.Model {
		it.dirty = true
	}
	it.msg = m
}

// render is the rows of the message and a blank one after it.
func (it *item) render(l look, width int) []string {
	if it.rows != nil && !it.dirty && !it.held() && it.width == width && it.generation == l.generation {
		return it.rows
	}
	if it.width != width || it.generation != l.generation {
		it.stream, it.body, it.fed, it.ready = nil, nil, 0, 0
	}
	it.width, it.generation, it.dirty = width, l.generation, false
	if it.msg.Role == chat.User {
		it.rows = append(questionRows(it.msg, l, width), "")
		return it.rows
	}
	rows := append(it.rows[:0], it.thoughtRows(l, width)...)
	rows = append(rows, it.answerRows(l, width)...)
	rows = append(rows, footRows(it.msg, l, width)...)
	it.rows = append(rows, "")
	return it.rows
}

// held reports whether the stream has text that it did not draw yet.
func (it *item) held() bool { return it.stream != nil && it.stream.Stale() }

// indent stands before every row of an answer.
const indent = "  "

// questionRows is the user's words after a bar.
func questionRows(m chat.Message, l look, width int) []string {
	bar := l.styles.UserBar.Render("▌") + " "
	var rows []string
	for _, line := range wrapPlain(m.Content, width) {
		rows = append(rows, bar+l.styles.User.Render(line))
	}
	for _, a := range m.Attachments {
		chip := fmt.Sprintf("[%s, %s]", safe.Line(a.Name, width/2), humanize.Bytes(uint64(max(0, a.Bytes))))
		rows = append(rows, bar+l.styles.Dim.Render(chip))
	}
	return rows
}

// wrapPlain wraps text that is not Markdown.
func wrapPlain(text string, width int) []string {
	text = strings.ReplaceAll(safe.Text(strings.TrimRight(text, "\n")), "\t", "    ")
	return strings.Split(ansi.Wrap(text, max(1, width), ""), "\n")
}

// thoughtTail is how many rows of a thought are shown while it goes on.
const thoughtTail = 4

// thoughtRows is the reasoning: its last rows while the model still thinks, one
// row that says how long it was afterwards.
func (it *item) thoughtRows(l look, width int) []string {
	m := it.msg
	if m.Reasoning == "" {
		return nil
	}
	if m.Content != "" || m.State != chat.Pending {
		return []string{indent + l.styles.Faint.Render(ansi.Truncate("· thought "+it.thoughtLength(), width, "…")), ""}
	}
	tail := m.Reasoning[max(0, len(m.Reasoning)-thoughtTail*width*2):]
	lines := wrapPlain(strings.ToValidUTF8(tail, ""), width)
	lines = lines[max(0, len(lines)-thoughtTail):]
	rows := make([]string, len(lines))
	for i, line := range lines {
		rows[i] = indent + l.styles.Faint.Render(line)
	}
	return rows
}

// thoughtLength counts words once for each length, as long as the server has not
// told the tokens.
func (it *item) thoughtLength() string {
	if n := it.msg.Usage.ReasoningTokens; n > 0 {
		return plural(n, "token")
	}
	if it.counted != len(it.msg.Reasoning) {
		it.counted, it.words = len(it.msg.Reasoning), len(strings.Fields(it.msg.Reasoning))
	}
	return plural(it.words, "word")
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return humanize.Comma(int64(n)) + " " + what + "s"
}

// answerRows is the answer's text as Markdown.
func (it *item) answerRows(l look, width int) []string {
	if it.msg.Content == "" {
		return nil
	}
	if it.stream == nil {
		it.stream = l.renderer.Stream(width)
		it.fed, it.ready, it.body = 0, 0, nil
	}
	it.stream.Append(it.msg.Content[it.fed:])
	it.fed = len(it.msg.Content)
	if it.msg.State != chat.Pending {
		it.stream.Close()
	}
	lines := it.stream.Lines()
	it.body = it.body[:it.ready]
	for _, line := range lines[it.ready:] {
		it.body = append(it.body, indent+line)
	}
	it.ready = it.stream.Finished()
	if it.msg.State != chat.Pending {
		it.stream, it.fed = nil, 0
	}
	return it.body
}

// footRows is the line of figures below an answer that has ended.
func footRows(m chat.Message, l look, width int) []string {
	if m.State == chat.Pending {
		return nil
	}
	var rows []string
	if m.Content != "" {
		rows = append(rows, "")
	}
	if m.State == chat.Interrupted || m.State == chat.Failed {
		for _, line := range wrapPlain("✗ "+sentence(m.Error), width) {
			rows = append(rows, indent+l.styles.Danger.Render(line))
		}
	}
	return append(rows, indent+l.styles.Faint.Render(fit(footParts(m), len(howEnded(m)), width)))
}

// footParts is model · tokens · speed · first token · total · how it ended.
func footParts(m chat.Message) []string {
	parts := []string{safe.Line(chat.ShortModel(m.Model), 40)}
	if n := m.Usage.CompletionTokens; n > 0 {
		parts = append(parts, plural(n, "token"))
	}
	if s := m.TokensPerSecond(); s > 0 {
		parts = append(parts, fmt.Sprintf("%.0f tok/s", s))
	}
	if d := m.Timing.FirstToken; d > 0 {
		parts = append(parts, "first token "+seconds(d))
	}
	if d := m.Timing.Total; d > 0 {
		parts = append(parts, seconds(d))
	}
	return append(parts, howEnded(m)...)
}

// howEnded says how an answer ended, if not as it should.
func howEnded(m chat.Message) []string {
	switch {
	case m.State == chat.Stopped:
		return []string{"stopped"}
	case m.State == chat.Interrupted:
		return []string{"interrupted"}
	case m.State == chat.Failed:
		return []string{"failed"}
	case m.FinishReason == "length" && m.Content == "":
		return []string{"cut off while thinking"}
	case m.FinishReason == "length":
		return []string{"cut off at the token limit"}
	case m.FinishReason != "" && m.FinishReason != "stop":
		return []string{safe.Line(m.FinishReason, 20)}
	}
	return nil
}

// seconds is a duration as people read it: 0.18 s, 2.4 s, 63 s.
func seconds(d time.Duration) string {
	switch s := d.Seconds(); {
	case s < 1:
		return fmt.Sprintf("%.2f s", s)
	case s < 10:
		return fmt.Sprintf("%.1f s", s)
	default:
		return fmt.Sprintf("%.0f s", s)
	}
}
