package ui

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/sahilm/fuzzy"

	"groqchat/ui/safe"
)

// A word that begins with @ names a file, and so do words of some commands: what
// fits is listed above the composer. Folders are walked and names are matched beside
// the loop; the answer bears the word that it is for.

// completion is the list of what the word at the cursor may mean.
type completion struct {
	word   fileWord // that the list is for
	hits   []string // none: the list is not shown
	at     int
	chosen bool     // the user moved in it
	late   bool     // it is for what the word was before: it is shown, and not taken
	over   fileWord // the word that the user closed the list for
	touch  touch

	known fileList // the files that were found last
}

// fileList is the files below a folder, for as long as they are likely the same.
type fileList struct {
	folder string
	hidden bool
	paths  []string // from the folder on; a folder ends in a slash
	at     time.Time
}

// listTime is how long a list of files is used again.
const listTime = 20 * time.Second

// hitsMost is how many files are listed, and hitRows how many are seen at once.
const (
	hitsMost = 50
	hitRows  = 6
)

// fileWord is a word that may name a file. The zero value is none.
type fileWord struct {
	text string // as it stands in the input
	path string // what it names
	use  fileUse
}

// completedMsg is what a word may mean.
type completedMsg struct {
	word  fileWord
	hits  []string
	files fileList
}

// atWord is the word with @ that ends at the cursor, "" for none.
func (m *Model) atWord() string {
	e := &m.composer.editor
	if e.selects() {
		return ""
	}
	text := e.lines[e.at.line].text[:e.at.off]
	text = text[max(0, len(text)-pathsLength-utf8.UTFMax):] // a line may be long, and this is asked at every message
	if i := lastBlank(text); i >= 0 {
		text = strings.TrimLeftFunc(text[i:], unicode.IsSpace)
	}
	if !strings.HasPrefix(text, "@") || strings.IndexByte(text, editorChipLead) >= 0 || len(text) > pathsLength {
		return ""
	}
	return text
}

// fileWord is the word at the cursor that may name a file.
func (m *Model) fileWord() fileWord {
	if word := m.atWord(); word != "" {
		return fileWord{text: word, path: unquotePath(word[1:])}
	}
	e := &m.composer.editor
	line := e.lines[0].text
	if len(e.lines) > 1 || !strings.HasPrefix(line, "/") || len(line) > pathsLength || e.selects() || e.at.off < len(line) ||
		strings.IndexByte(line, editorChipLead) >= 0 || m.composer.history.back > 0 {
		return fileWord{}
	}
	return m.commandFile(line)
}

// commandFile is the file that a command of this line names last.
func (m *Model) commandFile(line string) fileWord {
	name, args, argued := strings.Cut(line[1:], " ")
	i := slices.IndexFunc(m.commands, func(c command) bool { return c.name == name })
	if !argued || i < 0 {
		return fileWord{}
	}
	a, ok := argumentOf(m.commands[i], args)
	w := fileWord{a.part, a.part, a.files()}
	switch {
	case !ok || w.use == noFile || w.path == clipboardFile:
		return fileWord{}
	case w.use == readFile:
		w.text = lastPath(args)
		w.path = strings.Join(splitPaths(w.text), " ")
	}
	return w
}

// suggestFiles looks up what the word at the cursor may mean, when it has changed.
func (m *Model) suggestFiles() tea.Cmd {
	c := &m.completion
	word := m.fileWord()
	if word == c.word {
		return nil
	}
	c.word, c.at, c.chosen, c.late = word, 0, false, true
	if word != c.over {
		c.over = fileWord{}
	}
	if word == (fileWord{}) || c.over != (fileWord{}) || m.over != nil {
		c.hits = nil
		return nil
	}
	ctx, known, now := m.ctx, c.known, m.clock
	return func() tea.Msg { return complete(ctx, word, known, now) }
}

// complete finds the files that fit a word: those of the present folder and below,
// or of the folder that the word names from outside of it.
func complete(ctx context.Context, word fileWord, known fileList, now time.Time) completedMsg {
	folder, rest := ".", strings.TrimPrefix(word.path, "./")
	if i := strings.LastIndexByte(rest, '/'); i >= 0 && leaves(rest) {
		folder, rest = rest[:i+1], rest[i+1:]
	}
	hidden := strings.HasPrefix(rest, ".") || strings.Contains(rest, "/.")
	if known.folder != folder || known.hidden != hidden || now.Sub(known.at) > listTime {
		known = fileList{folder: folder, hidden: hidden, at: now, paths: walkFiles(ctx, homed(folder), hidden, folder == ".")}
	}
	paths := known.paths
	if word.use == makeFile { // what is there already is not written over
		paths = slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return !strings.HasSuffix(p, "/") })
	}
	hits := matchPaths(rest, paths)
	if folder != "." {
		for i := range hits {
			hits[i] = folder + hits[i]
		}
	}
	return completedMsg{word, hits, known}
}

// leaves reports whether a path leads out of the present folder.
func leaves(path string) bool {
	return filepath.IsAbs(path) || strings.HasPrefix(path, "/") || strings.HasPrefix(path, "~/") || strings.HasPrefix(path, "../")
}

// matchPaths is the paths that fit, the best first, see [ranked]: of those that fit
// as well the shorter one. Nothing fits all.
func matchPaths(part string, paths []string) []string {
	if part == "" {
		return slices.Clone(paths[:min(len(paths), hitsMost)])
	}
	found := fuzzy.Find(part, paths)
	fit := make(map[int]fitness, len(found))
	for _, f := range found {
		fit[f.Index] = fits(strings.ToLower(part), strings.ToLower(f.Str))
	}
	slices.SortStableFunc(found, func(a, b fuzzy.Match) int {
		better := 0
		if fit[a.Index] == fitsLetters {
			better = b.Score - a.Score
		}
		return cmp.Or(int(fit[a.Index]-fit[b.Index]), better, len(a.Str)-len(b.Str))
	})
	var hits []string
	for _, f := range found[:min(len(found), hitsMost)] {
		hits = append(hits, f.Str)
	}
	return hits
}

// onCompleted shows what was found, if the word is still the same.
func (m *Model) onCompleted(msg completedMsg) {
	c := &m.completion
	c.known = msg.files
	if m.changed = msg.word == c.word && m.over == nil; m.changed {
		c.hits, c.at, c.chosen, c.late = msg.hits, 0, false, false
		if len(c.hits) == 1 && c.hits[0] == c.word.path && c.word.use != noFile {
			c.hits = nil // it is complete
		}
	}
}

// completes reports whether the list is open.
func (m *Model) completes() bool { return len(m.completion.hits) > 0 && m.over == nil && !m.focused() }

// onCompletionKey takes the keys of the list, and reports whether it did.
func (m *Model) onCompletionKey(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	c := &m.completion
	if !m.completes() {
		return nil, false
	}
	name := m.keys.named(m, msg, scopeOverlay)
	if msg.Code == tea.KeyTab && msg.Mod == 0 {
		name = "overlay-accept"
	}
	n := len(c.hits)
	switch name {
	case "overlay-close":
		c.over, c.hits = c.word, nil
	case "overlay-accept":
		if msg.Code == tea.KeyEnter && !c.takesEnter() {
			return nil, false
		}
		return m.acceptCompletion(), true
	case "overlay-up":
		c.at, c.chosen = (c.at+n-1)%n, true
	case "overlay-down":
		c.at, c.chosen = (c.at+1)%n, true
	default:
		return nil, false
	}
	return nil, true
}

// takesEnter reports whether enter takes what is marked: else it runs the command as
// it stands, which may name a file that is yet to be.
func (c *completion) takesEnter() bool {
	switch {
	case c.chosen || c.word.use == noFile:
		return true
	case c.word.use == makeFile || c.word.path == "":
		return false
	}
	return !slices.Contains(c.hits, c.word.path) && strings.Contains(strings.ToLower(c.hits[c.at]), strings.ToLower(c.word.path))
}

// acceptCompletion puts the chosen name in the place of the word: a folder to go
// on from, or a file, which is attached.
func (m *Model) acceptCompletion() tea.Cmd {
	c, e := &m.completion, &m.composer.editor
	if c.late {
		return nil
	}
	path := c.hits[c.at]
	from := editorPos{e.at.line, e.at.off - len(c.word.text)}
	c.hits = nil
	if use := c.word.use; use != noFile {
		e.replace(from, e.at, e.glyphs.encode(use.written(path)))
		return m.suggestFiles()
	}
	if strings.HasSuffix(path, "/") {
		e.replace(from, e.at, e.glyphs.encode("@"+quotePath(path)))
		return m.suggestFiles()
	}
	e.replace(from, e.at, e.glyphs.encode(path)+" ")
	c.word = m.fileWord()
	return m.attachPaths([]string{path})
}

// completionRows is the list, at most so many rows, the chosen one among them.
func (m *Model) completionRows(most int) []string {
	c := &m.completion
	height := min(len(c.hits), hitRows, most)
	width := m.regions.width - leftMargin - rightMargin - 2
	if !m.completes() || height < 1 || width < 1 {
		return nil
	}
	first := max(0, min(c.at-height/2, len(c.hits)-height))
	rows := make([]string, 0, height)
	c.touch = touch{}
	for i := first; i < first+height; i++ {
		c.touch.add(i, 1)
		name := safe.Line(c.hits[i], 4*width)
		if w := ansi.StringWidthWc(name); w > width {
			name = ansi.TruncateLeftWc(name, w-width+1, "…") // the end tells files apart
		}
		if i == c.at {
			rows = append(rows, indent+m.styles.Selected.Render("▸ "+pad(name, width)))
			continue
		}
		rows = append(rows, indent+"  "+m.styles.Text.Render(name))
	}
	return rows
}
