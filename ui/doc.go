// Package ui is the screen of groqchat: one [Bubble Tea] model that holds the
// conversation, and parts with methods that it routes to.
//
// The map, a role a file:
//
//   - ui.go says what the screen is given and runs it; model.go is the model.
//   - update.go and view.go route and stack, nothing else. layout.go computes
//     the sizes of the regions, messages.go lists every fact that can arrive.
//   - keys.go and commands.go are the tables of keys and slash commands; help,
//     hints and the palette are folds over them. actions.go has what they run.
//   - turn.go is the answer in flight: its identity and its figures; pump.go asks
//     for it, and feed.go carries it from there to the journal, which book.go
//     begins, and the screen.
//   - transcript.go is the conversation in its window, scroll.go moves the window,
//     anchor.go finds the reader's words again and below.go counts what is under
//     it. item.go is a message in parts, with foot.go and plain.go; rowcache.go
//     keeps what was shown last, highlight.go brings colours of code that come later.
//   - focus.go gives the keys to the transcript, where chosen.go keeps the message
//     that they act on.
//   - edit.go, variants.go, steps.go and rewind.go are what can be done on the tree of
//     messages; treemap.go and compare.go show it. race.go asks several models at
//     once, raceview.go shows them; compact.go puts a summary in the place of old
//     turns, trim.go leaves some out.
//   - reading.go shows an answer from its beginning, jump.go goes to questions and
//     code, thought.go folds what a model thought, sideways.go moves long code.
//     finder.go searches in the conversation by pattern.go and marks hits by found.go.
//   - mouse.go is what the mouse does, by where it is: in transcripts and in what
//     stands over them (sheet.go), in lists (touch.go), in the input
//     (composer_point.go). marking.go is what it marks, markedtext.go the text of that.
//   - copy.go says what is copied and clipboard.go where it goes; clipboard_read.go
//     brings what is pasted.
//   - composer*.go is the input: its view, pastes, earlier prompts; editor*.go the
//     text in it, with its cursor, selection, undo and cells. popup.go completes
//     commands, recall.go finds earlier prompts, external.go gives the input to an
//     editor, draft.go keeps it on disk.
//   - work.go shows how far work beside the loop is; progress.go draws the bars, also
//     those of the command line.
//   - status.go and notice.go are the lines about the state; quota.go, waiting.go,
//     preflight.go and refused.go what the limits of a model mean for a question.
//   - attach.go, attach_file.go and attach_path.go bring files to a message, from
//     clipboard_read.go and complete.go, which filewalk.go serves; seeing.go offers a
//     model for pictures, thumbnail.go shows them. queue.go holds messages until
//     the answer has ended; tray.go shows both above the composer.
//   - voice.go takes what is spoken to the input, which recorder.go records.
//   - overlay.go is what may stand over the transcript; picker.go the filtered
//     list that models.go, sessions.go and palette.go are made of; page.go what is
//     read, such as help.go and guide.go, whose text Glamour sets beside the loop;
//     dialog.go asks, firstrun.go is the first screen; surprise.go keeps what is typed
//     from what has opened by itself.
//   - personas.go and params.go choose what is told to a model, snippet.go makes a
//     program of it.
//   - save.go keeps the session file up to date, unsaved.go says what to do when that
//     fails; sessions.go, search.go, manage.go, fork.go, export.go and naming.go are
//     what else can be done with sessions.
//   - lines*.go is the chat without a screen: lines.go what it says things with,
//     lines_tell.go, lines_answer.go and lines_list.go what is said, after every
//     message; lines_read.go and lines_input.go take what is typed, lines_keys.go
//     names what does there what keys do.
//   - telling.go knows the keys that a terminal does not send, console.go the signs
//     that it does not have.
//   - run.go, output.go and pace.go are the terminal, errand.go, suspend_unix.go and
//     farewell.go what happens to it meanwhile and afterwards, crash.go what a defect
//     leaves.
//
// # A key
//
// Update hands a key to the overlay if one is open, else to the first row of
// the key table that holds it, else to the composer as text. Keys, slash
// commands and choices in overlays run the same actions.
//
// # A delta
//
// A turn has two goroutines. The pump saves the question, asks, and brings every
// event to the feed; it waits for nothing else. The carrier writes what came
// within a frame to the journal, with one write, and puts it where the screen
// takes it. Neither waits for the terminal, and what is shown is on disk. A
// command waits on the feed and returns one message for all that was put,
// which bears the turn's identity: what belongs to another turn is dropped. Each
// event goes through [chat.Conversation.Apply]; then refresh renders what
// changed and the frame is joined once. What a frame costs depends on the window
// and on what came, never on what was said before; a message that changes nothing
// makes no frame.
//
// # Laws
//
// Update, View and all they call do no I/O and read no clock: effects are
// commands, which are given values and return facts. View writes nothing. Text
// of strangers passes safe.Text where it becomes lines, and safe.Frame as a frame.
//
// [Bubble Tea]: https://github.com/charmbracelet/bubbletea
package ui
