package chat

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Substitute is the model to use in place of one that is gone or never was: its
// replacement where one is known, else the one whose name is nearly the same,
// else the nearest of its family, else the nearest by size. "" if there is none.
func (c Catalogue) Substitute(id string) string {
	if m := c.Find(id); m.Replacement != "" && m.Replacement != id {
		return m.Replacement
	}
	chats := slices.DeleteFunc(c.Chats(), func(m ModelInfo) bool { return m.ID == id })
	if len(chats) == 0 {
		return ""
	}
	names := map[string]string{}
	var known []string
	for _, m := range chats {
		names[m.ID], names[m.Short()] = m.ID, m.ID
		known = append(known, m.ID, m.Short())
	}
	if near := Nearest(id, known); near != "" {
		return names[near]
	}
	return slices.MinFunc(chats, func(a, b ModelInfo) int { return cmp.Compare(distance(id, a.ID), distance(id, b.ID)) }).ID
}

// distance is how far two models are from one another: another family counts
// more than any size.
func distance(a, b string) float64 {
	const otherFamily = 100
	d := math.Abs(math.Log(size(a) / size(b)))
	if family(a) != family(b) {
		d += otherFamily
	}
	return d
}

// family is the letters that a model's name begins with: llama, qwen, gpt.
func family(id string) string {
	name := strings.ToLower(ShortModel(id))
	if end := strings.IndexFunc(name, func(r rune) bool { return r < 'a' || r > 'z' }); end >= 0 {
		return name[:end]
	}
	return name
}

// usualSize is taken for a model whose name does not tell its size.
const usualSize = 30

// size is the billions of parameters that a name tells: 120 of gpt-oss-120b.
func size(id string) float64 {
	m := regexp.MustCompile(`(?i)(?:^|[-_/])(\d+(?:\.\d+)?)b(?:$|[-_])`).FindStringSubmatch(id)
	if m == nil {
		return usualSize
	}
	billions, err := strconv.ParseFloat(m[1], 64)
	if err != nil || billions <= 0 {
		return usualSize
	}
	return billions
}
