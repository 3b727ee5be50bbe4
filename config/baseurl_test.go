package config_test

import (
	"strings"
	"testing"

	"groqchat/config"
)

func TestCheckBaseURL_UnderstandsWhatPeoplePaste(t *testing.T) {
	for raw, want := range map[string]string{
		"https://api.groq.com/openai/v1":                   config.DefaultBaseURL,
		"https://api.groq.com":                             config.DefaultBaseURL,
		" HTTPS://API.Groq.com/ \n":                        config.DefaultBaseURL,
		"https://api.groq.com/openai":                      config.DefaultBaseURL,
		"https://api.groq.com/openai/v1//":                 config.DefaultBaseURL,
		"https://api.groq.com//openai/v1":                  config.DefaultBaseURL,
		"https://api.groq.com/openai/v1/chat/completions":  config.DefaultBaseURL,
		"https://api.groq.com/openai/v1/chat/completions/": config.DefaultBaseURL,
		"https://my.server":                                "https://my.server",
		"https://my.server:8443/v1/":                       "https://my.server:8443/v1",
		"http://localhost:11434/v1":                        "http://localhost:11434/v1",
		"http://127.0.0.1:8080/openai/v1":                  "http://127.0.0.1:8080/openai/v1",
		"http://127.8.9.1":                                 "http://127.8.9.1",
		"http://[::1]:8080/v1":                             "http://[::1]:8080/v1",
	} {
		got, err := config.CheckBaseURL(raw, false)
		if err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", raw, got, err, want)
			continue
		}
		if again, err := config.CheckBaseURL(got, false); err != nil || again != got {
			t.Errorf("%q is not final: %q, %v", got, again, err)
		}
	}
}

func TestCheckBaseURL_SaysWhatIsWrongWithoutShowingSecrets(t *testing.T) {
	for raw, want := range map[string]string{
		"":                                 "empty",
		"api.groq.com":                     "write https://api.groq.com",
		"//api.groq.com/openai/v1":         "write https://api.groq.com/openai/v1",
		"localhost:8080/v1":                "write http://localhost:8080/v1",
		"127.0.0.1:8080":                   "write http://127.0.0.1:8080",
		"htps://api.groq.com":              `the scheme "htps"; write https://api.groq.com`,
		"file:///etc/passwd":               `the scheme "file"`,
		"https://":                         "names no host",
		"https:///openai/v1":               "names no host",
		"https://:8080":                    "names no host",
		"https://my server/v1":             "is not an address",
		"https://host:port/v1":             "is not an address",
		"https://host:70000/v1":            "ports go from 1 to 65535",
		"https://host:0/v1":                "ports go from 1 to 65535",
		"https://\u0430pi.groq.com":        "lookalikes",
		"https://user:canary@api.groq.com": "user name or password",
		"https://canary@api.groq.com":      "user name or password",
		"https://u:can?ary@h/":             "",
		"https://u:canary@h:x/":            "is not an address",
		"https://u:canary canary@h/":       "is not an address",
		"u:canary@host/v1":                 "has no scheme",
		"htps://u:canary@host/v1":          "the scheme",
		"https://api.groq.com?key=canary":  "has a query",
		"https://api.groq.com/?":           "has a query",
		"https://api.groq.com/#canary":     "has a fragment",
		"https://api.groq.com/#":           "has a fragment",
		"gsk_canarycanarycanary":           "has no scheme",
		"https://gsk_canarycanarycanary:x": "is not an address",
		"http://api.groq.com/openai/v1":    "--insecure-http",
		"http://192.168.0.7:8080":          "--insecure-http",
		"http://127.1":                     "--insecure-http",
		"http://localhost.evil.example":    "--insecure-http",
		"http://0.0.0.0:80":                "--insecure-http",
	} {
		got, err := config.CheckBaseURL(raw, false)
		if err == nil {
			t.Errorf("%q is taken as %q", raw, got)
			continue
		}
		contains(t, err.Error(), want)
		if strings.Contains(err.Error(), "can") && strings.Contains(err.Error(), "ary") {
			t.Errorf("%q: a secret is shown: %v", raw, err)
		}
	}
}

func TestCheckBaseURL_PlainHTTPOnWish(t *testing.T) {
	if got, err := config.CheckBaseURL("http://192.168.0.7:8080/v1/", true); err != nil || got != "http://192.168.0.7:8080/v1" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestLoad_PlainHTTPNeedsTheWishAndKeepsAWarning(t *testing.T) {
	u := newUser(t)
	u.export("GROQ_BASE_URL=http://192.168.0.7/v1")
	contains(t, u.refused().Error(), "GROQ_BASE_URL: ", "--insecure-http")
	l, err := config.Load(u.in)
	if err == nil || l.BaseURL != config.DefaultBaseURL {
		t.Errorf("%q, %v", l.BaseURL, err)
	}
	u.in.Flags["insecure_http"] = "true"
	l = u.load()
	contains(t, warnings(l), "unencrypted to http://192.168.0.7/v1")
	if !l.Unencrypted() {
		t.Error("it is not known to be unencrypted")
	}
	u.in.Flags["base_url"] = "http://localhost:8080"
	if l := u.load(); warnings(l) != "" || l.Unencrypted() {
		t.Errorf("a warning without a reason: %s", warnings(l))
	}
}

func TestLoad_ShowsNoSecretOfAnAddress(t *testing.T) {
	for _, url := range []string{"https://u:canary@host/v1", "https://host/?key=canary", "gsk_canarycanary1"} {
		for _, from := range sources() {
			u := newUser(t)
			s, _ := config.FindSetting("base_url")
			from.give(u, s, url, quoted(url))
			l, err := config.Load(u.in)
			if text := err.Error() + warnings(l); strings.Contains(text, "canary") {
				t.Errorf("%s by %s: %s", url, from.kind, text)
			}
		}
	}
}
