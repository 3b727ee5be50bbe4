package groq_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"groqchat/chat"
	"groqchat/chat/groq"
)

func TestProbe_TellsOfTheWayAndTheClock(t *testing.T) {
	date := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", date.Format(http.TimeFormat))
		_, _ = w.Write([]byte(`{"data":[{"id":"a"},{"id":"b"}]}`))
	}))
	defer server.Close()
	c := groq.New(groq.Options{BaseURL: server.URL + "/v1", Transport: server.Client().Transport})
	p, err := c.Probe(context.Background())
	if err != nil || p.Models != 2 || !p.Date.Equal(date) || p.TLS != "TLS 1.3" || p.Address == "" || p.Expires.IsZero() || p.Took <= 0 {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestProbe_KeepsWhatARefusalTells(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte(`{"error":{"message":"Invalid API Key","code":"invalid_api_key"}}`))
	}))
	defer server.Close()
	p, err := groq.New(groq.Options{BaseURL: server.URL, Key: "gsk_refused"}).Probe(context.Background())
	if chat.KindOf(err) != chat.BadKey || p.Date.IsZero() || p.Models != 0 || p.TLS != "" {
		t.Errorf("%+v, %v", p, err)
	}
}
