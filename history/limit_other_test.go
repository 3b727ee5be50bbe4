//go:build !unix

package history

func saveBeyondLimit(*Store) error { return nil }
