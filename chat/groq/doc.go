// Package groq asks models of Groq, or of any server that speaks OpenAI's chat
// API, and is the only package that knows the wire.
//
// The journey of a request: request.go says what a [chat.Request] is on the wire;
// go-openai sends it; transport.go, under go-openai, adds what that library
// cannot say, and looks at the response before the library does. What is not a
// stream of chunks becomes an error there (errors.go, limits.go, network.go,
// page.go). A stream is cleaned by sse.go, so that the library loses nothing,
// comes back line by line, is decoded by chunk.go and told as events by stream.go.
//
// The laws: an answer is complete only when a finish reason was seen. No header,
// key or body is ever logged or put into an error; what a server says is masked,
// cut and made one line before it becomes part of a message. No goroutine is
// started; the one timer, of watchdog.go, is stopped when the loop is left.
package groq
