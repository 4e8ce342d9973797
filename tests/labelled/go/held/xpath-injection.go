package settings

import (
	"fmt"
	"slices"
	"strings"

	"github.com/antchfx/htmlquery"
	"github.com/beevik/etree"
	"github.com/labstack/echo/v4"
	"github.com/lestrrat-go/libxml2/types"
	"github.com/lestrrat-go/libxml2/xpath"
	"golang.org/x/net/html"
)

var levels = []string{"low", "mid", "high"}

type Config struct {
	tree *etree.Document
	dom  types.Document
	page *html.Node
}

func (s *Config) Option(c echo.Context) error {
	el := s.tree.FindElement("//option[@name='" + c.QueryParam("name") + "']/value") // flaw: xpath-injection
	if el == nil {
		return echo.ErrNotFound
	}
	return c.JSON(200, el.Text())
}

func (s *Config) Level(c echo.Context) error {
	level := c.QueryParam("level")
	if !slices.Contains(levels, level) {
		return echo.ErrBadRequest
	}
	out := []string{}
	for _, el := range s.tree.FindElements("//option[@level='" + level + "']") { // fine: xpath-injection
		out = append(out, el.SelectAttrValue("name", ""))
	}
	return c.JSON(200, out)
}

func (s *Config) Device(c echo.Context) error {
	ctx, err := xpath.NewContext(s.dom)
	if err != nil {
		return err
	}
	defer ctx.Free()
	expr := "/devices/device"
	if zone := c.FormValue("zone"); zone != "" {
		expr += fmt.Sprintf(`[zone="%s"]`, zone)
	}
	expr += "/serial"
	res, err := ctx.Find(expr) // flaw: xpath-injection
	if err != nil {
		return echo.ErrBadRequest
	}
	defer res.Free()
	return c.JSON(200, res.String())
}

func (s *Config) Devices(c echo.Context) error {
	ctx, err := xpath.NewContext(s.dom)
	if err != nil {
		return err
	}
	defer ctx.Free()
	res, err := ctx.Find("/devices/device[@active='1']/serial") // fine: xpath-injection
	if err != nil {
		return err
	}
	defer res.Free()
	names := []string{}
	for _, n := range res.NodeList() {
		if strings.HasPrefix(n.NodeValue(), c.FormValue("prefix")) {
			names = append(names, n.NodeValue())
		}
	}
	return c.JSON(200, names)
}

func (s *Config) node(expr string) string {
	n, err := htmlquery.Query(s.page, expr) // flaw: xpath-injection
	if err != nil || n == nil {
		return ""
	}
	return htmlquery.InnerText(n)
}

func (s *Config) Help(c echo.Context) error {
	text := s.node("//section[@id='" + c.Param("topic") + "']/p[1]")
	return c.String(200, text)
}

func quoted(v string) string {
	if !strings.Contains(v, "'") {
		return "'" + v + "'"
	}
	pieces := strings.Split(v, "'")
	return "concat('" + strings.Join(pieces, `', "'", '`) + "')"
}

func (s *Config) Heading(c echo.Context) error {
	expr := "//section[h2=" + quoted(c.QueryParam("heading")) + "]/p"
	n, err := htmlquery.Query(s.page, expr) // fine: xpath-injection
	if err != nil || n == nil {
		return echo.ErrNotFound
	}
	return c.String(200, htmlquery.InnerText(n))
}

func (s *Config) Keep(c echo.Context) error {
	clean := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, c.QueryParam("key"))
	p, err := etree.CompilePath("//option[@key='" + clean + "']") // fine: xpath-injection
	if err != nil {
		return echo.ErrBadRequest
	}
	return c.JSON(200, len(s.tree.FindElementsPath(p)))
}

func (s *Config) Any(c echo.Context) error {
	var in struct {
		Steps []string `json:"steps"`
	}
	if err := c.Bind(&in); err != nil {
		return err
	}
	p, err := etree.CompilePath("./" + strings.Join(in.Steps, "/")) // flaw: xpath-injection
	if err != nil {
		return echo.ErrBadRequest
	}
	return c.JSON(200, len(s.tree.FindElementsPath(p)))
}
