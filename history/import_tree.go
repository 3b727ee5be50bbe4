package history

import (
	"slices"
	"strconv"

	"groqchat/chat"
)

// node is a message of a conversation as a service exported it.
type node struct {
	id, parent string
	keep       bool // it is a message for people; others only hold the tree together
	msg        chat.Message
}

// plant makes a tree of nodes, in which parents may be missing, name one another
// in circles or not be kept; then the nearest that is kept stands for them. The
// messages get names of our own, parents before their children. All of it walks
// and nothing recurses, since a conversation may be 100,000 messages deep.
func plant(nodes []node, current string) (messages []chat.Message, head string) {
	slices.SortStableFunc(nodes, func(a, b node) int { return a.msg.Created.Compare(b.msg.Created) })
	g := newGrove(nodes)
	children, roots := make([][]int, len(nodes)), []int(nil)
	for i := range nodes {
		switch above := g.above[i]; {
		case !nodes[i].keep:
		case above == nowhere:
			roots = append(roots, i)
		default:
			children[above] = append(children[above], i)
		}
	}
	names := make([]string, len(nodes))
	slices.Reverse(roots)
	for stack := roots; len(stack) > 0; {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		m := nodes[i].msg
		names[i] = "m" + strconv.Itoa(len(messages)+1)
		m.ID, m.Parent = names[i], ""
		if above := g.above[i]; above != nowhere {
			m.Parent = names[above]
		}
		messages = append(messages, m)
		for _, child := range slices.Backward(children[i]) {
			stack = append(stack, child)
		}
	}
	return messages, g.head(current, names, messages)
}

// grove finds ancestors.
type grove struct {
	nodes []node
	index map[string]int
	above []int // the nearest ancestor that is kept
	trace []int // the walk that came by, counted from 1
}

const nowhere = -1

func newGrove(nodes []node) *grove {
	g := &grove{nodes: nodes, index: make(map[string]int, len(nodes)), above: make([]int, len(nodes)), trace: make([]int, len(nodes))}
	for i, n := range nodes {
		if _, taken := g.index[n.id]; !taken {
			g.index[n.id] = i
		}
	}
	for i := range nodes {
		g.climb(i)
	}
	clear(g.trace)
	for i := range nodes {
		g.cut(i)
	}
	return g
}

// climb finds what is above a node, and above those on the way that are not kept.
func (g *grove) climb(start int) {
	var way []int
	at, above := start, nowhere
	for g.trace[at] == 0 {
		g.trace[at] = start + 1
		way = append(way, at)
		parent, ok := g.index[g.nodes[at].parent]
		if !ok || g.trace[parent] == start+1 && !g.nodes[parent].keep {
			break
		}
		if g.nodes[parent].keep {
			above = parent
			break
		}
		if g.trace[parent] != 0 { // walked before, and not kept: what is above it is known
			above = g.above[parent]
		}
		at = parent
	}
	for _, i := range way {
		g.above[i] = above
	}
}

// cut opens a circle of kept nodes at the one where a walk comes back to itself.
func (g *grove) cut(start int) {
	for at := start; g.trace[at] == 0; at = g.above[at] {
		g.trace[at] = start + 1
		if next := g.above[at]; next == nowhere || g.trace[next] == start+1 {
			g.above[at] = nowhere
			return
		}
	}
}

// head is the name of the current node, or of the nearest above it that is kept;
// else the newest leaf.
func (g *grove) head(current string, names []string, messages []chat.Message) string {
	if i, ok := g.index[current]; ok {
		if !g.nodes[i].keep {
			i = g.above[i]
		}
		if i != nowhere && names[i] != "" {
			return names[i]
		}
	}
	return chooseHead(nil, messages)
}
