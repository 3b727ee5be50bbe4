package ui

import (
	"strings"
	"testing"
)

// benchmarkKey types in the middle of a text and looks at it, as each key does.
func benchmarkKey(b *testing.B, text string) {
	c := newComposer("")
	st := composerStyles()
	c.editor.setValue(text)
	c.height(100, 10)
	for range 2000 {
		c.do(opWordLeft)
	}
	c.view(st, 100, 10, true)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%8 == 7 {
			c.do(opDeleteWordBack)
		} else {
			c.insert("x")
		}
		c.height(100, 10)
		c.view(st, 100, 10, true)
		c.cursor(100, 10)
	}
}

func BenchmarkEditor_KeyAt1KB(b *testing.B) {
	benchmarkKey(b, strings.Repeat("words of a line that is long enough to wrap, then\n", 20))
}

func BenchmarkEditor_KeyAt100KB(b *testing.B) {
	benchmarkKey(b, strings.Repeat("words of a line that is long enough to wrap, then\n", 2048))
}

func BenchmarkEditor_KeyAt100KBInOneLine(b *testing.B) {
	benchmarkKey(b, strings.Repeat("words of a line that is long enough to wrap, then ", 2048))
}

func BenchmarkEditor_KeyAt100KBOfWideText(b *testing.B) {
	benchmarkKey(b, strings.Repeat("世界 ", 16<<10))
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
