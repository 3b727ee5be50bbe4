package ui

import (
	"os"
	"strings"
	"testing"

	"groqchat/config"
	"groqchat/ui/theme"
)

// readme is the README's text between a table's mark and its end.
func readme(t *testing.T, name string) (whole, table string) {
	t.Helper()
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	whole = string(text)
	_, after, ok := strings.Cut(whole, "<!-- "+name+":")
	if !ok {
		t.Fatalf("the README has no mark for %s", name)
	}
	_, after, _ = strings.Cut(after, "-->\n")
	table, _, _ = strings.Cut(after, "<!-- end -->")
	return whole, table
}

// checkReadme compares a table of the README with the one that the code gives,
// and writes it anew under make golden.
func checkReadme(t *testing.T, name, want string) {
	t.Helper()
	whole, got := readme(t, name)
	if got == want {
		return
	}
	if os.Getenv("UPDATE_GOLDEN") == "" {
		t.Fatalf("the table of %s in the README is not current: run make golden\nit has:\n%s\nwant:\n%s", name, got, want)
	}
	mark := whole[strings.Index(whole, "<!-- "+name+":"):]
	mark = mark[:strings.Index(mark, "-->\n")+len("-->\n")]
	if err := os.WriteFile("../README.md", []byte(strings.Replace(whole, mark+got, mark+want, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// cell is text within a table of Markdown.
func cell(s string) string { return strings.NewReplacer("|", `\|`).Replace(s) }

func TestReadme_HasEveryKey(t *testing.T) {
	var b strings.Builder
	b.WriteString("\n| key | does | name |\n| --- | --- | --- |\n")
	for _, row := range defaultKeys() {
		if row.scope == scopeOverlay || row.scope == scopeFirst || row.scope == scopeMessage {
			continue
		}
		b.WriteString(keyRow(row))
	}
	checkReadme(t, "keys", b.String()+"\n")
}

func TestReadme_HasEveryKeyOfAMessage(t *testing.T) {
	var b strings.Builder
	b.WriteString("\n| key | does | name |\n| --- | --- | --- |\n")
	for _, row := range messageKeys() {
		b.WriteString(keyRow(row))
	}
	checkReadme(t, "message keys", b.String()+"\n")
}

func keyRow(row binding) string {
	return "| " + cell(row.key.Help().Key) + " | " + cell(row.key.Help().Desc) + " | `" + row.name + "` |\n"
}

func TestReadme_HasEveryCommand(t *testing.T) {
	var b strings.Builder
	b.WriteString("\n| command | does |\n| --- | --- |\n")
	for _, c := range defaultCommands() {
		b.WriteString("| `" + cell(strings.TrimSpace("/"+c.name+" "+c.usage)) + "` | " + cell(c.help) + " |\n")
	}
	checkReadme(t, "commands", b.String()+"\n")
}

func TestReadme_HasEverySetting(t *testing.T) {
	var b strings.Builder
	b.WriteString("\n| setting | flag | environment | default | meaning |\n| --- | --- | --- | --- | --- |\n")
	code := func(s string) string {
		if s == "" {
			return ""
		}
		return "`" + cell(s) + "`"
	}
	for _, row := range config.Settings() {
		flag := row.Flag
		if flag != "" {
			flag = "--" + flag
		}
		b.WriteString("| `" + row.Name + "` | " + code(flag) + " | " + code(row.Env) + " | " + code(row.Default) + " | " + cell(row.Help) + " |\n")
	}
	checkReadme(t, "settings", b.String()+"\n")
}

func TestReadme_HasEveryTheme(t *testing.T) {
	var b strings.Builder
	b.WriteString("\n| theme | ground | least contrast | what it is like |\n| --- | --- | --- | --- |\n")
	for _, p := range theme.Builtin() {
		b.WriteString("| `" + p.Name + "` | " + groundOf(p) + " | " + contrastOf(p) + " | " + cell(p.Help) + " |\n")
	}
	checkReadme(t, "themes", b.String()+"\n")
}
