package sso

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/gofiber/fiber/v2"
	"gopkg.in/ldap.v2"
)

type Directory struct {
	base  string
	attrs []string
	dial  func() (*ldap.Conn, error)
}

type criteria struct {
	terms []string
}

func (c *criteria) add(name, value string) *criteria {
	c.terms = append(c.terms, "("+name+"="+value+")")
	return c
}

func (c *criteria) filter() string {
	return "(&" + strings.Join(c.terms, "") + ")"
}

func (d *Directory) search(conn *ldap.Conn, filter string) ([]*ldap.Entry, error) {
	res, err := conn.Search(&ldap.SearchRequest{BaseDN: d.base, Scope: ldap.ScopeWholeSubtree, Filter: filter, Attributes: d.attrs}) // flaw: ldap-injection
	if err != nil {
		return nil, err
	}
	return res.Entries, nil
}

func (d *Directory) Badge(c *fiber.Ctx) error {
	conn, err := d.dial()
	if err != nil {
		return err
	}
	defer conn.Close()
	crit := (&criteria{}).add("objectClass", "person").add("badge", c.Query("badge"))
	entries, err := d.search(conn, crit.filter())
	if err != nil {
		return fiber.ErrBadGateway
	}
	return c.JSON(len(entries))
}

func (d *Directory) Number(c *fiber.Ctx) error {
	conn, err := d.dial()
	if err != nil {
		return err
	}
	defer conn.Close()
	n, err := strconv.ParseUint(c.Params("number"), 10, 32)
	if err != nil {
		return fiber.ErrBadRequest
	}
	req := &ldap.SearchRequest{BaseDN: d.base, Scope: ldap.ScopeWholeSubtree, Filter: fmt.Sprintf("(employeeNumber=%d)", n)}
	res, err := conn.Search(req) // fine: ldap-injection
	if err != nil {
		return fiber.ErrBadGateway
	}
	return c.JSON(len(res.Entries))
}

func (d *Directory) Token(c *fiber.Ctx) error {
	conn, err := d.dial()
	if err != nil {
		return err
	}
	defer conn.Close()
	ok, err := conn.Compare("cn="+c.FormValue("name")+","+d.base, "memberOf", "cn=admins") // flaw: ldap-injection
	if err != nil {
		return fiber.ErrBadGateway
	}
	return c.JSON(ok)
}

func (d *Directory) Member(c *fiber.Ctx) error {
	conn, err := d.dial()
	if err != nil {
		return err
	}
	defer conn.Close()
	req := &ldap.SearchRequest{BaseDN: d.base, Scope: ldap.ScopeSingleLevel, Filter: "(member=*)"}
	req.Filter = "(&" + req.Filter + "(cn=" + ldap.EscapeFilter(c.FormValue("name")) + "))"
	res, err := conn.Search(req) // fine: ldap-injection
	if err != nil {
		return fiber.ErrBadGateway
	}
	return c.JSON(len(res.Entries))
}

func lettersOnly(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return s != ""
}

func (d *Directory) Rename(c *fiber.Ctx) error {
	conn, err := d.dial()
	if err != nil {
		return err
	}
	defer conn.Close()
	who := c.FormValue("uid")
	if !lettersOnly(who) {
		return fiber.ErrBadRequest
	}
	mod := ldap.NewModifyRequest("uid=" + who + "," + d.base) // fine: ldap-injection
	mod.Replace("displayName", []string{c.FormValue("display")})
	return conn.Modify(mod)
}

func (d *Directory) Drop(c *fiber.Ctx) error {
	conn, err := d.dial()
	if err != nil {
		return err
	}
	defer conn.Close()
	for _, uid := range strings.Split(c.FormValue("uids"), ";") {
		dn := fmt.Sprintf("uid=%s,%s", uid, d.base)
		if err := conn.Del(ldap.NewDelRequest(dn, nil)); err != nil { // flaw: ldap-injection
			return fiber.ErrBadGateway
		}
	}
	return c.SendStatus(204)
}

func (d *Directory) Offices(c *fiber.Ctx) error {
	conn, err := d.dial()
	if err != nil {
		return err
	}
	defer conn.Close()
	filter := "(l=Berlin)"
	if c.Query("office") == "paris" {
		filter = "(l=Paris)"
	}
	res, err := conn.Search(&ldap.SearchRequest{BaseDN: d.base, Filter: filter}) // fine: ldap-injection
	if err != nil {
		return fiber.ErrBadGateway
	}
	return c.JSON(len(res.Entries))
}

func (d *Directory) Mail(c *fiber.Ctx) error {
	conn, err := d.dial()
	if err != nil {
		return err
	}
	defer conn.Close()
	mail := strings.ToLower(c.Query("mail"))
	res, err := conn.Search(&ldap.SearchRequest{BaseDN: d.base, Filter: "(|(mail=" + mail + ")(otherMailbox=" + mail + "))"}) // flaw: ldap-injection
	if err != nil {
		return fiber.ErrBadGateway
	}
	return c.JSON(len(res.Entries))
}
