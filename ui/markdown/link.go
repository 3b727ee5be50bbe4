package markdown

import (
	"hash/fnv"
	"net/url"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"groqchat/ui/safe"
)

// maxLink is how long the address of a link may be that is given to the
// terminal; longer ones are only shown.
const maxLink = 2048

// hyperlink is the sequence that opens a link to an address, "" for one that
// nothing should open: only the web and mail are linked. The lines of one link
// bear one name, so that a terminal takes them for one.
func hyperlink(address string) string {
	scheme, _, ok := strings.Cut(address, ":")
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto":
	default:
		ok = false
	}
	target := string(util.URLEscape([]byte(address), false))
	if _, err := url.Parse(target); !ok || err != nil || len(target) > maxLink {
		return ""
	}
	for i := range len(target) {
		if target[i] <= ' ' || target[i] >= 0x7f {
			return ""
		}
	}
	name := fnv.New32a()
	name.Write([]byte(target))
	return linkStart + "id=" + strconv.FormatUint(uint64(name.Sum32()), 16) + ";" + target + "\a"
}

// hyperlink remembers the last: it is asked for the text of a link and for its
// address.
func (w *inliner) hyperlink(address string) string {
	if w.address != address {
		w.address, w.opens = address, hyperlink(address)
	}
	return w.opens
}

// addressOf is a destination as it is meant.
func (w *inliner) addressOf(destination []byte) string {
	return strings.NewReplacer("\n", " ", "\t", " ").Replace(safe.Text(unescape(string(destination))))
}

// within writes the text of a link.
func (w *inliner) within(address string, write func()) {
	around := w.link
	if own := w.hyperlink(address); own != "" {
		w.link = own
	}
	write()
	w.link = around
}

// linked writes a link, and where it leads if its text does not say so.
func (w *inliner) linked(n ast.Node, address string, y layer, l look) {
	label := w.literal(n)
	w.within(address, func() { w.span(n, y, l) })
	w.lead(label, address, w.r.sheet.link, l)
}

// autoLink writes a link that is its own text.
func (w *inliner) autoLink(n *ast.AutoLink, l look) {
	label, address := safe.Text(string(n.Label(w.src))), safe.Text(string(n.URL(w.src)))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
		address = "mailto:" + address
	}
	w.within(address, func() {
		w.wrap(w.r.sheet.linkText, l, func(in look) { w.put(in, label) })
	})
}

// image is a link to what cannot be shown here.
func (w *inliner) image(n *ast.Image, l look) {
	label := w.literal(n)
	if label == "" {
		label = "without a description"
	}
	address := w.addressOf(n.Destination)
	y := w.r.sheet.imageText
	w.within(address, func() {
		w.wrap(y, l, func(in look) { w.put(in, y.format.apply(label)) })
	})
	w.lead(label, address, w.r.sheet.image, l)
}

// lead shows where a link leads, if its text does not: behind it, or below the
// table that it is in.
func (w *inliner) lead(label, address string, y layer, l look) {
	if address == "" || address[0] == '#' || says(label, address) {
		return
	}
	if w.notes != nil {
		w.within(address, func() { w.put(l.with(y), noteMark(w.notes.add(address))) })
		return
	}
	shown := address
	if w.hyperlink(address) == "" {
		shown = "(" + address + ")"
	}
	w.put(l, " ")
	w.within(address, func() {
		w.wrap(y, l, func(in look) { w.put(in, y.format.apply(shown)) })
	})
}

// says reports whether a text is the address, but for what goes without saying.
func says(label, address string) bool {
	bare := func(s string) string {
		for _, scheme := range []string{"https://", "http://", "mailto:"} {
			s = strings.TrimPrefix(s, scheme)
		}
		return strings.TrimSuffix(s, "/")
	}
	return label == address || bare(label) == bare(address)
}

// noteMark stands for an address below its table. It cannot be taken for a
// footnote, nor for a number in brackets of the text.
func noteMark(n int) string { return "→" + strconv.Itoa(n) }

// notes are the addresses of the links in a table, each once.
type notes struct{ addresses []string }

// add returns the number of an address.
func (n *notes) add(address string) int {
	for i, a := range n.addresses {
		if a == address {
			return i + 1
		}
	}
	n.addresses = append(n.addresses, address)
	return len(n.addresses)
}
