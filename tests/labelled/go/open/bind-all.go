package servers

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

const (
	adminAddress = "0.0.0.0:9000"
	localAddress = "127.0.0.1:9000"
)

type Listen struct {
	Host string
	Port int
}

func (l Listen) String() string {
	return fmt.Sprintf("%s:%d", l.Host, l.Port)
}

func serve(addr string, h http.Handler) error {
	s := &http.Server{Addr: addr, Handler: h, ReadHeaderTimeout: 5 * time.Second}
	return s.ListenAndServe()
}

func Admin(h http.Handler) (net.Listener, error) {
	return net.Listen("tcp", adminAddress) // flaw: bind-all
}

func LocalAdmin(h http.Handler) (net.Listener, error) {
	return net.Listen("tcp", localAddress) // fine: bind-all
}

func Console(engine *gin.Engine) error {
	return engine.Run("0.0.0.0:8081") // flaw: bind-all
}

func LocalConsole(engine *gin.Engine) error {
	return engine.Run("localhost:8081") // fine: bind-all
}

func Status(h http.Handler) error {
	l := Listen{Host: "0.0.0.0", Port: 7070} // flaw: bind-all
	return serve(l.String(), h)
}

func LocalStatus(h http.Handler) error {
	l := Listen{Host: "::1", Port: 7070}
	return serve(net.JoinHostPort(l.Host, fmt.Sprint(l.Port)), h) // fine: bind-all
}

func Discovery() (*net.UDPConn, error) {
	addr := &net.UDPAddr{IP: net.IPv4zero, Port: 5400}
	return net.ListenUDP("udp4", addr) // flaw: bind-all
}

func FromFlags(args []string) (string, error) {
	fs := flag.NewFlagSet("serve", flag.ContinueOnError)
	addr := fs.String("listen", "127.0.0.1:8080", "address")
	if err := fs.Parse(args); err != nil {
		return "", err
	}
	host, _, err := net.SplitHostPort(*addr)
	if err != nil {
		return "", err
	}
	if host == "" || host == "0.0.0.0" || host == "::" { // fine: bind-all
		return "", errors.New("choose one interface")
	}
	return *addr, nil
}
