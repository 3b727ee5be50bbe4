package chat

import (
	"slices"
	"strconv"
	"strings"
)

// Step is a kind of step on the tree.
type Step string

// The steps that can be taken back; the words are for people.
const (
	StepAsk    Step = "question"
	StepEdit   Step = "edited question"
	StepAnswer Step = "new answer"
	StepShow   Step = "change of branch"
	StepDelete Step = "deletion"
	// StepCompact is a summary of what stands before.
	StepCompact Step = "summary"
)

// past is the steps of this run, the newest last. It is not saved: what a step
// added stays in the tree when it is taken back, so that undoing loses nothing,
// and what one deleted is in no file any more.
type past struct{ done, undone []step }

// Steps is what can be taken back in a conversation, to be kept while another one
// is open.
type Steps struct {
	past    past
	seen    map[string]string
	retired int
}

// Steps gives what can be taken back.
func (c *Conversation) Steps() Steps { return Steps{c.past, c.seen, c.retired} }

// Recall makes what could be taken back when s was given be that again. Steps that
// do not go with the tree any more are passed over.
func (c *Conversation) Recall(s Steps) { c.past, c.seen, c.retired = s.past, s.seen, s.retired }

// step is what has to be known to take a step back, or to take it again: what was
// shown on the other side of it.
type step struct {
	kind        Step
	head, since string
	answer      string // the answer that it began, "" for none
	gone        []gone // what it took out of the tree
	back        bool   // those are in the tree again
}

// gone is a message that was taken out, and where it stood.
type gone struct {
	at      int
	message Message
}

// stepsKept is how many steps can be taken back.
const stepsKept = 200

// mark begins a step.
func (c *Conversation) mark(kind Step) {
	p := &c.past
	p.undone = nil
	p.done = append(p.done, step{kind: kind, head: c.Head, since: c.Since})
	if extra := len(p.done) - stepsKept; extra > 0 {
		p.done = slices.Delete(p.done, 0, extra)
	}
}

// began notes the answer that the last step began.
func (p *past) began(answer string) {
	if n := len(p.done); n > 0 {
		p.done[n-1].answer = answer
	}
}

// took notes what the last step took out.
func (p *past) took(all []gone) { p.done[len(p.done)-1].gone = all }

// forget gives the last step up if it began an answer, and what was shown before it.
func (p *past) forget(answer string) (head string, ok bool) {
	n := len(p.done)
	if n == 0 || p.done[n-1].answer != answer {
		return "", false
	}
	head = p.done[n-1].head
	p.done = p.done[:n-1]
	return head, true
}

// Undo takes the last step back that made a difference: what was shown before it is
// shown, and what it deleted is there again. What it added stays beside that.
func (c *Conversation) Undo() (what Step, ok bool) { return c.flip(&c.past.done, &c.past.undone) }

// Redo takes the step again that was taken back last.
func (c *Conversation) Redo() (what Step, ok bool) { return c.flip(&c.past.undone, &c.past.done) }

// CanUndo reports whether there is a step to take back.
func (c *Conversation) CanUndo() bool { return slices.ContainsFunc(c.past.done, c.matters) }

// CanRedo reports whether there is one to take again.
func (c *Conversation) CanRedo() bool { return slices.ContainsFunc(c.past.undone, c.matters) }

// matters reports whether a step makes a difference.
func (c *Conversation) matters(s step) bool {
	return len(s.gone) > 0 || s.head != c.Head && c.has(s.head)
}

// flip goes to the other side of the last step of a list, and puts it into the other.
func (c *Conversation) flip(from, to *[]step) (what Step, ok bool) {
	for c.answer == nil && len(*from) > 0 {
		s := (*from)[len(*from)-1]
		*from = (*from)[:len(*from)-1]
		if !c.matters(s) {
			continue // it makes no difference any more
		}
		c.keepSeen()
		named := c.titled()
		s.head, c.Head = c.Head, s.head
		s.since, c.Since = c.Since, s.since
		c.exchange(&s)
		c.retitle(named)
		*to = append(*to, s)
		return s.kind, true
	}
	return "", false
}

// exchange puts into the tree what a step took out, or takes it out again.
func (c *Conversation) exchange(s *step) {
	if s.back {
		doomed := map[string]bool{}
		for _, g := range s.gone {
			doomed[g.message.ID] = true
		}
		s.gone = c.take(doomed)
	} else {
		for _, g := range s.gone {
			if c.message(g.message.ID) != nil {
				continue // somebody else has brought it back
			}
			c.Messages = slices.Insert(slices.Clip(c.Messages), min(g.at, len(c.Messages)), g.message)
		}
	}
	s.back = !s.back
	if !c.has(c.Head) {
		c.Head = ""
	}
}

// take takes messages out of the tree. Their ids are not given away again.
func (c *Conversation) take(doomed map[string]bool) []gone {
	var all []gone
	kept := make([]Message, 0, len(c.Messages)-len(doomed))
	for i, m := range c.Messages {
		if !doomed[m.ID] {
			kept = append(kept, m)
			continue
		}
		all = append(all, gone{i, m})
		c.retired = max(c.retired, idNumber(m.ID))
	}
	c.Messages = kept
	return all
}

// has reports whether a head can be shown.
func (c *Conversation) has(head string) bool { return head == "" || c.message(head) != nil }

// idNumber is the number in an id that the program made, 0 in others.
func idNumber(id string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(id, "m"))
	if err != nil {
		return 0
	}
	return n
}

// titled reports whether the title is not of the user's making: then it goes with
// the first question that is shown.
func (c *Conversation) titled() bool { return c.Title == "" || c.namedAfterRoot() }

// retitle makes the title anew, if it is not of the user's making. Where nothing is
// shown it stays that of a first question, as long as there is that.
func (c *Conversation) retitle(named bool) {
	path := c.Path()
	switch {
	case !named:
	case len(path) > 0 && path[0].Role == User:
		c.Title = TitleFrom(path[0].Content)
	case !c.namedAfterRoot():
		c.Title = ""
	}
}
