package ui

// setAside empties the input for another text; what it held waits until it is
// taken back. A prompt that it went back to becomes the newest one.
func (c *composer) setAside() {
	h := &c.history
	if h.back > 0 {
		h.add(c.editor.glyphs.expand(h.draft.raw), h.draft.raw)
	}
	c.aside = composerDraft{c.editor.raw(), c.editor.at, c.editor.past}
	h.reset()
	c.editor.load("")
}

// takeBack puts into the input what was set aside. What it holds becomes the newest
// prompt.
func (c *composer) takeBack() {
	c.clear()
	aside := c.aside
	c.aside = composerDraft{}
	c.editor.load(aside.raw)
	if aside.raw != "" {
		c.editor.at, c.editor.past = aside.at, aside.past
	}
}

// dropAside gives up what was set aside.
func (c *composer) dropAside() { c.aside = composerDraft{} }

// unsent is all that was written and not sent, what is set aside first.
func (c *composer) unsent() string {
	text, aside := c.text(), c.editor.glyphs.expand(c.aside.raw)
	switch {
	case aside == "":
		return text
	case text == "":
		return aside
	}
	return aside + "\n" + text
}
