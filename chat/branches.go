package chat

import (
	"maps"
	"slices"
)

// Place is where a message stands among its variants, counted from 1.
type Place struct{ At, Of int }

// Several reports whether there are other variants.
func (p Place) Several() bool { return p.Of > 1 }

// spot is what the variants of a message have in common. The wish for a summary
// stands in nobody's place: a question that is asked after it was taken back is the
// only one there.
type spot struct {
	parent string
	role   Role
	wish   bool
}

func spotOf(m *Message) spot { return spot{m.Parent, m.Role, m.Role == User && m.IsSummary()} }

// Variants is the messages that a reader would page through in the place of a
// message: those of its role with the same parent, itself among them, in the order
// in which they came. Attempts that brought nothing are left out.
func (c *Conversation) Variants(id string) []Message {
	m := c.message(id)
	if m == nil {
		return nil
	}
	dead := c.dead()
	var all []Message
	for _, other := range c.Messages {
		if other.ID == id || spotOf(&other) == spotOf(m) && !dead(&other) {
			all = append(all, other)
		}
	}
	return all
}

// Places is where the messages that have variants stand among them, by id. Those
// that are not there have none.
func (c *Conversation) Places() map[string]Place {
	dead, count, places := c.dead(), map[spot]int{}, map[string]Place{}
	for i := range c.Messages {
		if m := &c.Messages[i]; !dead(m) {
			at := spotOf(m)
			count[at]++
			places[m.ID] = Place{At: count[at]}
		}
	}
	for i := range c.Messages {
		m := &c.Messages[i]
		if p, ok := places[m.ID]; ok {
			p.Of = count[spotOf(m)]
			places[m.ID] = p
		}
	}
	maps.DeleteFunc(places, func(_ string, p Place) bool { return !p.Several() })
	return places
}

// dead tells the attempts that brought nothing: answers that broke off without a
// word, and questions that have no others. What is shown is not dead.
func (c *Conversation) dead() func(*Message) bool {
	shown := map[string]bool{}
	for _, m := range c.Path() {
		shown[m.ID] = true
	}
	tried, answered := map[string]bool{}, map[string]bool{}
	for i := range c.Messages {
		m := &c.Messages[i]
		tried[m.Parent] = true
		answered[m.Parent] = answered[m.Parent] || !m.nothing()
	}
	return func(m *Message) bool {
		return !shown[m.ID] && (m.nothing() || m.Role != Assistant && tried[m.ID] && !answered[m.ID])
	}
}

// nothing reports whether a message is an answer that broke off without a word.
func (m *Message) nothing() bool {
	return m.Role == Assistant && m.Empty() && m.State != Complete
}

// Node is a message in an outline of the tree. Depth grows where the tree branches
// and not with each message, so that a long conversation stays at the left.
type Node struct {
	Message Message
	Depth   int
	Shown   bool  // it is on the path to the head
	Place   Place // among all that have its parent
}

// Outline is the whole tree, each branch whole before the next one.
func (c *Conversation) Outline() []Node {
	children := c.children()
	shown := map[string]bool{}
	for _, m := range c.Path() {
		shown[m.ID] = true
	}
	var nodes, open []Node
	push := func(at []int, depth int) {
		if len(at) > 1 {
			depth++
		}
		for i, n := range slices.Backward(at) {
			m := c.Messages[n]
			open = append(open, Node{m, depth, shown[m.ID], Place{i + 1, len(at)}})
		}
	}
	for push(children[""], 0); len(open) > 0; {
		last := open[len(open)-1]
		open = open[:len(open)-1]
		nodes = append(nodes, last)
		push(children[last.Message.ID], last.Depth)
	}
	return nodes
}

// children is the indexes of the messages below each one, by its id; those without
// a parent that is there are below "".
func (c *Conversation) children() map[string][]int {
	there := make(map[string]bool, len(c.Messages))
	for i := range c.Messages {
		there[c.Messages[i].ID] = true
	}
	below := make(map[string][]int, len(c.Messages))
	for i := range c.Messages {
		parent := c.Messages[i].Parent
		if !there[parent] {
			parent = ""
		}
		below[parent] = append(below[parent], i)
	}
	return below
}

// below is a message and all that follows it.
func (c *Conversation) below(id string) map[string]bool {
	children, found := c.children(), map[string]bool{id: true}
	for open := []string{id}; len(open) > 0; {
		at := open[len(open)-1]
		open = open[:len(open)-1]
		for _, i := range children[at] {
			if child := c.Messages[i].ID; !found[child] {
				found[child] = true
				open = append(open, child)
			}
		}
	}
	return found
}

// keepSeen remembers the path that is shown, to come back to it.
func (c *Conversation) keepSeen() {
	if c.seen == nil {
		c.seen = map[string]string{}
	}
	for _, m := range c.Path() {
		c.seen[m.Parent] = m.ID
	}
	c.seen[c.Head] = "" // it ended there
}

// leaf is the end of the branch through a message that was shown last, else of its
// newest one that is worth showing.
func (c *Conversation) leaf(id string) string {
	children, dead := c.children(), c.dead()
	for range c.Messages { // a file that was written by hand may hold a circle
		next := ""
		if last, known := c.seen[id]; known && last == "" {
			return id
		}
		for _, i := range children[id] {
			m := &c.Messages[i]
			if c.seen[id] == m.ID {
				next = m.ID
				break
			}
			if !dead(m) {
				next = m.ID
			}
		}
		if next == "" {
			return id
		}
		id = next
	}
	return id
}
