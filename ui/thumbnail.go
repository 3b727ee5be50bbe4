package ui

import (
	"fmt"
	"image"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"groqchat/chat"
	"groqchat/chat/attach"
)

// Pictures are shown small, two points to a cell: the upper one in the colour of
// an upper half block, the lower one behind it. That is text, so it scrolls, is
// cut and is redrawn like text, in every terminal that knows all colours. The
// protocols for real pictures are nothing that the renderer knows of: it would
// move and overwrite the cells under them.

// The most cells that a picture takes.
const (
	thumbWidth  = 32
	thumbHeight = 10
)

// thumbnails is the pictures that were made small, by the first byte of their
// file, which no other picture shares.
type thumbnails struct {
	rows   map[*byte][]string // nil: pictures are not shown
	making bool
}

func newThumbnails(profile colorprofile.Profile) thumbnails {
	if profile != colorprofile.TrueColor {
		return thumbnails{}
	}
	return thumbnails{rows: map[*byte][]string{}}
}

// showPictures begins to show pictures small.
func (t *transcript) showPictures(thumbs thumbnails) {
	t.thumbs, t.look.thumbs = thumbs, thumbs
}

// of is the rows of a picture, none if they are not made, or wider than width.
func (t thumbnails) of(a chat.Attachment, width int) []string {
	if !a.IsImage() || width < thumbWidth {
		return nil
	}
	return t.rows[&a.Data[0]]
}

// thumbnailMsg is a picture that was made small.
type thumbnailMsg struct {
	key  *byte
	rows []string
}

// thumbnail makes a picture small that is in view and was not yet, one at a time.
func (m *Model) thumbnail() tea.Cmd {
	t := &m.transcript
	if t.thumbs.rows == nil || t.thumbs.making || !m.changed {
		return nil
	}
	for _, it := range t.opened {
		for _, a := range it.msg.Attachments {
			if !a.IsImage() {
				continue
			}
			if _, made := t.thumbs.rows[&a.Data[0]]; made {
				continue
			}
			t.thumbs.making = true
			return func() tea.Msg { return thumbnailMsg{&a.Data[0], thumbnailRows(a)} }
		}
	}
	return nil
}

// onThumbnail shows a picture that was made small.
func (m *Model) onThumbnail(msg thumbnailMsg) {
	t := &m.transcript
	t.thumbs.making = false
	t.thumbs.rows[msg.key] = msg.rows
	for _, it := range t.opened {
		it.version++
	}
}

// thumbnailRows is a picture in half blocks; none if it cannot be decoded.
func thumbnailRows(a chat.Attachment) []string {
	m, err := attach.Decode(a.Type, a.Data)
	if err != nil {
		return nil
	}
	m = attach.Fit(m, thumbWidth, 2*thumbHeight)
	b := m.Bounds()
	var rows []string
	for y := b.Min.Y; y < b.Max.Y; y += 2 {
		rows = append(rows, halfBlocks(m, y))
	}
	return rows
}

// halfBlocks is two rows of points as one of cells. A row that is missing below
// is left to the ground of the screen.
func halfBlocks(m image.Image, y int) string {
	var row strings.Builder
	b := m.Bounds()
	before := ""
	for x := b.Min.X; x < b.Max.X; x++ {
		colours := "\x1b[38;2;" + rgb(m, x, y)
		if y+1 < b.Max.Y {
			colours += ";48;2;" + rgb(m, x, y+1)
		}
		if colours += "m"; colours != before {
			row.WriteString(colours)
			before = colours
		}
		row.WriteString("▀")
	}
	return row.String() + "\x1b[m"
}

func rgb(m image.Image, x, y int) string {
	r, g, b, _ := m.At(x, y).RGBA()
	return fmt.Sprintf("%d;%d;%d", r>>8, g>>8, b>>8)
}
