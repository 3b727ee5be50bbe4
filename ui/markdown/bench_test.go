package markdown

import "testing"

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

func BenchmarkRender(b *testing.B) {
	src := answer(10000, 1)
	r := New(dark())
	r.Render(src, 100)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		r.Render(src, 100)
	}
}

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		New(dark())
	}
}
