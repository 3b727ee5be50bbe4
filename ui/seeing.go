package ui

import (
	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
)

// blind reports whether there are pictures among files that the present model
// does not see.
func (m *Model) blind(files []chat.Attachment) bool {
	return imagesIn(files) > 0 && !m.catalogue.Find(m.conv.Model).MayTakeImages()
}

// unseen offers what can be done with pictures that the model does not see.
func (m *Model) unseen() *dialog {
	info := m.catalogue.Find(m.conv.Model)
	what := "picture"
	if imagesIn(m.files) > 1 {
		what = "pictures"
	}
	d := &dialog{title: "Pictures", text: info.Short() + " does not see pictures.", closing: "change the message"}
	for _, id := range m.others() {
		if other := m.catalogue.Find(id); other.Images && len(d.choices) < othersOffered {
			d.choices = append(d.choices, option("Send it to "+other.Short(), "which sees", func(m *Model) tea.Cmd { return m.sendDraftTo(id) }))
		}
	}
	d.choices = append(d.choices, option("Send it without the "+what, "", (*Model).sendUnseen))
	return d
}

// sendUnseen sends what is in the composer without its pictures.
func (m *Model) sendUnseen() tea.Cmd {
	var rest []chat.Attachment
	for _, f := range m.files {
		if !f.IsImage() {
			rest = append(rest, f)
		}
	}
	m.files = rest
	return m.send()
}
