package markdown

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// blockwise is the lines of all blocks, one after the other.
func blockwise(s *Stream) []string {
	var lines []string
	for i := range s.Blocks() {
		lines = append(lines, linesOf(s, i)...)
	}
	return lines
}

func linesOf(s *Stream, block int) []string {
	lines, _ := s.Block(block)
	return lines
}

func torture(t testing.TB) string {
	t.Helper()
	src, err := os.ReadFile("testdata/torture.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

func TestBlocks_OneByOneAreTheWhole(t *testing.T) {
	r := New(dark())
	documents := []string{torture(t), answer(6<<10, 1), answer(6<<10, 2), "", "\n\n", "```\nnever closed", "[a]: /u\n\ntext [a]\n\n>\n\n- \n"}
	for _, src := range documents {
		for _, width := range []int{1, 36, 80} {
			want := r.Render(src, width)
			if len(want) == 0 {
				want = nil
			}
			skimmed := r.Stream(width)
			skimmed.Append(src)
			skimmed.Close()
			skimmed.Skim()
			if diff := cmp.Diff(want, blockwise(skimmed)); diff != "" {
				t.Fatalf("skimmed at %d:\n%s", width, diff)
			}
			whole := r.Stream(width)
			whole.Append(src)
			whole.Close()
			whole.Lines()
			if diff := cmp.Diff(want, blockwise(whole)); diff != "" {
				t.Fatalf("rendered at %d:\n%s", width, diff)
			}
			whole.Forget()
			if diff := cmp.Diff(want, blockwise(whole)); diff != "" {
				t.Fatalf("forgotten at %d:\n%s", width, diff)
			}
		}
	}
}

func TestBlocks_OneByOneAreTheWholeForNastyDocuments(t *testing.T) {
	r := New(dark())
	random := rand.New(rand.NewPCG(7, 8))
	for range 1000 {
		src, width := nasty(random), 30+random.IntN(60)
		want := r.Render(src, width)
		s := r.Stream(width)
		s.Append(src)
		s.Close()
		s.Skim()
		if got := blockwise(s); !slices.Equal(got, want) {
			t.Fatalf("source %q at %d:\n%s", src, width, cmp.Diff(want, got))
		}
	}
}

// TestBlocks_GrowWhateverHappensMeanwhile: other widths and forgetting, at any
// time, leave the blocks what they would be.
func TestBlocks_GrowWhateverHappensMeanwhile(t *testing.T) {
	r := New(dark())
	random := rand.New(rand.NewPCG(9, 10))
	for _, src := range []string{torture(t), answer(4<<10, 3), answer(4<<10, 4)} {
		for range 3 {
			s, rest := r.Stream(50), src
			var parts []string
			for rest != "" {
				n := min(len(rest), 1+random.IntN(400))
				s.Append(rest[:n])
				parts, rest = append(parts, rest[:n]), rest[n:]
				s.Lines()
				switch random.IntN(6) {
				case 0:
					s.SetWidth(40 + random.IntN(30))
				case 1:
					s.Forget()
				default:
				}
				s.Lines()
				blocks := blockwise(s)
				prefix := r.Stream(s.Width())
				for _, part := range parts { // an open table depends on what it was
					prefix.Append(part)
					prefix.Lines()
				}
				if diff := cmp.Diff(prefix.Lines(), blocks); diff != "" {
					t.Fatalf("after %d bytes:\n%s", len(src)-len(rest), diff)
				}
			}
			s.Close()
			s.Lines()
			if diff := cmp.Diff(r.Render(src, s.Width()), blockwise(s)); diff != "" {
				t.Fatalf("at the end:\n%s", diff)
			}
		}
	}
}

func TestBlocks_StayWhatTheyAreWhileTheTextGrows(t *testing.T) {
	src := torture(t)
	s := New(dark()).Stream(60)
	var before [][]string
	for at := 0; at < len(src); at += 7 {
		s.Append(src[at:min(at+7, len(src))])
		s.Lines()
		for i, lines := range before {
			if !slices.Equal(lines, linesOf(s, i)) {
				t.Fatalf("block %d changed after %d bytes", i, at)
			}
		}
		before = nil
		for i := range s.Blocks() - 1 {
			before = append(before, slices.Clone(linesOf(s, i)))
		}
	}
	if len(before) < 10 {
		t.Errorf("only %d blocks", len(before))
	}
}

func BenchmarkStream_Skim(b *testing.B) {
	src := answer(1<<20, 1)
	r := New(dark())
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		s := r.Stream(100)
		s.Append(src)
		s.Close()
		s.Skim()
	}
}
