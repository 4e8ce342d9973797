package render

import (
	"bytes"
	"embed"
	"html/template"
	"path"
	"strings"
	texttemplate "text/template"

	"github.com/CloudyKit/jet/v6"
	"github.com/Masterminds/sprig/v3"
	"github.com/aymerick/raymond"
	"github.com/labstack/echo/v4"
	"github.com/osteele/liquid"
)

//go:embed pages/*.tmpl
var pages embed.FS

const receipt = `Order {{.ID}} for {{.Buyer}}`

type Order struct {
	ID    int
	Buyer string
	Notes []string
}

type settingsStore interface {
	Get(tenant, key string) (string, error)
}

type Pages struct {
	set      *jet.Set
	settings settingsStore
}

func (p *Pages) Subject(c echo.Context) error {
	t, err := texttemplate.New("subject").Funcs(sprig.TxtFuncMap()).Parse(c.FormValue("subject")) // flaw: template-injection
	if err != nil {
		return echo.ErrBadRequest
	}
	var buf bytes.Buffer
	if err := t.Execute(&buf, Order{ID: 7}); err != nil {
		return echo.ErrBadRequest
	}
	return c.JSON(200, buf.String())
}

func (p *Pages) Receipt(c echo.Context) error {
	t := texttemplate.Must(texttemplate.New("receipt").Funcs(sprig.TxtFuncMap()).Parse(receipt)) // fine: template-injection
	var buf bytes.Buffer
	if err := t.Execute(&buf, Order{ID: 7, Buyer: c.FormValue("buyer")}); err != nil {
		return err
	}
	return c.JSON(200, buf.String())
}

func (p *Pages) Page(c echo.Context) error {
	file := "pages/" + path.Base(c.Param("page")) + ".tmpl"
	t, err := template.ParseFS(pages, file) // fine: template-injection
	if err != nil {
		return echo.ErrNotFound
	}
	return t.Execute(c.Response(), Order{Buyer: c.QueryParam("buyer")})
}

func (p *Pages) Banner(c echo.Context) error {
	lines := []string{"<div class=banner>", "{{.Buyer}}", "</div>"}
	if extra := c.QueryParam("extra"); extra != "" {
		lines = append(lines[:2], extra, "</div>")
	}
	source := strings.Join(lines, "\n")
	t, err := template.New("banner").Parse(source) // flaw: template-injection
	if err != nil {
		return echo.ErrBadRequest
	}
	return t.Execute(c.Response(), Order{Buyer: "guest"})
}

func expand(source string, data any) (string, error) {
	return raymond.Render(source, data) // flaw: template-injection
}

func (p *Pages) Letter(c echo.Context) error {
	var in struct {
		Body string `json:"body"`
	}
	if err := c.Bind(&in); err != nil {
		return err
	}
	out, err := expand("Dear {{buyer}},\n"+in.Body, map[string]any{"buyer": "Ann", "secret": "internal"})
	if err != nil {
		return echo.ErrBadRequest
	}
	return c.JSON(200, out)
}

func (p *Pages) Reply(c echo.Context) error {
	out, err := raymond.Render("Dear {{buyer}}, {{text}}", map[string]string{"buyer": "Ann", "text": c.FormValue("text")}) // fine: template-injection
	if err != nil {
		return err
	}
	return c.JSON(200, out)
}

func (p *Pages) Widget(c echo.Context) error {
	source := `{{ block widget() }}` + c.FormValue("markup") + `{{ end }}`
	t, err := p.set.Parse("/widget.jet", source) // flaw: template-injection
	if err != nil {
		return echo.ErrBadRequest
	}
	return t.Execute(c.Response(), make(jet.VarMap), nil)
}

func (p *Pages) Chip(c echo.Context) error {
	vars := make(jet.VarMap)
	vars.Set("label", c.FormValue("label"))
	t, err := p.set.Parse("/chip.jet", `<span>{{ label }}</span>`) // fine: template-injection
	if err != nil {
		return err
	}
	return t.Execute(c.Response(), vars, nil)
}

func (p *Pages) Liquid(c echo.Context) error {
	out, err := liquid.NewEngine().ParseAndRenderString("{{ who | escape }}", liquid.Bindings{"who": c.QueryParam("who")}) // fine: template-injection
	if err != nil {
		return err
	}
	return c.HTML(200, out)
}
