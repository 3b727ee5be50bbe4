// Package attach makes the bytes of a file an attachment that a model can read:
// texts in UTF-8, the text of PDF files, and pictures of a kind and a size that
// the API takes. What cannot be read is refused with a reason for people.
//
// The bytes are a stranger's. Sizes are checked before anything is unpacked, the
// dimensions of a picture before it is decoded; what takes long heeds its
// context; a panic of a decoder is an error. The package does no I/O.
package attach
