package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/ui/theme"
)

// Update routes every message to its handler and makes the frame anew.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.route(msg)
	m.refresh()
	if m.transcript.held() && !m.redrawing {
		m.redrawing = true
		cmd = tea.Batch(cmd, drawLater())
	}
	return m, cmd
}

// route is the table of messages.
func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.regions.width, m.regions.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		return m.onKey(msg)
	case tea.PasteMsg:
		m.onPaste(msg.Content)
	case tea.MouseWheelMsg:
		m.onWheel(msg)
	case tea.BackgroundColorMsg:
		m.restyle(msg.IsDark())
	case streamAdvancedMsg:
		return m.onStreamAdvanced(msg)
	case clockTickedMsg:
		return m.onClockTicked(msg)
	case savedMsg:
		m.onSaved(msg)
	case stayedMsg:
		m.onStayed(msg.err)
	case leftMsg:
		return m.onLeft(msg)
	case loadedMsg:
		return m.onLoaded(msg)
	case listedMsg:
		return m.onListed(msg)
	case modelsLoadedMsg:
		return m.onModelsLoaded(msg)
	case shownMsg:
		return m.fetchModels()
	case promptsLoadedMsg:
		m.composer.loadPrompts(msg.prompts)
	case connectedMsg:
		return m.onConnected(msg)
	case noticeExpiredMsg:
		m.notice.onExpired(msg)
	case usageReadMsg:
		return m.onUsageRead(msg)
	case gaugeMovedMsg:
		return m.onGaugeMoved(msg)
	case defaultSetMsg:
		return m.notice.say(toneInfo, "New sessions talk to "+chat.ShortModel(msg.model)+".")
	case heldMsg:
		m.redrawing = false
	case failedMsg:
		return m.showError(msg.err)
	}
	return nil
}

// onKey finds what a key does: the keys that always work, then the overlay, then
// the chat's and the composer's keys; else it is text.
func (m *Model) onKey(msg tea.KeyPressMsg) tea.Cmd {
	if b, ok := m.keys.find(m, msg, scopeAlways); ok {
		return b.do(m)
	}
	if m.regions.tooSmall && m.over != nil {
		m.over.paste(msg.Text)
		return nil
	}
	if m.regions.tooSmall {
		m.typeText(msg)
		return nil
	}
	if m.over != nil {
		return m.onOverlayKey(msg)
	}
	if b, ok := m.keys.find(m, msg, scopeInput, scopeChat, scopeEdit); ok {
		return b.do(m)
	}
	m.typeText(msg)
	return nil
}

// typeText takes a key as text.
func (m *Model) typeText(msg tea.KeyPressMsg) {
	if msg.Text != "" {
		m.composer.insert(msg.Text)
	}
}

func (m *Model) onPaste(text string) {
	if m.over != nil {
		m.over.paste(text)
		return
	}
	m.composer.paste(text)
}

// wheelRows is how far one notch of the wheel scrolls.
const wheelRows = 3

func (m *Model) onWheel(msg tea.MouseWheelMsg) {
	switch msg.Button {
	case tea.MouseWheelUp:
		m.transcript.scroll(-wheelRows)
	case tea.MouseWheelDown:
		m.transcript.scroll(wheelRows)
	default: // the other buttons do nothing yet
	}
}

// restyle follows the terminal's ground, which may answer late or change.
func (m *Model) restyle(dark bool) {
	if m.opts.Config.Theme != "auto" || dark == m.styles.Palette.Dark {
		return
	}
	m.styles = theme.New(palette(dark))
	m.transcript.restyle(m.styles)
}

// onStreamAdvanced takes in what a turn's stream brought.
func (m *Model) onStreamAdvanced(msg streamAdvancedMsg) tea.Cmd {
	if !m.turn.owns(msg.turn) {
		return nil
	}
	events, unsaved := m.turn.feed.take()
	m.turn.hear(events, m.clock)
	if unsaved != nil {
		m.onSaved(savedMsg{m.conv.ID, unsaved})
	}
	for _, e := range events {
		m.conv.Apply(e)
		m.note(e)
	}
	if m.conv.Pending() == nil {
		return m.endTurn()
	}
	m.transcript.update(*m.conv.Pending())
	return waitForEvents(msg.turn, m.turn.feed, m.clock, m.opts.Now)
}

// note takes from an event what is not the conversation's.
func (m *Model) note(event chat.Event) {
	switch e := event.(type) {
	case chat.Waiting:
		m.turn.wait = &e
		m.onWaiting(e)
	case chat.Quota:
		if e.Known() {
			m.quotas[e.Model] = e
		}
	case chat.Started, chat.Delta, chat.Reasoning:
		m.onGoingOn()
	case chat.Done:
		m.calibration.Learn(m.turn.guess, e.Usage.PromptTokens)
	case chat.Broken:
		m.turn.failure = e.Err
	case chat.Halted:
	}
}

// drawLater comes back for text that was held to keep the pace.
func drawLater() tea.Cmd {
	return tea.Tick(2*gather, func(time.Time) tea.Msg { return heldMsg{} })
}

// onClockTicked moves the figures until the first text; then the text does.
func (m *Model) onClockTicked(msg clockTickedMsg) tea.Cmd {
	if !m.turn.owns(msg.turn) || !m.turn.first.IsZero() {
		return nil
	}
	m.turn.now = m.clock
	return tickClock(msg.turn)
}

// onSaved remembers whether the file is up to date and says so when it is not.
func (m *Model) onSaved(msg savedMsg) {
	if msg.session != m.conv.ID {
		return
	}
	if msg.err != nil {
		m.notice.stay(toneError, unsavedText(msg.err)+" The chat goes on in memory.")
	}
	m.unsaved = msg.err != nil
}

// onStayed says why the session was not left; asking again leaves it all the same.
func (m *Model) onStayed(err error) {
	m.unsaved, m.forsake = true, true
	m.notice.stay(toneError, unsavedText(err)+" Do it again to leave it without its last messages.")
}

// quitTime is how soon ctrl+c must follow ctrl+c to quit.
const quitTime = 2 * time.Second
