package ui

import "os"

// privateFile writes a text to a file of its own that only the user can read, in
// the system's folder for such files. Without an error the file is whole.
func privateFile(pattern, text string) (path string, err error) {
	f, err := os.CreateTemp("", pattern) //nolint:forbidigo // nothing is replaced; its mode is 0600
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(text)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		_ = os.Remove(f.Name()) // half of it is of no use
		return "", err
	}
	return f.Name(), nil
}
