package cli

import (
	"context"
	"fmt"

	"groqchat/chat"
	"groqchat/config"
	"groqchat/ui/safe"
)

// answerAll asks the question, of one model or of several one after the other, and
// writes the answers. Where one model fails the others are asked all the same.
func (a *app) answerAll(ctx context.Context, q question) error {
	conv, keep, err := a.begin(ctx, &q)
	if err != nil {
		return a.unasked(q, q.set.Model, err)
	}
	defer keep.close()
	models := q.models
	if len(models) < 2 {
		models = []string{conv.Model}
	}
	var failures []error
	for i, model := range models {
		if i > 0 && !conv.AnswerAgain(conv.Head, model, a.now()) || i == 0 {
			conv.Model = model
			conv.Ask(q.prompt, q.files, a.now())
		}
		err := a.answer(ctx, q, &conv, keep, i)
		if len(models) == 1 || ctx.Err() != nil || isOutput(err) {
			return err
		}
		if err != nil {
			a.report(err)
			failures = append(failures, err)
		}
	}
	return withoutAnswer(failures, len(models))
}

// withoutAnswer is the failure of some of several models, nil if all answered. The
// first says why.
func withoutAnswer(failures []error, of int) error {
	if len(failures) == 0 {
		return nil
	}
	return &failure{code: codeOf(failures[0]), err: fmt.Errorf("%s of %d gave no answer", counted(len(failures), "model"), of)}
}

// validModels refuses ids that cannot be any: of several the settings see only the
// last.
func validModels(ids []string) error {
	row, _ := config.FindSetting("model") // it is in the table
	for _, id := range ids {
		var scratch config.Config
		if err := row.Set(&scratch, id); err != nil {
			return misused("--model: %w", err)
		}
	}
	return nil
}

// label is the heading of an answer among several: a line that says which model
// gives it.
func (q question) label(w way, model string, at int) error {
	if len(q.models) < 2 || !w.labelled {
		return nil
	}
	text := "## " + safe.Line(chat.ShortModel(model), 100) + "\n\n"
	if at > 0 {
		text = "\n" + text
	}
	_, err := fmt.Fprint(w.text, text)
	return err
}
