package cli

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"time"

	"github.com/atotto/clipboard"
)

// clipTime is how long a tool may take: an X server that is gone never answers.
const clipTime = 3 * time.Second

// clipTool is a program, or the system itself, that takes a text for the clipboard.
type clipTool struct {
	name string
	put  func(ctx context.Context, text string) error
}

// clipboard puts a text into the clipboard and says what took it; nil where the
// terminal alone can, as over ssh: the tools of that machine have another
// clipboard than whoever sits before it.
func (a *app) clipboard(way string) func(text string) (by string, err error) {
	tools := a.clipTools(way)
	if len(tools) == 0 {
		return nil
	}
	return func(text string) (by string, err error) {
		for _, tool := range tools {
			if err = tool.run(text); err == nil {
				return tool.name, nil
			}
		}
		return "", err
	}
}

// clipTools is the tools in the order of asking.
func (a *app) clipTools(way string) []clipTool {
	system := clipTool{"the system's clipboard", copyToSystem}
	remote := a.variable("SSH_CONNECTION") != "" || a.variable("SSH_TTY") != ""
	var tools []clipTool
	switch {
	case way == "system":
		return []clipTool{system}
	case way != "auto":
		return nil
	case !remote && !clipboard.Unsupported:
		tools = append(tools, system)
	}
	if a.variable("TMUX") != "" {
		tools = append(tools, clipTool{"tmux", copyToTmux})
	}
	return tools
}

// run never waits for longer than a user would.
func (c clipTool) run(text string) error {
	ctx, cancel := context.WithTimeout(context.Background(), clipTime)
	defer cancel()
	_, err := apart(ctx, func() (struct{}, error) { return struct{}{}, c.put(ctx, text) })
	return err
}

func copyToSystem(_ context.Context, text string) error {
	if clipboard.Unsupported {
		return errors.New("there is no tool for the clipboard")
	}
	return clipboard.WriteAll(text)
}

// copyToTmux gives a text to tmux, which hands it on to the terminal that it is
// shown in: also where it takes no sequences from programs, which is its default.
func copyToTmux(ctx context.Context, text string) error {
	c := exec.CommandContext(ctx, "tmux", "load-buffer", "-w", "-")
	c.Stdin = strings.NewReader(text)
	return c.Run()
}
