package config_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"groqchat/config"
)

const canary = "gsk_canarycanarycanary1234"

// holder has the secret where package fmt cannot call its methods.
type holder struct {
	Shown  config.Secret
	hidden config.Secret
	list   []config.Secret
	under  map[string]config.Secret
	at     *config.Secret
}

func TestSecret_IsMaskedUnderEveryVerb(t *testing.T) {
	secret := config.NewSecret(canary)
	h := holder{secret, secret, []config.Secret{secret}, map[string]config.Secret{"k": secret}, &secret}
	loaded := config.Loaded{Config: config.Config{Key: secret}}
	for _, flags := range []string{"", "+", "#", "-40", ".3", "+#", "x40"} {
		for verb := 'A'; verb <= 'z'; verb++ {
			format := "%" + strings.TrimPrefix(flags, "x") + string(verb)
			for _, v := range []any{secret, &secret, h, &h, loaded, []any{secret}} {
				got := fmt.Sprintf(format, v)
				if strings.Contains(got, "canary") || strings.Contains(got, fmt.Sprintf("%x", "canary")) || strings.Contains(got, fmt.Sprintf("%X", "canary")) {
					t.Fatalf("%s of %T shows the key: %s", format, v, got)
				}
			}
		}
	}
	if got := fmt.Sprint(secret, fmt.Sprintf(" %s %q %#v", secret, secret, secret)); got != `gsk_…1234 gsk_…1234 gsk_…1234 config.Secret("gsk_…1234")` {
		t.Errorf("masked as %s", got)
	}
}

func TestSecret_IsMaskedByEveryEncoder(t *testing.T) {
	secret := config.NewSecret(canary)
	type exported struct {
		Key  config.Secret
		Keys map[config.Secret]config.Secret `xml:"-" toml:"-"`
	}
	v := exported{secret, map[config.Secret]config.Secret{secret: secret}}
	for name, encode := range map[string]func(any) ([]byte, error){
		"json": json.Marshal, "xml": xml.Marshal, "toml": toml.Marshal,
		"slog as text": func(v any) ([]byte, error) {
			var b bytes.Buffer
			slog.New(slog.NewTextHandler(&b, nil)).Info("x", "key", secret, "all", v)
			return b.Bytes(), nil
		},
		"slog as JSON": func(v any) ([]byte, error) {
			var b bytes.Buffer
			slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "key", secret, "all", v)
			return b.Bytes(), nil
		},
	} {
		raw, err := encode(v)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if text := string(raw); strings.Contains(text, "canary") || !strings.Contains(text, "gsk_…1234") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

func TestSecret_MasksByLength(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "",
		"gsk_short":                "••••••••",
		"fifteen_letters":          "••••••••",
		"gsk_123456789abc":         "gsk_…9abc",
		"sk-another-provider-5678": "…5678",
	} {
		s := config.NewSecret(text)
		if s.String() != want || s.Reveal() != text || s.Empty() != (text == "") {
			t.Errorf("%q: %q, %q, %v", text, s, s.Reveal(), s.Empty())
		}
		if !s.Equal(config.NewSecret(text)) || text != "" && s.Equal(config.Secret{}) {
			t.Errorf("%q is not equal to itself, or to nothing", text)
		}
	}
}
