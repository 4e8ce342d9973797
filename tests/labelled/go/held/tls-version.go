package edge

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/valyala/fasthttp"
	"golang.org/x/crypto/acme/autocert"
)

type Profile int

const (
	Compatible Profile = iota
	Intermediate
	Strict
)

func (p Profile) floor() uint16 {
	switch p {
	case Strict:
		return tls.VersionTLS13 // fine: tls-version
	case Intermediate:
		return tls.VersionTLS12
	}
	return tls.VersionTLS10 // flaw: tls-version
}

func Listen(addr string, cert tls.Certificate) (net.Listener, error) {
	return tls.Listen("tcp", addr, &tls.Config{
		Certificates: []tls.Certificate{cert},
		MinVersion:   Compatible.floor(),
	})
}

func ListenStrict(addr string, cert tls.Certificate) (net.Listener, error) {
	return tls.Listen("tcp", addr, &tls.Config{
		Certificates: []tls.Certificate{cert},
		MinVersion:   Strict.floor(), // fine: tls-version
	})
}

func Auto(e *echo.Echo, m *autocert.Manager) *http.Server {
	conf := m.TLSConfig()
	conf.MinVersion = tls.VersionTLS11 // flaw: tls-version
	return &http.Server{Handler: e, TLSConfig: conf}
}

func AutoModern(e *echo.Echo, m *autocert.Manager) *http.Server {
	conf := m.TLSConfig()
	conf.MinVersion = tls.VersionTLS12 // fine: tls-version
	return &http.Server{Handler: e, TLSConfig: conf}
}

func Fast(pool *x509.CertPool) *fasthttp.Client {
	var version uint16 = 0x0301
	return &fasthttp.Client{TLSConfig: &tls.Config{
		RootCAs:    pool,
		MinVersion: version, // flaw: tls-version
	}}
}

func FastModern(pool *x509.CertPool) *fasthttp.Client {
	var version uint16 = 0x0303
	return &fasthttp.Client{TLSConfig: &tls.Config{RootCAs: pool, MinVersion: version}} // fine: tls-version
}

func PerClient(base *tls.Config) *tls.Config {
	base.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		c := base.Clone()
		if strings.HasPrefix(hello.ServerName, "pos.") {
			c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS12 // flaw: tls-version
		}
		return c, nil
	}
	return base
}

func Check(conn *tls.Conn) error {
	if conn.ConnectionState().Version < tls.VersionTLS12 {
		return errors.New("protocol too old")
	}
	return nil
}
