package batch

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"groqchat/chat"
)

// Form is how the questions are written down.
type Form string

// The forms of input. [Auto] looks at the name and the first line.
const (
	Auto   Form = "auto"
	Lines  Form = "lines"  // a question a line; empty lines are passed over
	JSONL  Form = "jsonl"  // a JSON text or object a line, with a prompt or messages
	OpenAI Form = "openai" // a request a line, as OpenAI's and Groq's batch services take them
	CSV    Form = "csv"    // a table with a header, and a template
)

// Forms is all that can be named, for help and completion.
func Forms() []string {
	return []string{string(Auto), string(Lines), string(JSONL), string(OpenAI), string(CSV)}
}

// Input is how to read questions, and what holds for each that does not say
// otherwise.
type Input struct {
	Name     string // of the file; its ending tells the form
	Form     Form
	Template string // {prompt}, or {a column} of a table, is filled in; "": the prompt alone

	Model, System string
	Params        chat.Params
	Files         []chat.Attachment // go with every question

	// Remote leaves properties of OpenAI's form alone that can only be sent as they
	// are: the server judges them.
	Remote bool
}

// LineError is what is wrong with a line of the input.
type LineError struct {
	Line int // from 1
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap gives the cause.
func (e *LineError) Unwrap() error { return e.Err }

var errNothing = errors.New("there is no question in it")

// Decode reads the questions in their order. No two have the same key or the same
// id. An error names the line.
func (in Input) Decode(raw []byte) ([]Item, error) {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if line := badLine(raw); line > 0 {
		return nil, &LineError{line, errors.New("it is not text in UTF-8")}
	}
	items, err := in.decode(raw)
	switch {
	case err != nil:
		return nil, err
	case len(items) == 0:
		return nil, errNothing
	}
	if err := unique(items); err != nil {
		return nil, err
	}
	return keyed(items), nil
}

func (in Input) decode(raw []byte) ([]Item, error) {
	switch form := in.form(raw); form {
	case CSV:
		return in.table(raw)
	case Lines:
		return in.perLine(raw, in.line)
	case JSONL:
		return in.perLine(raw, in.object)
	case OpenAI:
		return in.perLine(raw, in.openAI)
	default:
		return nil, fmt.Errorf("there is no form %q; there are %s", form, strings.Join(Forms(), ", "))
	}
}

// badLine is the first line that is not UTF-8, 0 if all is.
func badLine(raw []byte) int {
	if utf8.Valid(raw) {
		return 0
	}
	n := 0
	for line := range bytes.Lines(raw) {
		if n++; !utf8.Valid(line) {
			break
		}
	}
	return n
}

// form is the form of the input: as it was named, or by the file's ending, or by
// its first line.
func (in Input) form(raw []byte) Form {
	if in.Form != "" && in.Form != Auto {
		return in.Form
	}
	first := firstLine(raw)
	switch strings.ToLower(path.Ext(in.Name)) {
	case ".csv", ".tsv":
		return CSV
	case ".jsonl", ".ndjson":
		return jsonForm(first)
	case ".txt", ".md":
		return Lines
	}
	if strings.HasPrefix(first, "{") && strings.HasSuffix(first, "}") {
		return jsonForm(first)
	}
	return Lines
}

// jsonForm tells OpenAI's requests from prompts.
func jsonForm(first string) Form {
	names, err := fields([]byte(first))
	if err == nil && slices.ContainsFunc(names, func(f field) bool { return f.name == "body" }) {
		return OpenAI
	}
	return JSONL
}

func firstLine(raw []byte) string {
	for line := range bytes.Lines(raw) {
		if text := strings.TrimSpace(string(line)); text != "" {
			return text
		}
	}
	return ""
}

// perLine makes an item of every line that is not empty.
func (in Input) perLine(raw []byte, read func(text string, line int) (Item, error)) ([]Item, error) {
	var items []Item
	n := 0
	for line := range bytes.Lines(raw) {
		n++
		text := strings.TrimSpace(string(line))
		if text == "" {
			continue
		}
		item, err := read(text, n)
		if err != nil {
			return nil, &LineError{n, err}
		}
		items = append(items, item)
	}
	return items, nil
}

// line is an item of a line of text.
func (in Input) line(text string, line int) (Item, error) {
	prompt, err := in.filled(map[string]string{promptField: text})
	if err != nil {
		return Item{}, err
	}
	return in.item(prompt, line), nil
}

// item is the question that prompt is, with what holds for all.
func (in Input) item(prompt string, line int) Item {
	return Item{
		ID: fmt.Sprintf("line-%d", line), Line: line, Prompt: prompt,
		Request: chat.Request{
			Model: in.Model, System: in.System, Params: in.Params,
			Messages: []chat.Message{{Role: chat.User, Content: prompt, Attachments: in.Files}},
		},
	}
}

// unique refuses an id that comes twice: its result could not be told from the
// other's. Ids that were made of lines give way to those that the input has.
func unique(items []Item) error {
	first := map[string]int{}
	for _, item := range items {
		if !item.Named {
			continue
		}
		if at, twice := first[item.ID]; twice {
			return &LineError{item.Line, fmt.Errorf("the id %q is that of line %d already", item.ID, at)}
		}
		first[item.ID] = item.Line
	}
	for i := range items {
		for _, taken := first[items[i].ID]; taken && !items[i].Named; _, taken = first[items[i].ID] {
			items[i].ID += "'"
		}
	}
	return nil
}
