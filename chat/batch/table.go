package batch

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// table reads a table whose first row names the columns. A column "id" or
// "custom_id" names the items.
func (in Input) table(raw []byte) ([]Item, error) {
	r := csv.NewReader(bytes.NewReader(raw))
	r.Comma = in.comma(raw)
	header, err := r.Read()
	if err != nil {
		return nil, tableError(err)
	}
	for i := range header {
		header[i] = strings.TrimSpace(header[i])
	}
	var items []Item
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return items, nil
		}
		if err != nil {
			return nil, tableError(err)
		}
		line, _ := r.FieldPos(0)
		item, err := in.row(header, row, line)
		if err != nil {
			return nil, &LineError{line, err}
		}
		items = append(items, item)
	}
}

// comma is what separates the columns: it is looked for in the header.
func (in Input) comma(raw []byte) rune {
	head := firstLine(raw)
	switch {
	case strings.EqualFold(path.Ext(in.Name), ".tsv"):
		return '\t'
	case strings.Contains(head, ","):
		return ','
	case strings.Contains(head, ";"):
		return ';'
	case strings.Contains(head, "\t"):
		return '\t'
	}
	return ','
}

func (in Input) row(header, row []string, line int) (Item, error) {
	fields := make(map[string]string, len(header))
	for i, name := range header {
		fields[name] = row[i]
	}
	prompt, err := in.filled(fields)
	if err != nil {
		return Item{}, err
	}
	item := in.item(prompt, line)
	for _, name := range []string{"id", "custom_id"} {
		if id := strings.TrimSpace(fields[name]); id != "" {
			item.ID, item.Named = id, true
		}
	}
	return item, nil
}

// tableError says it with the line.
func tableError(err error) error {
	var p *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return errNothing
	case errors.Is(err, csv.ErrFieldCount):
		_ = errors.As(err, &p)
		return &LineError{p.StartLine, errors.New("it has another number of columns than the first line")}
	case errors.As(err, &p):
		return &LineError{p.StartLine, fmt.Errorf("it cannot be read as a row of a table: %w", p.Err)}
	}
	return err
}
