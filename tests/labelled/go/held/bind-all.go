package daemons

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
	"google.golang.org/grpc"
)

type Settings struct {
	Bind string
	Port int
}

var internalSettings = Settings{Bind: "0.0.0.0", Port: 6060} // flaw: bind-all

var loopbackSettings = Settings{Bind: "127.0.0.1", Port: 6060} // fine: bind-all

func (s Settings) server(h http.Handler) *http.Server {
	return &http.Server{
		Addr:              net.JoinHostPort(s.Bind, strconv.Itoa(s.Port)),
		Handler:           h,
		ReadHeaderTimeout: 3 * time.Second,
	}
}

func Internal(h http.Handler) error {
	return internalSettings.server(h).ListenAndServe()
}

func Loopback(h http.Handler) error {
	return loopbackSettings.server(h).ListenAndServe()
}

func RPC(s *grpc.Server) error {
	ln, err := net.Listen("tcp4", "0.0.0.0:50051") // flaw: bind-all
	if err != nil {
		return err
	}
	return s.Serve(ln)
}

func LocalRPC(s *grpc.Server) error {
	ln, err := net.Listen("unix", "/run/app/rpc.sock") // fine: bind-all
	if err != nil {
		return err
	}
	return s.Serve(ln)
}

func Control(app *fiber.App) error {
	return app.Listen("0.0.0.0:4000") // flaw: bind-all
}

func Maintenance(e *echo.Echo) error {
	host := "localhost"
	return e.Start(host + ":4001") // fine: bind-all
}

func Gossip(ctx context.Context) (net.PacketConn, error) {
	var lc net.ListenConfig
	addr := netip.AddrPortFrom(netip.IPv6Unspecified(), 7946)
	return lc.ListenPacket(ctx, "udp", addr.String()) // flaw: bind-all
}

func PrivateGossip(ctx context.Context) (net.PacketConn, error) {
	var lc net.ListenConfig
	ip, err := netip.ParseAddr(os.Getenv("POD_IP"))
	if err != nil || ip.IsUnspecified() {
		ip = netip.MustParseAddr("127.0.0.1")
	}
	return lc.ListenPacket(ctx, "udp", netip.AddrPortFrom(ip, 7946).String()) // fine: bind-all
}
