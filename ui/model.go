package ui

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"groqchat/chat"
	"groqchat/config"
	"groqchat/history"
	"groqchat/ui/theme"
)

// Model is the only tea.Model of the program. Its parts are plain structs; it
// routes to them and owns what several of them need.
type Model struct {
	opts    Options
	ctx     context.Context // ends with the program
	backend Backend

	conv      chat.Conversation
	readOnly  string // why the session may not be written, "" if it may
	temporary bool   // the program ends to begin a temporary chat
	sequence  int    // grows with each change that is worth a save
	saver     *saver
	unsaved   unsaved
	draft     draft
	load      int // identity of the session being loaded

	turn        turn
	catalogue   chat.Catalogue
	liveModels  bool // the catalogue is the server's own
	favourites  []string
	quotas      map[string]chat.Quota // by model
	limits      map[limitKey]chat.Exceeded
	spent       map[string]time.Time  // by model, until when a limit of the day is spent
	gauge       int                   // identity of the timer that moves the gauge
	calibration chat.Calibration      // of guesses at tokens
	editing     editing               // the question in the input, if it is an edit
	edited      string                // the question in whose place that of the turn was asked, "" for none
	steps       map[string]chat.Steps // by session, what can be taken back there
	chosen      map[string]string     // parameters that the user set in this run
	personas    personas
	themes      themes
	race        race
	first       string            // a message to send as soon as it can be
	opener      string            // the question that enter alone asks; "": none
	files       []chat.Attachment // what goes with the next message
	attaching   attaching
	completion  completion
	queue       []queued // messages that wait for the end of the answer
	queueSteps  int      // grows with each change of it

	search  search
	work    work
	titles  map[string]string // of the sessions that were listed last
	trashed []string          // the sessions that were deleted here, the last one last

	finds      int // grows with each search in the conversation
	transcript transcript
	composer   composer
	popup      popup
	recent     recent
	notice     notice
	attention  attention
	over       overlay // nil when none is open
	surprise   surprise
	voices     int // how many recordings were begun
	typesetter typesetter
	keys       keymap
	commands   []command
	styles     theme.Styles
	canvas     theme.Canvas
	font       *strings.Replacer // draws rows with the signs of a terminal that has few, nil elsewhere
	regions    regions
	clips      int // that were begun
	clipOrder  *clipOrder
	mouse      pointer
	sheet      sheet     // what the overlay drew
	mouseFree  bool      // the mouse was given to the terminal
	escArmed   time.Time // when esc was pressed with nothing to do
	quitArmed  time.Time // when ctrl+c was pressed on an empty composer
	tail       tail      // keys right behind a paste
	clock      time.Time // when the present message came
	frame      tea.View  // what View gives, made by refresh
	changed    bool      // the present message changed something
	redrawing  bool      // a message will come to draw what was held back
	colouring  bool      // a message will come with colours of code

	lines    *lineMode          // says in lines what changed; nil: there is a screen
	out      *output            // nil without a terminal
	behind   bool               // the terminal has not taken the last frame yet
	awaiting bool               // a message will come when it has
	resized  *tea.WindowSizeMsg // its size changed meanwhile
	sizes    int                // how many sizes it had
	crashed  func(*Crash)       // ends the program; nil: nothing does
}

// newModel makes the model. It does no I/O: what it wants to know it asks for
// with the commands of Init.
func newModel(ctx context.Context, o Options) *Model {
	m := &Model{
		opts: o, ctx: ctx, backend: o.Backend, first: o.First,
		saver: &saver{store: o.Store, now: o.Now}, clipOrder: &clipOrder{}, quotas: map[string]chat.Quota{}, limits: map[limitKey]chat.Exceeded{}, spent: map[string]time.Time{}, chosen: map[string]string{}, steps: map[string]chat.Steps{}, catalogue: chat.Builtin(),
		favourites: slices.Clone(o.Config.Favourites), commands: defaultCommands(), clock: o.Now(),
	}
	m.themes.all = o.Themes
	m.styles = m.themed(m.wanted())
	m.canvas = m.styles.Canvas()
	m.transcript = newTranscript(m.styles, o.Now)
	m.transcript.showPictures(newThumbnails(o.Profile))
	m.transcript.setCode(o.Config.CodeWrap == "scroll", 0)
	var problems []string
	m.keys, problems = newKeymap(defaultKeys(), o.Config.Keys)
	m.keys.console = lookup(o.Env, "TERM") == "linux"
	m.font, m.mouseFree = consoleFont(m.keys.console), holdsEscape(o.Env)
	if o.Plain {
		m.lines, m.keys = newLineMode(o), withoutKeys(defaultKeys())
		m.opts.Config.Clipboard = clipboardOfLines(o.Config.Clipboard)
	}
	m.composer = newComposer(m.placeholder())
	m.warn(problems, o.Config.Warnings)
	if o.Session.ID != "" {
		m.adopt(o.Session)
	} else {
		m.begin()
	}
	m.warnSnapped()
	if strings.TrimSpace(m.first) == "" {
		m.files = append(m.files, o.Files...)
	}
	if m.backend.Chat == nil {
		m.over = newFirstRun()
	}
	m.refresh()
	return m
}

// warnSnapped adds to what is said at the start which parameters the model does
// not take as they are set.
func (m *Model) warnSnapped() {
	if text := m.snapped(m.catalogue.Find(m.conv.Model)); text != "" {
		said := strings.TrimPrefix(m.notice.text+" · ", " · ")
		m.notice.stay(toneWarning, said+chat.ShortModel(m.conv.Model)+":"+text)
	}
}

// Init asks for what the first frame does not need.
func (m *Model) Init() tea.Cmd {
	var start []tea.Cmd
	if m.lines == nil {
		start = append(start, tea.RequestBackgroundColor)
	}
	start = append(start, loadPrompts(m.opts.Prompts), loadModels(m.opts.ModelCache), m.findDraft(), m.listen())
	if m.backend.Chat != nil {
		start = append(start, afterFirstFrame(), m.sendFirst())
		if m.opts.Pick {
			start = append(start, m.openSessions())
			m.refresh()
		}
	}
	return m.guard(tea.Batch(start...))
}

// placeholder is what the empty composer says: what can be done, and with which keys.
func (m *Model) placeholder() string {
	return "Ask anything" + placeholderGap + hints(m.keys.hint("send", "send"), m.keys.hint("models", "model"), m.keys.hint("palette", "commands"), m.keys.hint("help-quick", "help"))
}

// warn shows what is wrong with files of the user's until something else is said.
func (m *Model) warn(problems []string, odd []config.Warning) {
	for _, w := range odd {
		problems = append(problems, w.String())
	}
	if len(problems) > 0 {
		m.notice.stay(toneWarning, strings.Join(problems, " · "))
	}
}

// begin makes a new session with the settings of the configuration.
func (m *Model) begin() {
	m.keepSteps()
	m.conv = m.opts.Config.Begin(m.opts.Persona, m.catalogue)
	m.conv.ID, m.conv.Created = history.NewID(m.clock), m.clock
	m.readOnly, m.personas.worn = "", m.opts.Persona
	m.enter(nil)
}

// adopt goes on with a loaded session. A model or a parameter that the user named
// for this run stands over the session's.
func (m *Model) adopt(s history.Session) {
	m.keepSteps()
	m.conv, m.readOnly, m.personas.worn = s.Conversation, s.ReadOnly, chat.Worn{}
	m.conv.Recall(m.steps[m.conv.ID])
	if m.named("persona") && m.conv.Persona == m.opts.Persona.Spec() {
		m.personas.worn = m.opts.Persona
	}
	if m.conv.Model == "" || m.named("model") {
		m.conv.Model = m.opts.Config.Model
	}
	if m.readOnly == "" {
		m.conv.TakeBack() // below it is given back
	}
	m.enter(m.conv.Path())
	m.restoreDraft(s.Draft)
	switch {
	case m.readOnly != "":
		m.notice.stay(toneWarning, "Read-only: "+strings.TrimSuffix(m.readOnly, ".")+". /fork goes on in a copy.")
		return
	case s.Notice != "" && m.conv.CanContinue():
		m.notice.stay(toneInfo, strings.TrimSuffix(s.Notice, ".")+": "+m.goOn()+".")
	case s.Notice != "":
		m.notice.stay(toneWarning, s.Notice)
	}
	m.giveBackUnanswered()
	m.restoreFiles(s.Files)
}

// giveBackUnanswered puts the last question of a session that was opened into
// the composer, if it got no answer, and says so beside what is said already.
func (m *Model) giveBackUnanswered() {
	question, reply, ok := m.conv.Unanswered()
	if !ok {
		return
	}
	if !strings.Contains(m.composer.text(), question.Content) { // it may have been given back before
		m.giveBack(question)
	}
	text := "The last question was not answered"
	if reply.Error != "" {
		text += ": " + strings.TrimSuffix(reply.Error, ".")
	}
	said := strings.TrimPrefix(m.notice.text+" · ", " · ")
	m.notice.stay(toneWarning, said+text+". It is in the input again.")
}

// enter makes all that belongs to a session that of the new one. A load under way
// is not waited for any more.
func (m *Model) enter(path []chat.Message) {
	m.load++
	m.race = race{}
	m.unsaved.why, m.unsaved.forsake, m.edited = nil, false, ""
	m.endEdit()
	if m.composer.empty() {
		m.files = nil // others go with the text that waits
	}
	m.draft.forget()
	m.saver.adopt(&m.conv)
	m.transcript.replace(path)
	m.transcript.place(m.conv.Places())
}

// named reports whether the user gave a setting for this run.
func (m *Model) named(setting string) bool {
	return m.opts.Config.Sources[setting].Kind == "flag"
}

// snapshot is the conversation for a save, later than every one before.
func (m *Model) snapshot() snapshot {
	m.sequence++
	snap := snapshot{m.conv.Clone(), m.sequence, m.race.running()}
	if m.readOnly == "" {
		m.saver.offer(snap, m.turn.underWay())
	}
	return snap
}

// saves reports whether the conversation is to be written.
func (m *Model) saves() bool {
	return m.readOnly == "" && (len(m.conv.Messages) > 0 || m.saver.written())
}

// finish ends what is under way and saves it, after the event loop has ended.
func (m *Model) finish() error {
	if m.turn.live {
		m.finishRace()
		m.turn.end()
		for _, e := range m.turn.feed.drain(lastWords) {
			if _, stopped := e.(chat.Halted); stopped {
				e = m.cut()
			}
			m.conv.Apply(e)
		}
		m.conv.Apply(m.cut())
		m.conv.Retract() // a question without an answer is given back when the session is opened again
	}
	if m.opts.Store != nil {
		defer m.opts.Store.ReleaseAll()
	}
	if m.drafts() {
		m.sequence++
		_ = m.saver.draft(m.conv.ID, m.draftText(), m.sequence, m.draftFiles()...) // nobody is there to be told any more
	}
	if !m.saves() {
		return nil
	}
	err := m.saver.save(m.snapshot())
	m.followCopy()
	return err
}

// lastWords is how long the end of the program waits for what a stream that was
// just cancelled had received already.
const lastWords = 200 * time.Millisecond

// cut ends an answer under way with the program: by the user's wish or not. Who
// quits before any of it came did not take the question back.
func (m *Model) cut() chat.Event {
	if answer := m.conv.Pending(); m.ctx.Err() != nil || answer != nil && answer.Empty() {
		return chat.Broken{Err: errEnded}
	}
	return chat.Halted{}
}

// result is what the program says when the chat has ended.
func (m *Model) result() Result {
	done := Result{Temporary: m.temporary, Ahead: m.lines.unheeded(), Model: m.conv.Model, Demo: m.backend.Name == demoName}
	if m.saver.written() {
		done.SessionID, done.Title = m.conv.ID, m.conv.Title
	}
	return done
}

// fetchModels asks the backend for its list. Only Groq's own list is worth
// keeping, the demo's is not.
func (m *Model) fetchModels() tea.Cmd {
	cache := m.opts.ModelCache
	if m.backend.Name != "" {
		cache = nil
	}
	return fetchModels(m.ctx, m.backend, cache, m.opts.Now)
}

// afterFirstFrame leaves the first frames to what the user waits for: the
// network is for what nobody sees yet.
func afterFirstFrame() tea.Cmd {
	return tea.Tick(3*gather, func(time.Time) tea.Msg { return shownMsg{} })
}

func loadPrompts(p *history.Prompts) tea.Cmd {
	if p == nil {
		return nil
	}
	return func() tea.Msg {
		prompts, err := p.Load(promptsKept)
		if err != nil {
			return failedMsg{err}
		}
		return promptsLoadedMsg{prompts}
	}
}

// promptsKept is how many earlier prompts the composer knows.
const promptsKept = 1000
