package history

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestMembers_KeepsOrderNamesAndValues(t *testing.T) {
	list, ok := members([]byte(" {\n\"a\" : 1.5e3 , \"A\":\"x\\\"}\\\\\" ,\"b\\u0041\":{\"c\":[1,{}]},\"\": null }"))
	want := []member{{"a", raw("1.5e3")}, {"A", raw(`"x\"}\\"`)}, {"bA", raw(`{"c":[1,{}]}`)}, {"", raw("null")}}
	if diff := cmp.Diff(want, list, cmp.AllowUnexported(member{})); diff != "" || !ok {
		t.Error(ok, diff)
	}
}

func TestElements_KeepsOrderAndValues(t *testing.T) {
	list, ok := elements([]byte(` [ "a]" , [ 1 , 2 ],{} ,-1 ] `))
	want := []json.RawMessage{raw(`"a]"`), raw(`[ 1 , 2 ]`), raw(`{}`), raw("-1")}
	if diff := cmp.Diff(want, list); diff != "" || !ok {
		t.Error(ok, diff)
	}
}

func raw(s string) json.RawMessage { return json.RawMessage(s) }

// FuzzScan holds the scanner against the standard decoder on what that accepts,
// and to ending on everything else.
func FuzzScan(f *testing.F) {
	f.Add(`{"a":1,"b":[{},[],"\\"],"c":{"d":null}}`)
	f.Add(`[1,"a\"b",{"x":[2,3]},true]`)
	f.Add(`{"a":`)
	f.Add(`{"a\":[`)
	f.Fuzz(func(t *testing.T, text string) {
		fields, isObject := members([]byte(text))
		values, isArray := elements([]byte(text))
		if !utf8.ValidString(text) || !json.Valid([]byte(text)) {
			return
		}
		var object map[string]json.RawMessage
		if json.Unmarshal([]byte(text), &object) == nil && object != nil {
			got := map[string]json.RawMessage{}
			for _, m := range fields {
				got[m.name] = m.value
			}
			if diff := cmp.Diff(object, got); diff != "" || !isObject {
				t.Fatal(isObject, diff)
			}
		}
		var array []json.RawMessage
		if strings.HasPrefix(strings.TrimSpace(text), "[") && json.Unmarshal([]byte(text), &array) == nil {
			if diff := cmp.Diff(array, values, same()); diff != "" || !isArray {
				t.Fatal(isArray, diff)
			}
		}
	})
}
