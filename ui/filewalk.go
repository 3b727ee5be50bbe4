package ui

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	ignore "github.com/sabhiram/go-gitignore"
)

// The bounds of a walk: of a folder with more, what is nearest to its top is found.
const (
	walkFound = 5000
	walkSeen  = 50_000
	walkDepth = 12
	walkTime  = 2 * time.Second
	// ignoreSize is the largest .gitignore that is heeded, bytes.
	ignoreSize = 256 << 10
)

// walk looks for files, those nearest to the top first.
type walk struct {
	root   string
	hidden bool
	found  []string
	seen   int
	rules  map[string]*ignore.GitIgnore // by folder, from the root on
}

// walkFiles is the files and folders below root as paths from it on, a folder with
// a slash behind it; of the folder alone unless deep. What .gitignore leaves out
// and what is hidden is left out, the latter unless it is asked for. Links are not
// followed.
func walkFiles(ctx context.Context, root string, hidden, deep bool) []string {
	ctx, cancel := context.WithTimeout(ctx, walkTime)
	defer cancel()
	w := &walk{root: root, hidden: hidden, rules: map[string]*ignore.GitIgnore{}}
	level := []string{""}
	for depth := 0; len(level) > 0 && depth < walkDepth && (deep || depth == 0); depth++ {
		var next []string
		for _, folder := range level {
			if ctx.Err() != nil || len(w.found) >= walkFound || w.seen >= walkSeen {
				return w.found
			}
			next = append(next, w.list(folder)...)
		}
		level = next
	}
	return w.found
}

// list adds what is in a folder, and gives the folders in it.
func (w *walk) list(folder string) (folders []string) {
	entries, err := os.ReadDir(filepath.Join(w.root, filepath.FromSlash(folder)))
	if err != nil {
		return nil
	}
	w.seen += len(entries)
	w.readRules(folder)
	for _, e := range entries {
		name := path.Join(folder, e.Name())
		if len(w.found) >= walkFound || e.Name() == ".git" || strings.HasPrefix(e.Name(), ".") && !w.hidden {
			continue
		}
		if e.IsDir() {
			name += "/"
		}
		if w.ignored(name) || !e.IsDir() && !e.Type().IsRegular() {
			continue
		}
		w.found = append(w.found, name)
		if e.IsDir() {
			folders = append(folders, name)
		}
	}
	return folders
}

// readRules reads the .gitignore of a folder.
func (w *walk) readRules(folder string) {
	file := filepath.Join(w.root, filepath.FromSlash(folder), ".gitignore")
	info, err := os.Lstat(file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > ignoreSize {
		return
	}
	if rules, err := ignore.CompileIgnoreFile(file); err == nil {
		w.rules[folder] = rules
	}
}

// ignored asks the rules of all folders that a path is in.
func (w *walk) ignored(name string) bool {
	for folder := range w.rules {
		if rest, ok := strings.CutPrefix(name, folder); ok && w.rules[folder].MatchesPath(rest) {
			return true
		}
	}
	return false
}
