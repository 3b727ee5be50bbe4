package chat

import (
	"strings"
	"testing"
	"time"
)

// talk is a conversation of n turns whose texts take some tokens each.
func talk(n, tokens int) Request {
	var c Conversation
	for range n {
		c.Ask(strings.Repeat("word", tokens), nil, time.Unix(1, 0))
		c.Apply(Delta{Text: strings.Repeat("word", tokens)})
		c.Apply(Done{Finish: "stop"})
	}
	c.Ask(strings.Repeat("word", tokens), nil, time.Unix(1, 0))
	return c.Request()
}

func TestPromptTokens_CountsWhatIsSent(t *testing.T) {
	gpt, qwen := Builtin().Find(DefaultModel), Builtin().Find("qwen/qwen3.8-27b")
	question := func(files ...Attachment) Request {
		return Request{Messages: []Message{{Role: User, Content: "12345678", Attachments: files}}}
	}
	image := Attachment{Name: "a.pn", Type: "image/png", Data: []byte{1}}
	for _, c := range []struct {
		name  string
		req   Request
		model ModelInfo
		want  int
	}{
		{"a question", question(), qwen, 3 + 2},
		{"gpt-oss's own template", question(), gpt, 60 + 3 + 2},
		{"a system prompt", Request{System: "1234", Messages: question().Messages}, qwen, 4 + 5},
		{"a text file", question(Attachment{Name: "a.go", Text: "12345"}), qwen, 5 + 1 + 2},
		{"an image", question(image), qwen, 5 + 2048},
		{"more images than are sent", question(image, image, image, image), qwen, 5 + 3*2048},
		{"an image that is not sent", question(image), gpt, 60 + 5},
	} {
		if got := c.req.PromptTokens(c.model); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestCalibration_LearnsAndForgets(t *testing.T) {
	var c Calibration
	if got := c.Scale(100); got != 100 {
		t.Errorf("knows %d before it learned", got)
	}
	c.Learn(0, 50)
	c.Learn(100, 0)
	c.Learn(100, 150)
	if got := c.Scale(200); got != 300 {
		t.Errorf("after one answer %d", got)
	}
	for range 20 {
		c.Learn(100, 100)
	}
	if got := c.Scale(200); got < 200 || got > 202 {
		t.Errorf("after many others %d", got)
	}
	c = Calibration{}
	c.Learn(1, 100000)
	if got := c.Scale(10); got != 30 {
		t.Errorf("nonsense is believed: %d", got)
	}
}

func TestRoom_FitsInOrder(t *testing.T) {
	free := Room{Window: 131072, Minute: 8000, Left: 3000, Drawn: true}
	for _, c := range []struct {
		room   Room
		prompt int
		want   Fit
	}{
		{Room{}, 1 << 30, Fits},
		{free, 2000, Fits},
		{free, 2488, Fits},
		{free, 2489, OverNow},
		{free, 7488, OverNow},
		{free, 7489, OverMinute},
		{free, 130560, OverMinute},
		{free, 130561, OverWindow},
		{Room{Minute: 8000}, 7000, Fits},
		{Room{Minute: 8000, Drawn: true}, 1, OverNow},
	} {
		if got := c.room.Fit(c.prompt); got != c.want {
			t.Errorf("%d in %+v: %d, want %d", c.prompt, c.room, got, c.want)
		}
	}
}

// TestRoom_MostJustFits: one token more never passes.
func TestRoom_MostJustFits(t *testing.T) {
	for _, r := range []Room{{Window: 131072}, {Minute: 8000}, {Window: 131072, Minute: 8000}, {Window: 4096, Minute: 8000}} {
		if most := r.Most(); r.Fit(most) != Fits || r.Fit(most+1) < OverMinute {
			t.Errorf("%+v takes at most %d", r, most)
		}
	}
	if most := (Room{}).Most(); most != 0 {
		t.Errorf("nothing is known, and at most %d passes", most)
	}
}

func TestRoom_AsksForNoMoreThanThereIs(t *testing.T) {
	free := Room{Window: 131072, Minute: 8000}
	for _, c := range []struct {
		room                 Room
		prompt, wanted, want int
	}{
		{Room{}, 100, 2048, 2048},
		{free, 100, 2048, 2048},
		{free, 5152, 2048, 2048},
		{free, 5952, 2048, 1272}, // of which a prompt of 5959 must have room too
		{free, 7000, 2048, 512},
		{free, 7900, 2048, 512},
		{free, 100, 300, 300},
	} {
		if got := c.room.Answer(c.prompt, c.wanted); got != c.want {
			t.Errorf("%d beside %d in %+v: %d, want %d", c.wanted, c.prompt, c.room, got, c.want)
		}
	}
}

func TestExcess_LeavesOutWholeTurns(t *testing.T) {
	m := Builtin().Find("qwen/qwen3.8-27b")
	req := talk(4, 97) // nine messages of 100 tokens
	for _, c := range []struct {
		most, count int
		fits        bool
	}{{900, 0, true}, {899, 2, true}, {500, 4, true}, {499, 6, true}, {100, 8, true}, {99, 8, false}} {
		if count, fits := req.Excess(m, Calibration{}, c.most); count != c.count || fits != c.fits {
			t.Errorf("at most %d tokens: %d messages, %v; want %d, %v", c.most, count, fits, c.count, c.fits)
		}
	}
	if count, fits := req.Excess(m, Calibration{guessed: 1, told: 2}, 900); count != 6 || !fits {
		t.Errorf("calibrated: %d, %v", count, fits)
	}
}

func TestRequest_BeginsWhereItIsTold(t *testing.T) {
	c := cutOff("x")
	c.Ask("again", nil, time.Unix(3, 0))
	c.Since = c.Path()[2].ID
	if got := c.Request().Messages; len(got) != 1 || got[0].Content != "again" {
		t.Errorf("sends %+v", got)
	}
	c.Since = "gone"
	if got := c.Request().Messages; len(got) != 3 {
		t.Errorf("sends %d messages", len(got))
	}
}
