package atomicfile

// Operation is one thing that is done to the disk.
type Operation struct {
	Name string // create, write, fsync, rename …
	File string // the path it is done to
	To   string // the new path of a rename
	Data []byte // what is written; a tap may cut it
}

// Tap stands between the program and the disk. It carries an operation out with
// do, or does not, and says what came of it: a test sees with it what would be on
// the disk at any moment, and makes it fail.
type Tap func(op *Operation, do func() error) error

// Do carries an operation out by way of the tap; nil is none.
func (t Tap) Do(op *Operation, do func() error) error {
	if t == nil {
		return do()
	}
	return t(op, do)
}
