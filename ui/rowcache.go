package ui

import "groqchat/ui/markdown"

// rowCache keeps the rows of the parts that were shown last. What was not asked
// for while many others were is forgotten: the rows that it keeps are bounded,
// whatever the length of the conversation. Its methods are called for each part
// of each frame and allocate nothing but for what is new.
type rowCache struct {
	now, before map[rowKey]rowEntry
	size        int // rows in now
}

// rowKey is a part of an item.
type rowKey struct {
	item *item
	part int
}

// rowEntry is rows. Their patch puts colours into them, in their places.
type rowEntry struct {
	rows    []string
	patch   *markdown.Patch
	edition int
}

// rowsKept is how many rows are kept at least, before the oldest are forgotten.
const rowsKept = 2000

func newRowCache() *rowCache {
	return &rowCache{now: map[rowKey]rowEntry{}, before: map[rowKey]rowEntry{}}
}

// clear forgets all, when the width or the look changed.
func (c *rowCache) clear() { *c = *newRowCache() }

// turn begins a frame. What a frame asks for is kept at least until the next.
func (c *rowCache) turn() {
	if c.size < rowsKept {
		return
	}
	clear(c.before)
	c.now, c.before, c.size = c.before, c.now, 0
}

// get is the rows of a part, if they are kept.
func (c *rowCache) get(key rowKey, edition int) (rowEntry, bool) {
	e, ok := c.now[key]
	if !ok {
		if e, ok = c.before[key]; ok && e.edition == edition {
			c.put(key, e)
		}
	}
	return e, ok && e.edition == edition
}

// put keeps rows.
func (c *rowCache) put(key rowKey, e rowEntry) {
	c.size += len(e.rows) - len(c.now[key].rows)
	c.now[key] = e
}
