package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"groqchat/chat"
)

// bodies is a screen whose backend tells the requests that it is asked the body of.
func bodies(t *testing.T) (s *screen, asked *[]chat.Request) {
	t.Helper()
	asked = &[]chat.Request{}
	o := options(t, answer("the answer"))
	o.Backend.Body = func(req chat.Request) ([]byte, error) {
		*asked = append(*asked, req)
		return []byte(`{"messages":[{"role":"user","content":"what?"}],"model":"m","stream":true}`), nil
	}
	s = open(t, o)
	s.settle()
	return s, asked
}

func TestSnippet_ShowsTheLastQuestionAsAProgram(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, asked := bodies(t)
		s.write("/snippet go")
		s.press("enter")
		s.shows("There is no question yet")
		s.write("what?")
		s.press("enter")
		s.settle()
		s.write("/snippet")
		s.press("enter")
		s.shows("── Snippets", "curl", "Python with Groq's client")
		s.write("pyt")
		s.press("enter")
		s.shows("── Snippet · python", "from groq import Groq", `model="m",`, "c copy · s save as groqchat-snippet.py")
		if req := (*asked)[0]; len(req.Messages) != 1 || req.Messages[0].Content != "what?" {
			t.Errorf("made of %+v", req.Messages)
		}
		s.press("c")
		s.settled()
		s.shows("Copied", "── Snippet")
		s.press("esc")
		if s.m.over != nil {
			t.Error("esc left it open")
		}
		s.write("/snippet cobol")
		s.press("enter")
		s.shows("There is no snippet in cobol")
	})
}

func TestSnippet_IsWrittenToAFileThatIsNotThere(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, _ := bodies(t)
		s.write("what?")
		s.press("enter")
		s.settle()
		path := filepath.Join(t.TempDir(), "ask.sh")
		s.write("/snippet curl " + path)
		s.press("enter")
		s.until("it is written", func() bool { return strings.Contains(s.text(), "Exported to") })
		text, err := os.ReadFile(path)
		if err != nil || !strings.HasPrefix(string(text), "#!/bin/sh\ncurl") {
			t.Errorf("%q, %v", text, err)
		}
		s.write("/snippet curl " + path)
		s.press("enter")
		s.until("it is refused", func() bool { return strings.Contains(s.text(), "Nothing was exported") })
	})
}
