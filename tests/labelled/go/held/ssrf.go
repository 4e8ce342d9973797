package webhooks

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

const inventory = "https://inventory.internal.example"

type Dispatcher struct {
	rest *resty.Client
}

type subscription struct {
	Callback string `json:"callback"`
	Event    string `json:"event"`
}

func (d *Dispatcher) Subscribe(c echo.Context) error {
	var s subscription
	if err := c.Bind(&s); err != nil {
		return err
	}
	res, err := d.rest.R().SetBody(map[string]string{"event": s.Event}).Post(s.Callback) // flaw: ssrf
	if err != nil {
		return echo.ErrBadGateway
	}
	return c.JSON(200, res.StatusCode())
}

func (d *Dispatcher) Stock(c echo.Context) error {
	res, err := d.rest.R().SetQueryParam("sku", c.QueryParam("sku")).Get(inventory + "/stock") // fine: ssrf
	if err != nil {
		return echo.ErrBadGateway
	}
	return c.Blob(200, "application/json", res.Body())
}

func Proxy(c echo.Context) error {
	target, err := url.Parse("https://" + c.Param("service") + "/")
	if err != nil {
		return echo.ErrBadRequest
	}
	p := httputil.NewSingleHostReverseProxy(target) // flaw: ssrf
	p.ServeHTTP(c.Response(), c.Request())
	return nil
}

func Gateway(c echo.Context) error {
	host := "a.backend.example"
	if c.Param("shard") == "b" {
		host = "b.backend.example"
	}
	p := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "https", Host: host}) // fine: ssrf
	p.ServeHTTP(c.Response(), c.Request())
	return nil
}

func download(raw string) (io.ReadCloser, error) {
	req := &http.Request{Method: http.MethodGet, Header: http.Header{}}
	u, err := url.ParseRequestURI(raw)
	if err != nil {
		return nil, err
	}
	req.URL = u
	res, err := http.DefaultClient.Do(req) // flaw: ssrf
	if err != nil {
		return nil, err
	}
	return res.Body, nil
}

func Avatar(c echo.Context) error {
	source := strings.TrimSpace(c.FormValue("avatar_url"))
	body, err := download(source)
	if err != nil {
		return echo.ErrBadGateway
	}
	defer body.Close()
	return c.Stream(200, "application/octet-stream", io.LimitReader(body, 1<<20))
}

func Document(c echo.Context) error {
	id, err := uuid.Parse(c.Param("id"))
	if err != nil {
		return echo.ErrBadRequest
	}
	res, err := http.Get(fmt.Sprintf("%s/documents/%s", inventory, id)) // fine: ssrf
	if err != nil {
		return echo.ErrBadGateway
	}
	defer res.Body.Close()
	return c.Stream(200, "application/json", res.Body)
}

func Probe(c *fiber.Ctx) error {
	agent := fiber.Get("http://" + c.Query("host") + ":9100/metrics") // flaw: ssrf
	code, body, errs := agent.Timeout(time.Second).Bytes()
	if len(errs) > 0 {
		return fiber.ErrBadGateway
	}
	return c.Status(code).Send(body)
}

func Search(c *fiber.Ctx) error {
	q := url.Values{}
	q.Set("q", c.Query("q"))
	u := url.URL{Scheme: "https", Host: "search.example.com", Path: "/v1", RawQuery: q.Encode()}
	code, body, errs := fiber.Get(u.String()).Bytes() // fine: ssrf
	if len(errs) > 0 {
		return fiber.ErrBadGateway
	}
	return c.Status(code).Send(body)
}

func Region(c *fiber.Ctx) error {
	base := "https://api.example.com"
	if region := c.Query("region"); region != "" {
		base = "https://" + region + ".api.example.com"
	}
	code, body, errs := fiber.Get(base + "/health").Bytes() // flaw: ssrf
	if len(errs) > 0 {
		return fiber.ErrBadGateway
	}
	return c.Status(code).Send(body)
}
