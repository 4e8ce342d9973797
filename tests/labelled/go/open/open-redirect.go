package login

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"
)

const home = "/dashboard"

var destinations = map[string]string{
	"billing": "https://billing.example.com/",
	"support": "https://support.example.com/start",
}

func After(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, r.URL.Query().Get("next"), http.StatusFound) // flaw: open-redirect
}

func Go(w http.ResponseWriter, r *http.Request) {
	target, ok := destinations[r.URL.Query().Get("to")]
	if !ok {
		target = home
	}
	http.Redirect(w, r, target, http.StatusFound) // fine: open-redirect
}

func localPath(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") {
		return home
	}
	if strings.HasPrefix(raw, "//") || strings.ContainsAny(raw, "\\\r\n\t") || strings.HasPrefix(u.Path, "//") {
		return home
	}
	return u.RequestURI()
}

func Back(c *gin.Context) {
	c.Redirect(http.StatusSeeOther, localPath(c.PostForm("return_to"))) // fine: open-redirect
}

func Logout(c *gin.Context) {
	target := home
	if v, ok := c.GetQuery("continue"); ok && strings.HasPrefix(v, "/") {
		target = v
	}
	c.SetCookie("sid", "", -1, "/", "", true, true)
	c.Redirect(http.StatusFound, target) // flaw: open-redirect
}

func User(c *gin.Context) {
	c.Redirect(http.StatusMovedPermanently, "/users/"+url.PathEscape(c.Param("name"))+"/overview") // fine: open-redirect
}

type bounce struct {
	code   int
	target string
}

func (b bounce) send(w http.ResponseWriter) {
	w.Header().Set("Location", b.target) // flaw: open-redirect
	w.WriteHeader(b.code)
}

func Campaign(w http.ResponseWriter, r *http.Request) {
	b := bounce{code: http.StatusFound}
	if err := r.ParseForm(); err == nil {
		b.target = r.Form.Get("landing")
	}
	b.send(w)
}

func Partner(w http.ResponseWriter, r *http.Request) {
	u, err := url.Parse(r.FormValue("url"))
	if err != nil || u.Scheme != "https" || !strings.HasSuffix(u.Hostname(), ".partner.example") {
		http.Error(w, "unknown partner", http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, u.String(), http.StatusFound) // fine: open-redirect
}

func Shop(w http.ResponseWriter, r *http.Request) {
	raw := r.FormValue("url")
	if !strings.HasPrefix(raw, "https://shop.example.com") {
		http.Error(w, "unknown shop", http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, raw, http.StatusFound) // flaw: open-redirect
}
