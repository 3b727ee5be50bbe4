package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"github.com/spf13/pflag"

	"groqchat/ui"
)

// readIfThere is the text of a file, "" if there is none.
func readIfThere(path string) (string, error) {
	raw, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", failed("", "cannot read %s: %s", path, ui.FileReason(err))
	}
	return string(raw), nil
}

type remoteFlags struct{ remote bool }

func (o *remoteFlags) declare(*pflag.FlagSet)         {}
func (o *remoteFlags) alone() bool                    { return false }
func (o *remoteFlags) check(*batchFlags) error        { return nil }
func (j *batchJob) remoteAlone(context.Context) error { return nil }
func (j *batchJob) remote(context.Context) error      { return nil }
