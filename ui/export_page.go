package ui

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"slices"

	"groqchat/chat"
	"groqchat/history"
	"groqchat/ui/markdown"
	"groqchat/ui/safe"
	"groqchat/ui/theme"
)

// writePage writes a page that needs nothing else: no script, no file, no network.
// The policy in its head says so to the browser too, in case that something of the
// text should come through as a tag all the same.
// It tells after each message how many of how many it has.
func writePage(w io.Writer, all []chat.Conversation, tell func(done, all int)) error {
	light, dark := paletteStyles("light"), paletteStyles("dark")
	r := markdown.New(light)
	title := "groqchat"
	if len(all) == 1 {
		title = cmp.Or(safe.Line(all[0].Title, 200), title)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, pageHead, html.EscapeString(title), colours(light.Palette), r.CodeCSS(), colours(dark.Palette), markdown.New(dark).CodeCSS())
	messages, done := 0, 0
	for i := range all {
		messages += len(all[i].Path())
	}
	for i := range all {
		writeArticle(&b, r, &all[i], func() { done++; tell(done, messages) })
	}
	b.WriteString("</body>\n</html>\n")
	_, err := w.Write(b.Bytes())
	return err
}

func paletteStyles(name string) theme.Styles {
	p, _ := theme.Find(name)
	return theme.New(p)
}

// colours is a palette as variables of a style sheet.
func colours(p theme.Palette) string {
	return fmt.Sprintf(":root{--ground:%s;--text:%s;--dim:%s;--accent:%s;--user:%s;--border:%s;--link:%s;--code:%s;--heading:%s;--soft:%s}",
		p.Ground, p.Text, p.Dim, p.Accent, p.User, p.Border, p.Link, p.Code, p.Heading, p.Selection)
}

const pageHead = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="referrer" content="no-referrer">
<title>%s</title>
<style>
%s
%s
@media (prefers-color-scheme: dark){
%s
%s
}
:root{color-scheme:light dark}
body{background:var(--ground);color:var(--text);font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1,h2,h3,h4,h5,h6{color:var(--heading);line-height:1.3}
a{color:var(--link)}
.when,.who,.end,summary{color:var(--dim);font-size:.85rem}
.who{margin:1.6rem 0 .3rem}
.said{white-space:pre-wrap;overflow-wrap:anywhere;color:var(--user);border-left:3px solid var(--accent);padding-left:.8rem}
pre,.chroma{background:var(--soft);overflow-x:auto;padding:.7rem .9rem;border-radius:6px}
pre.plain{white-space:pre-wrap;overflow-wrap:anywhere}
code{font:.9em ui-monospace,monospace}
p code,li code,td code{color:var(--code)}
table{border-collapse:collapse}
td,th{border:1px solid var(--border);padding:.2rem .6rem}
blockquote{border-left:3px solid var(--border);margin-left:0;padding-left:1rem;color:var(--dim)}
img{max-width:100%%}
article+article{border-top:1px solid var(--border);margin-top:3rem}
</style>
</head>
<body>
`

func writeArticle(b *bytes.Buffer, r *markdown.Renderer, conv *chat.Conversation, step func()) {
	fmt.Fprintf(b, "<article>\n<h1>%s</h1>\n", html.EscapeString(cmp.Or(safe.Line(conv.Title, 200), "Untitled")))
	if !conv.Created.IsZero() {
		fmt.Fprintf(b, "<p class=\"when\">%s</p>\n", conv.Created.UTC().Format("2 January 2006, 15:04 UTC"))
	}
	for _, m := range conv.Path() {
		fmt.Fprintf(b, "<section>\n<p class=\"who\">%s</p>\n", html.EscapeString(safe.Line(history.Speaker(m), 100)))
		if m.Reasoning != "" {
			fmt.Fprintf(b, "<details><summary>Reasoning</summary><div class=\"said\">%s</div></details>\n", html.EscapeString(safe.Text(m.Reasoning)))
		}
		if m.Role == chat.Assistant {
			b.WriteString(r.HTML(m.Content))
		} else {
			fmt.Fprintf(b, "<div class=\"said\">%s</div>\n", html.EscapeString(safe.Text(m.Content)))
		}
		for _, a := range m.Attachments {
			writeAttachment(b, a)
		}
		if end := history.Ending(m); end != "" {
			fmt.Fprintf(b, "<p class=\"end\">%s</p>\n", html.EscapeString(safe.Line(end, 400)))
		}
		b.WriteString("</section>\n")
		step()
	}
	b.WriteString("</article>\n")
}

// writeAttachment shows a text to unfold, and a picture of a kind that runs nothing.
func writeAttachment(b *bytes.Buffer, a chat.Attachment) {
	name := html.EscapeString(safe.Line(a.Name, 100))
	pictures := []string{"image/png", "image/jpeg", "image/gif", "image/webp"}
	switch {
	case a.Text != "":
		fmt.Fprintf(b, "<details><summary>%s</summary><pre class=\"plain\">%s</pre></details>\n", name, html.EscapeString(safe.Text(a.Text)))
	case len(a.Data) > 0 && slices.Contains(pictures, a.Type):
		fmt.Fprintf(b, "<p><img alt=\"%s\" src=\"data:%s;base64,%s\"></p>\n", name, a.Type, base64.StdEncoding.EncodeToString(a.Data))
	default:
		fmt.Fprintf(b, "<p class=\"end\">Attached: %s</p>\n", name)
	}
}
