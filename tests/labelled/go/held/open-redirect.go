package links

import (
	"database/sql"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

const portal = "https://portal.example.com"

type Links struct {
	db *sql.DB
}

func Return(c echo.Context) error {
	return c.Redirect(http.StatusFound, c.QueryParam("return")) // flaw: open-redirect
}

func Item(c echo.Context) error {
	id, err := uuid.Parse(c.QueryParam("item"))
	if err != nil {
		return echo.ErrBadRequest
	}
	return c.Redirect(http.StatusFound, "/items/"+id.String()) // fine: open-redirect
}

func Finish(c *fiber.Ctx) error {
	next := c.Query("next")
	if next == "" {
		next = portal
	}
	return c.Redirect(next, fiber.StatusSeeOther) // flaw: open-redirect
}

func FinishLocal(c *fiber.Ctx) error {
	next := path.Clean("/" + strings.ReplaceAll(c.Query("next"), "\\", "/"))
	return c.Redirect(portal+next, fiber.StatusSeeOther) // fine: open-redirect
}

func (l *Links) Short(w http.ResponseWriter, r *http.Request) {
	var target string
	err := l.db.QueryRow("SELECT target FROM editorial_links WHERE code = ?", chi.URLParam(r, "code")).Scan(&target)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	http.Redirect(w, r, target, http.StatusFound) // fine: open-redirect
}

func join(base, rest string) string {
	return base + rest
}

func Docs(w http.ResponseWriter, r *http.Request) {
	rest := r.URL.Query().Get("page")
	if strings.Contains(rest, "://") {
		http.Error(w, "page", http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, join("https://docs.example.com", rest), http.StatusFound) // flaw: open-redirect
}

func DocsPage(w http.ResponseWriter, r *http.Request) {
	rest := r.URL.Query().Get("page")
	http.Redirect(w, r, join("https://docs.example.com/", rest), http.StatusFound) // fine: open-redirect
}

func Legacy(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	dest := "//" + q.Get("host") + "/" + url.PathEscape(q.Get("path"))
	q.Del("host")
	if enc := q.Encode(); enc != "" {
		dest += "?" + enc
	}
	w.Header().Add("Location", dest) // flaw: open-redirect
	w.WriteHeader(http.StatusTemporaryRedirect)
}
