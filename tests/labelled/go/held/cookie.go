package web

import (
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/session"
	"github.com/labstack/echo/v4"
	"github.com/valyala/fasthttp"
)

type options struct {
	httpOnly bool
	secure   bool
}

var browser = options{secure: true}

var hardened = options{httpOnly: true, secure: true}

func (o options) cookie(name, value string) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", HttpOnly: o.httpOnly, Secure: o.secure, SameSite: http.SameSiteLaxMode}
}

func Manager() *scs.SessionManager {
	m := scs.New()
	m.Lifetime = 12 * time.Hour
	m.Cookie.Secure = true
	m.Cookie.HttpOnly = false // flaw: cookie
	return m
}

func StrictManager() *scs.SessionManager {
	m := scs.New()
	m.Lifetime = 12 * time.Hour
	m.Cookie.HttpOnly = true
	m.Cookie.Secure = true // fine: cookie
	m.Cookie.SameSite = http.SameSiteStrictMode
	return m
}

func FiberLogin(c *fiber.Ctx) error {
	token, _ := c.Locals("token").(string)
	c.Cookie(&fiber.Cookie{Name: "access_token", Value: token, HTTPOnly: true, SameSite: "Lax"}) // flaw: cookie
	return c.SendStatus(fiber.StatusNoContent)
}

func FiberRefresh(c *fiber.Ctx) error {
	token, _ := c.Locals("token").(string)
	ck := fiber.Cookie{Name: "access_token", Value: token, SameSite: "Strict"}
	ck.HTTPOnly, ck.Secure = true, true
	c.Cookie(&ck) // fine: cookie
	return c.SendStatus(fiber.StatusNoContent)
}

func Store() *session.Store {
	return session.New(session.Config{ // flaw: cookie
		Expiration:     24 * time.Hour,
		CookieSecure:   false,
		CookieHTTPOnly: false,
	})
}

func StrictStore() *session.Store {
	return session.New(session.Config{ // fine: cookie
		Expiration:     24 * time.Hour,
		CookieSecure:   true,
		CookieHTTPOnly: true,
		CookieSameSite: "Strict",
	})
}

func EchoLogin(c echo.Context) error {
	token, _ := c.Get("token").(string)
	c.SetCookie(browser.cookie("sid", token)) // flaw: cookie
	return c.NoContent(http.StatusNoContent)
}

func EchoRefresh(c echo.Context) error {
	token, _ := c.Get("token").(string)
	c.SetCookie(hardened.cookie("sid", token)) // fine: cookie
	return c.NoContent(http.StatusNoContent)
}

func Language(c echo.Context) error {
	lang := "en"
	if c.QueryParam("lang") == "de" {
		lang = "de"
	}
	c.SetCookie(&http.Cookie{Name: "lang", Value: lang, Path: "/"}) // fine: cookie
	return c.NoContent(http.StatusNoContent)
}

func Fast(ctx *fasthttp.RequestCtx, token string) {
	var ck fasthttp.Cookie
	ck.SetKey("jwt")
	ck.SetValue(token)
	ck.SetPath("/")
	ctx.Response.Header.SetCookie(&ck) // flaw: cookie
}
