package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"groqchat/history/atomicfile"
)

const (
	promptsName = "prompts.jsonl"
	// keptPrompts is how many prompts stay when there are more than manyPrompts.
	keptPrompts = 1000
	manyPrompts = 2000
	// maxPrompt is the longest text that is kept, in bytes: beyond it is a paste
	// that nobody looks for in a history.
	maxPrompt = 64 << 10
	// maxPrompts is the largest file; of a larger one the end is read, and kept.
	maxPrompts = 16 << 20
)

// Prompts is the history of what was typed: one JSON object a line, newest last.
// Several processes may append to it. It may be used by several goroutines.
type Prompts struct {
	lineFile

	mu   sync.Mutex
	last string // of this process, or of the file when it was loaded
}

type prompt struct {
	Text string `json:"text"`
}

// OpenPrompts gives the history in the state folder. It does no I/O.
func OpenPrompts(stateDir string) *Prompts {
	return &Prompts{lineFile: lineFile{filepath.Join(stateDir, promptsName), maxPrompts}}
}

// Load gives the last limit prompts, newest last, each once in a row. Lines that
// cannot be read are passed over. A file that has grown long is cut to its end.
func (p *Prompts) Load(limit int) ([]string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	text, size, err := p.read()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the history of prompts: %w", err)
	}
	all := parsePrompts(text)
	if n := len(all); n > 0 {
		p.last = all[n-1]
	}
	if bytes.Count(text, []byte("\n")) > manyPrompts || size > maxPrompts {
		all = all[len(all)-min(len(all), keptPrompts):]
		p.compact(all, size)
	}
	return all[len(all)-min(len(all), max(0, limit)):], nil
}

func parsePrompts(text []byte) []string {
	var all []string
	for line := range bytes.Lines(text) {
		var one prompt
		if json.Unmarshal(line, &one) == nil && one.Text != "" {
			all = append(all, one.Text)
		}
	}
	return slices.Compact(all)
}

// compact leaves the given prompts in the file. If it fails, or if somebody
// appended meanwhile, the next start tries again.
func (p *Prompts) compact(all []string, size int64) {
	var b bytes.Buffer
	for _, text := range all {
		b.Write(promptLine(text))
	}
	if info, err := os.Lstat(p.path); err == nil && info.Size() == size {
		_ = atomicfile.Write(p.path, b.Bytes(), fileMode)
	}
}

func promptLine(text string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	// A string always encodes.
	_ = e.Encode(prompt{text})
	return b.Bytes()
}

// Append adds a prompt, unless it is blank, very long or the same as the one before.
func (p *Prompts) Append(text string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if strings.TrimSpace(text) == "" || len(text) > maxPrompt || text == p.last {
		return nil
	}
	if err := p.append(promptLine(text)); err != nil {
		return fmt.Errorf("add to the history of prompts: %w", err)
	}
	p.last = text
	return nil
}
