package markdown

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// A stream of 5,000 tokens a second, four bytes each, shown 60 times a second.
const frameBytes = 5000 * 4 / 60

func BenchmarkStream_frames(b *testing.B) {
	src := answer(20000, 1)
	r := New(dark())
	r.Render(src, 100) // parser and lexers are made
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	frames := 0
	for b.Loop() {
		s := r.Stream(100)
		for at := 0; at < len(src); at += frameBytes {
			s.Append(src[at:min(at+frameBytes, len(src))])
			s.Lines()
			frames++
		}
		s.Close()
		s.Lines()
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(frames), "µs/frame")
}

func BenchmarkStream_deltaWithinFrame(b *testing.B) {
	s := New(dark()).Stream(100)
	b.ReportAllocs()
	for b.Loop() {
		s.Append("word")
	}
}

func BenchmarkStream_linesUnchanged(b *testing.B) {
	s := New(dark()).Stream(100)
	s.Append(answer(20000, 1))
	s.Lines()
	b.ReportAllocs()
	for b.Loop() {
		s.Lines()
	}
}

// prose is an answer without code between fences, whose cost is chroma's.
func prose(n int, seed uint64) string {
	fenced := regexp.MustCompile("(?s)```.*?\n```\n")
	return fenced.ReplaceAllString(answer(3*n, seed), "")[:n]
}

func BenchmarkRender(b *testing.B) {
	for _, kb := range []int{1, 10, 100} {
		for name, src := range map[string]string{"with code": answer(kb<<10, 1)[:kb<<10], "prose": prose(kb<<10, 1)} {
			b.Run(fmt.Sprintf("%s/%d KB", name, kb), func(b *testing.B) {
				r := New(dark())
				r.Render(src, 100)
				b.SetBytes(int64(len(src)))
				b.ReportAllocs()
				for b.Loop() {
					r.Render(src, 100)
				}
			})
		}
	}
}

// BenchmarkStream_slowly is 100 KB at 1,000 tokens a second, in deltas of four
// bytes, shown 60 times a second.
func BenchmarkStream_slowly(b *testing.B) {
	src := prose(100<<10, 1)
	r := New(dark())
	r.Render(src, 100)
	b.ReportAllocs()
	frames := 0
	for b.Loop() {
		s := r.Stream(100)
		for at := 0; at < len(src); at += 4 {
			s.Append(src[at:min(at+4, len(src))])
			if at%(1000*4/60) < 4 {
				s.Lines()
				frames++
			}
		}
		s.Close()
		s.Lines()
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(frames), "µs/frame")
}

// BenchmarkStream_openList is one more line in a list that is long already.
func BenchmarkStream_openList(b *testing.B) {
	src := lines(280, func(i int) string {
		return fmt.Sprintf("%d. **word %d**: what it means, with `code`, at some length\n", i+1, i)
	})
	r := New(dark())
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		opened(r, []byte(src), 100)
	}
}

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		New(dark())
	}
}

// highlighted lexes a program over and over, as a worker does.
func highlighted(b *testing.B, lang, src string) {
	ls := &languages{}
	l := ls.find(lang)
	var parts []chunk
	c := cutter{known: ls, lang: l}
	for line := range strings.Lines(src) {
		if p, ok := c.add(strings.TrimSuffix(line, "\n")); ok {
			parts = append(parts, p)
		}
	}
	l.prepare()
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		at := &mark{}
		for _, p := range parts {
			found, _ := l.lex(at, p, deadline{})
			at = found.after
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())*1024/float64(b.N)/float64(len(src)), "µs/KB")
}

func BenchmarkHighlight(b *testing.B) {
	for lang, src := range map[string]string{
		"Go": program("go"), "Python": program("python"), "JSON": strings.Repeat(program("json"), 4),
		"C++": "#include <vector>\n\ntemplate <typename T>\nT sum(const std::vector<T>& v) {\n  T total{};\n  for (auto& x : v) {\n    total += x; // add \"x\"\n  }\n  return total;\n}\n",
	} {
		b.Run(lang, func(b *testing.B) { highlighted(b, lang, strings.Repeat(src, 10)) })
	}
}
