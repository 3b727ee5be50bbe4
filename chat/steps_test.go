package chat

import (
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// discussed is a conversation of questions, each answered with its text in capitals.
func discussed(questions ...string) *Conversation {
	c := &Conversation{Model: "one"}
	for _, q := range questions {
		c.Ask(q, nil, time.Unix(1, 0))
		finish(c, "re "+q)
	}
	return c
}

func finish(c *Conversation, text string) {
	c.Apply(Delta{Text: text})
	c.Apply(Done{Finish: "stop"})
}

// shown is the texts of the path.
func shown(c *Conversation) []string {
	var texts []string
	for _, m := range c.Path() {
		texts = append(texts, m.Content)
	}
	return texts
}

func wantShown(t *testing.T, c *Conversation, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, shown(c)); diff != "" {
		t.Fatalf("shown: %s", diff)
	}
}

func TestEdit_AsksBesideTheQuestionAndKeepsWhatFollowed(t *testing.T) {
	c := discussed("a", "b", "c")
	files := []Attachment{{Name: "f", Text: "x"}}
	if !c.Edit("m3", "B", files, time.Unix(2, 0)) {
		t.Fatal("cannot be edited")
	}
	if got := c.Request().Messages; len(got) != 3 || got[2].Content != "B" || len(got[2].Attachments) != 1 {
		t.Errorf("asks %+v", got)
	}
	finish(c, "re B")
	wantShown(t, c, "a", "re a", "B", "re B")
	if p := c.Places()["m7"]; p != (Place{2, 2}) {
		t.Errorf("the new question is %+v", p)
	}
	if !c.Show("m3") {
		t.Fatal("cannot go back")
	}
	wantShown(t, c, "a", "re a", "b", "re b", "c", "re c")
}

func TestEdit_ThatFailsShowsWhatWasShownBefore(t *testing.T) {
	c := discussed("a", "b")
	c.Edit("m1", "A", nil, time.Unix(2, 0))
	if c.Title != "A" {
		t.Errorf("the title is %q", c.Title)
	}
	c.Apply(Broken{Err: errors.New("no network")})
	question, ok := c.Retract()
	if !ok || question.Content != "A" || c.Title != "a" {
		t.Errorf("gave back %+v, %v, title %q", question, ok, c.Title)
	}
	wantShown(t, c, "a", "re a", "b", "re b")
	if len(c.Places()) != 0 {
		t.Errorf("an attempt that brought nothing is a variant: %v", c.Places())
	}
	if what, ok := c.Undo(); !ok || what != StepAsk {
		t.Errorf("undid %q, %v", what, ok)
	}
	wantShown(t, c, "a", "re a")
}

func TestEdit_OfTheFirstQuestionThatIsSentMovesThatMark(t *testing.T) {
	c := discussed("a", "b")
	c.Since = "m3"
	c.Edit("m3", "B", nil, time.Unix(2, 0))
	if got := c.Request().Messages; len(got) != 1 || got[0].Content != "B" {
		t.Errorf("asks %+v", got)
	}
	finish(c, "re B")
	c.Undo()
	if c.Since != "m3" {
		t.Errorf("since %q", c.Since)
	}
}

func TestAnswerAgain_OfAnyAnswerByAnyModel(t *testing.T) {
	c := discussed("a", "b")
	if !c.AnswerAgain("m2", "other", time.Unix(2, 0)) {
		t.Fatal("cannot be answered again")
	}
	if req := c.Request(); req.Model != "other" || len(req.Messages) != 1 || c.Model != "one" {
		t.Errorf("asks %+v, the conversation's model is %s", req, c.Model)
	}
	finish(c, "again")
	wantShown(t, c, "a", "again")
	c.Ask("c", nil, time.Unix(3, 0))
	if got := c.Request().Model; got != "one" {
		t.Errorf("the next question goes to %s", got)
	}
	finish(c, "re c")
	c.Show("m2")
	wantShown(t, c, "a", "re a", "b", "re b")
	c.Show("m5")
	wantShown(t, c, "a", "again", "c", "re c")
}

func TestAnswerAgain_ToAQuestion(t *testing.T) {
	c := discussed("a")
	c.AnswerAgain("m1", "", time.Unix(2, 0))
	finish(c, "again")
	wantShown(t, c, "a", "again")
	if v := c.Variants(c.Head); len(v) != 2 || v[0].Content != "re a" {
		t.Errorf("the variants are %+v", v)
	}
}

func TestShow_ComesBackToTheLeafThatWasShown(t *testing.T) {
	c := discussed("a", "b")
	c.Edit("m3", "B", nil, time.Unix(2, 0)) // m5, m6
	finish(c, "re B")
	c.Again(time.Unix(2, 0)) // m7
	finish(c, "again B")
	c.Show("m6")
	c.Show("m3")
	c.Show("m5")
	wantShown(t, c, "a", "re a", "B", "re B")
	c.Undo() // at m3
	wantShown(t, c, "a", "re a", "b", "re b")
}

func TestDelete_ShowsASiblingElseWhatStoodBefore(t *testing.T) {
	c := discussed("a", "b")
	c.Again(time.Unix(2, 0)) // m5 beside m4
	finish(c, "again")
	if n := c.Delete("m5"); n != 1 {
		t.Errorf("%d went", n)
	}
	wantShown(t, c, "a", "re a", "b", "re b")
	if n := c.Delete("m3"); n != 2 {
		t.Errorf("%d went", n)
	}
	wantShown(t, c, "a", "re a")
	c.Delete("m1")
	if c.Head != "" || len(c.Messages) != 0 || c.Title != "" {
		t.Errorf("left is %+v", c)
	}
	for range 3 {
		c.Undo()
	}
	wantShown(t, c, "a", "re a", "b", "again")
	if c.Title != "a" {
		t.Errorf("the title is %q", c.Title)
	}
}

func TestDelete_GivesNoIDAwayThatCanComeBack(t *testing.T) {
	c := discussed("a", "b")
	c.Delete("m3")
	record := c.Clone()
	for _, each := range []*Conversation{c, &record} {
		each.Ask("c", nil, time.Unix(2, 0))
	}
	if c.Head != "m6" || record.Head != c.Head {
		t.Errorf("the answer is %s, in the record %s", c.Head, record.Head)
	}
	finish(c, "re c")
	c.Undo()
	c.Undo()
	wantShown(t, c, "a", "re a", "b", "re b")
}

func TestSteps_AreNoneWhileAnAnswerIsUnderWay(t *testing.T) {
	c := discussed("a")
	c.Ask("b", nil, time.Unix(1, 0))
	before := c.Clone()
	_, undone := c.Undo()
	if undone || c.Edit("m1", "x", nil, time.Unix(1, 0)) || c.AnswerAgain("m1", "", time.Unix(1, 0)) || c.Show("m2") || c.Delete("m1") > 0 {
		t.Error("a step was taken")
	}
	if diff := cmp.Diff(before.Messages, c.Messages); diff != "" || c.Head != before.Head {
		t.Error(diff)
	}
}

func TestOutline_GrowsDeepWhereTheTreeBranches(t *testing.T) {
	c := discussed("a", "b")
	c.Again(time.Unix(2, 0))
	finish(c, "again")
	type row struct {
		text  string
		depth int
		shown bool
	}
	var got []row
	for _, n := range c.Outline() {
		got = append(got, row{n.Message.Content, n.Depth, n.Shown})
	}
	want := []row{{"a", 0, true}, {"re a", 0, true}, {"b", 0, true}, {"re b", 1, false}, {"again", 1, true}}
	if !slices.Equal(got, want) {
		t.Errorf("the outline is %v", got)
	}
}

func TestSteps_EndWhateverTheTree(t *testing.T) {
	circle := []Message{{ID: "a", Parent: "b", Role: User}, {ID: "b", Parent: "a", Role: Assistant}}
	c := &Conversation{Messages: circle}
	if c.Show("a"); c.Delete("a") != 2 {
		t.Errorf("left is %+v", c.Messages)
	}
}

// state is all of a conversation that a step may change.
type state struct {
	Messages           []Message
	Head, Since, Title string
}

func stateOf(c *Conversation) state {
	return state{slices.Clone(c.Messages), c.Head, c.Since, c.Title}
}

// TestSteps_CanAllBeTakenBack holds for any steps in any order: the head is always
// a message of the tree or nothing; what was shown before a step is shown again
// when it is taken back, and nothing that it added is lost; taking it again gives
// what there was after it.
func TestSteps_CanAllBeTakenBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := &Conversation{Model: "m"}
		for i := range rapid.IntRange(1, 25).Draw(t, "steps") {
			before := stateOf(c)
			path := shown(c)
			if !anyStep(t, c, i) {
				checkTree(t, c)
				continue
			}
			checkTree(t, c)
			after := stateOf(c)
			what, ok := c.Undo()
			if !ok {
				t.Fatal("the step cannot be taken back")
			}
			if diff := cmp.Diff(path, shown(c)); diff != "" || c.Head != before.Head || c.Head != "" && c.Title != before.Title || c.Since != before.Since {
				t.Fatalf("undone, a %s leaves %s, head %q want %q, title %q want %q", what, diff, c.Head, before.Head, c.Title, before.Title)
			}
			kept := slices.DeleteFunc(slices.Clone(c.Messages), func(m Message) bool {
				return !slices.ContainsFunc(before.Messages, func(b Message) bool { return b.ID == m.ID })
			})
			if diff := cmp.Diff(before.Messages, kept, cmpopts.EquateEmpty()); diff != "" || (what == StepShow || what == StepDelete) && len(c.Messages) != len(before.Messages) {
				t.Fatalf("undone, a %s leaves %s", what, diff)
			}
			checkTree(t, c)
			if _, ok := c.Redo(); !ok {
				t.Fatal("the step cannot be taken again")
			}
			if diff := cmp.Diff(after, stateOf(c), cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("taken again, a %s gives %s", what, diff)
			}
			if rapid.IntRange(0, 3).Draw(t, "take back") == 0 {
				for range rapid.IntRange(1, 4).Draw(t, "how many") {
					c.Undo()
					checkTree(t, c)
				}
			}
		}
	})
}

// anyStep takes a random step, and reports whether it is one that can be taken back.
func anyStep(t *rapid.T, c *Conversation, i int) bool {
	id := "none"
	if n := len(c.Messages); n > 0 {
		id = c.Messages[rapid.IntRange(0, n-1).Draw(t, "message")].ID
	}
	head := c.Head
	switch rapid.IntRange(0, 6).Draw(t, "step") {
	case 0, 1:
		c.Ask("question "+strconv.Itoa(i), nil, time.Unix(1, 0))
		return ended(t, c)
	case 2:
		return c.Edit(id, "edited "+strconv.Itoa(i), nil, time.Unix(1, 0)) && ended(t, c)
	case 3:
		return c.AnswerAgain(id, "", time.Unix(1, 0)) && ended(t, c)
	case 4:
		return c.Show(id) && c.Head != head
	case 5:
		return c.Delete(id) > 0
	default:
		c.Redo()
		return false
	}
}

// ended ends the answer under way in one of the ways in which answers end, and
// reports whether something came of it.
func ended(t *rapid.T, c *Conversation) bool {
	if rapid.IntRange(0, 3).Draw(t, "fails") == 0 {
		c.Apply(Broken{Err: errors.New("no network")})
		c.Retract()
		return false
	}
	finish(c, "answer")
	return true
}

// checkTree holds a conversation against what must be true of it at any time.
func checkTree(t *rapid.T, c *Conversation) {
	ids := map[string]bool{}
	for _, m := range c.Messages {
		if ids[m.ID] {
			t.Fatalf("there are two messages %s", m.ID)
		}
		if m.Parent != "" && !ids[m.Parent] {
			t.Fatalf("%s stands before its parent %s", m.ID, m.Parent)
		}
		ids[m.ID] = true
	}
	path := c.Path()
	if c.Head != "" && (len(path) == 0 || path[len(path)-1].ID != c.Head) {
		t.Fatalf("the head %s cannot be shown", c.Head)
	}
	if ids[c.newID()] {
		t.Fatalf("the next id %s is taken", c.newID())
	}
	if nodes := c.Outline(); len(nodes) != len(c.Messages) {
		t.Fatalf("the outline has %d of %d messages", len(nodes), len(c.Messages))
	}
	for id, p := range c.Places() {
		if v := c.Variants(id); len(v) != p.Of || v[p.At-1].ID != id {
			t.Fatalf("%s is %+v of %d variants", id, p, len(v))
		}
	}
}
