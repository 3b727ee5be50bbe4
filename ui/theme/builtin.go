package theme

import "slices"

// Default is the name of the theme that is used until the terminal has said
// what its ground is, and DefaultLight that on a light ground.
const (
	Default      = "dark"
	DefaultLight = "light"
)

// Builtin returns the themes that come with the program, the default first.
func Builtin() []Palette { return slices.Concat(quiet(), evening(), daylight(), special()) }

// quiet is the two that are used by themselves.
func quiet() []Palette {
	return []Palette{
		{
			Name: "dark", Help: "charcoal, orange for what matters", Dark: true,
			Ground:    "#15171c",
			Text:      "#dcdfe5",
			Dim:       "#9aa2af",
			Faint:     "#818997",
			Accent:    "#f0946c",
			User:      "#f3e8e1",
			Selection: "#2b303a",
			Border:    "#454c59",
			Success:   "#93c78b",
			Warning:   "#e0c06d",
			Danger:    "#f2788a",
			Link:      "#8ab4f0",
			Code:      "#dcbd94",
			Heading:   "#f7f8fa",
		},
		{
			Name: "light", Help: "off-white, rust for what matters", Dark: false,
			Ground:    "#fcfbf8",
			Text:      "#2a2d34",
			Dim:       "#5a606c",
			Faint:     "#6a707c",
			Accent:    "#b3431c",
			User:      "#3c2a20",
			Selection: "#ece7de",
			Border:    "#c3beb4",
			Success:   "#2c7638",
			Warning:   "#825b00",
			Danger:    "#b0243e",
			Link:      "#1d5bb5",
			Code:      "#7d4a17",
			Heading:   "#101216",
		},
	}
}

// evening is dark themes with a mood.
func evening() []Palette {
	return []Palette{
		{
			Name: "midnight", Help: "deep blue, cyan for what matters", Dark: true,
			Ground:    "#0c1323",
			Text:      "#cdd5e2",
			Dim:       "#9da5b1",
			Faint:     "#848b97",
			Accent:    "#18c2d8",
			User:      "#c7e2e9",
			Selection: "#202b42",
			Border:    "#373f4f",
			Success:   "#65ca98",
			Warning:   "#e4bb5f",
			Danger:    "#f67c8e",
			Link:      "#a5a2f6",
			Code:      "#6fcbbf",
			Heading:   "#e6f0f7",
		},
		{
			Name: "moss", Help: "forest green", Dark: true,
			Ground:    "#0e1810",
			Text:      "#cfd6c9",
			Dim:       "#9fa699",
			Faint:     "#868d80",
			Accent:    "#9bcc52",
			User:      "#dddfc1",
			Selection: "#213023",
			Border:    "#364639",
			Success:   "#67c9a1",
			Warning:   "#eab961",
			Danger:    "#f18078",
			Link:      "#64bdd2",
			Code:      "#cbbe70",
			Heading:   "#ebefe0",
		},
		{
			Name: "dusk", Help: "violet evening, rose for what matters", Dark: true,
			Ground:    "#1d1222",
			Text:      "#dbd1dd",
			Dim:       "#aba2ad",
			Faint:     "#938a95",
			Accent:    "#f38dd3",
			User:      "#f1d5e1",
			Selection: "#37263f",
			Border:    "#4a3f4f",
			Success:   "#79ca96",
			Warning:   "#eeba70",
			Danger:    "#fc7a71",
			Link:      "#b8a3f7",
			Code:      "#f0ad7f",
			Heading:   "#f7eaf5",
		},
	}
}

// daylight is light ones.
func daylight() []Palette {
	return []Palette{
		{
			Name: "paper", Help: "warm paper, teal for what matters", Dark: false,
			Ground:    "#f7efe0",
			Text:      "#3b3129",
			Dim:       "#5f544c",
			Faint:     "#6c6057",
			Accent:    "#076662",
			User:      "#583323",
			Selection: "#e9ddc4",
			Border:    "#c0b6a2",
			Success:   "#336727",
			Warning:   "#7e5409",
			Danger:    "#a31a3a",
			Link:      "#025a9d",
			Code:      "#7a481a",
			Heading:   "#271c17",
		},
		{
			Name: "frost", Help: "cool white, blue for what matters", Dark: false,
			Ground:    "#f0f8fc",
			Text:      "#2b333c",
			Dim:       "#505963",
			Faint:     "#5e6771",
			Accent:    "#2561a9",
			User:      "#293f64",
			Selection: "#d3e7f1",
			Border:    "#a9c0cc",
			Success:   "#096b4d",
			Warning:   "#865300",
			Danger:    "#ad1931",
			Link:      "#7045ac",
			Code:      "#0c5f63",
			Heading:   "#17212f",
		},
	}
}

// special is those for eyes and terminals that need them.
func special() []Palette {
	return []Palette{
		{
			Name: "contrast-dark", Help: "black, at least 7 to 1", Dark: true,
			Ground:    "#000000",
			Text:      "#f4f4f4",
			Dim:       "#cccccc",
			Faint:     "#bcbcbc",
			Accent:    "#fcd401",
			User:      "#bdf9fc",
			Selection: "#14263d",
			Border:    "#7c7c7c",
			Success:   "#61e66c",
			Warning:   "#feb56b",
			Danger:    "#ff9ea5",
			Link:      "#5fccfc",
			Code:      "#5ae7e7",
			Heading:   "#ffffff",
		},
		{
			Name: "contrast-light", Help: "white, at least 7 to 1", Dark: false,
			Ground:    "#ffffff",
			Text:      "#101010",
			Dim:       "#363636",
			Faint:     "#454545",
			Accent:    "#003bac",
			User:      "#082178",
			Selection: "#c9edff",
			Border:    "#6f6f6f",
			Success:   "#015412",
			Warning:   "#6f3c01",
			Danger:    "#910416",
			Link:      "#631ea8",
			Code:      "#034d51",
			Heading:   "#000000",
		},
		sixteenColours(),
	}
}

// sixteenColours is the colours as the user has set them, chosen so that they are
// legible on both grounds as terminals have them by themselves: blue is not on
// black, bright blue is on both. Bright black is left alone: some make it that of
// the ground.
func sixteenColours() Palette {
	return Palette{
		Name: "terminal", Help: "the terminal's own sixteen colours, on any ground", Dark: true,
		Accent:  "5",
		Success: "2",
		Warning: "3",
		Danger:  "9",
		Link:    "12",
		Code:    "6",
	}
}

// Find returns the built-in theme of that name.
func Find(name string) (Palette, bool) {
	for _, p := range Builtin() {
		if p.Name == name {
			return p, true
		}
	}
	return Palette{}, false
}
