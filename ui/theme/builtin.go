package theme

// Default is the name of the theme that is used until the terminal has said
// what its ground is.
const Default = "dark"

// Builtin returns the themes that come with the program, the default first.
func Builtin() []Palette {
	return []Palette{
		{
			Name:      "dark",
			Dark:      true,
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
			Name:      "light",
			Dark:      false,
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

// Find returns the built-in theme of that name.
func Find(name string) (Palette, bool) {
	for _, p := range Builtin() {
		if p.Name == name {
			return p, true
		}
	}
	return Palette{}, false
}
