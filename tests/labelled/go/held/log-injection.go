package telemetry

import (
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strconv"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"github.com/rs/zerolog"
	"go.uber.org/zap"
	"k8s.io/klog/v2"
)

var control = regexp.MustCompile(`[[:cntrl:]]`)

type access struct {
	file *os.File
}

func (a *access) line(format string, args ...any) {
	fmt.Fprintf(a.file, format+"\n", args...) // flaw: log-injection
}

func Payment(c echo.Context) error {
	klog.Infof("payment declined for %s", c.FormValue("holder")) // flaw: log-injection
	return c.NoContent(402)
}

func PaymentID(c echo.Context) error {
	id, err := uuid.Parse(c.FormValue("payment"))
	if err != nil {
		return echo.ErrBadRequest
	}
	klog.Infof("payment %s declined", id) // fine: log-injection
	return c.NoContent(402)
}

func (a *access) Visit(w http.ResponseWriter, r *http.Request) {
	page := chi.URLParam(r, "page")
	if ref := r.URL.Query().Get("ref"); ref != "" {
		page += " via " + ref
	}
	a.line("visit page=%s", page)
	w.WriteHeader(http.StatusNoContent)
}

func Cart(w http.ResponseWriter, r *http.Request) {
	logger := zap.Must(zap.NewProduction())
	logger.Info("cart", zap.String("sku", r.FormValue("sku"))) // fine: log-injection
	w.WriteHeader(http.StatusNoContent)
}

func Review(w http.ResponseWriter, r *http.Request) {
	text := control.ReplaceAllString(r.FormValue("review"), " ")
	fmt.Fprintln(os.Stderr, "review:", text) // fine: log-injection
	w.WriteHeader(http.StatusNoContent)
}

func Profile(c echo.Context) error {
	changes := map[string]string{"city": c.FormValue("city"), "bio": c.FormValue("bio")}
	for k, v := range changes {
		if v == "" {
			continue
		}
		msg := fmt.Sprintf("profile change %s -> %s", k, v)
		klog.Warning(msg) // flaw: log-injection
	}
	return c.NoContent(204)
}

func Device(c echo.Context) error {
	logger := zerolog.New(os.Stderr).With().Timestamp().Logger()
	logger.Info().Str("device", c.QueryParam("device")).Msg("device seen") // fine: log-injection
	return c.NoContent(204)
}

func Ticket(c echo.Context) error {
	subject := c.FormValue("subject")
	fmt.Fprintln(os.Stderr, "ticket opened: "+subject) // flaw: log-injection
	return c.NoContent(201)
}

func TicketQuoted(c echo.Context) error {
	fmt.Fprintln(os.Stderr, "ticket opened: "+strconv.Quote(c.FormValue("subject"))) // fine: log-injection
	return c.NoContent(201)
}
