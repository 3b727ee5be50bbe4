package history

import (
	"slices"
	"strconv"

	"groqchat/chat"
)

// checkTree refuses messages that are no tree: two of one name, or a circle. A
// parent that is not there is no harm; the path begins below it.
func checkTree(messages []chat.Message) error {
	index := make(map[string]int, len(messages))
	for i, m := range messages {
		if _, twice := index[m.ID]; twice {
			return badf("it holds the message %s twice", quote(m.ID))
		}
		index[m.ID] = i
	}
	// walk[i] is the walk that came by message i, counted from 1. Meeting one's
	// own trace is a circle, another's has been checked.
	walk := make([]int, len(messages))
	for start := range messages {
		at, ok := start, true
		for ; ok && walk[at] == 0; at, ok = lookup(index, messages[at].Parent) {
			walk[at] = start + 1
		}
		if ok && walk[at] == start+1 {
			return badf("its messages answer one another in a circle")
		}
	}
	return nil
}

func lookup(index map[string]int, id string) (int, bool) {
	i, ok := index[id]
	return i, ok
}

// chooseHead is the head that the file names, where it can be; else the newest
// leaf, newest by its place in the file, since clocks go wrong.
func chooseHead(named *string, messages []chat.Message) string {
	parents := make(map[string]bool, len(messages))
	for _, m := range messages {
		if named != nil && (*named == "" || m.ID == *named) {
			return *named
		}
		parents[m.Parent] = true
	}
	for _, m := range slices.Backward(messages) {
		if !parents[m.ID] {
			return m.ID
		}
	}
	return ""
}

func quote(s string) string {
	const shown = 40
	if len(s) > shown {
		s = s[:shown] + "…"
	}
	return strconv.Quote(s)
}
