package history

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"groqchat/chat"
	"groqchat/history/atomicfile"
)

// ExportJSON writes sessions as their files have them: one as it is, several as a
// list. Both are what [Store.Import] reads.
func ExportJSON(w io.Writer, sessions ...chat.Conversation) error {
	b := bufio.NewWriter(w)
	if len(sessions) != 1 {
		fmt.Fprint(b, "[\n")
	}
	for i := range sessions {
		text, err := encode(sessions[i], max(1, sessions[i].Rev))
		if err != nil {
			return fmt.Errorf("export session %s: %w", sessions[i].ID, err)
		}
		if i > 0 {
			fmt.Fprint(b, ",")
		}
		fmt.Fprintf(b, "%s", text)
	}
	if len(sessions) != 1 {
		fmt.Fprint(b, "]\n")
	}
	return b.Flush()
}

// ExportText writes the path of a conversation as plain text: who speaks, on a
// line of its own, and what was said, as it came.
func ExportText(w io.Writer, conv *chat.Conversation) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%s\n", cmp.Or(flat(conv.Title), "Untitled"))
	if !conv.Created.IsZero() {
		fmt.Fprintf(b, "%s\n", conv.Created.UTC().Format(dateForm))
	}
	for _, m := range conv.Path() {
		fmt.Fprintf(b, "\n%s:\n%s\n", Speaker(m), strings.Trim(m.Content, "\n"))
		for _, a := range m.Attachments {
			fmt.Fprintf(b, "Attached: %s (%s, %d bytes)\n", flat(a.Name), flat(a.Type), a.Bytes)
		}
		if end := Ending(m); end != "" {
			fmt.Fprintf(b, "[%s]\n", end)
		}
	}
	return b.Flush()
}

const dateForm = "2 January 2006, 15:04 UTC"

// Speaker is who a message is from: You, the model, or the role.
func Speaker(m chat.Message) string {
	switch m.Role {
	case chat.User:
		return "You"
	case chat.Assistant:
		return cmp.Or(flat(m.Model), "Answer")
	case chat.System:
		return "System"
	}
	return flat(string(m.Role))
}

// Ending is how an answer ended that is not complete, a sentence; "" for others.
func Ending(m chat.Message) string {
	what, why := "", flat(m.Error)
	switch {
	case m.Role != chat.Assistant:
		return ""
	case m.State == chat.Interrupted || m.State == chat.Pending:
		what = "This answer was cut off"
	case m.State == chat.Stopped:
		what, why = "This answer was stopped", ""
	case m.State == chat.Failed:
		what = "This answer failed"
	default:
		return ""
	}
	if why != "" {
		what += ": " + strings.TrimSuffix(why, ".")
	}
	return what + "."
}

// longestName is the longest file name that a title makes, in bytes.
const longestName = 80

// ExportName is a name for the file of an export: the day, the words of the title
// and the end of the id. Of the title only letters and digits are taken, and "-"
// for what stands between them, so that no title can choose a folder, hide the
// file or mean a device.
func ExportName(title, id string, at time.Time, ending string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(title, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if b.Len()+len(word) > longestName {
			break
		}
		b.WriteString("-" + word)
	}
	const end = 6
	name := at.Format("2006-01-02") + strings.ToLower(b.String())
	if len(id) >= end && validID(id) {
		name += "-" + strings.ToLower(id[len(id)-end:])
	}
	return name + "." + ending
}

// ErrExists says that there is a file where an export should go.
var ErrExists = errors.New("there is a file of that name")

// WriteExport writes a file that did not exist: private, whole or not at all. What
// exists is replaced only by force, and only if it is a file: a link is never
// followed.
func WriteExport(path string, text []byte, force bool) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return writeNew(path, text)
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("write %s: %w", path, regular(info))
	case !force:
		return fmt.Errorf("write %s: %w", path, ErrExists)
	}
	return atomicfile.Write(path, text, fileMode)
}

// writeNew makes the file only where there is none, and takes it away again if it
// cannot be written to its end.
func writeNew(path string, text []byte) error {
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer root.Close()
	f, err := root.OpenFile(filepath.Base(path), os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("write %s: %w", path, ErrExists)
	}
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, root.Remove(filepath.Base(path)))
	}
	return nil
}
