//go:build unix

package cli_test

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// How long what a reader has to see stays in the film, and how long a key does.
const (
	aLook   = 1500 * time.Millisecond
	aKey    = 70 * time.Millisecond
	aMoment = 50 * time.Millisecond // at least between two frames of an answer that comes
)

// camera films a terminal.
type camera struct {
	*terminal
	film *film
}

func (x *terminal) camera() *camera {
	x.mu.Lock()
	defer x.mu.Unlock()
	return &camera{x, newFilm(x.screen)}
}

// shows takes the screen as it is now.
func (c *camera) shows(lasts time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.film.add(c.screen, c.cursorShown, lasts)
}

// types films every letter as it appears.
func (c *camera) types(before, text string) {
	for i, r := range text {
		c.typeText(string(r))
		c.waitFor(strings.TrimRight(before+text[:i+len(string(r))], " "))
		c.shows(aKey)
	}
}

// until films as fast as the screen changes, until it is as asked for.
func (c *camera) until(what string, is func(screen string) bool) {
	c.t.Helper()
	last := time.Now()
	c.terminal.until(what, func() bool {
		done := is(c.text())
		if now := time.Now(); done || now.Sub(last) >= aMoment {
			c.film.add(c.screen, c.cursorShown, now.Sub(last))
			last = now
		}
		return done
	})
}

// asks types a question and films until it is answered.
func (c *camera) asks(question string) {
	c.t.Helper()
	c.types("❯ ", question)
	c.press("enter")
	c.until("a whole answer", func(screen string) bool {
		_, after, _ := strings.Cut(screen, "▌ "+question)
		return strings.Contains(after, figures)
	})
}

// TestPictures draws the pictures of the README from the program as it is, dark and
// light, into the folder that GROQCHAT_PICTURES names, as make pictures does. Without
// one it draws the quickest, to see that it can.
func TestPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	folder := os.Getenv("GROQCHAT_PICTURES")
	if folder == "" {
		folder = t.TempDir()
	}
	for _, light := range []bool{false, true} {
		name := "dark"
		if light {
			name = "light"
		}
		for picture, story := range pictures() {
			t.Run(picture+"-"+name, func(t *testing.T) {
				if os.Getenv("GROQCHAT_PICTURES") == "" && picture+"-"+name != "models-dark" {
					t.Skip("make pictures draws it")
				}
				u := newUser(t)
				u.following()
				u.cols, u.rows, u.light = 100, 30, light
				x := u.opens("--demo")
				x.waitFor(placeholder)
				c := x.camera()
				c.film.ground, c.film.ink = sheet(light)
				title := story(c)
				drawing := c.film.svg(title)
				wellFormed(t, drawing)
				if err := os.WriteFile(filepath.Join(folder, picture+"-"+name+".svg"), []byte(drawing), 0o644); err != nil {
					t.Fatal(err)
				}
				c.press("ctrl+d")
			})
		}
	}
}

// sheet is the ground and the ink of a picture: those which the built-in themes
// expect of the terminal.
func sheet(light bool) (ground, ink string) {
	if light {
		return "#fcfbf8", "#2a2d34"
	}
	return "#15171c", "#dcdfe5"
}

// pictures are the stories; each returns what its picture is called.
func pictures() map[string]func(*camera) string {
	return map[string]func(*camera) string{
		"chat":   chatting,
		"models": choosing,
		"race":   racing,
	}
}

func chatting(c *camera) string {
	c.asks("Show me code that counts the most frequent words")
	c.shows(2 * aLook)
	c.press("f2")
	c.waitFor("Now talking to gpt-oss-20b")
	c.shows(aLook)
	c.asks("Compare the models in a table")
	c.shows(3 * aLook)
	return "A question, an answer as it streams, another model with one key, a table"
}

func choosing(c *camera) string {
	c.press("ctrl+o")
	c.waitFor("allam-2-7b")
	c.shows(aLook)
	c.press("esc")
	c.waitGone("Models")
	return "The models, with what each takes, gives and costs"
}

func racing(c *camera) string {
	c.typeText("/race")
	c.press("enter")
	c.waitFor("The next question goes to")
	c.types("❯ ", "Which of you is quicker, and how do you know?")
	c.press("enter")
	c.waitScreen("three whole answers", func(screen string) bool { return strings.Count(screen, figures) == 3 })
	c.shows(aLook)
	return "The same question to several models at once"
}

// wellFormed reads the drawing as a browser would.
func wellFormed(t *testing.T, drawing string) {
	t.Helper()
	for d := xml.NewDecoder(strings.NewReader(drawing)); ; {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
