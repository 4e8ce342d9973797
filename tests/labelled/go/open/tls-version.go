package listener

import (
	"crypto/tls"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
)

const oldest = tls.VersionTLS10

var named = map[string]uint16{
	"1.2": tls.VersionTLS12,
	"1.3": tls.VersionTLS13,
}

type Options struct {
	Compat  bool
	Minimum string
}

func Legacy(engine *gin.Engine) *http.Server {
	return &http.Server{
		Addr:              "127.0.0.1:8443",
		Handler:           engine,
		ReadHeaderTimeout: 5 * time.Second,
		TLSConfig:         &tls.Config{MinVersion: tls.VersionTLS10}, // flaw: tls-version
	}
}

func Modern(engine *gin.Engine) *http.Server {
	return &http.Server{
		Addr:              "127.0.0.1:8443",
		Handler:           engine,
		ReadHeaderTimeout: 5 * time.Second,
		TLSConfig:         &tls.Config{MinVersion: tls.VersionTLS12}, // fine: tls-version
	}
}

func configFor(o Options) *tls.Config {
	conf := &tls.Config{MinVersion: tls.VersionTLS12}
	if o.Compat {
		conf.MinVersion = tls.VersionTLS11 // flaw: tls-version
	}
	return conf
}

func Partner() *http.Client {
	return &http.Client{Transport: &http.Transport{TLSClientConfig: configFor(Options{Compat: true})}}
}

func Chosen(o Options) *tls.Config {
	min, ok := named[o.Minimum]
	if !ok {
		min = tls.VersionTLS12
	}
	return &tls.Config{MinVersion: min} // fine: tls-version
}

func Gateway(cert tls.Certificate) grpc.ServerOption {
	conf := &tls.Config{
		Certificates: []tls.Certificate{cert},
		MinVersion:   oldest, // flaw: tls-version
	}
	return grpc.Creds(credentials.NewTLS(conf))
}

func Mesh(cert tls.Certificate) grpc.ServerOption {
	conf := &tls.Config{Certificates: []tls.Certificate{cert}}
	conf.MinVersion = tls.VersionTLS13 // fine: tls-version
	return grpc.Creds(credentials.NewTLS(conf))
}

func Terminal(addr string) (*tls.Conn, error) {
	conf := &tls.Config{
		MinVersion: tls.VersionSSL30, // flaw: tls-version
		MaxVersion: tls.VersionTLS12,
	}
	return tls.Dial("tcp", addr, conf)
}

func Capped(addr string) (*tls.Conn, error) {
	conf := &tls.Config{
		MinVersion: tls.VersionTLS10, // flaw: tls-version
		MaxVersion: tls.VersionTLS11,
	}
	return tls.Dial("tcp", addr, conf)
}

func Label(state tls.ConnectionState) string {
	switch state.Version {
	case tls.VersionTLS10, tls.VersionTLS11: // fine: tls-version
		return "old"
	case tls.VersionTLS12, tls.VersionTLS13:
		return "current"
	}
	return "unknown"
}

func Refuse(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.TLS == nil || r.TLS.Version <= tls.VersionTLS11 { // fine: tls-version
			http.Error(w, "upgrade", http.StatusUpgradeRequired)
			return
		}
		next.ServeHTTP(w, r)
	})
}
