package ui

import (
	"slices"
	"strings"
)

// composerPrompts is how many prompts the input goes back through.
const composerPrompts = 1000

// composerOwn is of how many prompts it is kept how they were written: their
// pastes stay in memory for it.
const composerOwn = 8

// composerEntry is one prompt that was written before.
type composerEntry struct {
	prompt string // what was sent
	own    string // how it was written, pastes as chips; "" if that is not known
	edited string // what the user made of it since, raw
	edits  bool   // edited holds
}

// composerHistory is the prompts, oldest first, and where the user is in them.
type composerHistory struct {
	entries []composerEntry
	back    int // how many prompts back the input is; 0: at what is being written
	draft   composerDraft
}

// composerDraft is what is being written, while the input holds something else.
type composerDraft struct {
	raw  string
	at   editorPos
	past editorPast
}

// loadPrompts puts earlier prompts, oldest first, before those of this run.
func (c *composer) loadPrompts(p []string) {
	h := &c.history
	earlier := make([]composerEntry, 0, len(p)+len(h.entries))
	for _, prompt := range p {
		earlier = append(earlier, composerEntry{prompt: prompt})
	}
	if n := len(p); n > 0 && len(h.entries) > 0 && p[n-1] == h.entries[0].prompt {
		earlier = earlier[:n-1]
	}
	h.entries = append(earlier, h.entries...)
	h.bound()
}

// remember adds a prompt as the newest, unless it is that already.
func (c *composer) remember(p string) { c.history.add(p, "") }

// add adds a prompt as the newest, unless it is that already. The user stays
// where they are.
func (h *composerHistory) add(prompt, own string) {
	n := len(h.entries)
	prompt = strings.TrimSpace(prompt)
	switch {
	case prompt == "":
		return
	case n == 0 || h.entries[n-1].prompt != prompt:
		h.entries = append(h.entries, composerEntry{prompt: prompt, own: own})
		h.back += min(h.back, 1)
		h.bound()
	case own != "":
		h.entries[n-1].own = own
	}
}

// reset goes back to what is being written, and gives up what was made of the
// prompts and how they were written, except for the newest.
func (h *composerHistory) reset() {
	h.back, h.draft = 0, composerDraft{}
	for i := range h.entries {
		e := &h.entries[i]
		e.edited, e.edits = "", false
		if i < len(h.entries)-composerOwn {
			e.own = ""
		}
	}
}

// owns is how the newest prompts were written.
func (h *composerHistory) owns() []string {
	var owns []string
	for _, e := range h.entries {
		if e.own != "" {
			owns = append(owns, e.own)
		}
	}
	return owns
}

// bound gives up the oldest prompts, but not the one that is shown.
func (h *composerHistory) bound() {
	if drop := min(len(h.entries)-composerPrompts, len(h.entries)-h.back); drop > 0 {
		h.entries = slices.Delete(h.entries, 0, drop)
	}
}

// up moves the cursor up by a row; from the first row it goes to the prompt
// before, and what was written is kept.
func (c *composer) up() {
	if c.editor.up() || c.history.back == len(c.history.entries) {
		return
	}
	c.leave()
	c.history.back++
	c.enter()
	c.editor.toFirstRow()
}

// down moves the cursor down by a row; from the last row it goes to the prompt
// after, at the end to what was being written.
func (c *composer) down() {
	if c.editor.down() || c.history.back == 0 {
		return
	}
	c.leave()
	c.history.back--
	c.enter()
}

// leave keeps what the input holds where it belongs.
func (c *composer) leave() {
	h := &c.history
	if h.back == 0 {
		h.draft = composerDraft{c.editor.raw(), c.editor.at, c.editor.past}
		return
	}
	e := &h.entries[len(h.entries)-h.back]
	e.edited, e.edits = c.editor.raw(), true
}

// enter puts into the input what belongs to the place in the history.
func (c *composer) enter() {
	h := &c.history
	if h.back == 0 {
		c.editor.load(h.draft.raw)
		c.editor.at, c.editor.past = h.draft.at, h.draft.past
		h.draft = composerDraft{}
		return
	}
	e := h.entries[len(h.entries)-h.back]
	switch {
	case e.edits:
		c.editor.load(e.edited)
	case e.own != "":
		c.editor.load(e.own)
	default:
		c.editor.load("")
		c.setText(e.prompt)
		c.editor.past = editorPast{}
	}
}
