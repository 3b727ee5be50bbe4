package markdown

import "strings"

// The tables of signs: words in pairs, a command and what it shows, or single
// words. They are searched as they are, for they are short and formulas are few;
// what a command shows begins with = if it could be taken for a command.

// lookup finds what a command shows; "" if it is not in the table.
func lookup(table, name string) string {
	i := index(table, name)
	if i < 0 {
		return ""
	}
	rest := table[i+len(name)+1:]
	if n := strings.IndexAny(rest, " \n"); n >= 0 {
		rest = rest[:n]
	}
	if len(rest) > 1 && rest[0] == '=' {
		rest = rest[1:]
	}
	return rest
}

// contains reports whether a table of single words has this one.
func contains(table, name string) bool { return index(table, name) >= 0 }

// index finds a word of letters in a table, -1 if it is not there.
func index(table, name string) int {
	if name == "" || !isLetter(name[0]) {
		return -1
	}
	for from := 0; ; {
		i := strings.Index(table[from:], name)
		if i < 0 {
			return -1
		}
		i += from
		from = i + len(name)
		if (i == 0 || isGap(table[i-1])) && (from == len(table) || isGap(table[from])) {
			return i
		}
	}
}

func isGap(c byte) bool { return c == ' ' || c == '\n' }

// texSymbol is the node of a command that is only a sign, nil for any other.
func texSymbol(name string) *texNode {
	atom := func(class texClass, s string) *texNode { return &texNode{kind: texAtom, class: class, text: s} }
	for _, t := range []struct {
		class texClass
		table string
	}{
		{texOrd, texGreek},
		{texRel, texRelations},
		{texRel, texArrows},
		{texBin, texOperators},
		{texBig, texLarge},
		{texOrd, texSigns},
		{texOpen, texOpening},
		{texShut, texShutting},
	} {
		if s := lookup(t.table, name); s != "" {
			return atom(t.class, s)
		}
	}
	if name == "colon" {
		return atom(texPunct, ":")
	}
	if contains(texFunctions, name) {
		return &texNode{kind: texWord, class: texFn, text: name}
	}
	if s := lookup(texLimits, name); s != "" {
		return &texNode{kind: texWord, class: texBig, text: strings.ReplaceAll(s, "-", " ")}
	}
	return texEscaped(name)
}

// texEscaped is for the commands of one character.
func texEscaped(name string) *texNode {
	n := &texNode{kind: texAtom, text: name}
	switch name {
	case "{":
		n.class = texOpen
	case "}":
		n.class = texShut
	case "|":
		n.text = "‖"
	case "%", "$", "#", "&", "_":
	default:
		return nil
	}
	return n
}

// texBlanks are the commands for white space.
func texBlanks(name string) (*texNode, bool) {
	n := &texNode{kind: texSpace, class: texGap}
	switch name {
	case ",", ":", ";", " ", ">", "\n", "space", "thinspace", "enspace":
		n.text = " "
	case "quad":
		n.text = "  "
	case "qquad":
		n.text = "    "
	case "!", "/", "-":
		return nil, true
	default:
		return nil, false
	}
	return n, true
}

const texGreek = `alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ
chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω`

const texRelations = `le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ ne ≠ neq ≠ lt < gt > equiv ≡ approx ≈ sim ∼ simeq ≃ cong ≅
propto ∝ ll ≪ gg ≫ in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ nsubseteq ⊈ prec ≺ succ ≻
preceq ⪯ succeq ⪰ perp ⊥ parallel ∥ nparallel ∦ mid | nmid ∤ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ asymp ≍ doteq ≐
coloneqq ≔ triangleq ≜ lesssim ≲ gtrsim ≳ bowtie ⋈ sqsubseteq ⊑ trianglelefteq ⊴ approxeq ≊ therefore ∴ because ∵`

// The long arrows are short ones here: some terminals cut them to one cell, and
// what is left of ⟹ is an equals sign.
const texArrows = `to → rightarrow → longrightarrow → gets ← leftarrow ← longleftarrow ← leftrightarrow ↔
longleftrightarrow ↔ Rightarrow ⇒ implies ⇒ Longrightarrow ⇒ Leftarrow ⇐ impliedby ⇐ Longleftarrow ⇐ Leftrightarrow ⇔
iff ⇔ Longleftrightarrow ⇔ mapsto ↦ longmapsto ↦ hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀ rightharpoondown ⇁
leftharpoonup ↼ rightleftharpoons ⇌ leadsto ⇝ rightsquigarrow ⇝ twoheadrightarrow ↠ nrightarrow ↛ nearrow ↗ searrow ↘
nwarrow ↖ swarrow ↙ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ rightrightarrows ⇉`

const texLongArrows = `xrightarrow → xleftarrow ← xRightarrow ⇒ xleftrightarrow ↔`

const texOperators = `pm ± mp ∓ times × div ÷ cdot · ast * star ⋆ circ ∘ bullet • cap ∩ cup ∪ uplus ⊎ sqcup ⊔ sqcap ⊓
vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ smallsetminus ∖ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ oslash ⊘ dagger † ddagger ‡
amalg ⨿ diamond ⋄ wr ≀ rtimes ⋊ ltimes ⋉ bmod =mod`

const texLarge = `sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁
bigotimes ⨂ bigsqcup ⨆`

const texSigns = `infty ∞ partial ∂ nabla ∇ forall ∀ exists ∃ nexists ∄ emptyset ∅ varnothing ∅ neg ¬ lnot ¬ ell ℓ hbar ℏ hslash ℏ
Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ imath ı jmath ȷ angle ∠ measuredangle ∡ triangle △ square □ Box □ blacksquare ■ qed ∎
top ⊤ bot ⊥ degree ° prime ′ ldots … dots … dotsc … dotsb ⋯ dotsm ⋯ cdots ⋯ vdots ⋮ ddots ⋱ backslash \ vert | Vert ‖
surd √ checkmark ✓ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ sharp ♯ flat ♭ natural ♮ pounds £ euro € S § P ¶
copyright © AA Å O Ø o ø ss ß complement ∁ mho ℧ Bbbk 𝕜 eth ð R ℝ N ℕ Z ℤ Q ℚ C ℂ`

const texOpening = `langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lbrace { lparen (`

const texShutting = `rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rbrace } rparen )`

const texDelimiters = texOpening + "\n" + texShutting + `
vert | Vert ‖ mid | lbrack [ rbrack ] backslash \ uparrow ↑ downarrow ↓`

const texNegated = `in ∉ ni ∌ equiv ≢ approx ≉ sim ≁ simeq ≄ cong ≇ subset ⊄ supset ⊅ subseteq ⊈ supseteq ⊉ exists ∄ le ≰
leq ≰ ge ≱ geq ≱ parallel ∦ mid ∤ prec ⊀ succ ⊁ to ↛ rightarrow ↛ leftarrow ↚ Rightarrow ⇏ Leftrightarrow ⇎ vdash ⊬`

// texFunctions are shown by their names, apart from what they are of.
const texFunctions = `sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth exp log ln lg arg deg det dim ker hom gcd
Pr`

// texLimits are such that have limits; a hyphen stands for a blank.
const texLimits = `lim =lim limsup =lim-sup liminf =lim-inf max =max min =min sup =sup inf =inf argmax =arg-max argmin =arg-min
injlim =inj-lim projlim =proj-lim varlimsup =lim-sup varliminf =lim-inf`

const texAccents = "hat \u0302 widehat \u0302 bar \u0304 overline \u0305 underline \u0332 tilde \u0303 widetilde \u0303 " +
	"dot \u0307 ddot \u0308 check \u030c breve \u0306 acute \u0301 grave \u0300 mathring \u030a"

// texFonts names the alphabet of each command for one; a word is upright.
const texFonts = `mathbb =bb Bbb =bb mathcal =cal mathscr =cal mathfrak =frak mathbf =bold boldsymbol =bold bold =bold
bm =bold pmb =bold mathrm =word mathit =word mathsf =word mathtt =word mathnormal =word mathop =word mathbin =word
mathrel =word mathord =word mathinner =word`

const texWords = `text textrm textbf textit textsf texttt textnormal mbox emph`

// texSilent is what concerns only how a formula is set.
const texSilent = `displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag big Big bigg Bigg bigl
bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm biggm mathstrut strut allowbreak nobreak relax`

const texRaised = `overset underset stackrel xrightarrow xleftarrow xRightarrow xleftrightarrow`
