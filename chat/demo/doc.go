// Package demo is a server that speaks Groq's wire protocol on a loopback port,
// for trying the program without a key or a network and for testing it through
// real HTTP. It is strict where Groq is strict: an unknown property, a wrong
// value or a spent limit gets Groq's own status, headers and words.
//
// It shares no code with the client: a stand-in that did would agree with the
// client's mistakes. Everything is in memory and nothing is logged.
package demo
