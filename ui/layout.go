package ui

// The least window that the chat works in, cells.
const (
	minWidth  = 20
	minHeight = 6
)

// Margins of the text, cells: the bar or the indent on the left, air on the right.
const (
	leftMargin  = 2
	rightMargin = 2
)

// choiceIndent is where the words of a choice begin in a dialog: behind the mark and
// its number, cells.
const choiceIndent = 4

// The room that a meaning wants beside the name that it is of, and the least that is
// worth it, cells.
const (
	meaningLeast = 32
	meaningFew   = 10
)

// Hints of keys take one row from this width on, and two where a narrow window is
// so high, cells.
const (
	hintsWide = 60
	hintsHigh = 12
)

// listMost is the most columns of a list: further apart, nobody sees what belongs
// together.
const listMost = 132

// listWidth is the columns of a list.
func listWidth(width int) int { return max(1, min(width-leftMargin-rightMargin, listMost)) }

// codeStep is how far one key moves long lines of code, cells.
const codeStep = 16

// The least width of a column of a race, and the gap between two, cells.
const (
	raceLeast = 34
	raceGap   = 2
)

// raceColumn is the width of each of n columns, 0 where there is no room for them;
// textWidth is the user's limit for columns of text.
func raceColumn(width, n, textWidth int) int {
	each := (width - leftMargin - rightMargin - raceGap*(n-1)) / max(1, n)
	if each < raceLeast {
		return 0
	}
	return min(each, max(raceLeast, textWidth))
}

// regions is where things stand on the screen, rows from the top. The regions
// cover the window exactly.
type regions struct {
	width, height int
	text          int // columns of text within the transcript, margins taken off
	transcript    int // rows
	notice        int // rows
	tray          int // rows of what waits above the composer
	gap           int // rows between transcript and composer, 0 or 1
	composer      int // rows
	status        int // rows, 0 or 1
	tooSmall      bool
}

// composerTop is the row where the composer begins.
func (r regions) composerTop() int { return r.transcript + r.gap + r.notice + r.tray }

// composerMax is the most rows that the composer may take: a third of the window.
func composerMax(height int) int { return max(1, height/3) }

// layout divides a window between the parts: wanted is the rows that the
// composer would like, notice and tray those of the notice and of what waits,
// textWidth the user's limit for columns of text.
func layout(width, height, wanted, notice, tray, textWidth int) regions {
	r := regions{width: width, height: height}
	if width < minWidth || height < minHeight {
		r.tooSmall = true
		return r
	}
	r.text = max(1, min(textWidth, width-leftMargin-rightMargin))
	r.status = 1
	r.composer = min(max(1, wanted), composerMax(height))
	r.tray = min(tray, max(1, height/6))
	if height >= minHeight+2 {
		r.gap = 1
	}
	left := height - r.status - r.composer - r.tray - r.gap
	r.notice = min(notice, max(1, left*2/3, min(noticeLow, left-1)))
	r.transcript = left - r.notice
	return r
}

// noticeLow is how many rows a notice may have in a low window too, and noticeUnder
// how many below an overlay: fewer say nothing where they are short.
const (
	noticeLow   = 3
	noticeUnder = 2
	noticeHigh  = 12 // from this height on there is room for all of most
)

// noticeWidth is the columns of a notice: in a narrow window no air is left.
func noticeWidth(width int) int {
	if width < hintsWide/2 {
		return width - leftMargin
	}
	return width - leftMargin - rightMargin
}

// briefly is the most rows of a notice that passes by itself, and beneath of one below
// an overlay: a quarter of the window.
func briefly(height int) int { return max(noticeLow, height/4) }

func beneath(height int) int { return max(noticeUnder, height/4) }
