package cli

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
)

// Build is what the linker was told of this program; fields may be empty.
type Build struct {
	Version string // 1.2.3
	Commit  string // abc1234
	Date    string // 2026-11-22
}

// complete fills what the linker was not told from what the compiler noted.
func (b Build) complete(info *debug.BuildInfo) Build {
	if info == nil {
		info = &debug.BuildInfo{}
	}
	main := info.Main.Version
	if main == "(devel)" {
		main = ""
	}
	return Build{
		Version: cmp.Or(b.Version, main, "dev"),
		Commit:  cmp.Or(b.Commit, cut(setting(info, "vcs.revision"), 7)),
		Date:    cmp.Or(b.Date, cut(setting(info, "vcs.time"), len("2006-01-02"))),
	}
}

// String is the line of --version.
func (b Build) String() string {
	line := "groqchat " + b.Version + " ("
	for _, part := range []string{b.Commit, b.Date} {
		if part != "" {
			line += part + ", "
		}
	}
	return fmt.Sprintf("%s%s, %s/%s)", line, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// resolved is the build as far as anything knows it.
func (b Build) resolved() Build {
	info, _ := debug.ReadBuildInfo()
	return b.complete(info)
}

// day is the day of the build, now where nothing knows it.
func (b Build) day(now time.Time) time.Time {
	day, err := time.Parse(time.DateOnly, b.resolved().Date)
	if err != nil {
		return now
	}
	return day
}

func setting(info *debug.BuildInfo, key string) string {
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}

func cut(s string, n int) string { return s[:min(n, len(s))] }

// versionJSON is the build as --json gives it; what is not known is "".
type versionJSON struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`
	Date    string `json:"date"`
	Go      string `json:"go"`
	OS      string `json:"os"`
	Arch    string `json:"arch"`
}

// versionCommand is `groqchat version`, the same as --version.
func (a *app) versionCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "version [flags]", Short: "the version, its commit and day", GroupID: groupOther, Annotations: using(""), Args: noArgs,
		Example: "groqchat version --json",
	}
	asJSON := jsonFlag(c)
	c.RunE = func(*cobra.Command, []string) error {
		b := a.build.resolved()
		if *asJSON {
			return a.printJSON(versionJSON{b.Version, b.Commit, b.Date, runtime.Version(), runtime.GOOS, runtime.GOARCH})
		}
		return a.print(b.String() + "\n")
	}
	return c
}
