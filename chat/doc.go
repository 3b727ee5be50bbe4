// Package chat is the domain of groqchat: what a conversation is and what may
// happen to it. It knows no file, no network and no terminal, and imports
// nothing else of the program.
//
// The vocabulary:
//
//   - A [Message] is one turn of the user or the model. An answer under way has
//     the state [Pending] until an event ends it.
//   - A [Conversation] is a tree of messages with a head. The path from the root
//     to the head is what is shown and what is sent; siblings are kept.
//   - An [Event] is a fact about an answer under way. [Conversation.Apply] is the
//     only place that says what an event does to a conversation.
//   - A [Streamer] asks a model and yields events. Clients, decorators and tests
//     are all Streamers.
//   - [Params] are the knobs of a request, described once in [Parameters].
//   - A [ModelInfo] says what a model is and takes; a [Catalogue] is a set of them.
//   - An [Error] has a [Kind]; the table of kinds holds the advice for people.
//
// The laws: no I/O and no clock of its own (times are arguments), no goroutine,
// no package state that can change. Text is kept raw as it came; making it safe
// to show is the business of the faces.
package chat
