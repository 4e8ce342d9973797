package blog

import (
	"bytes"
	"net/url"
	"strings"
	"text/template"

	htmltemplate "html/template"

	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"golang.org/x/net/html"
)

const article = `<article><h1>{{.Title}}</h1><a href="{{.Link}}">source</a></article>`

var (
	loose  = template.Must(template.New("article").Parse(article))
	strict = htmltemplate.Must(htmltemplate.New("article").Parse(article))
	policy = bluemonday.UGCPolicy()
)

type post struct {
	Title string
	Link  string
}

func Greeting(c echo.Context) error {
	return c.HTML(200, "<p>Hi "+c.QueryParam("name")+"</p>") // flaw: xss
}

func GreetingEscaped(c echo.Context) error {
	return c.HTML(200, "<p>Hi "+html.EscapeString(c.QueryParam("name"))+"</p>") // fine: xss
}

func Article(c echo.Context) error {
	var buf bytes.Buffer
	p := post{Title: c.FormValue("title"), Link: c.FormValue("link")}
	if err := loose.Execute(&buf, p); err != nil {
		return err
	}
	return c.HTMLBlob(200, buf.Bytes()) // flaw: xss
}

func ArticleStrict(c echo.Context) error {
	var buf bytes.Buffer
	if err := strict.Execute(&buf, post{Title: c.FormValue("title"), Link: c.FormValue("link")}); err != nil {
		return err
	}
	return c.HTMLBlob(200, buf.Bytes()) // fine: xss
}

func Comment(c echo.Context) error {
	var buf bytes.Buffer
	if err := goldmark.Convert([]byte(c.FormValue("comment")), &buf); err != nil {
		return err
	}
	return c.HTMLBlob(200, policy.SanitizeBytes(buf.Bytes())) // fine: xss
}

func wrap(c *fiber.Ctx, inner string) error {
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.SendString("<html><body>" + inner + "</body></html>") // flaw: xss
}

func Failure(c *fiber.Ctx) error {
	msg := c.Query("message")
	if msg == "" {
		msg = "Unknown error"
	}
	return wrap(c, "<p class=error>"+msg+"</p>")
}

func Plain(c *fiber.Ctx) error {
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	return c.SendString("message: " + c.Query("message")) // fine: xss
}

func Script(c *fiber.Ctx) error {
	c.Type("html", "utf-8")
	theme := c.Query("theme")
	chunks := [][]byte{[]byte("<script>var theme = '"), []byte(theme), []byte("';</script>")}
	for _, chunk := range chunks {
		if _, err := c.Write(chunk); err != nil { // flaw: xss
			return err
		}
	}
	return nil
}

func Share(c *fiber.Ctx) error {
	c.Type("html", "utf-8")
	return c.SendString(`<a href="/share?u=` + url.QueryEscape(c.Query("u")) + `">share</a>`) // fine: xss
}

func Link(c *fiber.Ctx) error {
	c.Type("html", "utf-8")
	target := html.EscapeString(c.Query("target"))
	var sb strings.Builder
	sb.WriteString(`<a href="`)
	sb.WriteString(target)
	sb.WriteString(`">continue</a>`)
	return c.SendString(sb.String()) // flaw: xss
}

func Badge(c echo.Context) error {
	color := "grey"
	switch v := c.QueryParam("color"); v {
	case "red", "green", "blue":
		color = v
	}
	return c.HTML(200, `<span style="color:`+color+`">badge</span>`) // fine: xss
}
