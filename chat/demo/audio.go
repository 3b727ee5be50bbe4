package demo

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The sizes of sound, and the shortest that is taken.
const (
	maxFreeSound  = 25 << 20
	maxPaidSound  = 100 << 20
	shortestSound = 0.01 // seconds
	uploadTimeout = 10 * time.Minute
)

// soundEndings is what Groq's refusal lists.
func soundEndings() []string {
	return []string{"flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "opus", "wav", "webm"}
}

// sound is what a transcription is asked of.
type sound struct {
	name     string
	bytes    int64
	seconds  float64
	language string
	format   string
	words    bool
	segments bool
}

// transcription is a "verbose_json" answer in Groq's order.
type transcription struct {
	Task     string    `json:"task"`
	Language string    `json:"language"`
	Duration float64   `json:"duration"`
	Text     string    `json:"text"`
	Segments []segment `json:"segments,omitempty"`
	Words    []spoken  `json:"words,omitempty"`
	XGroq    xGroq     `json:"x_groq"`
}

type segment struct {
	ID          int     `json:"id"`
	Seek        int     `json:"seek"`
	Start       float64 `json:"start"`
	End         float64 `json:"end"`
	Text        string  `json:"text"`
	Tokens      []int   `json:"tokens"`
	Temperature float64 `json:"temperature"`
	LogProb     float64 `json:"avg_logprob"`
	Compression float64 `json:"compression_ratio"`
	NoSpeech    float64 `json:"no_speech_prob"`
}

type spoken struct {
	Word  string  `json:"word"`
	Start float64 `json:"start"`
	End   float64 `json:"end"`
}

// transcribe answers POST /audio/transcriptions: it cannot listen, and says what
// came.
func (c *call) transcribe() *failure {
	form, fail := c.form(c.mostSound())
	if fail != nil || form == nil {
		return fail
	}
	m, fail := c.model(form.value("model"))
	if fail != nil {
		return fail
	}
	if !slices.Contains(m.outputs, "transcription") {
		// Assumed words: no source has Groq's.
		return invalid("model `%s` does not support transcription", m.id).about("model")
	}
	s, fail := form.sound()
	if fail != nil {
		return fail
	}
	fail = c.limiter.admit(demand{model: m.id}, c.now)
	c.limiter.headers(c.w.Header(), m.id, c.now)
	if fail != nil {
		return fail
	}
	c.tellSound(s, s.transcript(c.id))
	return nil
}

func (c *call) tellSound(s sound, t transcription) {
	switch s.format {
	case "text":
		plainPage(c.w, "text/plain; charset=UTF-8", http.StatusOK, t.Text)
	case "verbose_json":
		writeJSON(c.w, http.StatusOK, t)
	default:
		writeJSON(c.w, http.StatusOK, struct {
			Text  string `json:"text"`
			XGroq xGroq  `json:"x_groq"`
		}{t.Text, t.XGroq})
	}
}

func (c *call) mostSound() int64 {
	if c.opts.Tier == tierFree {
		return maxFreeSound
	}
	return maxPaidSound
}

// upload is a multipart form that came.
type upload struct{ r *http.Request }

func (u *upload) value(name string) string { return u.r.FormValue(name) }

// form reads a multipart form, nil if the client left.
func (c *call) form(most int64) (*upload, *failure) {
	const slack = 64 << 10 // for the other fields
	const inMemory = 4 << 20
	clock := http.NewResponseController(c.w)
	// A writer without a connection, as tests have, has no deadlines either.
	_ = clock.SetReadDeadline(time.Now().Add(uploadTimeout))
	defer func() { _ = clock.SetReadDeadline(time.Time{}) }()
	c.r.Body = http.MaxBytesReader(c.w, c.r.Body, most+slack)
	err := c.r.ParseMultipartForm(inMemory)
	var long *http.MaxBytesError
	switch {
	case err == nil:
		return &upload{c.r}, nil
	case errors.As(err, &long):
		return nil, tooLarge()
	case errors.Is(err, http.ErrNotMultipart), errors.Is(err, http.ErrMissingBoundary):
		return nil, invalid("request Content-Type isn't multipart/form-data")
	}
	c.w.exchange.Disconnected = true
	return nil, nil
}

// file is the file that came.
func (u *upload) file() (name string, content []byte, fail *failure) {
	file, header, err := u.r.FormFile("file")
	if err != nil {
		return "", nil, invalid("`file` must be provided").about("file")
	}
	defer file.Close()
	if content, err = io.ReadAll(file); err != nil {
		return "", nil, internalError()
	}
	return header.Filename, content, nil
}

// sound checks what is to be written down.
func (u *upload) sound() (sound, *failure) {
	file, header, err := u.r.FormFile("file")
	if err != nil {
		return sound{}, invalid("`file` or `url` must be provided")
	}
	defer file.Close()
	s := sound{name: header.Filename, bytes: header.Size, language: u.value("language"), format: u.value("response_format")}
	if ending := strings.ToLower(strings.TrimPrefix(path.Ext(s.name), ".")); !slices.Contains(soundEndings(), ending) {
		fail := invalid("file must be one of the following types: [%s]", strings.Join(soundEndings(), " "))
		fail.Code = "unsupported_audio_format"
		return s, fail
	}
	if !slices.Contains([]string{"", "json", "text", "verbose_json"}, s.format) {
		return s, invalid("response_format must be one of [json, text, verbose_json]").about("response_format")
	}
	for _, g := range u.r.MultipartForm.Value["timestamp_granularities[]"] {
		if s.format != "verbose_json" || g != "word" && g != "segment" {
			return s, invalid("timestamp_granularities needs response_format verbose_json and is word or segment").about("timestamp_granularities")
		}
		s.words, s.segments = s.words || g == "word", s.segments || g == "segment"
	}
	s.segments = s.segments || !s.words
	s.seconds = lasts(file, header.Size)
	if s.seconds < shortestSound {
		return s, invalid("Audio file is too short. Minimum audio length is 0.01 seconds.")
	}
	return s, nil
}

// lasts is how long the sound is: of a WAV by its header, of others by a usual
// rate.
func lasts(file io.ReaderAt, size int64) float64 {
	const header, usualRate = 44, 16_000
	var head [header]byte
	n, _ := file.ReadAt(head[:], 0)
	rate := int64(binary.LittleEndian.Uint32(head[28:]))
	if n == header && string(head[:4]) == "RIFF" && rate > 0 {
		return float64(size-header) / float64(rate)
	}
	return float64(size) / usualRate
}

// transcript says what came, in sentences that share the time.
func (s sound) transcript(id string) transcription {
	sentences := []string{
		" This is the demo, which cannot listen.",
		fmt.Sprintf(" It was sent %s with %s seconds of sound.", path.Base(s.name), strconv.FormatFloat(rounded(s.seconds), 'f', -1, 64)),
	}
	t := transcription{Task: "transcribe", Language: "English", Duration: rounded(s.seconds), Text: strings.Join(sentences, ""), XGroq: xGroq{ID: id}}
	if s.language != "" {
		t.Language = s.language
	}
	words := strings.Fields(t.Text)
	at := func(i int) float64 { return rounded(s.seconds * float64(i) / float64(len(words))) }
	begun := 0
	for i, text := range sentences {
		ended := begun + len(strings.Fields(text))
		if s.segments {
			t.Segments = append(t.Segments, segment{
				ID: i, Start: at(begun), End: at(ended), Text: text, Tokens: []int{50365 + i}, LogProb: -0.29, Compression: 0.78, NoSpeech: 0.03,
			})
		}
		begun = ended
	}
	for i, word := range words {
		if s.words {
			t.Words = append(t.Words, spoken{word, at(i), at(i + 1)})
		}
	}
	return t
}

// rounded is hundredths of a second, as Groq tells times.
func rounded(seconds float64) float64 { return math.Round(seconds*100) / 100 }
