package cli

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"groqchat/ui"
	"groqchat/ui/markdown"
)

// schema is what an answer has to look like.
type schema struct {
	raw   json.RawMessage
	check *jsonschema.Resolved
}

// readSchema reads a JSON Schema from a file. What it refers to must be in it:
// nothing is fetched.
func readSchema(path string) (*schema, error) {
	raw, err := ui.ReadPlain(path)
	if err != nil {
		return nil, misused("--schema: cannot read %s: %w", path, err)
	}
	var s jsonschema.Schema
	if err := json.Unmarshal(raw, &s); err != nil {
		return nil, misused("--schema: %s is no JSON Schema: %w", path, err)
	}
	check, err := s.Resolve(nil)
	if err != nil {
		return nil, misused("--schema: %s cannot be used: %w", path, err)
	}
	return &schema{raw, check}, nil
}

// value is the answer as JSON that fits. Models that are not held to a schema like
// to put it into a block of code.
func (s *schema) value(answer string) (json.RawMessage, error) {
	text := strings.TrimSpace(answer)
	if blocks := markdown.Codes(text); !json.Valid([]byte(text)) && len(blocks) == 1 {
		text = strings.TrimSpace(blocks[0].Text)
	}
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return nil, unfit(errors.New("it is no JSON"))
	}
	if err := s.check.Validate(value); err != nil {
		return nil, unfit(err)
	}
	return json.RawMessage(text), nil
}

func unfit(err error) error {
	return failed("Ask again, or describe in the prompt what is wanted.", "the answer does not fit the schema: %w", err)
}

// inSchema is the JSON of an answer, when it is whole and fits. What does not is
// nothing for the next program.
func (a *app) inSchema() way {
	return way{text: io.Discard, end: func(got answered) (string, error) {
		if got.err != nil {
			return "", a.leftOver(got)
		}
		text := string(got.value)
		return text, a.print(plainJSON(text) + "\n")
	}}
}
