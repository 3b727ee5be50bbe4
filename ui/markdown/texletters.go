package markdown

import "strings"

// raised are the characters that have a form for exponents, each followed by it.
// Signs that few fonts have are left out.
const raised = `0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺−⁻=⁼(⁽)⁾aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻ` +
	`AᴬBᴮDᴰEᴱGᴳHᴴIᴵJᴶKᴷLᴸMᴹNᴺOᴼPᴾRᴿTᵀUᵁVⱽWᵂ⊤ᵀβᵝγᵞδᵟθᶿφᵠχᵡ′′″″‴‴°°††‡‡∘°`

// lowered are those that have a form for indices.
const lowered = `0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊−₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓβᵦγᵧρᵨφᵩχᵪ`

// spell writes a text in the characters of a table; false if one has no form there.
func spell(table, s string) (string, bool) {
	var b strings.Builder
	for _, r := range s {
		form, ok := twin(table, r)
		if !ok {
			return "", false
		}
		b.WriteRune(form)
	}
	return b.String(), true
}

// twin finds the form that follows a character in a table of pairs.
func twin(table string, r rune) (rune, bool) {
	found, first := false, true
	for _, c := range table {
		if found {
			return c, true
		}
		found = first && c == r
		first = !first
	}
	return 0, false
}

// primes is a number of primes as one sign, as far as there are such.
func primes(count int) string {
	switch count {
	case 2:
		return "″"
	case 3:
		return "‴"
	}
	return strings.Repeat("′", count)
}

// alphabet is a letter or digit of one of the alphabets that mathematics has.
// They are in rows in Unicode, but for those that were there before.
func alphabet(font string, r rune) (rune, bool) {
	switch font {
	case "bb":
		return shifted(r, "CℂHℍNℕPℙQℚRℝZℤ", 0x1d538, 0x1d552, 0x1d7d8)
	case "cal":
		return shifted(r, "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ", 0x1d49c, 0x1d4b6, 0)
	case "frak":
		return shifted(r, "CℭHℌIℑRℜZℨ", 0x1d504, 0x1d51e, 0)
	case "bold":
		switch {
		case r >= 'Α' && r <= 'Ω':
			return r - 'Α' + 0x1d6a8, true
		case r >= 'α' && r <= 'ω':
			return r - 'α' + 0x1d6c2, true
		case r == '∇':
			return 0x1d6c1, true
		}
		return shifted(r, "ϵ𝛜ϕ𝛟ϑ𝛝", 0x1d400, 0x1d41a, 0x1d7ce)
	}
	return r, false
}

// shifted finds a character in rows that begin at these places.
func shifted(r rune, older string, upper, lower, digits rune) (rune, bool) {
	if c, ok := twin(older, r); ok {
		return c, true
	}
	switch {
	case r >= 'A' && r <= 'Z':
		return r - 'A' + upper, true
	case r >= 'a' && r <= 'z':
		return r - 'a' + lower, true
	case r >= '0' && r <= '9' && digits > 0:
		return r - '0' + digits, true
	}
	return r, false
}
