package groq

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"syscall"

	"groqchat/chat"
)

// failure is the error for a request that failed with err: the cause of ctx if
// the caller ended it (which err, by its type, does not always tell), what the
// server said, or what is wrong with the way to it.
func (c *Client) failure(ctx, inner context.Context, err error, model string) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	var told *chat.Error
	if errors.As(err, &told) {
		return told
	}
	var quiet *silence
	if errors.As(context.Cause(inner), &quiet) {
		told = c.server.silent(quiet)
	} else {
		told = c.server.unreachable(err)
	}
	told.Model = model
	return told
}

func (s server) silent(quiet *silence) *chat.Error {
	if quiet.begun {
		return chat.Errorf(chat.TimedOut, "%s went silent in the middle of the answer, for %s", s.host(), chat.Wait(quiet.limit))
	}
	return chat.Errorf(chat.TimedOut, "%s did not begin to answer within %s", s.host(), chat.Wait(quiet.limit))
}

// unreachable says what is wrong with the way to the server. The cause is kept
// without the URL that net/http puts around it, as a URL can hold secrets.
func (s server) unreachable(err error) *chat.Error {
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err
	}
	for _, explain := range []func(error) *chat.Error{s.proxyTrouble, s.nameTrouble, s.tlsTrouble, s.lineTrouble} {
		if e := explain(err); e != nil {
			e.Err = err
			return e
		}
	}
	return &chat.Error{Kind: chat.Unreachable, Message: s.with("cannot reach "+s.host(), plainly(err)), Err: err}
}

// proxySettings is where to look when a proxy is in the way.
const proxySettings = "Check HTTPS_PROXY and NO_PROXY."

func (s server) proxyTrouble(err error) *chat.Error {
	if errors.Is(err, errBadProxy) {
		return chat.Errorf(chat.BadConfiguration, "%w", errBadProxy).Advise("Check HTTPS_PROXY and HTTP_PROXY.")
	}
	var refusal *proxyRefusal
	if errors.As(err, &refusal) && refusal.status == http.StatusProxyAuthRequired {
		return chat.Errorf(chat.Unreachable, "the proxy %s wants a login", refusal.host).Advise(proxyLogin)
	}
	if refusal != nil {
		return chat.Errorf(chat.Unreachable, "the proxy %s does not let requests to %s through%s",
			refusal.host, s.host(), statusWords(refusal.status)).Advise(proxySettings)
	}
	var op *net.OpError
	if errors.As(err, &op) && (op.Op == "proxyconnect" || op.Op == "socks connect") {
		return chat.Errorf(chat.Unreachable, "the proxy on the way to %s cannot be used: %s",
			s.host(), s.quote(plainly(op.Err))).Advise(proxySettings)
	}
	return nil
}

// plainly is what went wrong with a connection, without the names of the calls
// that Go puts around it: whom it was to, and why there is none.
func plainly(err error) string {
	var op *net.OpError
	var dns *net.DNSError
	to := "it"
	for errors.As(err, &op) {
		if op.Addr != nil {
			to = op.Addr.String()
		}
		err = op.Err
	}
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return "there is no server named " + dns.Name
	case errors.As(err, &dns):
		return "the name " + dns.Name + " could not be looked up"
	case errors.Is(err, syscall.ECONNREFUSED):
		return to + " refused the connection"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return "there is no way to " + to
	case errors.Is(err, os.ErrDeadlineExceeded):
		return to + " did not answer in time"
	}
	var call *os.SyscallError
	if errors.As(err, &call) {
		err = call.Err
	}
	return err.Error()
}

func (s server) nameTrouble(err error) *chat.Error {
	var dns *net.DNSError
	switch {
	case !errors.As(err, &dns):
		return nil
	case dns.IsNotFound:
		return chat.Errorf(chat.Unreachable, "there is no server named %s", s.quote(dns.Name)).Advise("Check the network and the base URL.")
	}
	return chat.Errorf(chat.Unreachable, "the name %s could not be looked up", s.quote(dns.Name)).Advise("Check the network.")
}

func (s server) tlsTrouble(err error) *chat.Error {
	var (
		authority x509.UnknownAuthorityError
		name      x509.HostnameError
		invalid   x509.CertificateInvalidError
		record    tls.RecordHeaderError
	)
	says := func(what, hint string) *chat.Error {
		return chat.Errorf(chat.Unreachable, "the certificate of %s %s", s.host(), what).Advise("%s", hint)
	}
	switch {
	case errors.As(err, &authority):
		return says("is from an authority that this machine does not know", "A proxy may read along, or its certificate has to be installed.")
	case errors.As(err, &name):
		return says("is for another name", "Check the base URL, and whether the network wants a login first.")
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return says("is expired or not valid yet", "Check the clock of this machine.")
	case errors.As(err, &invalid):
		return says("is not valid", "Check the base URL.")
	case errors.Is(err, http.ErrSchemeMismatch), errors.As(err, &record):
		return chat.Errorf(chat.Unreachable, "%s does not speak HTTPS on this port", s.host()).
			Advise("Check the scheme and the port of the base URL.")
	}
	return nil
}

func (s server) lineTrouble(err error) *chat.Error {
	var timeout net.Error
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return chat.Errorf(chat.Unreachable, "%s refused the connection", s.host()).Advise("Check that the server runs, and the port of the base URL.")
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return chat.Errorf(chat.Unreachable, "there is no way to %s", s.host()).Advise("Check the network.")
	case errors.As(err, &timeout) && timeout.Timeout():
		return chat.Errorf(chat.TimedOut, "no connection to %s in time", s.host()).Advise("Check the network and the proxy.")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return chat.Errorf(chat.Unreachable, "%s closed the connection without an answer", s.host()).Advise("Check the base URL, and try again.")
	}
	return nil
}
