// Package cli is the command line of groqchat: it declares the commands, wires
// configuration, files, client and screen, and is the only place that turns an
// error into words on stderr and an exit code.
//
// Its manners:
//
//   - stdout carries the result and nothing else; it may be a file, a pipe or a
//     terminal, and the reader may leave early.
//   - stderr carries notices and errors, each beginning with "groqchat: ", lower
//     case, what happened first, then what to do next.
//   - Wrong usage is one line: what was wrong, the nearest right thing, and where
//     help is. Help itself goes to stdout and is never printed unasked.
//   - What others wrote (servers, files, users) is made safe before it is shown.
//   - Bold and faint are the only ornaments, on terminals that want them; colours
//     belong to the themes of the screen.
//   - No flag takes the key: command lines are seen by everybody on a machine.
//   - Whatever ends the program, the terminal is given back and the session saved.
//     A defect ends it as a failure, with a file in the state folder that says
//     where it is and nothing of what was said.
//   - Before the first frame of the chat nothing asks the network, a keyring or
//     the list of sessions.
//
// One file a command. Flags come from the table of settings in package config,
// exit codes from the table in exit.go.
package cli
