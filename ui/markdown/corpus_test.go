package markdown

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// answer makes at least n bytes of Markdown as models write it, the same for a
// seed each time.
func answer(n int, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 7))
	var b strings.Builder
	for b.Len() < n {
		b.WriteString(part(r) + "\n")
	}
	return b.String()
}

func part(r *rand.Rand) string {
	switch k := r.IntN(20); {
	case k < 2:
		return strings.Repeat("#", 1+r.IntN(4)) + " " + sentence(r, 4) + "\n"
	case k < 9:
		return sentence(r, 9) + " " + sentence(r, 14) + " " + sentence(r, 11) + "\n"
	case k < 13:
		lang := []string{"go", "python", "bash", "ts", "json", "", "brainfork"}[r.IntN(7)]
		return "```" + lang + "\n" + program(lang) + "```\n"
	case k < 15:
		return items(r, func(i int) string { return fmt.Sprintf("%d. ", i+1) })
	case k < 17:
		return items(r, func(int) string { return "- " })
	case k < 18:
		rows := "| Name | Value | Notes |\n|---|---:|:---:|\n"
		for range 3 + r.IntN(5) {
			rows += fmt.Sprintf("| %s | %d | %s |\n", word(r), r.IntN(10000), sentence(r, 4))
		}
		return rows
	case k < 19:
		return "> " + sentence(r, 12) + "\n> " + sentence(r, 9) + "\n"
	}
	return "---\n"
}

func items(r *rand.Rand, mark func(int) string) string {
	var b strings.Builder
	for i := range 3 + r.IntN(5) {
		m := mark(i)
		fmt.Fprintf(&b, "%s**%s**: %s\n", m, word(r), sentence(r, 6+r.IntN(9)))
		if r.IntN(4) == 0 {
			fmt.Fprintf(&b, "%s- %s\n", strings.Repeat(" ", len(m)), sentence(r, 5))
		}
	}
	return b.String()
}

func word(r *rand.Rand) string {
	words := strings.Fields("the stream renders each block once and keeps the tail open while tokens arrive so that " +
		"cost stays linear in what is streamed rather than quadratic because a frame only shows forty lines of text")
	w := words[r.IntN(len(words))]
	switch r.IntN(30) {
	case 0:
		return "**" + w + "**"
	case 1:
		return "*" + w + "*"
	case 2:
		return "`" + w + "()`"
	case 3:
		return "[" + w + "](https://example.com/" + w + ")"
	case 4:
		return "日本語テキスト"
	case 5:
		return "🚀👩‍💻"
	case 6:
		return "$n^2$"
	}
	return w
}

func sentence(r *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = word(r)
	}
	return strings.Join(words, " ") + "."
}

func program(lang string) string {
	switch lang {
	case "go":
		return "package main\n\nimport (\n\t\"context\"\n\t\"fmt\"\n)\n\n/* Run starts\n   the worker. */\nfunc Run(ctx context.Context, n int) error {\n" +
			"\tfor i := 0; i < n; i++ {\n\t\tselect {\n\t\tcase <-ctx.Done():\n\t\t\treturn fmt.Errorf(\"stopped after %d: %w\", i, ctx.Err())\n" +
			"\t\tdefault:\n\t\t}\n\t\tfmt.Printf(`tick\n%03d`, i) // a raw string over two lines\n\t}\n\treturn nil\n}\n"
	case "python":
		return "import asyncio\n\nasync def consume(queue: asyncio.Queue[str]) -> str:\n    \"\"\"Collect every delta\n    until None arrives.\"\"\"\n" +
			"    out = []\n    while (d := await queue.get()) is not None:\n        out.append(d.replace(\"\\n\", \" \"))\n    return f\"{len(out)}: {''.join(out)}\"\n"
	case "bash":
		return "#!/usr/bin/env bash\nset -euo pipefail\nfor f in \"$@\"; do\n  [[ -f \"$f\" ]] && wc -l \"$f\" | awk '{print $1}'\ndone\ncat <<EOF\nhello $USER\nEOF\n"
	case "ts":
		return "export interface Message { id: string; role: \"user\" | \"assistant\" }\nexport const merge = (a: Message, b: Partial<Message>): Message => ({ ...a, ...b, text: `a ${\n  a.id\n}` });\n"
	case "json":
		return "{\"model\": \"llama\", \"stream\": true, \"n\": 1, \"stop\": null}\n"
	}
	return "plain block\n  with indentation\tand tabs\n"
}

// atoms make nasty documents out of the constructs that matter.
func atoms() []string {
	return []string{
		"a", "b c", "\n", "\n", "\n", "\n\n", "- ", "* ", "1. ", "2) ", "10. ", "> ", "# ", "## h", "```", "```go", "~~~", "````",
		"  ", "    ", " ", "\t", "---", "===", "***", "- - -", "| a | b |", "|---|---|", "|a|\n|-|\n", "<div>", "</div>", "<!--", "-->", "<pre>",
		"</pre>", "<b>", "<foo>", "<?", "?>", "[a]", "[a]: /u", "[a]: /u 't'", "**x**", "`c`", "\\", "-", "+", "1.", "text | pipe",
		"- [ ] ", "![i](u)", "&amp;", "http://x.y", "&#27;[2J", "日本", "👩‍💻", "~~s~~", "<br>", "_e_",
		"[^1]: ", "[^n]", "[^n]: a", "**", "*", "`", "[t](", "](", "~~", "| ",
		"$", "$$", "$$\n", "\n$$", "\\[", "\\]", "\\(", "\\)", "$x^2$", "$$\\alpha", "\n+ b", "\\begin{cases}a\\\\b\\end{cases}",
	}
}

func nasty(r *rand.Rand) string {
	all := atoms()
	var b strings.Builder
	for range 1 + r.IntN(40) {
		b.WriteString(all[r.IntN(len(all))])
	}
	return b.String()
}
