// Package markdown turns the Markdown of answers into styled lines, whole or
// while it streams.
//
// The way of a text:
//
//   - safe.Text takes the terminal's controls out of it, before anything else
//     looks at it.
//   - The splitter (split.go) cuts the growing text into blocks that can no
//     longer change and one open tail. It cuts only where CommonMark leaves no
//     doubt; not to cut is always right.
//   - The tail is shown as what it will be: hold.go keeps back a last line of
//     which nobody can say what it becomes, settle.go half a formula or tag, and
//     mend.go closes the strong words, code and links that are begun. Nothing is
//     kept back for longer than a tenth of a second (growth.go), and a text that is
//     cut off ends as it was shown then.
//   - A block is parsed by goldmark, with footnotes of our own (footnote.go), and
//     laid out: lists and quotes by block.go, paragraphs and headings by text.go,
//     tables by table.go and fit.go, emoji in them by emoji.go. What is in a paragraph becomes pieces of
//     text in one look each (inline.go, link.go); flow.go breaks them into lines.
//   - Formulas become text where they can (tex.go); goldmark is taught to find
//     them (texmark.go, texlines.go), the splitter knows where they end.
//   - Looks come from a style sheet in Glamour's form (sheet.go, look.go), so that
//     every style made for Glamour can be used. Glamour itself is not: it is the
//     second opinion in the tests.
//   - Code is cut into parts that can be lexed one after the other (cut.go),
//     lexed by chroma's lexers (lexer.go, drive.go), each part once, also while its
//     fence is open, and laid out (code.go), in broken lines or in whole ones
//     (sideways.go).
//   - Limits (limits.go) come first: what would take too long is shown as
//     plain text.
//   - Widths come from one place (width.go), which measures as the screen does.
//   - safe.Text sees what was decoded on the way, and safe.Frame every line at
//     the end.
//
// A stream gives its lines, or its blocks one by one (blocks.go): who shows a part
// of a long text renders no more than that part, also at another width, and who
// copies a part has its lines unbroken (unwrap.go).
//
// A streamed text ends in the lines that the whole text gives, however it was
// cut: [Renderer.Render] is a stream with one delta.
//
// # Colours that come later
//
// A lexer takes milliseconds for a kilobyte, and more when it is first used: a
// long block would hold up the event loop. With a [Painter] that has a budget,
// what the budget allows is coloured and the rest laid out plain; how lines are
// broken does not depend on colours. Then
//
//	lines, patch := s.Block(i)
//	for patch.Pending() {
//		w := patch.Work(from, to) // for the lines in view; nil if those have all
//		found := w.Do()           // in another goroutine
//		painter.Take(found)       // back in the event loop
//		patch.Repaint()           // puts the colours into the lines
//	}
//
// ends in the lines that Render gives, whatever else the stream is given
// meanwhile. Colours are kept by what the code is (patch.go puts them in place),
// without the width or the theme, up to a size. So no result can be for the wrong
// block or too old: it bears its identity in its keys, and strangers are not asked
// for. A lexer that fails or takes too long is given up for its block.
//
// Every line stands by itself: it opens the styles and links it needs and closes
// them, it has no trailing blanks, and it is at most as wide as was asked for.
package markdown
