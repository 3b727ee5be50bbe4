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
//     which nobody can say what it becomes, mend.go closes the strong words,
//     code and links that are begun.
//   - A block is parsed by goldmark, with footnotes of our own (footnote.go), and
//     laid out: lists and quotes by block.go, paragraphs and headings by text.go,
//     tables by table.go and fit.go. What is in a paragraph becomes pieces of
//     text in one look each (inline.go, link.go); flow.go breaks them into lines.
//   - Looks come from a style sheet in Glamour's form (sheet.go, look.go), so that
//     every style made for Glamour can be used. Glamour itself is not: it is the
//     second opinion in the tests.
//   - Code is highlighted by chroma (code.go, lexer.go), each line once, also
//     while its fence is open.
//   - Limits (limits.go) come first: what would take too long is shown as
//     plain text.
//   - Widths come from one place (width.go), which measures as the screen does.
//   - safe.Text sees what was decoded on the way, and safe.Frame every line at
//     the end.
//
// A streamed text ends in the lines that the whole text gives, however it was
// cut: [Renderer.Render] is a stream with one delta.
//
// Every line stands by itself: it opens the styles and links it needs and closes
// them, it has no trailing blanks, and it is at most as wide as was asked for.
package markdown
