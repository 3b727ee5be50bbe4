package attach

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"path"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
	"golang.org/x/text/encoding/charmap"

	"groqchat/chat"
)

// readText takes what is text in an encoding that can be told.
func readText(name string, kind *mimetype.MIME, raw []byte) (chat.Attachment, string, error) {
	if err := tooLarge(len(raw), MaxText); err != nil {
		return chat.Attachment{}, "", err
	}
	text, note, err := Text(raw)
	switch {
	case err != nil && kind.Is("application/octet-stream") || errors.Is(err, errEncoding):
		return chat.Attachment{}, "", err
	case err != nil:
		return chat.Attachment{}, "", fmt.Errorf("it is not text but %s", kind)
	case strings.TrimSpace(text) == "":
		return chat.Attachment{}, "", errors.New("it is empty")
	}
	return chat.Attachment{Type: textType(name), Text: text}, note, nil
}

// The ways a text can be none.
var (
	errBinary   = errors.New("it is not a text file")
	errEncoding = errors.New("its encoding cannot be told; convert it first, for example: iconv -f koi8-r -t utf-8")
)

// Text is raw in UTF-8, without a byte order mark: UTF-8 as it is, UTF-16 by its
// mark, and what is likely Western European, about which the note tells.
func Text(raw []byte) (text, note string, err error) {
	switch {
	case bytes.HasPrefix(raw, []byte{0xef, 0xbb, 0xbf}):
		raw = raw[3:]
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}):
		return wide(raw[2:], binary.LittleEndian)
	case bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		return wide(raw[2:], binary.BigEndian)
	}
	switch {
	case bytes.IndexByte(raw, 0) >= 0:
		return "", "", errBinary
	case utf8.Valid(raw):
		return string(raw), "", nil
	}
	return western(raw)
}

// wide reads UTF-16.
func wide(raw []byte, order binary.ByteOrder) (text, note string, err error) {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = order.Uint16(raw[2*i:])
	}
	text = string(utf16.Decode(units))
	if len(raw)%2 != 0 || strings.ContainsRune(text, 0) || strings.Count(text, "\ufffd") > len(units)/100 {
		return "", "", errBinary
	}
	return text, "read as UTF-16", nil
}

// western reads Windows-1252, of which Latin-1 is a part, if little is beyond
// ASCII: in other encodings of one byte most letters are.
func western(raw []byte) (text, note string, err error) {
	high := 0
	for _, b := range raw {
		switch {
		case b >= utf8.RuneSelf:
			high++
		case b < ' ' && !bytes.ContainsRune([]byte("\t\n\r\f\x1b"), rune(b)):
			return "", "", errBinary
		}
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil || high*4 > len(raw) || bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", "", errEncoding
	}
	return string(decoded), "read as Latin-1", nil
}

// textType is the type of a text by its name, for the model and for other
// programs that read a session.
func textType(name string) string {
	ending := strings.ToLower(path.Ext(name))
	if t, ok := typeByEnding(strings.TrimPrefix(ending, ".")); ok {
		return t
	}
	return "text/plain"
}

func typeByEnding(ending string) (string, bool) {
	switch ending {
	case "md", "markdown":
		return "text/markdown", true
	case "htm", "html":
		return "text/html", true
	case "csv", "css":
		return "text/" + ending, true
	case "json", "xml", "yaml", "toml", "sql":
		return "application/" + ending, true
	case "yml":
		return "application/yaml", true
	case "svg":
		return "image/svg+xml", true
	case "js", "mjs", "cjs", "jsx":
		return "text/javascript", true
	case "ts", "tsx":
		return "text/typescript", true
	case "diff", "patch":
		return "text/x-diff", true
	}
	source := map[string]string{
		"c": "c", "h": "c", "cc": "c++", "cpp": "c++", "hpp": "c++", "cs": "csharp", "go": "go", "hs": "haskell", "java": "java",
		"kt": "kotlin", "lua": "lua", "php": "php", "pl": "perl", "py": "python", "rb": "ruby", "rs": "rust", "scala": "scala",
		"bash": "shellscript", "sh": "shellscript", "zsh": "shellscript", "swift": "swift", "tex": "tex", "zig": "zig",
	}
	language, ok := source[ending]
	return "text/x-" + language, ok
}
