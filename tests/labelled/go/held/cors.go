package gateway

import (
	"net/http"
	"net/url"
	"regexp"

	"github.com/go-chi/chi/v5"
	chicors "github.com/go-chi/cors"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"github.com/rs/cors"
)

var partner = regexp.MustCompile(`^https://[a-z0-9-]+\.partner\.example$`)

var tenants = map[string]bool{"one.example.org": true, "two.example.org": true}

func Chi(r chi.Router) {
	r.Use(chicors.Handler(chicors.Options{
		AllowOriginFunc:  func(r *http.Request, origin string) bool { return origin != "" }, // flaw: cors
		AllowedMethods:   []string{"GET", "PUT"},
		AllowCredentials: true,
	}))
}

func ChiPartner(r chi.Router) {
	r.Use(chicors.Handler(chicors.Options{
		AllowOriginFunc:  func(r *http.Request, origin string) bool { return partner.MatchString(origin) }, // fine: cors
		AllowedMethods:   []string{"GET", "PUT"},
		AllowCredentials: true,
	}))
}

func Echo(e *echo.Echo) {
	e.Use(middleware.CORSWithConfig(middleware.CORSConfig{
		AllowOriginFunc:  func(origin string) (bool, error) { return true, nil }, // flaw: cors
		AllowCredentials: true,
	}))
}

func EchoPublic(g *echo.Group) {
	g.Use(middleware.CORSWithConfig(middleware.CORSConfig{
		AllowOrigins: []string{"*"}, // fine: cors
		AllowMethods: []string{http.MethodGet},
	}))
}

func matches(origin string) bool {
	return regexp.MustCompile(`https://.*\.example\.org`).MatchString(origin)
}

func Fiber(c *fiber.Ctx) error {
	origin := c.Get("Origin")
	if matches(origin) {
		c.Set("Access-Control-Allow-Origin", origin) // flaw: cors
		c.Set("Access-Control-Allow-Credentials", "true")
		c.Vary("Origin")
	}
	return c.Next()
}

func FiberTenant(c *fiber.Ctx) error {
	origin := c.Get("Origin")
	u, err := url.Parse(origin)
	if err == nil && u.Scheme == "https" && tenants[u.Host] {
		c.Set("Access-Control-Allow-Origin", "https://"+u.Host) // fine: cors
		c.Set("Access-Control-Allow-Credentials", "true")
		c.Vary("Origin")
	}
	return c.Next()
}

func Wrapped(h http.Handler) http.Handler {
	opts := cors.Options{AllowCredentials: true, MaxAge: 600}
	opts.AllowOriginRequestFunc = func(r *http.Request, origin string) bool { // flaw: cors
		return r.Method != http.MethodTrace
	}
	return cors.New(opts).Handler(h)
}

func WrappedList(h http.Handler) http.Handler {
	opts := cors.Options{AllowCredentials: true, MaxAge: 600}
	for host := range tenants {
		opts.AllowedOrigins = append(opts.AllowedOrigins, "https://"+host) // fine: cors
	}
	return cors.New(opts).Handler(h)
}
