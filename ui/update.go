package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"groqchat/chat"
)

// Update routes every message to its handler and makes the frame anew, unless
// the handler knows that nothing changed.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.changed = true
	open, said := m.over != nil, m.notice.generation
	cmd := m.route(msg)
	if m.over != nil && !open {
		m.notice.older = said
	}
	cmd = tea.Batch(cmd, m.watchDraft(), m.watchPersonas(), m.watchThemes(), m.suggestFiles(), m.lookUpSessions(), m.followLines())
	if m.changed {
		m.refresh()
	}
	if m.held() && !m.redrawing {
		m.redrawing = true
		cmd = tea.Batch(cmd, drawLater())
	}
	return m, m.guard(tea.Batch(cmd, m.awaitTerminal(), m.colour(), m.typeset(), m.thumbnail()))
}

// route is the table of messages: first those of the terminal, then our own.
func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.changed = m.regions.width != msg.Width || m.regions.height != msg.Height
		m.regions.width, m.regions.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		m.keys.tells = m.keys.tells || needsTelling(msg.String())
		return m.onKey(msg)
	case tea.KeyboardEnhancementsMsg:
		m.keys.tells = m.keys.tells || msg.SupportsKeyDisambiguation()
	case tea.PasteMsg:
		return m.onPaste(msg.Content)
	case tea.PasteStartMsg:
		m.onPasteStart()
	case tea.PasteEndMsg:
		m.onPasteEnd()
	case tea.ClipboardMsg:
		return m.onPaste(msg.Content)
	case tea.ModeReportMsg:
		m.onModeReport(msg)
	case tea.MouseWheelMsg:
		m.onWheel(msg)
	case tea.FocusMsg:
		m.onFocused()
		return tea.RequestBackgroundColor // who changed the colours meanwhile sees it now
	case tea.BlurMsg:
		m.onBlurred()
	case tea.MouseClickMsg:
		m.onClick(msg.Mouse())
	case tea.MouseMotionMsg:
		m.onDrag(msg.Mouse())
	case tea.MouseReleaseMsg:
		return m.onRelease()
	case tea.BackgroundColorMsg:
		m.onGround(msg.IsDark())
	case uv.DarkColorSchemeEvent, uv.LightColorSchemeEvent:
		m.changed = false
		return tea.RequestBackgroundColor
	default:
		return m.routeFact(msg)
	}
	return nil
}

// routeFact is the table of the messages that commands give.
func (m *Model) routeFact(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tailEndedMsg:
		return m.onTailEnded(msg)
	case streamAdvancedMsg:
		return m.onStreamAdvanced(msg)
	case silentMsg:
		return m.onSilent(msg)
	case clockTickedMsg:
		return m.onClockTicked(msg)
	case gaugeMovedMsg:
		return m.onGaugeMoved(msg)
	case noticeExpiredMsg:
		m.changed = m.notice.onExpired(msg)
	case colouredMsg:
		m.onColoured(msg)
	case thumbnailMsg:
		m.onThumbnail(msg)
	case attachedMsg:
		return m.onAttached(msg)
	case clipboardReadMsg:
		return m.onClipboardRead(msg)
	case completedMsg:
		m.onCompleted(msg)
	case typesetMsg:
		m.onTypeset(msg)
	case drainedMsg:
		return m.onDrained()
	case foundMsg:
		return m.onFound(msg)
	case heldMsg:
		m.redrawing, m.changed = false, m.held()
	case shownMsg:
		m.changed = false
		return tea.Batch(m.fetchModels(), m.sweep(), m.purgeTrash(), knowPersonas(m.opts.Config.Paths.Personas), m.findRecent())
	case connectedMsg:
		return m.onConnected(msg)
	case modelsLoadedMsg:
		return m.onModelsLoaded(msg)
	case promptsLoadedMsg:
		m.composer.loadPrompts(msg.prompts)
	case raceAdvancedMsg:
		return m.onRaceAdvanced(msg)
	case personasReadMsg:
		return m.onPersonasRead(msg)
	case themesReadMsg:
		return m.onThemesRead(msg)
	case usageReadMsg:
		return m.onUsageRead(msg)
	case defaultSetMsg:
		return m.onDefaultSet(msg)
	case failedMsg:
		return m.showError(msg.err)
	default:
		return m.routeVoice(msg)
	}
	return nil
}

// routeVoice is the table of the messages about speech.
func (m *Model) routeVoice(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case voiceBegunMsg:
		return m.onVoiceBegun(msg)
	case voiceTickedMsg:
		return m.onVoiceTicked(msg)
	case voiceEndedMsg:
		return m.onVoiceEnded(msg)
	case voiceHeardMsg:
		return m.onVoiceHeard(msg)
	default:
		return m.routeSession(msg)
	}
}

// routeSession is the table of the messages about sessions on disk.
func (m *Model) routeSession(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case savedMsg:
		return m.onSaved(msg)
	case hiddenMsg:
		return m.onHidden(msg)
	case stayedMsg:
		return m.arrived(m.onStayed(msg.err))
	case retryMsg:
		return m.onRetry()
	case copiedMsg:
		return m.onCopied(msg)
	case forkedMsg:
		return m.arrived(m.onForked(msg))
	case draftDueMsg:
		return m.onDraftDue()
	case namedMsg:
		return m.onNamed(msg)
	case draftKeptMsg:
		return m.onDraftKept(msg)
	case draftFoundMsg:
		return m.onDraftFound(msg)
	case leftMsg:
		return m.arrived(m.onLeft(msg))
	case recentMsg:
		m.onRecent(msg)
	case loadedMsg:
		return m.arrived(m.onLoaded(msg))
	case listedMsg:
		return m.onListed(msg)
	case hitsFoundMsg:
		return m.onHits(msg)
	case managedMsg:
		return m.onManaged(msg)
	case purgedMsg:
		return m.onPurged(msg)
	case exportedMsg:
		return m.onExported(msg)
	case workMovedMsg:
		return m.onWorkMoved(msg)
	case clippedMsg:
		return m.onClipped(msg)
	case editedMsg:
		return m.onEdited(msg)
	case codeSavedMsg:
		return m.onCodeSaved(msg)
	default:
		return m.routeLines(msg)
	}
	return nil
}

// onKey finds what a key does: the keys that always work, then the overlay, then
// the chat's and the composer's keys; else it is text.
func (m *Model) onKey(msg tea.KeyPressMsg) tea.Cmd {
	if cmd, held := m.holdKey(msg); held {
		return cmd
	}
	if cmd, taken := m.onMarkedKey(msg); taken {
		return cmd
	}
	if b, ok := m.keys.find(m, msg, scopeAlways); ok {
		return b.do(m)
	}
	if m.regions.tooSmall && m.over != nil {
		m.over.paste(msg.Text)
		return nil
	}
	if m.regions.tooSmall {
		return m.onBlindKey(msg)
	}
	if m.over != nil {
		return m.onOverlayKey(msg)
	}
	if m.focused() {
		return m.onMessageKey(msg)
	}
	if cmd, taken := m.onCompletionKey(msg); taken {
		return cmd
	}
	if b, ok := m.keys.find(m, msg, scopePopup, scopeInput, scopeChat, scopeEdit); ok {
		return b.do(m)
	}
	m.typeText(msg)
	return nil
}

// onBlindKey takes keys while the window is too small to show what they do: what
// is written is kept, and nothing is sent.
func (m *Model) onBlindKey(msg tea.KeyPressMsg) tea.Cmd {
	if m.focused() {
		return nil
	}
	if b, ok := m.keys.find(m, msg, scopeEdit); ok {
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

func (m *Model) onPaste(text string) tea.Cmd {
	if m.over != nil {
		m.over.paste(text)
		if p, ok := m.over.(*picker); ok && p.typed != nil {
			return p.typed(m)
		}
		if f, ok := m.over.(*finder); ok && f.typing {
			return f.typed(m)
		}
		return nil
	}
	m.focusInput()
	return m.takePaste(text)
}

// onStreamAdvanced takes in what a turn's stream brought.
func (m *Model) onStreamAdvanced(msg streamAdvancedMsg) tea.Cmd {
	answer := m.conv.Pending()
	if !m.turn.owns(msg.turn) || answer == nil {
		m.changed = false
		return nil
	}
	events, unsaved := m.turn.feed.take()
	m.turn.hear(events, m.clock)
	tell := tea.Cmd(nil)
	if unsaved != nil {
		tell = m.tellUnsaved(unsaved)
	}
	m.followCopy()
	for _, e := range events {
		m.conv.Apply(e)
		m.note(e)
	}
	m.transcript.update(answer)
	if m.conv.Pending() == nil {
		if m.race.running() {
			return tell
		}
		return tea.Batch(tell, m.endTurn())
	}
	return tea.Batch(tell, waitForEvents(msg.turn, m.turn.feed, m.opts.Now, silenceTold))
}

// onSilent tells how long nothing has come.
func (m *Model) onSilent(msg silentMsg) tea.Cmd {
	if !m.turn.owns(msg.turn) {
		m.changed = false
		return nil
	}
	m.turn.now = msg.at
	m.changed = m.turn.silence() > 0
	return waitForEvents(msg.turn, m.turn.feed, m.opts.Now, silenceTick)
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
		m.spend(e.Spent())
	case chat.Broken:
		m.turn.failure = e.Err
		m.spend(m.turn.chunks)
	case chat.Halted:
		m.spend(m.turn.chunks)
	}
}

// held reports whether text was held back that is to be drawn a little later.
func (m *Model) held() bool {
	race, racing := m.over.(*raceView)
	return m.lines == nil && (m.transcript.held() || racing && race.held())
}

// drawLater comes back for text that was held to keep the pace.
func drawLater() tea.Cmd {
	return tea.Tick(2*gather, func(time.Time) tea.Msg { return heldMsg{} })
}

// onClockTicked moves the figures until the first text; then the text does.
func (m *Model) onClockTicked(msg clockTickedMsg) tea.Cmd {
	if !m.turn.owns(msg.turn) || !m.turn.first.IsZero() || m.turn.stopping {
		m.changed = false
		return nil
	}
	m.turn.now = m.clock
	return tickClock(msg.turn)
}

// quitTime is how soon ctrl+c must follow ctrl+c to quit.
const quitTime = 2 * time.Second
