package demo

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"time"
)

// crockford is the alphabet of TypeID suffixes: base 32 without i, l, o and u.
const crockford = "0123456789abcdefghjkmnpqrstvwxyz"

// newRequestID is what Groq calls a request: req_ and a UUIDv7 of the time.
func newRequestID(now time.Time) string { return "req_" + typeID(uuidV7(now)) }

// newCompletionID is what Groq calls an answer: chatcmpl- and a UUIDv4.
func newCompletionID() string { return "chatcmpl-" + dashed(uuidV4()) }

// newFingerprint is a system_fingerprint; Groq's changes from request to request.
func newFingerprint() string { return fmt.Sprintf("fp_%010x", rand.Uint64()>>24) }

// newSeed is a seed as Groq picks it: positive, within 31 bits.
func newSeed() int64 { return rand.Int64N(1 << 31) }

func uuidV4() (u [16]byte) {
	binary.BigEndian.PutUint64(u[:8], rand.Uint64())
	binary.BigEndian.PutUint64(u[8:], rand.Uint64())
	return marked(u, 4)
}

// uuidV7 begins with the milliseconds since 1970 in 48 bits.
func uuidV7(now time.Time) [16]byte {
	u := uuidV4()
	ms := uint64(now.UnixMilli())
	binary.BigEndian.PutUint64(u[:8], ms<<16|uint64(u[6])<<8|uint64(u[7]))
	return marked(u, 7)
}

// marked sets the version and the variant of RFC 9562.
func marked(u [16]byte, version byte) [16]byte {
	u[6] = u[6]&0x0f | version<<4
	u[8] = u[8]&0x3f | 0x80
	return u
}

func dashed(u [16]byte) string {
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// typeID is 128 bits as 26 letters, five bits each, the highest first; the first
// letter holds three bits only and so is never above 7.
func typeID(u [16]byte) string {
	high, low := binary.BigEndian.Uint64(u[:8]), binary.BigEndian.Uint64(u[8:])
	var text [26]byte
	for i := len(text) - 1; i >= 0; i-- {
		text[i] = crockford[low&31]
		low = low>>5 | high<<59
		high >>= 5
	}
	return string(text[:])
}
