package history

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"groqchat/chat"
)

func TestPlant_SurvivesEveryShape(t *testing.T) {
	kept := func(id, parent string) node {
		return node{id: id, parent: parent, keep: true, msg: chat.Message{Role: chat.User, Content: id}}
	}
	bare := func(id, parent string) node { return node{id: id, parent: parent} }
	for name, c := range map[string]struct {
		nodes   []node
		current string
		tree    []string // "text<parent's text"
		head    string
	}{
		"none":               {nil, "", nil, ""},
		"of itself":          {[]node{kept("a", "a")}, "a", []string{"a<"}, "a"},
		"circle":             {[]node{kept("a", "c"), kept("b", "a"), kept("c", "b")}, "b", []string{"b<", "c<b", "a<c"}, "b"},
		"circle of others":   {[]node{kept("a", "x"), bare("x", "y"), bare("y", "x")}, "a", []string{"a<"}, "a"},
		"through others":     {[]node{kept("a", ""), bare("x", "a"), bare("y", "x"), kept("b", "y"), kept("c", "x")}, "y", []string{"a<", "b<a", "c<a"}, "a"},
		"missing parent":     {[]node{kept("a", "gone"), kept("b", "a")}, "gone", []string{"a<", "b<a"}, "b"},
		"twice":              {[]node{kept("a", ""), kept("a", ""), kept("b", "a")}, "b", []string{"a<", "b<a", "a<"}, "b"},
		"circle with others": {[]node{kept("a", "x"), bare("x", "a"), kept("b", "x")}, "x", []string{"a<", "b<a"}, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			messages, head := plant(slices.Clone(c.nodes), c.current)
			byID := map[string]string{"": ""}
			var tree []string
			for _, m := range messages {
				byID[m.ID] = m.Content
				tree = append(tree, m.Content+"<"+byID[m.Parent])
			}
			if diff := cmp.Diff(c.tree, tree); diff != "" || byID[head] != c.head {
				t.Errorf("head %q\n%s", byID[head], diff)
			}
		})
	}
}

// However the nodes hang together, all that is kept is in a tree, each once.
func TestPlant_LosesNothing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(0, 12).Draw(r, "nodes")
		nodes, want := []node(nil), 0
		for i := range n {
			one := node{id: fmt.Sprint(i), parent: fmt.Sprint(rapid.IntRange(-1, n).Draw(r, "parent")), keep: rapid.Bool().Draw(r, "keep")}
			one.msg.Content = one.id
			one.msg.Role = chat.User
			if one.keep {
				want++
			}
			nodes = append(nodes, one)
		}
		messages, head := plant(nodes, fmt.Sprint(rapid.IntRange(-1, n).Draw(r, "current")))
		if err := checkTree(messages); err != nil || len(messages) != want {
			r.Fatalf("%d of %d: %v", len(messages), want, err)
		}
		known := map[string]bool{"": true}
		for _, m := range messages {
			if !known[m.Parent] {
				r.Fatalf("%s stands before its parent %s", m.ID, m.Parent)
			}
			known[m.ID] = true
		}
		if !known[head] {
			r.Fatalf("the head is %s", head)
		}
	})
}
