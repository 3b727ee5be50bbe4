package config

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// DefaultBaseURL is Groq's own address, as [CheckBaseURL] writes it.
const DefaultBaseURL = "https://api.groq.com/openai/v1"

// CheckBaseURL makes the address of an API of what was typed or pasted: a slash
// or /chat/completions at the end go, and of Groq's own address the path may be
// missing. insecure allows plain http to other machines than this one.
//
// An error never shows a user name, a password or a query.
func CheckBaseURL(raw string, insecure bool) (string, error) {
	raw = strings.TrimFunc(raw, invisible)
	u, err := parseURL(raw)
	if err != nil {
		return "", err
	}
	if u.Scheme == "http" && !insecure && !loopback(u.Hostname()) {
		return "", fmt.Errorf("%q would send key and conversation unencrypted; use https, or --insecure-http if that is what you want", maskURL(raw))
	}
	host := url.URL{Scheme: u.Scheme, Host: strings.ToLower(u.Host)}
	return host.String() + apiPath(u), nil
}

// Unencrypted reports whether key and conversation travel readable to another
// machine, which only the setting insecure_http allows.
func (c Config) Unencrypted() bool {
	_, err := CheckBaseURL(c.BaseURL, false)
	return err != nil
}

// parseURL takes an address apart. The parser's own errors are not passed on:
// they quote the parts of it that may be secret.
func parseURL(raw string) (*url.URL, error) {
	if raw == "" {
		return nil, errors.New("the address is empty; leave it out for " + DefaultBaseURL)
	}
	shown := maskURL(raw)
	scheme, rest, ok := strings.Cut(raw, "://")
	if !ok {
		return nil, fmt.Errorf("%q has no scheme; write %s", shown, withScheme(shown))
	}
	if s := strings.ToLower(scheme); s != "https" && s != "http" {
		return nil, fmt.Errorf("%q has the scheme %q; write %s", shown, maskURL(scheme), withScheme(maskURL(rest)))
	}
	u, err := url.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("%q is not an address; it should look like %s", shown, DefaultBaseURL)
	}
	return u, checkParts(u, shown)
}

// checkParts refuses what an API's address cannot have, or should not.
func checkParts(u *url.URL, shown string) error {
	switch {
	case u.User != nil:
		return fmt.Errorf("%q has a user name or password in it; take it out, the key goes into GROQ_API_KEY", shown)
	case u.RawQuery != "" || u.ForceQuery:
		return fmt.Errorf("%q has a query (?…); take it out, the key goes into GROQ_API_KEY", shown)
	case u.Fragment != "" || strings.HasSuffix(shown, "#…"):
		return fmt.Errorf("%q has a fragment (#…); take it out", shown)
	case u.Hostname() == "":
		return fmt.Errorf("%q names no host; it should look like %s", shown, DefaultBaseURL)
	case strings.ContainsFunc(u.Host, func(r rune) bool { return r > 0x7e || r <= ' ' }):
		return fmt.Errorf("%q has characters in its host that are not plain ASCII, which can be lookalikes; write it in its xn-- form", shown)
	case u.Port() != "":
		if n, err := strconv.ParseUint(u.Port(), 10, 16); err != nil || n == 0 {
			return fmt.Errorf("%q has a port that is none; ports go from 1 to 65535", shown)
		}
	}
	return nil
}

// apiPath is the path of an address, escaped as it was, without what was pasted
// too much and with what Groq's own address needs.
func apiPath(u *url.URL) string {
	path := strings.TrimRight(u.JoinPath().EscapedPath(), "/")
	path = strings.TrimRight(strings.TrimSuffix(path, "/chat/completions"), "/")
	if strings.EqualFold(u.Hostname(), "api.groq.com") && (path == "" || path == "/openai") {
		return "/openai/v1"
	}
	return path
}

// loopback reports whether a host is certainly this machine. Other names and
// other ways of writing a number are not trusted.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

// withScheme is an address with the scheme that it most likely wants.
func withScheme(rest string) string {
	rest = strings.TrimLeft(rest, "/")
	host := strings.FieldsFunc(rest+"/", func(r rune) bool { return r == '/' || r == ':' })
	if len(host) > 0 && loopback(host[0]) {
		return "http://" + rest
	}
	return "https://" + rest
}

// maskURL is an address without what may be secret in it: what stands before the
// last @, and what follows a question mark or hash.
func maskURL(raw string) string {
	if i := strings.LastIndexByte(raw, '@'); i >= 0 {
		scheme, _, found := strings.Cut(raw[:i], "://")
		if raw = "…" + raw[i:]; found {
			raw = scheme + "://" + raw
		}
	}
	if i := strings.IndexAny(raw, "?#"); i >= 0 {
		raw = raw[:i+1] + "…"
	}
	return redact(raw)
}
