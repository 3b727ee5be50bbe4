package ui

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/chat/attach"
)

// clipboardTime bounds a tool of the system: some wait for a program that does
// not answer.
const clipboardTime = 5 * time.Second

// clipboardTool is one way to read the clipboard.
type clipboardTool struct {
	image   bool
	program string
	args    []string
	decode  func([]byte) ([]byte, error) // of what it prints, nil: it prints what there is
}

// clipboardTools is the ways that may be there in an environment, pictures first.
func clipboardTools(system string, env []string) []clipboardTool {
	set := func(name string) bool { return lookup(env, name) != "" }
	var tools []clipboardTool
	if system == "darwin" {
		tools = append(tools,
			clipboardTool{true, "pngpaste", []string{"-"}, nil},
			clipboardTool{true, "osascript", []string{"-e", "the clipboard as «class PNGf»"}, fromAppleScript},
			clipboardTool{false, "pbpaste", nil, nil})
	}
	if set("WAYLAND_DISPLAY") {
		tools = append(tools,
			clipboardTool{true, "wl-paste", []string{"--type", "image/png"}, nil},
			clipboardTool{true, "wl-paste", []string{"--type", "image/jpeg"}, nil},
			clipboardTool{false, "wl-paste", []string{"--no-newline", "--type", "text"}, nil})
	}
	if set("DISPLAY") {
		tools = append(tools,
			clipboardTool{true, "xclip", []string{"-selection", "clipboard", "-target", "image/png", "-out"}, nil},
			clipboardTool{true, "xclip", []string{"-selection", "clipboard", "-target", "image/jpeg", "-out"}, nil},
			clipboardTool{false, "xclip", []string{"-selection", "clipboard", "-out"}, nil},
			clipboardTool{false, "xsel", []string{"--clipboard", "--output"}, nil})
	}
	if system == "windows" || set("WSL_DISTRO_NAME") {
		tools = append(tools,
			clipboardTool{true, "powershell.exe", []string{"-NoProfile", "-STA", "-Command", powershellImage}, fromBase64},
			clipboardTool{false, "powershell.exe", []string{"-NoProfile", "-Command", "[Console]::OutputEncoding=[Text.Encoding]::UTF8; Get-Clipboard -Raw"}, nil})
	}
	return tools
}

const powershellImage = `Add-Type -AssemblyName System.Windows.Forms,System.Drawing; $i=[Windows.Forms.Clipboard]::GetImage(); ` +
	`if($i){$s=New-Object IO.MemoryStream; $i.Save($s,[Drawing.Imaging.ImageFormat]::Png); [Convert]::ToBase64String($s.ToArray())}`

// fromAppleScript reads «data PNGf89504E47…».
func fromAppleScript(out []byte) ([]byte, error) {
	_, rest, ok := bytes.Cut(out, []byte("PNGf"))
	if !ok {
		return nil, errors.New("no picture")
	}
	digits := bytes.TrimRight(bytes.TrimSpace(rest), "»\xc2\xbb")
	return hex.AppendDecode(nil, digits)
}

func fromBase64(out []byte) ([]byte, error) {
	return base64.StdEncoding.AppendDecode(nil, bytes.TrimSpace(out))
}

// read runs the tool; nothing is what there is of that kind. No more is read than
// a file may hold.
func (c clipboardTool) read(ctx context.Context) []byte {
	ctx, cancel := context.WithTimeout(ctx, clipboardTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.program, c.args...) //nolint:gosec // a row of the table
	cmd.WaitDelay = time.Second
	out, err := cmd.StdoutPipe()
	if err != nil || cmd.Start() != nil {
		return nil
	}
	raw, readErr := io.ReadAll(io.LimitReader(out, 2*attach.MaxFile))
	if cmd.Wait() != nil || readErr != nil || len(raw) == 2*attach.MaxFile {
		return nil
	}
	if c.decode != nil {
		if raw, err = c.decode(raw); err != nil {
			return nil
		}
	}
	return raw
}

// clipboardReadMsg is what the clipboard holds: a picture, a text, or neither.
type clipboardReadMsg struct {
	picture attachedMsg
	text    string
	tools   bool // there was a tool to ask
}

// pasteClipboard takes what the clipboard holds.
func (m *Model) pasteClipboard() tea.Cmd {
	ctx, session, env := m.ctx, m.conv.ID, m.opts.Env
	name := fmt.Sprintf("pasted-%d.png", imagesIn(m.files)+1)
	return func() tea.Msg { return readClipboard(ctx, session, name, clipboardTools(runtime.GOOS, env)) }
}

func readClipboard(ctx context.Context, session, name string, tools []clipboardTool) clipboardReadMsg {
	msg := clipboardReadMsg{picture: attachedMsg{session: session}}
	for _, tool := range tools {
		if _, err := exec.LookPath(tool.program); err != nil {
			continue
		}
		msg.tools = true
		raw := tool.read(ctx)
		switch {
		case len(raw) == 0:
		case tool.image:
			msg.picture.add(attach.Read(ctx, name, raw))
			return msg
		default:
			msg.text = string(raw)
			return msg
		}
	}
	return msg
}

// add takes a picture of the clipboard, or says why it cannot be taken.
func (a *attachedMsg) add(file chat.Attachment, note string, err error) {
	switch {
	case err != nil:
		a.failed, a.said = true, []string{"cannot take the picture: " + err.Error()}
		return
	case note != "":
		a.said = []string{note}
	}
	a.files = []chat.Attachment{file}
}

// onClipboardRead takes what was found. A terminal that has no tool beside it may
// know its clipboard itself.
func (m *Model) onClipboardRead(msg clipboardReadMsg) tea.Cmd {
	switch {
	case len(msg.picture.files)+len(msg.picture.said) > 0:
		m.attaching.reading++
		return m.onAttached(msg.picture)
	case msg.text != "":
		return m.onPaste(msg.text)
	case msg.tools:
		return m.notice.say(toneInfo, "The clipboard is empty, or holds nothing that can be pasted here.")
	}
	if m.lines != nil {
		return m.notice.say(toneInfo, "No tool for the clipboard was found; use the terminal's own key for pasting.")
	}
	return tea.Batch(tea.ReadClipboard, m.notice.say(toneInfo,
		"No tool for the clipboard was found, so the terminal is asked; if nothing comes, use its own key for pasting."))
}
