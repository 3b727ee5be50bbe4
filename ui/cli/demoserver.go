package cli

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"groqchat/chat"
	"groqchat/chat/demo"
)

// demoFlags is what `groqchat demo-server` can be told.
type demoFlags struct {
	addr, tier, scene string
	pace              float64
}

// demoServerCommand is `groqchat demo-server`: the demo for other clients.
func (a *app) demoServerCommand() *cobra.Command {
	o := &demoFlags{}
	c := &cobra.Command{
		Use: "demo-server [flags]", Short: "run the demo server for other programs", GroupID: groupOther, Annotations: using(""),
		Long: "Runs a server that speaks like Groq's, on this machine only, until ctrl+c. " +
			"It prints what to put into the environment of the programs that shall use it.",
		Example: "groqchat demo-server --addr 127.0.0.1:8080\ngroqchat demo-server --scene table --tier off", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.serveDemo(c, o) },
	}
	f := c.Flags()
	f.StringVar(&o.addr, "addr", "127.0.0.1:8080", "loopback `ADDRESS` to listen on; port 0 is any free one")
	f.StringVar(&o.tier, "tier", "free", "limits of a `TIER`: "+strings.Join(tiers(), ", "))
	f.StringVar(&o.scene, "scene", "", "answer everything with one `SCENE`: "+strings.Join(scenes(), ", "))
	f.Float64Var(&o.pace, "pace", 1, "`FACTOR` on the speed of the models; 0 is as fast as can be")
	// The flags were declared above: an error cannot occur.
	_ = c.RegisterFlagCompletionFunc("scene", cobra.FixedCompletions(scenes(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("tier", cobra.FixedCompletions(tiers(), cobra.ShellCompDirectiveNoFileComp))
	return c
}

func tiers() []string { return []string{"free", "developer", "off"} }

// scenes is the names of the demo's scenes.
func scenes() []string {
	var names []string
	for _, s := range demo.Scenes() {
		names = append(names, s.Name)
	}
	return names
}

func (o *demoFlags) check() error {
	for _, row := range []struct {
		flag, value string
		valid       []string
	}{{"tier", o.tier, tiers()}, {"scene", o.scene, append(scenes(), "")}} {
		if slices.Contains(row.valid, row.value) {
			continue
		}
		if near := chat.Nearest(row.value, row.valid); near != "" {
			return misused("--%s: there is no %q; did you mean %s? See groqchat demo-server --help", row.flag, row.value, near)
		}
		return misused("--%s: there is no %q; see groqchat demo-server --help", row.flag, row.value)
	}
	return nil
}

// serveDemo serves until a signal ends it.
func (a *app) serveDemo(c *cobra.Command, o *demoFlags) error {
	if err := o.check(); err != nil {
		return err
	}
	pace := o.pace
	if pace == 0 {
		pace = -1
	}
	server, err := demo.Start(o.addr, demo.Options{Pace: pace, Tier: o.tier, Scene: o.scene})
	if err != nil {
		return cannotServe(o.addr, err)
	}
	a.closers.add(server)
	lines := fmt.Sprintf("export GROQ_BASE_URL=%s\nexport GROQ_API_KEY=%s\n", server.URL(), demoKey)
	if err := a.print(lines); err != nil {
		return err
	}
	a.note("the demo server runs until ctrl+c; put the two lines above into the environment of its clients")
	<-c.Context().Done()
	return c.Context().Err()
}

// cannotServe says what is wrong with an address. One that somebody else has is
// no wrong usage.
func cannotServe(addr string, err error) error {
	var form *net.AddrError
	var name *net.DNSError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return failed("Choose another port with --addr; port 0 is any free one.", "another program serves on %s already", addr)
	case errors.Is(err, syscall.EACCES):
		return failed("Ports from 1024 on are free to all: choose one with --addr.", "this user may not serve on %s", addr)
	case errors.As(err, &form), errors.As(err, &name):
		return misused("--addr: %q is not an address; write 127.0.0.1 and a port, such as 127.0.0.1:8080", addr)
	}
	return misused("cannot serve on %s: %w", addr, err)
}
