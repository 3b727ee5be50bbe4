// Groqchat is a terminal chat for the Groq API.
package main

import (
	"context"
	"os"

	"groqchat/ui/cli"
)

// Filled by the linker: -ldflags "-X main.version=… -X main.commit=… -X main.date=…".
var version, commit, date string

func main() {
	build := cli.Build{Version: version, Commit: commit, Date: date}
	os.Exit(cli.Main(context.Background(), build, os.Args, os.Stdin, os.Stdout, os.Stderr))
}
