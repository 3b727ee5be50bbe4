package chat

import (
	"fmt"
	"slices"
	"strings"
)

// SnippetLanguage is one row of the table of programs that ask what a conversation
// asks.
type SnippetLanguage struct {
	Name, Ending string
	Help         string
	write        func(snippet) string
}

// SnippetLanguages is the table.
func SnippetLanguages() []SnippetLanguage {
	return []SnippetLanguage{
		{"curl", "sh", "a shell script with curl", snippet.curl},
		{"python", "py", "Python with Groq's client", snippet.python},
		{"javascript", "mjs", "JavaScript with Groq's client", snippet.javascript},
		{"go", "go", "Go with its standard library", snippet.golang},
	}
}

// FindSnippetLanguage looks a row up by its name, the beginning of it or the
// ending of its files.
func FindSnippetLanguage(name string) (SnippetLanguage, bool) {
	rows, name := SnippetLanguages(), strings.ToLower(name)
	i := slices.IndexFunc(rows, func(l SnippetLanguage) bool {
		return name != "" && (strings.HasPrefix(l.Name, name) || l.Ending == name || name == "js" && l.Name == "javascript")
	})
	if i < 0 {
		return SnippetLanguage{}, false
	}
	return rows[i], true
}

// Write is a program that sends a body, a JSON object, to the API at an address
// and prints the answer. It takes the key from GROQ_API_KEY. The answer comes in
// one piece: a program has no use for a stream.
func (l SnippetLanguage) Write(body []byte, base string) (string, error) {
	all, err := readBody(body)
	if err != nil {
		return "", fmt.Errorf("read the request: %w", err)
	}
	all = slices.DeleteFunc(all, func(m member) bool { return m.name == "stream" || m.name == "stream_options" })
	return l.write(snippet{all, strings.TrimSuffix(base, "/")}), nil
}

// snippet is what a program is made of.
type snippet struct {
	body []member
	base string // address of the API, without a slash at its end
}

// The address of Groq's API, and what its own clients put behind theirs.
const (
	groqServer = "https://api.groq.com"
	groqPath   = "/openai/v1"
)

func (s snippet) json() string { return jsonDialect().literal(s.body, "") }

// curl ends the body with a line that no JSON has.
func (s snippet) curl() string {
	return "#!/bin/sh\ncurl --fail-with-body -sS " + shellQuote(s.base+"/chat/completions") + ` \
  -H "Authorization: Bearer $GROQ_API_KEY" \
  -H 'Content-Type: application/json' \
  --data-binary @- <<'END_OF_JSON'
` + s.json() + "\nEND_OF_JSON\n"
}

// client says how Groq's client finds another server; ok is false where it cannot.
func (s snippet) client() (server string, ok bool) {
	return strings.CutSuffix(s.base, groqPath)
}

func (s snippet) python() string {
	d := pythonDialect()
	name, address := "groq", ""
	server, groq := s.client()
	switch {
	case !groq:
		name, address = "openai", ", base_url="+d.text(s.base)
	case server != groqServer:
		address = ", base_url=" + d.text(server)
	}
	class := map[string]string{"groq": "Groq", "openai": "OpenAI"}[name]
	var args strings.Builder
	for _, m := range s.body {
		fmt.Fprintf(&args, "    %s=%s,\n", m.name, d.literal(m.value, "    "))
	}
	return "# pip install " + name + "\nimport os\n\nfrom " + name + " import " + class + "\n\n" +
		"client = " + class + `(api_key=os.environ["GROQ_API_KEY"]` + address + ")\n" +
		"completion = client.chat.completions.create(\n" + args.String() + ")\n" +
		"print(completion.choices[0].message.content)\n"
}

func (s snippet) javascript() string {
	d := jsDialect()
	name, class, address := "groq-sdk", "Groq", ""
	server, groq := s.client()
	switch {
	case !groq:
		name, class, address = "openai", "OpenAI", ", baseURL: "+d.text(s.base)
	case server != groqServer:
		address = ", baseURL: " + d.text(server)
	}
	return "// npm install " + name + "\nimport " + class + " from \"" + name + "\";\n\n" +
		"const client = new " + class + "({ apiKey: process.env.GROQ_API_KEY" + address + " });\n" +
		"const completion = await client.chat.completions.create(" + d.literal(s.body, "") + ");\n" +
		"console.log(completion.choices[0].message.content);\n"
}

func (s snippet) golang() string {
	return `package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
)

const body = ` + "`" + s.json() + "`" + `

func main() {
	req, err := http.NewRequest("POST", ` + goQuote(s.base+"/chat/completions") + `, strings.NewReader(body))
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+os.Getenv("GROQ_API_KEY"))
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(resp.Body)
		log.Fatal(resp.Status, ": ", string(text))
	}
	var answer struct {
		Choices []struct {
			Message struct{ Content string }
		}
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		log.Fatal(err)
	}
	for _, c := range answer.Choices {
		fmt.Println(c.Message.Content)
	}
}
`
}
