package cli

import (
	"context"
	"io"
	"strings"

	"groqchat/chat"
	"groqchat/chat/attach"
	"groqchat/config"
	"groqchat/ui"
	"groqchat/ui/safe"
)

// prompt is the words of the command line followed by what is piped in: a text
// after them, a picture or a PDF as an attachment.
func (a *app) prompt(ctx context.Context, words string) (string, []chat.Attachment, error) {
	if isTerminal(a.stdin) {
		return words, nil, nil
	}
	raw, err := apart(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(a.stdin, attach.MaxFile+1)) })
	switch {
	case ctx.Err() != nil:
		return "", nil, ctx.Err()
	case err != nil:
		return "", nil, failed("Give the text as an argument or with --file.", "cannot read stdin: %w", err)
	case strings.TrimSpace(string(raw)) == "":
		return words, nil, nil
	}
	file, note, err := attach.Read(ctx, "stdin", raw)
	switch {
	case ctx.Err() != nil:
		return "", nil, ctx.Err()
	case err != nil:
		return "", nil, misused("cannot take what is piped in: %w", err)
	}
	a.noteFile(file.Name, note)
	switch text := file.Text; {
	case file.IsImage() || file.Type == "application/pdf":
		return words, []chat.Attachment{file}, nil
	case strings.TrimSpace(words) == "":
		return text, nil, nil
	default:
		return words + "\n\n" + fenced("", text), nil, nil
	}
}

// fenced puts text into a code fence that no fence within it can end.
func fenced(language, text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + language + "\n" + strings.TrimRight(text, "\n") + "\n" + fence
}

// attach reads the files of --file.
func (a *app) attach(ctx context.Context, paths []string) ([]chat.Attachment, error) {
	files := make([]chat.Attachment, 0, len(paths))
	for _, path := range paths {
		type read struct {
			file chat.Attachment
			note string
		}
		one, err := apart(ctx, func() (read, error) {
			file, note, err := ui.ReadFile(ctx, path)
			return read{file, note}, err
		})
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			return nil, misused("cannot attach %s: %w", path, err)
		}
		a.noteFile(path, one.note)
		files = append(files, one.file)
	}
	return files, nil
}

// noteFile tells what was done to a file.
func (a *app) noteFile(name, note string) {
	if note != "" {
		a.note("%s: %s", safe.Line(name, 200), note)
	}
}

// seen refuses pictures for a model that does not see, and names one that does.
func seen(set config.Loaded, files []chat.Attachment) error {
	images := 0
	for _, f := range files {
		if f.IsImage() {
			images++
		}
	}
	known := knownModels(set)
	switch m := known.Find(set.Model); {
	case images == 0:
		return nil
	case images > chat.MaxImages:
		return misused("%d pictures are too many: a request takes %d", images, chat.MaxImages)
	case m.MayTakeImages():
		return nil
	default:
		hint := ""
		if seeing := known.Seeing(); seeing != "" {
			hint = "; one that does: -m " + seeing
		}
		return misused("%s does not see pictures%s", m.Short(), hint)
	}
}
