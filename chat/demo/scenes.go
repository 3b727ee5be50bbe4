package demo

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Scene is one row of what the server can do instead of thinking.
type Scene struct {
	Name string
	Help string // what it shows, in a line

	words   []string                  // a question with one of these gets this scene
	write   func(conversation) answer // nil: what the question would get
	drained string                    // the limit that is spent already
	badKey  bool                      // every key is wrong
	refuse  func(model) *failure      // answers instead of the model
	page    http.HandlerFunc          // answers instead of all of the server
	unpaced bool                      // as fast as can be
	late    time.Duration             // before the headers, at any pace
	stall   time.Duration             // at pace 1 before the first token

	unstreamed bool // a stream is asked for, one object is sent
	crlf, gzip bool // how the stream is sent

	// fault sends the tokens of a stream in its own way; answers that are not
	// streamed have no middle to fail in. It reports whether it ended the stream,
	// so that no finish_reason and no [DONE] follow.
	fault func(context.Context, *stream) (ended bool, err error)
}

const (
	sceneGo     = "go"
	sceneOther  = "other"
	sceneVision = "vision"
	sceneFiles  = "files"
)

// Scenes is the table. Those that come first are chosen by the question's words,
// the earlier one if several fit; the others only by Options.Scene.
func Scenes() []Scene {
	return slices.Concat([]Scene{
		{Name: "think", Help: "reasoning first: a puzzle", write: file("think"), words: thinkWords()},
		{Name: "table", Help: "a table", write: file("table"), words: []string{
			"table", "tables", "tabular", "compare", "comparison", "columns", "versus", "vs",
		}},
		{Name: "lists", Help: "nested lists", write: file("lists"), words: []string{
			"list", "lists", "bullet", "bullets", "bulleted", "nested", "checklist", "outline", "steps", "todo",
		}},
		{Name: "math", Help: "formulas, as models write them", write: file("math"), words: []string{
			"math", "maths", "mathematics", "formula", "formulas", "equation", "equations", "latex", "tex", "matrix", "integral",
		}},
		{Name: "code", Help: "code in Go, Python and SQL", write: file("code"), words: []string{
			"code", "python", "sql", "snippet", "snippets", "script", "function", "algorithm",
		}},
		{Name: "emoji", Help: "CJK, emoji, flags and combining marks", write: file("emoji"), words: []string{
			"emoji", "emojis", "unicode", "cjk", "chinese", "japanese", "korean", "flags", "graphemes", "combining",
		}},
		{Name: "long", Help: "a long article", write: file("long"), words: []string{
			"long", "longer", "article", "essay", "lengthy", "in depth", "in detail", "terminal", "terminals",
		}},
		{Name: sceneGo, Help: "a conversation about Go", write: aboutGo, words: []string{
			"^ go $", "golang", "goroutine", "goroutines", "gopher", "gophers", "about go", "in go", "is go", "why go", "with go",
			"learn go", "learning go", "explain go", "go language", "go program", "go programs", "does go", "go s", "go channels",
		}},
		{Name: "tour", Help: "what can be done here, in five steps", write: file("tour"), words: []string{
			"tour", "what can i do", "what can you do", "what is groqchat", "how does this work", "get started", "getting started", "^ help $",
		}},
		{Name: "model", Help: "which model answers", write: file("model"), words: []string{
			"which model", "what model", "who are you", "what are you", "model are you", "model is this", "your name",
		}},
		{Name: "short", Help: "one short sentence", write: file("short"), words: []string{
			"short", "brief", "briefly", "hello", "hi", "hey", "thanks", "thank you", "good morning", "good evening",
		}},
		{Name: sceneOther, Help: "names the question and what to try", write: other},
		{Name: sceneVision, Help: "tells what images came with a question", write: see},
		{Name: sceneFiles, Help: "tells what files came with a question", write: read},
		{Name: "flood", Help: "5,000 tokens as fast as can be, for benchmarks", write: flood, unpaced: true},
	}, faultScenes())
}

func thinkWords() []string {
	return []string{"think", "thinking", "puzzle", "riddle", "reason", "reasoning", "logic", "solve"}
}

func sceneNamed(name string) (Scene, error) {
	scenes := Scenes()
	i := slices.IndexFunc(scenes, func(s Scene) bool { return s.Name == name })
	if i >= 0 {
		return scenes[i], nil
	}
	var names []string
	for _, s := range scenes {
		names = append(names, s.Name)
	}
	return Scene{}, fmt.Errorf("the demo has no scene %q; there are %s", name, strings.Join(names, ", "))
}

// scene chooses by what came with the question, or else by its words. A conversation about Go goes on
// without naming it.
func (c conversation) scene() Scene {
	scenes := Scenes()
	named := func(name string) int {
		return slices.IndexFunc(scenes, func(s Scene) bool { return s.Name == name })
	}
	best, most := named(sceneOther), 0
	if len(c.pictures()) > 0 {
		return scenes[named(sceneVision)]
	}
	if len(c.files()) > 0 {
		return scenes[named(sceneFiles)]
	}
	for i, s := range scenes {
		if n := mentions(c.question(), s.words); n > most {
			best, most = i, n
		}
	}
	if led, ok := c.before(); ok && most == 0 && goTopic(c.question()) >= 0 && led.scene().Name == sceneGo {
		return led.scene()
	}
	return scenes[best]
}
