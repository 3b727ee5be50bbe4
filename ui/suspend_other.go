//go:build !unix

package ui

import "context"

// stopProcess does nothing where shells have no jobs.
func stopProcess(context.Context) error { return nil }
