package cli

import (
	"net"
	"strings"
	"testing"

	"groqchat/chat/demo"
)

func TestDemoServer_SaysWhatIsWrongWithAnAddress(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { taken.Close() })
	for addr, want := range map[string]struct {
		code int
		says string
	}{
		taken.Addr().String(): {exitFailure, "another program serves on " + taken.Addr().String() + " already"},
		"8080":                {exitUsage, `--addr: "8080" is not an address; write 127.0.0.1 and a port`},
		"127.0.0.1:web":       {exitUsage, `--addr: "127.0.0.1:web" is not an address`},
		"0.0.0.0:0":           {exitUsage, "is not a loopback address"},
	} {
		server, err := demo.Start(addr, demo.Options{})
		if err == nil {
			server.Close()
			t.Errorf("%s is served", addr)
			continue
		}
		told := cannotServe(addr, err)
		if codeOf(told) != want.code || !strings.Contains(told.Error(), want.says) || strings.Contains(told.Error(), "tcp") {
			t.Errorf("%s: exit code %d: %v", addr, codeOf(told), told)
		}
	}
}
