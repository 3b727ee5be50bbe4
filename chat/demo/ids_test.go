package demo

import (
	"strings"
	"testing"
	"time"
)

func TestTypeID_IsThatOfTheSpecification(t *testing.T) {
	// The rows are of the TypeID specification's own test vectors.
	tests := []struct {
		uuid [16]byte
		want string
	}{
		{[16]byte{}, "00000000000000000000000000"},
		{[16]byte{15: 1}, "00000000000000000000000001"},
		{[16]byte{15: 32}, "00000000000000000000000010"},
		{[16]byte{
			0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		}, "7zzzzzzzzzzzzzzzzzzzzzzzzz"},
		{[16]byte{
			0x01, 0x10, 0xc8, 0x53, 0x1d, 0x09, 0x52, 0xd8, 0xd7, 0x3e, 0x11, 0x94, 0xe9, 0x5b, 0x5f, 0x19,
		}, "0123456789abcdefghjkmnpqrs"},
	}
	for _, tt := range tests {
		if got := typeID(tt.uuid); got != tt.want {
			t.Errorf("typeID(%x) = %s, want %s", tt.uuid, got, tt.want)
		}
	}
}

func TestRequestID_BeginsWithItsTime(t *testing.T) {
	// A capture of March 2026: created 1773345612, req_01kkht58hmfqdt7taat7yqmh20.
	at := time.Unix(1773345612, 0)
	if got := newRequestID(at); !strings.HasPrefix(got, "req_01kkht58") || len(got) != 30 {
		t.Errorf("the id of that second is %s", got)
	}
	u := uuidV7(at)
	if u[6]>>4 != 7 || u[8]>>6 != 2 {
		t.Errorf("not a UUIDv7: %x", u)
	}
	if one, other := newRequestID(at), newRequestID(at); one == other {
		t.Error("two requests have one id")
	}
}
