package history

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"groqchat/chat"
	"groqchat/history/atomicfile"
)

const (
	answersFolder = "answers"
	answerEnding  = ".json"
	maxAnswer     = 8 << 20
	keyLength     = 64 // a SHA-256 in hexadecimal digits
	// pruneEvery is how many answers are kept before the limits are looked after
	// again: that reads the whole folder.
	pruneEvery = 64
)

// Answers is answers by the key of what was asked: a [chat.Cache]. Each is a file of
// its own, answers/<key>.json, written whole or not at all, so that several
// processes can use it at once. It holds nothing that could be lost: a file that is
// damaged, or older than it may be, is removed when it is found.
type Answers struct {
	dir   string
	keep  time.Duration // 0: for ever
	most  int64         // bytes
	now   func() time.Time
	mu    sync.Mutex
	since int // answers that were kept since the limits were looked after
}

// OpenAnswers gives the answers in a folder of caches, which may be so old, 0 for
// any age, and take so many bytes. It does no I/O.
func OpenAnswers(cacheDir string, keep time.Duration, most int64, now func() time.Time) *Answers {
	return &Answers{dir: filepath.Join(cacheDir, answersFolder), keep: keep, most: most, now: now}
}

// keptAnswer is the file of an answer.
type keptAnswer struct {
	Version   int       `json:"version"`
	App       string    `json:"app"`
	Key       string    `json:"key"`
	Created   time.Time `json:"created"`
	Model     string    `json:"model"`
	Reasoning string    `json:"reasoning,omitempty"`
	Content   string    `json:"content"`
	Finish    string    `json:"finish_reason"`
	Usage     usage     `json:"usage"`
	Sum       uint32    `json:"crc32"` // of reasoning and content: what changed on the disk is no answer
}

func (k keptAnswer) sum() uint32 { return crc32.ChecksumIEEE([]byte(k.Reasoning + "\x00" + k.Content)) }

// Get gives the answer of that key.
func (c *Answers) Get(key string) (chat.Message, bool) {
	if !isKey(key) {
		return chat.Message{}, false
	}
	text, _, err := readRegular(c.dir, key+answerEnding, maxAnswer)
	if err != nil {
		return chat.Message{}, false
	}
	var k keptAnswer
	if json.Unmarshal(text, &k) != nil || k.Version != formatVersion || k.Key != key || k.Content == "" || k.Sum != k.sum() || c.isOld(k.Created) {
		_ = os.Remove(c.path(key)) // if it cannot be, it is found again
		return chat.Message{}, false
	}
	return chat.Message{
		Role: chat.Assistant, State: chat.Complete, Model: k.Model, Reasoning: k.Reasoning, Content: k.Content,
		FinishReason: k.Finish, Usage: chat.Usage(k.Usage), Created: k.Created,
	}, true
}

// isOld also holds for what is of a time to come: a clock was wrong.
func (c *Answers) isOld(created time.Time) bool {
	age := c.now().Sub(created)
	return c.keep > 0 && age > c.keep || age < -time.Hour
}

// Put keeps an answer, and now and then removes what is too old or too much. Texts
// that JSON cannot hold as they are, and very long ones, are not kept, nor is one
// that somebody clears away while it is written: that is what was asked for.
func (c *Answers) Put(key string, answer chat.Message) error {
	if !isKey(key) || !utf8.ValidString(answer.Content) || !utf8.ValidString(answer.Reasoning) {
		return nil
	}
	k := keptAnswer{
		Version: formatVersion, App: appName, Key: key, Created: c.now().UTC(), Model: answer.Model, Reasoning: answer.Reasoning,
		Content: answer.Content, Finish: answer.FinishReason, Usage: usage(answer.Usage),
	}
	k.Sum = k.sum()
	text, err := json.MarshalIndent(k, "", "  ")
	if err == nil && int64(len(text)) < min(maxAnswer, c.most) {
		err = atomicfile.Write(c.path(key), append(text, '\n'), fileMode)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && c.isTime() {
		_, err = c.Prune()
	}
	if err != nil {
		return fmt.Errorf("keep the answer for the next time: %w", err)
	}
	return nil
}

// isTime reports whether the limits should be looked after: at the first answer of
// a process, and then now and then.
func (c *Answers) isTime() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.since++
	return c.since%pruneEvery == 1
}

func (c *Answers) path(key string) string { return filepath.Join(c.dir, key+answerEnding) }

// isKey keeps a key from being a path.
func isKey(key string) bool {
	return len(key) == keyLength && strings.Trim(key, "0123456789abcdef") == ""
}

// AnswersHeld is what a cache of answers holds.
type AnswersHeld struct {
	Folder         string
	Answers        int
	Bytes          int64
	Oldest, Newest time.Time // zero without answers
}

// Held looks at the folder.
func (c *Answers) Held() (AnswersHeld, error) {
	files, err := c.files()
	held := AnswersHeld{Folder: c.dir}
	for _, f := range files {
		held.add(f)
	}
	return held, err
}

// add counts a file, of those that come oldest first.
func (h *AnswersHeld) add(f keptFile) {
	if h.Answers == 0 {
		h.Oldest = f.at
	}
	h.Answers, h.Bytes, h.Newest = h.Answers+1, h.Bytes+f.size, f.at
}

// keptFile is the file of an answer, or one that a process left which ended while
// it wrote one.
type keptFile struct {
	name string
	size int64
	at   time.Time
}

// files is the files of answers, oldest first. Without a folder there are none.
func (c *Answers) files() ([]keptFile, error) {
	return c.list(func(name string) bool { return isKey(strings.TrimSuffix(name, answerEnding)) })
}

func (c *Answers) list(want func(name string) bool) ([]keptFile, error) {
	entries, err := os.ReadDir(c.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, inFolder(c.dir, err)
	}
	var files []keptFile
	for _, e := range entries {
		if info, infoErr := e.Info(); infoErr == nil && info.Mode().IsRegular() && want(e.Name()) {
			files = append(files, keptFile{e.Name(), info.Size(), info.ModTime()})
		}
	}
	slices.SortFunc(files, func(a, b keptFile) int { return a.at.Compare(b.at) })
	return files, nil
}

// Prune removes the answers that are too old, the oldest of those that are too
// many, and what saves left behind that were cut off.
func (c *Answers) Prune() (AnswersHeld, error) {
	files, err := c.files()
	if err != nil {
		return AnswersHeld{}, err
	}
	total := int64(0)
	for _, f := range files {
		total += f.size
	}
	gone := AnswersHeld{Folder: c.dir}
	for _, f := range files {
		if total <= c.most && !c.isOld(f.at) {
			continue
		}
		if err := c.remove(f); err != nil {
			return gone, err
		}
		total -= f.size
		gone.add(f)
	}
	left, err := c.list(isLeftover)
	for _, f := range left {
		if c.now().Sub(f.at) > tempAge {
			_ = c.remove(f) // the next look finds it again
		}
	}
	return gone, err
}

// Clear removes all answers.
func (c *Answers) Clear() (AnswersHeld, error) {
	files, err := c.files()
	gone := AnswersHeld{Folder: c.dir}
	for _, f := range files {
		if err := c.remove(f); err != nil {
			return gone, err
		}
		gone.add(f)
	}
	left, _ := c.list(isLeftover)
	for _, f := range left {
		_ = c.remove(f) // not an answer: nobody finds it
	}
	return gone, err
}

// isLeftover knows the temporary files of saves.
func isLeftover(name string) bool {
	return strings.HasPrefix(name, ".") && filepath.Ext(name) == ".tmp"
}

// remove removes a file; another process may have been faster.
func (c *Answers) remove(f keptFile) error {
	if err := os.Remove(filepath.Join(c.dir, f.name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove an answer from the cache: %w", err)
	}
	return nil
}
