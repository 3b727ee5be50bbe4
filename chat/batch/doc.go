// Package batch asks many questions: it reads them from what a user has, sends
// them side by side but never faster than the limits of the server allow, and
// hands over every answer once it is complete. It knows no file and no network.
//
// The vocabulary:
//
//   - An [Item] is one question of a batch, with the key that says whether it was
//     answered before.
//   - [Input.Decode] makes items of lines, of JSON lines, of OpenAI's batch form or
//     of a table with a template.
//   - A [Pace] knows what the limits of a model leave, those too that no header
//     tells, and says when the next question may leave.
//   - A [Run] asks the items. Whatever it gives to Keep is kept: a run that was cut
//     short goes on from there.
//   - A [Result] is the outcome of one item, as a line of JSON.
package batch
