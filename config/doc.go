// Package config says what the user wants: which model, which address, which
// key, which look. It knows files and the environment that it is given, but no
// network and no terminal, and of the program only the domain.
//
// [Settings] is the table: one row a setting, the parameters of package chat
// folded in. Flags, variables, the file, the example file and what `config show`
// prints are all made from its rows.
//
// [Load] merges the sources. A flag stands over the environment, that over
// config.toml, that over the default; for the key alone there follow, below
// config.toml, the key file and ./.env. Every value remembers its [Source].
//
// The laws:
//
//   - Of the current directory nothing is taken but GROQ_API_KEY from a .env, and
//     that only where no other source has a key. A strange folder must not choose
//     the address, the proxy or a path, or the key would go to strangers.
//   - A wrong flag or variable is an error: somebody has just typed it. A wrong
//     line of the file is a [Warning] and the default holds, for it must not lock
//     anybody out. Two lines are errors all the same: for the address and the key
//     a silent default would send a conversation where it was not meant to go.
//   - The key is a [Secret]. No error and no warning shows one, nor the user name,
//     password or query of an address.
//
// Folders follow the XDG base directories, with their counterparts on macOS and
// Windows. They are computed here, in 40 lines, from the environment that Load is
// given, because github.com/adrg/xdg reads the environment of the process when it
// is initialised: a test, and a caller with another environment, could not tell it
// anything. It would also put the configuration of macOS into Library, where users
// of terminal programs do not look.
//
// The .env is read by a parser of our own, too: a full one expands variables and
// drops the whole file for one odd line, and all that is wanted is one name.
package config
