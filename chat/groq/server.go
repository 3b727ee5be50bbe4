package groq

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"groqchat/chat"
)

// server is who is asked: what messages name, and what they must not show.
type server struct {
	base string   // without a slash at the end
	url  *url.URL // of base, nil if it is not one
	key  string
}

func newServer(base, key string) server {
	s := server{base: base, key: key}
	if u, err := url.Parse(base); err == nil && u.Host != "" {
		s.url = u
	}
	return s
}

// host is the server's name, and its port if it is an unusual one.
func (s server) host() string { return s.url.Host }

// place is the base URL without a user, a password or a query.
func (s server) place() string {
	return (&url.URL{Scheme: s.url.Scheme, Host: s.url.Host, Path: s.url.Path}).String()
}

// check finds what makes every request impossible. The library's own words for
// these cases would show the URL with its query, or name a header.
func (s server) check() error {
	if s.url == nil || s.url.Scheme != "http" && s.url.Scheme != "https" {
		return chat.Errorf(chat.BadConfiguration, "the base URL is not an http or https address").Advise("Set GROQ_BASE_URL or base_url.")
	}
	bad := func(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError }
	if strings.IndexFunc(s.key, bad) >= 0 {
		return chat.Errorf(chat.BadKey, "the key holds a line break or another character that no key has").Advise("Set it again.")
	}
	return nil
}

const (
	// maxQuote is how much of a server's own words a message quotes, in runes.
	maxQuote = 300
	// minSecret is the shortest key worth masking: replacing a shorter one would
	// garble the message more than it protects.
	minSecret = 6
)

// quote makes a server's words fit for a message: one line, not too long, without
// the key, which servers and proxies are known to echo.
func (s server) quote(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s.mask(text))
	text = strings.TrimRight(strings.Join(strings.Fields(text), " "), ". ")
	if utf8.RuneCountInString(text) > maxQuote {
		text = string([]rune(text)[:maxQuote]) + "…"
	}
	return text
}

func (s server) mask(text string) string {
	if len(s.key) >= minSecret {
		text = strings.ReplaceAll(text, s.key, "***")
	}
	if !strings.Contains(text, "gsk_") {
		return text
	}
	return regexp.MustCompile(`gsk_[A-Za-z0-9]{20,}`).ReplaceAllString(text, "gsk_***")
}
