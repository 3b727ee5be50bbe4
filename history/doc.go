// Package history is what was said, on disk: sessions, the prompts that were
// typed, and the list of models of the last start.
//
// A session is one JSON document, sessions/<id>.json in the data folder, whose
// name is its ULID and never a title:
//
//	{"version":1,"app":"groqchat","id":"…","rev":17,"title":"…", … ,"count":2,"messages":[
//	{"id":"m1","parent":"","role":"user", … },
//	{"id":"m2","parent":"m1","role":"assistant", … }
//	]}
//
// What is known of the session as a whole comes first and on one line, so that a
// list reads 2 KB of each file; then one message a line, so that a file that was
// cut can be understood line by line.
//
// Beside sessions/ lie, in the same folder:
//
//	sessions/.<id>.wal           the journal of the answer under way
//	sessions/<id>.conflict-….json a session whose own file another program changed
//	locks/<id>.lock              held by the process that has the session open
//	drafts/<id>.txt              what was written and not sent
//	drafts/<id>.files            the files that were to go with it
//	backups/                     files of another hand, as they were before the first save
//	quarantine/                  what could not be read, with the reason beside it
//
// An answer under way is in its journal before it is shown: a first record that
// says whose it is, then one for each piece, each a line with its checksum and each
// one write. What it holds is brought into the session by [Store.Resume], or at a
// start by [Store.Sweep], as soon as the lock says that the process which wrote it
// is gone. Answers of several models that come at the same time share one journal
// (journal_lane.go). Whether it is newer than the session is judged by the text: a session
// may be saved while its answer grows.
//
// A draft belongs to its session. That of a session in which nothing was said has
// none to come back with; the newest of these that no process holds goes to the
// next new session, by [Store.AdoptDraft].
//
// The promises:
//
//   - A file is replaced whole or not at all. Folders are 0700 and files 0600.
//   - What was shown survives the end of the process at any moment, and a power cut
//     but for the last second.
//   - One process at a time writes a session, where files can be locked.
//   - What was read is written back: fields that this version does not know are
//     carried along, and a file that cannot be written back as it is (made by a
//     newer version, a field twice) opens read-only.
//   - A file that is damaged, foreign, or changed by somebody else since it was
//     read is never overwritten and never deleted.
//   - Nothing but a regular file of a bounded size is ever read: no link out of
//     the folder, no pipe that would never answer.
//
// Text is stored raw, as it came. Making it safe to show is the business of the
// faces, also for titles and the reasons of problems.
package history
