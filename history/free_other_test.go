//go:build !linux

package history

// free knows of no file system in memory.
func free(string) uint64 { return 0 }
