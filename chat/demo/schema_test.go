package demo

import (
	"encoding/json"
	"testing"
)

func TestFitting_FollowsTheSchema(t *testing.T) {
	for _, row := range []struct{ schema, want string }{
		{`{"type":"object","properties":{"s":{"type":"string"},"n":{"type":"integer"},"b":{"type":"boolean"},"z":{"type":"null"}}}`, `{"b":true,"n":1,"s":"demo","z":null}`},
		{`{"type":"array","items":{"enum":["red","green"]}}`, `["red"]`},
		{`{"type":["number","null"]}`, `1`},
		{`{"const":7}`, `7`},
		{`{"anyOf":[{"type":"string"},{"type":"null"}]}`, `null`},
		{`{"$ref":"#/$defs/p","$defs":{"p":{"type":"object","properties":{"x":{"type":"number"}}}}}`, `{"x":1}`},
		{`{"type":"object","properties":{"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}}}`, `{"next":null}`},
		{`{"type":"array"}`, `[]`},
		{`{}`, `null`},
	} {
		var req request
		body := `{"response_format":{"type":"json_schema","json_schema":{"name":"a","schema":` + row.schema + `}}}`
		if err := json.Unmarshal([]byte(body), &req); err != nil {
			t.Fatal(err)
		}
		if got, ok := req.fitting(); !ok || got.text != row.want {
			t.Errorf("%s: %s, %t; want %s", row.schema, got.text, ok, row.want)
		}
	}
}

// TestFitting_EndsInASchemaThatHoldsItself without an end of its own.
func TestFitting_EndsInASchemaThatHoldsItself(t *testing.T) {
	var req request
	body := `{"response_format":{"type":"json_schema","json_schema":{"schema":{"type":"object","properties":{"a":{"$ref":"#"},"b":{"type":"array","items":{"$ref":"#"}}}}}}}`
	if err := json.Unmarshal([]byte(body), &req); err != nil {
		t.Fatal(err)
	}
	if got, ok := req.fitting(); !ok || len(got.text) > 1<<20 {
		t.Errorf("%d bytes, %t", len(got.text), ok)
	}
}
