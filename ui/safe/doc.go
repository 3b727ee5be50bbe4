// Package safe makes what strangers wrote safe to show.
//
// Strangers are the model, the server, session files, file names, whatever is
// pasted. A terminal obeys what it is sent: a reply may write the clipboard,
// retitle the window, hide text, or end the program that draws it. Two gates
// stand between strangers and the terminal:
//
//   - [Text] (and [Line] for titles, names and notices) where data enters what
//     is shown. It knows single characters only, so that a sequence cut in two
//     by the network is no way around it.
//   - [Frame] on everything that is written to a terminal, once it is complete.
//     It knows the sequences that we ourselves emit and refuses the rest, for
//     what was decoded behind the first gate, as "&#27;" is in Markdown.
//
// Both replace visibly and never strip: what is removed without a trace is a
// way to hide things. Both give back their argument itself, without a copy,
// when there is nothing to replace. What is stored stays as it came.
package safe
