package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"groqchat/chat"
	"groqchat/ui"
	"groqchat/ui/safe"
)

// transcribeFlags is what `groqchat transcribe` can be told.
type transcribeFlags struct {
	model, language, prompt, format string
	words, demo                     bool
}

// transcriptForm is one row of the table of formats.
type transcriptForm struct {
	name  string
	timed bool // needs the times of the parts
	write func(a *app, t chat.Transcript) error
}

// transcriptForms is the table of formats.
func transcriptForms() []transcriptForm {
	return []transcriptForm{
		{"text", false, func(a *app, t chat.Transcript) error { return a.print(safe.Text(t.Text) + "\n") }},
		{"json", false, func(a *app, t chat.Transcript) error {
			return a.printJSON(struct {
				Text string `json:"text"`
			}{t.Text})
		}},
		{"verbose_json", true, func(a *app, t chat.Transcript) error { return a.printJSON(verbose(t)) }},
		{"srt", true, func(a *app, t chat.Transcript) error { return a.print(subtitles(t, ",", "")) }},
		{"vtt", true, func(a *app, t chat.Transcript) error { return a.print(subtitles(t, ".", "WEBVTT\n\n")) }},
	}
}

func transcriptNames() []string {
	var names []string
	for _, f := range transcriptForms() {
		names = append(names, f.name)
	}
	return names
}

// transcribeCommand is `groqchat transcribe`: what is said in a file of sound.
func (a *app) transcribeCommand() *cobra.Command {
	o := &transcribeFlags{}
	c := &cobra.Command{
		Use: "transcribe [flags] FILE", Short: "what is said in a sound file, as text", GroupID: groupChat, Annotations: using("config base-url insecure-http color data-dir debug"),
		Long: "Has a Whisper model write down what is said. Files end in " + strings.Join(chat.SpeechFormats(), ", ") +
			"; a free key takes 25 MB, a paid plan 100 MB. Subtitles (srt, vtt) are made of the times of the sentences.",
		Example: "groqchat transcribe talk.m4a\ngroqchat transcribe --language de -F srt film.mp4 > film.srt\n" +
			"groqchat transcribe memo.ogg | groqchat ask \"Sum this up\"",
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error { return a.transcribe(c, o, args) },
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVarP(&o.format, "format", "F", "text", "`FORMAT`: "+strings.Join(transcriptNames(), ", "))
	f.StringVarP(&o.language, "language", "l", "", "what is spoken, as a `CODE` such as en or de; the model finds out otherwise")
	f.StringVar(&o.prompt, "prompt", "", "`TEXT` with names and words that occur, or in the style that is wanted")
	f.BoolVar(&o.words, "words", false, "the times of each word too, in verbose_json")
	f.StringVarP(&o.model, "model", "m", chat.DefaultSpeechModel, "model `ID`")
	f.BoolVar(&o.demo, "demo", false, "ask the built-in demo server, which cannot listen: no key, no network")
	// They fail only for flags that are not there.
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(transcriptNames(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("model", cobra.FixedCompletions([]string{chat.DefaultSpeechModel, "whisper-large-v3"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func (a *app) transcribe(c *cobra.Command, o *transcribeFlags, args []string) error {
	i := slices.IndexFunc(transcriptForms(), func(f transcriptForm) bool { return f.name == o.format })
	switch {
	case len(args) != 1:
		return misused("name one sound file; see groqchat transcribe --help")
	case i < 0:
		return misused("--format is one of %s, not %q", strings.Join(transcriptNames(), ", "), o.format)
	case o.words && o.format != "verbose_json":
		return misused("--words goes with --format verbose_json")
	}
	set, err := a.settings(c, !o.demo)
	if err != nil {
		return err
	}
	data, err := apart(c.Context(), func() ([]byte, error) { return readSound(args[0]) })
	if err != nil {
		return err
	}
	if len(data) > chat.MaxFreeSpeech {
		a.note("%s has %d MB; a free key takes %d MB", args[0], len(data)>>20, chat.MaxFreeSpeech>>20)
	}
	client, err := a.connect(set, o.demo)
	if err != nil {
		return err
	}
	form := transcriptForms()[i]
	said, err := client.Transcribe(c.Context(), chat.Speech{
		Name: filepath.Base(args[0]), Data: data, Model: o.model, Language: o.language, Prompt: o.prompt, Timed: form.timed, Words: o.words,
	})
	switch {
	case err != nil:
		return withSource(set, err)
	case strings.TrimSpace(said.Text) == "":
		a.note("nothing is said in %s", args[0])
	}
	return form.write(a, said)
}

// readSound reads a file of sound that can be sent.
func readSound(path string) ([]byte, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, misused("cannot read %s: %s", path, ui.FileReason(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is not a plain file")
	}
	if err == nil {
		err = chat.CheckSpeech(path, info.Size())
	}
	if err == nil {
		var data []byte
		if data, err = io.ReadAll(io.LimitReader(f, chat.MaxSpeech)); err == nil {
			return data, nil
		}
	}
	return nil, &failure{code: exitUsage, hint: unsendable(err), err: fmt.Errorf("cannot send %s: %s", path, ui.FileReason(err))}
}

// unsendable is the advice of a check of our own, "" for other errors.
func unsendable(err error) string {
	var e *chat.Error
	if errors.As(err, &e) {
		return e.Hint
	}
	return ""
}

// verboseJSON is a transcript in the form of the API, without the model's figures.
type verboseJSON struct {
	Task     string     `json:"task"`
	Language string     `json:"language"`
	Duration float64    `json:"duration"`
	Text     string     `json:"text"`
	Segments []partJSON `json:"segments"`
	Words    []wordJSON `json:"words,omitempty"`
}

type partJSON struct {
	ID    int     `json:"id"`
	Start float64 `json:"start"`
	End   float64 `json:"end"`
	Text  string  `json:"text"`
}

type wordJSON struct {
	Word  string  `json:"word"`
	Start float64 `json:"start"`
	End   float64 `json:"end"`
}

func verbose(t chat.Transcript) verboseJSON {
	v := verboseJSON{Task: "transcribe", Language: t.Language, Duration: t.Duration.Seconds(), Text: t.Text, Segments: []partJSON{}}
	for i, s := range t.Segments {
		v.Segments = append(v.Segments, partJSON{i, s.Start.Seconds(), s.End.Seconds(), s.Text})
	}
	for _, w := range t.Words {
		v.Words = append(v.Words, wordJSON{w.Text, w.Start.Seconds(), w.End.Seconds()})
	}
	return v
}

// subtitles is the parts with their times, as players of films read them.
func subtitles(t chat.Transcript, point, head string) string {
	var b strings.Builder
	b.WriteString(head)
	for i, s := range t.Segments {
		if head == "" {
			fmt.Fprintf(&b, "%d\n", i+1)
		}
		fmt.Fprintf(&b, "%s --> %s\n%s\n\n", moment(s.Start, point), moment(s.End, point), strings.Join(strings.Fields(safe.Text(s.Text)), " "))
	}
	return b.String()
}

// moment is a time as subtitles write it: 00:01:02,500.
func moment(d time.Duration, point string) string {
	ms := d.Milliseconds()
	return fmt.Sprintf("%02d:%02d:%02d%s%03d", ms/3_600_000, ms/60_000%60, ms/1000%60, point, ms%1000)
}
