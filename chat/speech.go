package chat

import (
	"path"
	"slices"
	"strings"
	"time"
)

// DefaultSpeechModel writes down what is said, where nobody chose another one.
const DefaultSpeechModel = "whisper-large-v3-turbo"

// Speech is sound that a model is to write down.
type Speech struct {
	Name     string // of the file: servers judge the sound by its ending
	Data     []byte
	Model    string
	Language string // ISO 639-1, "": the model finds out
	Prompt   string // words that occur, or the style; at most 224 tokens
	Timed    bool   // with the times of its parts
	Words    bool   // with the times of each word
}

// Transcript is what was said.
type Transcript struct {
	Text     string
	Language string        // as the server names it; like the others, only where it was asked for
	Duration time.Duration // of the sound
	Segments []SpeechPart
	Words    []SpeechPart
}

// SpeechPart is a part of what was said: a sentence or a word.
type SpeechPart struct {
	Start, End time.Duration
	Text       string
}

// The sizes of sound that Groq takes in one request (its page on speech, 2026).
const (
	MaxSpeech     = 100 << 20 // with a paid plan
	MaxFreeSpeech = 25 << 20  // with a free key
)

// SpeechFormats is the endings of the files that Groq takes.
func SpeechFormats() []string {
	return []string{"flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "opus", "wav", "webm"}
}

// CheckSpeech says what is wrong with a file of sound before it is sent, nil if
// nothing is known to be.
func CheckSpeech(name string, size int64) error {
	ending := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	switch {
	case !slices.Contains(SpeechFormats(), ending):
		return Errorf(Refused, "sound comes in files that end in %s", strings.Join(SpeechFormats(), ", ")).
			Advise("ffmpeg makes one of any other: ffmpeg -i FILE -ar 16000 -ac 1 sound.flac")
	case size == 0:
		return Errorf(Refused, "the file is empty")
	case size > MaxSpeech:
		return Errorf(TooLarge, "it has %d MB, and Groq takes %d MB", size>>20, MaxSpeech>>20).
			Advise("Smaller without loss for the model: ffmpeg -i FILE -ar 16000 -ac 1 sound.flac")
	}
	return nil
}
