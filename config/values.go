package config

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// seconds is a duration that is also written as a plain number of seconds.
type seconds time.Duration

// A check gives a text as it should be stored, or says what is wrong with it.
type check func(string) (string, error)

// text is the access to a text.
func text(at func(*Config) *string, valid check) access {
	return access{
		func(c Config) string { return *at(&c) },
		func(c *Config, v string) error {
			v, err := valid(v)
			if err == nil {
				*at(c) = v
			}
			return err
		},
	}
}

// list is the access to several texts, separated by commas. An empty value is an
// empty list.
func list(at func(*Config) *[]string, valid check) access {
	return access{
		func(c Config) string { return strings.Join(*at(&c), ",") },
		func(c *Config, v string) error {
			var items []string
			if strings.TrimSpace(v) != "" {
				items = strings.Split(v, ",")
			}
			for i, item := range items {
				item, err := valid(item)
				if err != nil {
					return err
				}
				items[i] = item
			}
			*at(c) = items
			return nil
		},
	}
}

func integer(at func(*Config) *int, low, high int) access {
	return access{
		func(c Config) string { return strconv.Itoa(*at(&c)) },
		func(c *Config, v string) error {
			n, err := strconv.Atoi(strings.TrimSpace(v))
			if err != nil || n < low || n > high {
				return fmt.Errorf("%q is not a whole number from %d to %d", v, low, high)
			}
			*at(c) = n
			return nil
		},
	}
}

func boolean(at func(*Config) *bool) access {
	return access{
		func(c Config) string { return strconv.FormatBool(*at(&c)) },
		func(c *Config, v string) error {
			word := strings.ToLower(strings.TrimSpace(v))
			on := slices.Contains([]string{"true", "yes", "on", "1"}, word)
			if !on && !slices.Contains([]string{"false", "no", "off", "0"}, word) {
				return fmt.Errorf("%q is neither true nor false", v)
			}
			*at(c) = on
			return nil
		},
	}
}

// The bounds of a time to wait: less fails on a slow day, more is no limit.
const (
	shortest = time.Second
	longest  = time.Hour
)

func duration(at func(*Config) *seconds) access {
	return access{
		func(c Config) string { return at(&c).String() },
		func(c *Config, v string) error {
			word := strings.TrimSpace(v)
			if _, err := strconv.ParseFloat(word, 64); err == nil {
				word += "s"
			}
			d, err := time.ParseDuration(word)
			if err != nil || d < shortest || d > longest {
				return fmt.Errorf("%q is not a time from 1s to 1h, such as 45s or 2m", v)
			}
			*at(c) = seconds(d)
			return nil
		},
	}
}

// String writes 1m rather than 1m0s.
func (s seconds) String() string {
	text := time.Duration(s).String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

func anyText(v string) (string, error) { return v, nil }

func trimmed(v string) (string, error) { return strings.TrimSpace(v), nil }

func oneOf(v string, words []string) (string, error) {
	word := strings.ToLower(strings.TrimSpace(v))
	if !slices.Contains(words, word) {
		last := len(words) - 1
		return "", fmt.Errorf("%q is none of %s and %s", v, strings.Join(words[:last], ", "), words[last])
	}
	return word, nil
}

// maxModel is the longest id of a model that is taken.
const maxModel = 256

// checkModel takes any id, also of models that nothing is known of, as long as it
// can be one.
func checkModel(v string) (string, error) {
	id := strings.TrimSpace(v)
	unfit := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }
	switch {
	case id == "":
		return "", errors.New("the id of the model is empty")
	case len(id) > maxModel || strings.ContainsFunc(id, unfit):
		return "", fmt.Errorf("%q is not the id of a model; `groqchat models` lists them", v)
	}
	return id, nil
}
