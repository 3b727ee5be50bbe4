package ui

import (
	"runtime"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// editorBenchTexts is texts of a size in bytes: of many lines, of one line, of one
// line that can be broken anywhere.
func editorBenchTexts(size int) map[string]string {
	fill := func(part string) string { return strings.Repeat(part, size/len(part)+1) }
	return map[string]string{
		"lines":    fill("words of a line that is long enough to wrap, then\n"),
		"one line": fill("words of a line that is long enough to wrap, then "),
		"wide":     fill("世界 "),
	}
}

// BenchmarkComposer_Key types at a place of a text and looks at it, as each key does.
func BenchmarkComposer_Key(b *testing.B) {
	for _, size := range []struct {
		name  string
		bytes int
	}{{"1KB", 1 << 10}, {"100KB", 100 << 10}, {"1MB", 1 << 20}} {
		for kind, text := range editorBenchTexts(size.bytes) {
			for _, place := range []string{"start", "middle", "end"} {
				b.Run(size.name+"/"+strings.ReplaceAll(kind, " ", "-")+"/"+place, func(b *testing.B) { benchmarkKey(b, text, place) })
			}
		}
	}
}

func benchmarkKey(b *testing.B, text, place string) {
	c := newComposer("")
	st := composerStyles()
	c.editor.load(text)
	switch at := len(c.editor.lines) / 2; place {
	case "start":
		c.editor.at = c.editor.start()
	case "middle":
		c.editor.at = editorPos{at, len(c.editor.lines[at].text) / 2}
		c.editor.at = c.editor.snap(c.editor.at)
	}
	look := func() {
		c.height(100, 10)
		c.view(st, 100, 10, true)
		c.cursor(100, 10)
	}
	look()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%8 == 7 {
			c.do(opDeleteWordBack)
		} else {
			c.insert("x")
		}
		look()
	}
}

// BenchmarkModel_Key is a key from its message to the frame, with 100 KB written.
func BenchmarkModel_Key(b *testing.B) {
	m := newModel(b.Context(), options(b, nil))
	m.over = nil
	m.Update(tea.WindowSizeMsg{Width: 100, Height: 30})
	m.composer.editor.load(editorBenchTexts(100 << 10)["lines"])
	key, back := tea.KeyPressMsg{Code: 'x', Text: "x"}, tea.KeyPressMsg{Code: tea.KeyBackspace}
	b.ReportAllocs()
	for b.Loop() {
		m.Update(key)
		m.Update(back)
	}
}

// TestModel_AKeyCopiesNoMoreOfALargeText: what a key costs, from its message to the
// frame, is that of the line and of what is seen, never of the whole text.
func TestModel_AKeyCopiesNoMoreOfALargeText(t *testing.T) {
	perKey := func(size int) uint64 {
		m := newModel(t.Context(), options(t, answer("x")))
		m.Update(tea.WindowSizeMsg{Width: 100, Height: 30})
		m.composer.editor.load(editorBenchTexts(size)["lines"])
		keys := []tea.KeyPressMsg{
			{Code: 'x', Text: "x"},
			{Code: tea.KeyBackspace},
			{Code: tea.KeyUp},
			{Code: tea.KeyLeft, Mod: tea.ModCtrl},
			{Code: tea.KeyRight, Mod: tea.ModShift},
			{Code: 'y', Text: "y"},
			{Code: tea.KeyDown},
			{Code: '_', Mod: tea.ModCtrl},
		}
		var before, after runtime.MemStats
		const rounds = 20
		runtime.ReadMemStats(&before)
		for range rounds {
			for _, k := range keys {
				m.Update(k)
			}
		}
		runtime.ReadMemStats(&after)
		return (after.TotalAlloc - before.TotalAlloc) / uint64(rounds*len(keys))
	}
	small, large := perKey(8<<10), perKey(1<<20)
	if large > small*3/2 {
		t.Errorf("a key allocates %d bytes with 1 MB written, %d with 8 KB", large, small)
	}
}

// BenchmarkEditor_Key is the edit alone.
func BenchmarkEditor_Key(b *testing.B) {
	e := newEditor()
	e.insert(strings.Repeat("words of a line that is long enough to wrap, then\n", 2048))
	e.at = editorPos{1000, 10}
	b.ReportAllocs()
	for b.Loop() {
		e.insert("x")
		e.do(opDeleteBack)
	}
}

func BenchmarkEditor_WrapOf100KB(b *testing.B) {
	e := newEditor()
	e.insert(strings.Repeat("words of a line that is long enough to wrap, then ", 2048))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		e.setWidth(80 + i%2)
		e.height(1 << 20)
	}
}

func BenchmarkComposer_PasteOfAMegabyte(b *testing.B) {
	text := strings.Repeat("a line of sixteen\n", 1<<20/18)
	b.ReportAllocs()
	for b.Loop() {
		c := newComposer("")
		c.paste(text)
		c.height(100, 10)
	}
}
