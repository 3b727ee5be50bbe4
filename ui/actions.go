package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/history"
)

// action is what a key, a slash command or a choice does.
type action func(*Model) tea.Cmd

// send sends what is in the composer, or runs it if it is a command.
func (m *Model) send() tea.Cmd {
	if m.composer.newlineByBackslash() {
		return nil
	}
	text := strings.TrimSpace(m.composer.text())
	switch {
	case text == "" && len(m.files) > 0:
		return m.notice.say(toneInfo, "Write what the files are for: they go with a message.")
	case text == "":
		return m.sendOpener()
	case isCommand(m.composer.text()):
		return m.runLine(text)
	case m.attaching.reading > 0:
		return m.notice.say(toneInfo, "A file is still being read; your text is kept.")
	case m.turn.live && m.editing.on():
		return m.notice.say(toneInfo, "An answer is under way: "+m.keys.hint("stop", "stops it")+" first; your text is kept.")
	case m.turn.live && m.keyIn(text, m.files) != "":
		return m.notice.say(toneWarning, m.keyIn(text, m.files)+" holds what looks like an API key, so it does not wait to be sent; your text is kept.")
	case m.turn.live:
		return m.enqueue()
	case m.backend.Chat == nil:
		m.over = newFirstRun()
		return nil
	case m.readOnly != "":
		return m.notice.say(toneWarning, "This session is read-only: "+m.keys.hint("new", "begins a new one")+"; your text is kept.")
	}
	if m.objects(text) {
		return nil
	}
	return m.sendIfRoom(m.written(text))
}

// sendLater sends what is in the composer after a wait.
func (m *Model) sendLater(wait time.Duration) tea.Cmd {
	text := strings.TrimSpace(m.composer.text())
	m.edited = m.editing.id
	if !m.editing.on() {
		m.composer.clear()
	}
	m.notice.clear()
	ask := m.askAfter(text, wait)
	m.endEdit()
	return tea.Batch(ask, m.remember(text))
}

// askAfter begins a turn with a question, and the files that wait to go with it,
// which is sent after a wait: at the end, or in the place of the one that is edited.
func (m *Model) askAfter(text string, wait time.Duration) tea.Cmd {
	m.load++ // what was being loaded comes too late
	m.unsaved.forsake = false
	base, edited, files, now := m.conv.Clone(), m.edited, m.files, m.clock
	ask := func(c *chat.Conversation) {
		if edited == "" || !c.Edit(edited, text, files, now) {
			c.Ask(text, files, now)
		}
	}
	record := m.step(m.race.asking(0, ask))
	m.race.lineUp(base, &m.conv, ask)
	m.files, m.attaching.last = nil, nil
	m.reshow()
	m.awaitAnswer()
	return m.startTurn(record, wait)
}

// awaitAnswer shows an answer as it comes: from its beginning, or always its end.
func (m *Model) awaitAnswer() {
	if m.opts.Config.Follow {
		m.transcript.toEnd()
		return
	}
	m.transcript.toQuestion()
}

// step takes a step of the conversation that begins an answer, and gives a copy
// in which the same answer is under way, for the turn's own record.
func (m *Model) step(begin func(*chat.Conversation)) (record chat.Conversation) {
	record = m.conv.Clone()
	begin(&m.conv)
	begin(&record)
	return record
}

// startTurn asks for the answer under way.
func (m *Model) startTurn(record chat.Conversation, wait time.Duration) tea.Cmd {
	req := m.conv.Request()
	ctx, feed := m.turn.begin(m.ctx, req.Model, m.clock)
	feed.record = record
	id, now, crashed, server := m.turn.id, m.opts.Now, m.crashed, m.backend.Name
	streamer, saver, snap := chat.After(m.backend.Chat, wait, now), m.saver, m.snapshot()
	beside := m.race.beside()
	m.turn.guess = req.PromptTokens(m.catalogue.Find(req.Model))
	req.Longest = m.longest(req)
	book := &book{begin: func() (*history.Journal, error) { return saver.begin(snap, server, beside...) }}
	return tea.Batch(
		m.tellShortened(req),
		func() tea.Msg {
			begin := func() error { return book.keep(feed) }
			spawn(feed, func() { pump(ctx, streamer, req, begin, feed) }, crashed)
			return clockTickedMsg{turn: id}
		},
		waitForEvents(id, feed, now, silenceTold),
		m.startLanes(ctx, book, wait),
	)
}

// endTurn finishes the turn, and says so to whoever looks elsewhere.
func (m *Model) endTurn() tea.Cmd { return tea.Batch(m.tellEnd(), m.finishTurn()) }

// finishTurn saves the answer; without any text the question goes back to the
// composer.
func (m *Model) finishTurn() tea.Cmd {
	m.passOn()
	failure, again := m.turn.failure, m.turn.again
	m.onGoingOn()
	m.turn.end()
	save := saveConversation(m.saver, m.snapshot())
	head := m.conv.Head
	question, back := m.conv.Retract()
	shown := m.conv.Head == head
	if !shown {
		save = saveConversation(m.saver, m.snapshot())
		m.reshow()
	}
	if question.IsSummary() {
		return tea.Batch(save, m.watchGauge(), m.tellNoSummary(failure))
	}
	switch {
	case again && back:
		return tea.Batch(save, m.askWith(question.Content, question.Attachments, 0))
	case again && !shown: // a retry: the answer that was there before is shown
		return tea.Batch(save, m.retryAnswer())
	case again && m.conv.CanContinue():
		return tea.Batch(save, m.continueAnswer())
	case failure == nil && !back:
		return tea.Batch(save, m.watchGauge(), m.tellCut(), m.nameSession(), m.goOnQueue())
	}
	m.returnQueue()
	r := returned{question, m.composer.text(), m.files}
	if back {
		m.giveBack(question)
	}
	if failure == nil {
		return tea.Batch(save, m.watchGauge())
	}
	tell := m.showError
	if shown {
		tell = m.tellBroken
	}
	return tea.Batch(save, m.watchGauge(), tell(failure), m.offer(failure, r))
}

// giveBack puts a question into the composer again, before what was written since.
// One that was to stand in the place of another is edited again.
func (m *Model) giveBack(question chat.Message) {
	text := question.Content
	all := m.questions()
	if at := slices.IndexFunc(all, func(q chat.Message) bool { return q.ID == m.edited }); at >= 0 {
		m.beginEdit(all[at], text, question.Attachments, at+1)
		return
	}
	m.files = slices.Concat(question.Attachments, m.files)
	if now := m.composer.text(); strings.TrimSpace(now) != "" {
		text += "\n" + now
	}
	m.composer.setText(text)
}

// sendFirst sends the message that the program was started with.
func (m *Model) sendFirst() tea.Cmd {
	text := strings.TrimSpace(m.first)
	m.first, m.edited = "", ""
	switch {
	case text == "":
		return nil
	case m.readOnly != "":
		m.composer.setText(text)
		m.files = m.opts.Files
		return nil
	case m.blind(m.opts.Files), m.keyIn(text, m.opts.Files) != "":
		m.composer.setText(text)
		m.files = m.opts.Files
		m.asksFirst(text)
		m.refresh()
		return nil
	}
	return tea.Batch(m.askWith(text, m.opts.Files, 0), m.remember(text))
}

// remember adds a prompt to the history, here and on disk.
func (m *Model) remember(text string) tea.Cmd {
	m.composer.remember(text)
	if m.opts.Prompts == nil || m.opts.Store == nil {
		return nil
	}
	return appendPrompt(m.opts.Prompts, text)
}

func appendPrompt(p *history.Prompts, text string) tea.Cmd {
	return func() tea.Msg {
		if err := p.Append(text); err != nil {
			return failedMsg{err}
		}
		return nil
	}
}

func (m *Model) newline() tea.Cmd {
	m.composer.insert("\n")
	return nil
}

// stopAnswer stops the answer; without one it gives up an edit, or ends the
// selection and takes a lasting notice away. A second time in a row it goes back to
// an earlier message.
func (m *Model) stopAnswer() tea.Cmd {
	switch {
	case m.turn.live && m.takeBack():
		return nil
	case m.turn.live:
		m.turn.stop()
		return nil
	case m.editing.on():
		return m.cancelEdit()
	case len(m.race.models) > 0:
		m.race = race{}
		return m.notice.say(toneInfo, "No race: the next question goes to one model.")
	}
	m.composer.editor.forget()
	m.notice.clear()
	return m.armRewind()
}

// interrupt is the ladder of ctrl+c: copy what is selected, close what is open,
// stop the answer, leave the transcript, clear the composer, and on a second press quit.
func (m *Model) interrupt() tea.Cmd {
	first, asking := m.over.(*firstRun)
	switch {
	case m.selects():
		return m.copySelection()
	case m.over != nil && (!asking || first.refused):
		return m.dismiss()
	case m.turn.live:
		m.turn.stop()
	case m.focused():
		return m.focusInput()
	case m.editing.on():
		return m.cancelEdit()
	case !m.composer.empty():
		m.composer.clear()
		m.files = nil
		return m.notice.say(toneInfo, "Cleared; "+m.keys.hint("up", "brings it back")+".")
	case m.clock.Sub(m.quitArmed) < quitTime:
		return m.quit()
	default:
		m.quitArmed = m.clock
		return m.notice.sayFor(quitTime, toneInfo, "Press it again to quit.")
	}
	return nil
}

func (m *Model) redraw() tea.Cmd { return tea.ClearScreen }

// suspend gives the terminal back to the shell until it is given to us again.
func (m *Model) suspend() tea.Cmd {
	ctx := m.ctx
	return m.errand(func() error { return stopProcess(ctx) })
}

// newSession begins a new one, once the present one is saved.
func (m *Model) newSession() tea.Cmd {
	return m.depart(func(load int) tea.Msg { return leftMsg{load} })
}

// onLeft begins the new session, unless something else came between.
func (m *Model) onLeft(msg leftMsg) tea.Cmd {
	if msg.load != m.load || m.turn.live {
		return nil
	}
	leave, model, effort := m.leave(), m.conv.Model, m.conv.Params.ReasoningEffort
	persona, worn := m.conv.Persona, m.personas.worn
	m.begin()
	m.keepPersona(persona, worn)
	m.conv.Model, m.conv.Params.ReasoningEffort = model, effort
	for name, value := range m.chosen {
		if row, ok := chat.FindParameter(name); ok {
			_ = row.Set(&m.conv.Params, value) // it was checked when it was set
		}
	}
	return tea.Batch(leave, m.findRecent(), m.notice.say(toneInfo, "A new session."))
}

func (m *Model) inputUp() tea.Cmd {
	switch {
	case m.composer.empty() && m.takeBack():
		return nil
	case m.turn.waits() && m.composer.empty(): // the question that waits is the newest prompt
		return m.stopAnswer()
	}
	m.composer.up()
	return nil
}

func (m *Model) inputDown() tea.Cmd {
	m.composer.down()
	return nil
}
