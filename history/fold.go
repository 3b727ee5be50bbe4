package history

// Folder makes texts alike that read alike, by the rules of Store.Search: case,
// accents and the several ways of writing one letter in Unicode make no difference.
// It keeps about a megabyte, and is not for several goroutines.
type Folder struct{ folder *folder }

// NewFolder makes a Folder.
func NewFolder() Folder { return Folder{newFolder()} }

// Text is a text, folded; it may be longer or shorter than before.
func (f Folder) Text(s string) string { return f.folder.text(s) }
