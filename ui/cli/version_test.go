package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"testing"
)

func TestBuild_SaysWhatIsKnown(t *testing.T) {
	system := fmt.Sprintf("%s, %s/%s)", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	noted := &debug.BuildInfo{
		Main: debug.Module{Version: "v1.4.0"},
		Settings: []debug.BuildSetting{
			{Key: "vcs.revision", Value: "0123456789abcdef"}, {Key: "vcs.time", Value: "2026-10-01T10:00:00Z"},
		},
	}
	for _, row := range []struct {
		name  string
		build Build
		info  *debug.BuildInfo
		want  string
	}{
		{"linker", Build{"1.2.3", "abc1234", "2026-11-22"}, noted, "groqchat 1.2.3 (abc1234, 2026-11-22, "},
		{"compiler", Build{}, noted, "groqchat v1.4.0 (0123456, 2026-10-01, "},
		{"nobody", Build{}, nil, "groqchat dev ("},
		{"checkout", Build{}, &debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, "groqchat dev ("},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := row.build.complete(row.info).String(); got != row.want+system {
				t.Errorf("got %q, want %q", got, row.want+system)
			}
		})
	}
}
