package ui

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"groqchat/chat"
)

// file writes a file in a folder of its own and gives its path.
func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// pictureOf is a PNG in one colour.
func pictureOf(t *testing.T, width, height int) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(m, m.Bounds(), image.NewUniform(color.RGBA{R: 200, A: 255}), image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const seeing = "qwen/qwen3.8-27b"

func TestAttach_ShowsSendsAndSavesAFile(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("fine")
		s := open(t, options(t, model))
		s.write("/attach '" + file(t, "my notes.md", "# Notes\n") + "'")
		s.press("enter")
		s.settle()
		s.shows("[my notes.md 8 B, 5 tokens]")
		s.write("explain")
		s.press("enter")
		s.settle()
		s.lacks("tokens]\n❯")
		s.shows("▌ explain", "▌ [my notes.md 8 B, 5 tokens]")
		got := model.asked()[0].Messages[0]
		if len(got.Attachments) != 1 || got.Attachments[0].Text != "# Notes\n" || got.Content != "explain" {
			t.Errorf("sent %+v", got)
		}
		saved, err := s.m.opts.Store.Load(s.m.conv.ID)
		if err != nil || len(saved.Path()[0].Attachments) != 1 || saved.Path()[0].Attachments[0].Type != "text/markdown" {
			t.Errorf("saved %+v, %v", saved.Path(), err)
		}
	})
}

func TestAttach_SaysWhatCannotBeAttached(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.write("/attach " + file(t, "program", "\x7fELF\x02\x01\x01\x00\x00") + " " + file(t, "good.txt", "good"))
		s.press("enter")
		s.until("one is refused", func() bool { return strings.Contains(s.text(), "annot attach") })
		s.shows("! Cannot attach", "[good.txt 4 B")
		// Where the line is broken depends on how long the path is.
		if said := strings.Join(strings.Fields(s.text()), " "); !strings.Contains(said, "it is not text but application/x-elf") {
			t.Errorf("it does not say why\n%s", s.text())
		}
		s.write("/attach")
		s.press("enter")
		s.shows("/attach PATH")
		s.write("/attach -")
		s.press("enter")
		s.lacks("[good.txt")
	})
}

func TestAttach_BackspaceAtTheBeginningTakesAFileOffAndUndoBringsItBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.run(s.m.attachPaths([]string{file(t, "a.txt", "aaa"), file(t, "b.txt", "bbb")}))
		s.settle()
		s.write("hi")
		s.press("backspace", "backspace")
		s.shows("[a.txt", "[b.txt")
		s.press("backspace")
		s.shows("[a.txt", "b.txt is taken off")
		s.lacks("[b.txt")
		s.press("ctrl+_")
		s.shows("[a.txt", "[b.txt")
	})
}

func TestPaste_OfAPathAttachesTheFileAndUndoMakesItText(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		path := file(t, "it is.txt", "content")
		quoted := "'" + path + "' "
		s.write("see ")
		s.feed(tea.PasteMsg{Content: quoted})
		s.until("it is attached", func() bool { return len(s.m.files) == 1 })
		s.shows("❯ see", "[it is.txt 7 B")
		if got := s.m.composer.text(); got != "see " {
			t.Errorf("the composer holds %q", got)
		}
		s.press("ctrl+_")
		if got := s.m.composer.text(); got != "see "+quoted || len(s.m.files) != 0 {
			t.Errorf("the composer holds %q and %d files", got, len(s.m.files))
		}
	})
}

func TestPaste_OfWhatIsNoFileStaysText(t *testing.T) {
	bubble(t, func(t *testing.T) {
		for _, text := range []string{"/no/such/file", "/tmp", "see /etc/hosts", "plain"} {
			s := open(t, options(t, answer("x")))
			s.feed(tea.PasteMsg{Content: text})
			s.settle()
			if got := s.m.composer.text(); got != text || len(s.m.files) != 0 {
				t.Errorf("the composer holds %q and %d files", got, len(s.m.files))
			}
		}
	})
}

func TestPictures_GoOnlyToModelsThatSee(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("red")
		s := open(t, options(t, model))
		s.run(s.m.attachPaths([]string{file(t, "red.png", pictureOf(t, 40, 20))}))
		s.settle()
		s.shows("[red.png 40×20, ", "2,048 tokens]")
		s.m.liveModels, s.m.catalogue = false, chat.Builtin()
		s.write("which colour?")
		s.press("enter")
		s.shows("gpt-oss-120b does not see pictures", "Send it to qwen3.8-27b", "Send it without the picture")
		s.press("enter")
		s.settle()
		req := model.asked()[0]
		if req.Model != seeing || !req.Messages[0].Attachments[0].IsImage() {
			t.Errorf("sent to %s: %+v", req.Model, req.Messages)
		}
	})
}

func TestPictures_CanBeLeftOut(t *testing.T) {
	bubble(t, func(t *testing.T) {
		model := answer("?")
		s := open(t, options(t, model))
		s.run(s.m.attachPaths([]string{file(t, "red.png", pictureOf(t, 40, 20)), file(t, "a.txt", "text")}))
		s.settle()
		s.write("which colour?")
		s.press("enter", "down", "enter")
		s.settle()
		req := model.asked()[0]
		if req.Model != chat.DefaultModel || len(req.Messages[0].Attachments) != 1 || req.Messages[0].Attachments[0].Name != "a.txt" {
			t.Errorf("sent to %s: %+v", req.Model, req.Messages[0].Attachments)
		}
	})
}

func TestPictures_AreNoMoreThanARequestTakes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		var paths []string
		for i := range 4 {
			paths = append(paths, file(t, "p.png", pictureOf(t, 10+i, 10)))
		}
		s.run(s.m.attachPaths(append(paths, paths[0])))
		s.until("they are read", func() bool { return len(s.m.files) > 0 })
		if len(s.m.files) != chat.MaxImages {
			t.Errorf("%d files", len(s.m.files))
		}
		s.shows("A request takes up to 3 pictures")
	})
}

func TestThumbnail_IsShownWhereColoursAre(t *testing.T) {
	bubble(t, func(t *testing.T) {
		for profile, want := range map[colorprofile.Profile]bool{colorprofile.TrueColor: true, colorprofile.ANSI256: false, colorprofile.NoTTY: false} {
			o := options(t, answer("x"))
			o.Profile, o.Config.Model = profile, seeing
			s := open(t, o)
			s.run(s.m.attachPaths([]string{file(t, "red.png", pictureOf(t, 64, 32))}))
			s.settle()
			s.write("look")
			s.press("enter")
			s.settle()
			shown := strings.Contains(s.m.View().Content, "\x1b[38;2;200;0;0;48;2;200;0;0m▀")
			if shown != want {
				t.Errorf("%v: shown is %t\n%s", profile, shown, s.text())
			}
		}
	})
}

func TestClipboard_GivesAPictureOrAText(t *testing.T) {
	dir := t.TempDir()
	script := func(name, body string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+body), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	picture := file(t, "x.png", pictureOf(t, 5, 4))
	tools := clipboardTools("linux", []string{"WAYLAND_DISPLAY=wayland-0"})
	script("wl-paste", "case \"$*\" in *image/png*) cat '"+picture+"';; *) exit 1;; esac\n")
	msg := readClipboard(t.Context(), "s", "pasted-1.png", tools)
	if p := msg.picture; len(p.files) != 1 || p.files[0].Width != 5 || p.files[0].Name != "pasted-1.png" {
		t.Errorf("a picture: %+v", msg)
	}
	script("wl-paste", "case \"$*\" in *image/*) exit 1;; *) printf 'two\\nlines';; esac\n")
	if msg = readClipboard(t.Context(), "s", "x", tools); msg.text != "two\nlines" || len(msg.picture.files) != 0 {
		t.Errorf("a text: %+v", msg)
	}
	script("wl-paste", "exit 1\n")
	if msg = readClipboard(t.Context(), "s", "x", tools); msg.text != "" || !msg.tools {
		t.Errorf("nothing: %+v", msg)
	}
	if msg = readClipboard(t.Context(), "s", "x", clipboardTools("linux", nil)); msg.tools {
		t.Errorf("no tool: %+v", msg)
	}
	if raw, err := fromAppleScript([]byte("«data PNGf8950»\n")); err != nil || string(raw) != "\x89P" {
		t.Errorf("AppleScript: %q, %v", raw, err)
	}
}

func TestClipboard_IsPasted(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := open(t, options(t, answer("x")))
		s.feed(clipboardReadMsg{text: "from there"})
		s.settle()
		if got := s.m.composer.text(); got != "from there" {
			t.Errorf("the composer holds %q", got)
		}
		s.feed(clipboardReadMsg{picture: attachedMsg{session: s.m.conv.ID, files: []chat.Attachment{{Name: "pasted-1.png", Type: "image/png", Data: []byte{1}}}}})
		s.shows("[pasted-1.png")
		s.feed(clipboardReadMsg{tools: true})
		s.shows("The clipboard is empty")
		s.feed(tea.ClipboardMsg{Content: " and more"})
		s.settle()
		if got := s.m.composer.text(); got != "from there and more" {
			t.Errorf("the composer holds %q", got)
		}
	})
}

// traySurfaces is the states of the screen with files, for the test of geometry.
func traySurfaces() []surface {
	return []surface{
		{"files and waiting messages", func(s *screen) {
			begin(s)
			for i := range 3 {
				s.m.files = append(s.m.files, chat.Attachment{Name: "a \x1b[31mvery long name 世界 of a file.go", Bytes: 812 << (10 * i), Width: i * 640, Height: 480, Type: "image/png", Data: []byte{byte(i)}})
				s.m.queue = append(s.m.queue, queued{text: strings.Repeat("and \x1b]0;evil\x07 then 世界 👍🏽 ", i), files: s.m.files})
			}
			s.m.attaching.reading = 1
		}},
		{"a picture", func(s *screen) {
			s.m.transcript.showPictures(newThumbnails(colorprofile.TrueColor))
			picture := chat.Attachment{Name: "a.png", Type: "image/png", Width: 64, Height: 40, Data: []byte(pictureOf(s.t, 64, 40))}
			s.m.transcript.thumbs.rows[&picture.Data[0]] = thumbnailRows(picture)
			s.m.conv.Ask("look", []chat.Attachment{picture}, s.m.clock)
			s.m.transcript.replace(s.m.conv.Path())
		}},
		{"names of files", func(s *screen) {
			s.write("see @")
			s.m.onCompleted(completedMsg{word: fileWord{text: "@"}, hits: []string{"a.go", strings.Repeat("folder/", 40) + "世界.go", "x\x1b[2J.md"}})
			s.press("down")
		}},
	}
}
