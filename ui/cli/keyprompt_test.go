//go:build unix

package cli_test

import (
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"groqchat/chat/demo"
)

const typedKey = "gsk_abcdefghijklmnop1234"

// TestKey_ThePromptShowsNothing: neither what is typed nor how much of it, and the
// terminal is as before at the end.
func TestKey_ThePromptShowsNothing(t *testing.T) {
	u := withServer(t, demo.Options{})
	u.env = append(u.env, "GROQ_API_KEY=")
	x := u.opens("key", "set")
	x.waitFor("API key (it is not shown):")
	x.write("gsk_oops\x15" + typedKey + "5\x7f\r")
	x.waitFor("gsk_…1234 works and is kept in")
	x.exits(0)
	if strings.Contains(x.output.String(), "abcdef") || strings.Contains(x.output.String(), "*") {
		t.Errorf("the key is on the screen:\n%s", x.output.String())
	}
	if text, err := os.ReadFile(filepath.Join(u.home, "config", "groqchat", "key")); err != nil || string(text) != typedKey+"\n" {
		t.Errorf("%v, kept %d bytes", err, len(text))
	}
	x.isRestored()
}

func TestKey_ThePromptCanBeLeft(t *testing.T) {
	u := newUser(t)
	x := u.opens("key", "set")
	x.waitFor("API key (it is not shown):")
	x.press("ctrl+c")
	x.exits(130)
	x.isRestored()
	x = u.opens("key", "set")
	x.waitFor("API key (it is not shown):")
	x.press("ctrl+d")
	x.waitFor("the key is empty")
	x.exits(3)
}

// TestKeyring_ABusThatHangsIsGivenUp asks the real library over a bus that takes
// the connection and never says anything.
func TestKeyring_ABusThatHangsIsGivenUp(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the keyring is behind D-Bus on Linux")
	}
	dir, err := os.MkdirTemp("", "bus") //nolint:usetesting // the name of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	bus, err := net.Listen("unix", filepath.Join(dir, "bus"))
	if err != nil {
		t.Fatal(err)
	}
	defer bus.Close()
	var opened []*terminal
	for _, where := range []string{"DBUS_SESSION_BUS_ADDRESS=unix:path=" + filepath.Join(dir, "bus"), "XDG_RUNTIME_DIR=" + dir} {
		opened = append(opened, newUser(t, "TEST_KEYRING=system", where).opens("key", "show"))
	}
	for _, x := range opened {
		x.waitFor("the keyring could not be asked for the key")
		x.waitFor("it may be locked")
		x.waitFor("there is no API key")
		x.exits(3)
	}
}

// TestKeyring_StartsNoBus: without one the library would start its own, which
// outlives the program.
func TestKeyring_StartsNoBus(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the keyring is behind D-Bus on Linux")
	}
	u := newUser(t)
	launcher := filepath.Join(u.home, "dbus-launch")
	if err := os.WriteFile(launcher, []byte("#!/bin/sh\ntouch "+u.home+"/launched\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, where := range []string{"", "DBUS_SESSION_BUS_ADDRESS=autolaunch:", "XDG_RUNTIME_DIR=" + u.home} {
		u.env = []string{"TEST_KEYRING=system", "PATH=" + u.home + ":" + os.Getenv("PATH"), where}
		x := u.opens("key", "show")
		x.waitFor("there is no API key")
		x.exits(3)
	}
	if _, err := os.Stat(filepath.Join(u.home, "launched")); err == nil {
		t.Error("a bus was started")
	}
}

// TestDoctor_AsksTheTerminal: what it answers is read, and not left for the shell.
func TestDoctor_AsksTheTerminal(t *testing.T) {
	x := newUser(t).opens("doctor", "--offline")
	x.waitFor("draws without flicker")
	x.waitFor("80×24 cells")
	x.waitFor("all colours")
	x.exits(3)
	x.isRestored()
}
