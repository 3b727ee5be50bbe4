package ui

import (
	"context"
	"errors"
	"maps"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/config"
	"groqchat/ui/safe"
)

// firstRun is what a user without a key sees: paste one, or try the demo. It also
// asks for another key when the server refused the present one.
type firstRun struct {
	key     editor
	working bool
	problem string
	refused bool // there was a key, and a chat to go back to
}

func newFirstRun() *firstRun { return &firstRun{key: newLineEditor()} }

// askForKey opens the screen again for a key that was refused, in place of the
// notice that says so, which comes back if no other key is given.
func (m *Model) askForKey(problem error) {
	f := newFirstRun()
	f.refused, f.problem = true, sentence(problem.Error())
	m.notice.clear()
	m.over = f
}

// back returns to the chat.
func (f *firstRun) back() (overlay, action) {
	said := f.problem
	return nil, func(m *Model) tea.Cmd {
		m.notice.stay(toneError, strings.TrimSpace(said+" "+m.opts.Config.KeyHint()))
		return nil
	}
}

func (f *firstRun) paste(text string) {
	f.problem = ""
	f.key.insert(strings.TrimSpace(text))
}

func (f *firstRun) whole() bool { return true }

func (f *firstRun) update(m *Model, msg tea.KeyPressMsg) (overlay, action) {
	switch {
	case f.working:
		return f, nil
	case m.keys.named(m, msg, scopeFirst) == "first-run-demo":
		return f.start((*Model).startDemo)
	case m.keys.named(m, msg, scopeFirst) == "first-run-quit" && f.key.empty():
		return f, (*Model).quit
	case m.keys.named(m, msg, scopeOverlay) == "overlay-accept":
		return f.submit(m)
	case m.keys.named(m, msg, scopeOverlay) == "overlay-close" && f.refused:
		return f.back()
	}
	f.problem = ""
	if op, ok := m.keys.edit(m, msg); ok {
		f.key.do(op)
	} else if msg.Text != "" {
		f.key.insert(msg.Text)
	}
	return f, nil
}

// submit takes the key; enter on an empty field starts the demo, unless there is a
// chat to go back to.
func (f *firstRun) submit(m *Model) (overlay, action) {
	switch {
	case f.key.empty() && f.refused:
		return f, nil
	case f.key.empty():
		return f.start((*Model).startDemo)
	}
	secret, err := m.opts.Config.CheckKey(f.key.value())
	if err != nil {
		f.problem = sentence(err.Error())
		return f, nil
	}
	return f.start(func(m *Model) tea.Cmd { return connect(m.ctx, m.opts, secret, m.keyStands()) })
}

func (f *firstRun) start(do action) (overlay, action) {
	f.working = true
	return f, do
}

// fail shows why it did not work and what helps, and the field again.
func (f *firstRun) fail(err error, hint string) {
	f.working = false
	f.problem = strings.TrimSpace(sentence(err.Error()) + " " + hint)
}

// pastedHint is what helps where a key that was pasted does not work: those of
// another server than Groq's are not made at Groq's.
func (m *Model) pastedHint(err error) string {
	if chat.KindOf(err) == chat.BadKey && !m.opts.Config.AsksGroq() {
		return "Check the key: it must be one of this server's."
	}
	return chat.Hint(err)
}

// about is the title and what there is to know.
func (f *firstRun) about(m *Model) (title, text string) {
	if !f.refused {
		return "Welcome to groqchat", m.keyWanted()
	}
	text = m.opts.Config.KeyHint() + " Paste another one here"
	if m.keyStands() {
		text += ": in this run it stands over that one"
	}
	return "The key was refused", end(text)
}

// keyStands reports whether the key comes from a place that stands over a saved one.
func (m *Model) keyStands() bool {
	kind := m.opts.Config.Sources["api_key"].Kind
	return kind == config.FromEnv || kind == config.FromFile
}

// keyWanted says what the key is of.
func (m *Model) keyWanted() string {
	if m.opts.Config.AsksGroq() {
		return firstRunText + " " + firstRunKept
	}
	return "The server is " + safe.Line(m.opts.Config.BaseURL, titleMost) + ", as the setting base_url says. Paste its key here. " + firstRunKept
}

// firstRunKept is where a key goes, and firstRunText what there is to know at the first start.
const (
	firstRunKept = "It is kept in the keyring of your system, or where there is none in a file that only you can read."
	firstRunText = "Groq is a cloud that runs open models, at 500 to 1,000 tokens a second. It wants a key, which is free: make one at https://console.groq.com/keys and paste it here."
)

// checkTime bounds how long the check of a key may take.
const checkTime = 20 * time.Second

// connect checks a key with the server and keeps it. A server that cannot be
// reached is no reason to refuse a key; a server that refuses it is.
func connect(ctx context.Context, o Options, key config.Secret, stands bool) tea.Cmd {
	return func() tea.Msg {
		backend, err := o.Connect(key)
		if err != nil {
			return connectedMsg{err: err}
		}
		ctx, cancel := context.WithTimeout(ctx, checkTime)
		defer cancel()
		_, err = backend.Models.Models(ctx)
		if chat.KindOf(err) == chat.BadKey {
			return connectedMsg{err: err}
		}
		kept, unkept := o.SaveKey(key)
		said := keptNotice(o, kept, stands, err)
		if unkept != nil {
			said = "The key holds for this run only, it could not be kept: " + sentence(unkept.Error())
		}
		return connectedMsg{backend: backend, notice: said, pasted: true, kept: kept.Source, unsure: err != nil}
	}
}

// keptNotice says where a key is kept, and what is to be known of it: that it could
// not be checked, that another stands over it, why it is not in the keyring.
func keptNotice(o Options, kept config.Kept, stands bool, unchecked error) string {
	said := "The key works and is kept " + kept.Place()
	switch {
	case unchecked != nil:
		return "The key could not be checked: " + strings.TrimSpace(sentence(unchecked.Error())+" "+chat.Hint(unchecked)) + " It is kept " + end(kept.Place())
	case stands:
		said += "; " + o.Config.Sources["api_key"].Detail + " stands over it at the next start"
	case kept.But != nil && !errors.Is(kept.But, config.ErrNoKeyring):
		said += ": " + kept.But.Error()
	}
	return sentence(said)
}

// startDemo starts the demo server and talks to it.
func (m *Model) startDemo() tea.Cmd {
	if m.turn.live {
		return m.notice.say(toneInfo, "An answer is under way: "+m.keys.hint("stop", "stops it")+" first.")
	}
	if m.opts.Demo == nil {
		return m.notice.say(toneInfo, "This is the demo server already.")
	}
	start := m.opts.Demo
	return func() tea.Msg {
		backend, err := start()
		return connectedMsg{backend: backend, err: err, notice: "This is the demo: answers come from a server inside groqchat."}
	}
}

// onConnected goes on with a backend, or says why there is none.
func (m *Model) onConnected(msg connectedMsg) tea.Cmd {
	first, asking := m.over.(*firstRun)
	if msg.err != nil {
		if asking {
			first.fail(msg.err, m.pastedHint(msg.err))
			return nil
		}
		return m.showError(msg.err)
	}
	if asking {
		m.over = nil
	}
	if msg.pasted {
		m.opts.Config.Sources = maps.Clone(m.opts.Config.Sources)
		m.opts.Config.Sources["api_key"] = msg.kept
	}
	m.backend = msg.backend
	m.liveModels, m.quotas, m.calibration = false, map[string]chat.Quota{}, chat.Calibration{}
	m.limits, m.spent = map[limitKey]chat.Exceeded{}, map[string]time.Time{}
	sent := m.sendFirst()
	if asking && !first.refused {
		m.offerOpener()
	}
	if msg.unsure {
		m.notice.stay(toneWarning, msg.notice)
		return tea.Batch(m.fetchModels(), sent)
	}
	return tea.Batch(m.notice.say(toneInfo, msg.notice), m.fetchModels(), sent)
}
