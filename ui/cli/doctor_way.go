package cli

import (
	"errors"
	"strings"
	"time"

	"groqchat/chat"
	"groqchat/config"
)

// checkSettings says what is wrong with the settings, but for the key.
func checkSettings(e *exam) []finding {
	var all []finding
	var key *config.KeyError
	if e.err != nil && !errors.As(e.err, &key) {
		code := codeOf(e.err)
		all = append(all, broken(code, "`groqchat config show` says where each setting comes from.", "%v", e.err))
	}
	for _, w := range e.set.Warnings {
		all = append(all, warned("", "%s", w))
	}
	if len(all) == 0 {
		all = append(all, fine("%s", e.set.Paths.Config))
	}
	return all
}

// checkKey says whether there is a key, and whether the server takes it.
func checkKey(e *exam) []finding {
	var wrong *config.KeyError
	from := e.set.Sources["api_key"]
	switch kind := chat.KindOf(e.unasked); {
	case errors.As(e.err, &wrong):
		return []finding{broken(exitKey, "`groqchat key set` keeps another one.", "%v", wrong)}
	case e.set.Key.Empty():
		return []finding{broken(exitKey, hintOf(noKey(e.set)), "there is no API key")}
	case kind == chat.BadKey:
		return []finding{broken(exitKey, e.set.KeyHint(), "%s from %s: %v", e.set.Key, from.Detail, e.unasked)}
	case e.offline || e.unasked != nil:
		return []finding{fine("%s from %s, not checked", e.set.Key, from.Detail)}
	}
	return []finding{fine("%s from %s; the server takes it and lists %d models", e.set.Key, from.Detail, e.probe.Models)}
}

// checkServer says whether the server can be reached, how, and how fast.
func checkServer(e *exam) []finding {
	host := hostName(e.set)
	if host == "" {
		host = "api.groq.com"
	}
	// A server that refuses the key is there.
	refused := chat.KindOf(e.unasked) == chat.BadKey || chat.KindOf(e.unasked) == chat.NoKey
	switch {
	case e.offline:
		return []finding{fine("%s, not asked", host)}
	case e.unasked != nil && !refused:
		return []finding{broken(codeOf(e.unasked), hintOf(e.unasked), "%v", e.unasked)}
	}
	way := []string{host + " answers in " + e.probe.Took.Round(time.Millisecond).String()}
	if e.probe.TLS != "" {
		way = append(way, e.probe.TLS)
	}
	if e.probe.Address != "" {
		way = append(way, "by "+e.probe.Address)
	}
	all := []finding{fine("%s", strings.Join(way, ", "))}
	if left := e.probe.Expires.Sub(e.probe.Asked); !e.probe.Expires.IsZero() && left < 7*24*time.Hour {
		all = append(all, warned("", "its certificate expires at %s", e.probe.Expires.Local().Format("2006-01-02 15:04")))
	}
	return all
}

// How far the clocks may be apart: more than a minute confuses count-downs, more
// than an hour certificates.
const (
	clockOdd   = time.Minute
	clockWrong = time.Hour
)

// checkClock compares the clock of this machine with that of the server.
func checkClock(e *exam) []finding {
	if e.probe.Date.IsZero() {
		return []finding{fine("not compared: no server told its time")}
	}
	apart := e.probe.Asked.Sub(e.probe.Date)
	way := "ahead of"
	if apart < 0 {
		apart, way = -apart, "behind"
	}
	const remedy = "Set the clock, or let the system set it by the network (timedatectl set-ntp true)."
	switch {
	case apart > clockWrong:
		return []finding{broken(exitFailure, remedy, "this machine's clock is %s %s the server's", chat.Wait(apart), way)}
	case apart > clockOdd:
		return []finding{warned(remedy, "this machine's clock is %s %s the server's", chat.Wait(apart), way)}
	}
	return []finding{fine("right to the second or two")}
}

// checkProxy says which proxy requests take; its login is not shown.
func (a *app) checkProxy(e *exam) []finding {
	if e.probe.Proxy != "" {
		return []finding{fine("requests go through %s", e.probe.Proxy)}
	}
	for _, name := range []string{"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"} {
		if a.variable(name) != "" {
			return []finding{fine("%s is set, but not used for this server", name)}
		}
	}
	return []finding{fine("none")}
}
