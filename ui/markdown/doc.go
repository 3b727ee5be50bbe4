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
//   - A block is parsed by goldmark and laid out (block.go): what contains
//     others, lists and quotes, is ours; what contains text, paragraphs,
//     headings and tables, is rendered by Glamour (leaf.go) with the theme's
//     style sheet. Glamour is given one leaf at a time and no width, for its
//     cost grows with nesting and its wrapping pads every line.
//   - Formulas become text where they can (tex.go); goldmark is taught to find
//     them (texmark.go, texlines.go), the splitter knows where they end.
//   - Code is highlighted by chroma (code.go, lexer.go), each line once, also
//     while its fence is open.
//   - Limits (limits.go) come first: what would take too long is shown as
//     plain text.
//   - safe.Frame sees every line at the end, for what was decoded on the way.
//
// A streamed text ends in the lines that the whole text gives, however it was
// cut: [Renderer.Render] is a stream with one delta.
//
// Every line stands by itself: it opens the styles it needs and closes them, it
// has no trailing blanks, and it is at most as wide as was asked for.
package markdown
