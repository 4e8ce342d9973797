package feeds

import (
	"io"
	"strings"

	"github.com/beevik/etree"
	"github.com/jbowtie/gokogiri"
	"github.com/jbowtie/gokogiri/xml"
	"github.com/labstack/echo/v4"
)

const manifest = `<feeds><feed url="/a"/></feeds>`

type Loader struct {
	options xml.ParseOption
}

func NewLoader(expand bool) *Loader {
	l := &Loader{options: xml.PARSE_NONET}
	if expand {
		l.options = xml.PARSE_NOENT | xml.PARSE_DTDLOAD
	}
	return l
}

func read(c echo.Context) ([]byte, error) {
	return io.ReadAll(io.LimitReader(c.Request().Body, 1<<20))
}

func Import(c echo.Context) error {
	data, err := read(c)
	if err != nil {
		return err
	}
	doc, err := xml.Parse(data, xml.DefaultEncodingBytes, nil, xml.PARSE_NOENT, xml.DefaultEncodingBytes) // flaw: xxe
	return summary(c, doc, err)
}

func ImportPlain(c echo.Context) error {
	data, err := read(c)
	if err != nil {
		return err
	}
	doc, err := xml.Parse(data, xml.DefaultEncodingBytes, nil, xml.PARSE_NONET|xml.PARSE_NOERROR, xml.DefaultEncodingBytes) // fine: xxe
	return summary(c, doc, err)
}

func Field(c echo.Context) error {
	text := c.FormValue("feed")
	if !strings.HasPrefix(text, "<") {
		return echo.ErrBadRequest
	}
	flags := xml.ParseOption(xml.PARSE_RECOVER)
	for _, extra := range []xml.ParseOption{xml.PARSE_NOENT, xml.PARSE_DTDATTR} {
		flags |= extra
	}
	doc, err := xml.Parse([]byte(text), xml.DefaultEncodingBytes, []byte("feed.xml"), flags, xml.DefaultEncodingBytes) // flaw: xxe
	return summary(c, doc, err)
}

func (l *Loader) parse(data []byte) (*xml.XmlDocument, error) {
	return xml.Parse(data, xml.DefaultEncodingBytes, nil, l.options, xml.DefaultEncodingBytes) // flaw: xxe
}

func Upload(c echo.Context) error {
	data, err := read(c)
	if err != nil {
		return err
	}
	doc, err := NewLoader(true).parse(data)
	return summary(c, doc, err)
}

func Default(c echo.Context) error {
	data, err := read(c)
	if err != nil {
		return err
	}
	doc, err := gokogiri.ParseXml(data) // fine: xxe
	return summary(c, doc, err)
}

func Manifest(c echo.Context) error {
	doc, err := xml.Parse([]byte(manifest), xml.DefaultEncodingBytes, nil, xml.PARSE_NOENT, xml.DefaultEncodingBytes) // fine: xxe
	return summary(c, doc, err)
}

func Tree(c echo.Context) error {
	doc := etree.NewDocument()
	if _, err := doc.ReadFrom(io.LimitReader(c.Request().Body, 1<<20)); err != nil { // fine: xxe
		return echo.ErrBadRequest
	}
	return c.JSON(200, len(doc.ChildElements()))
}

func Header(c echo.Context) error {
	raw := []byte(c.Request().Header.Get("X-Feed"))
	doc, err := xml.Parse(raw, xml.DefaultEncodingBytes, nil, xml.PARSE_DTDLOAD|xml.PARSE_NOENT|xml.PARSE_NOBLANKS, xml.DefaultEncodingBytes) // flaw: xxe
	return summary(c, doc, err)
}

func summary(c echo.Context, doc *xml.XmlDocument, err error) error {
	if err != nil {
		return echo.ErrBadRequest
	}
	defer doc.Free()
	return c.JSON(200, doc.Root().Content())
}
