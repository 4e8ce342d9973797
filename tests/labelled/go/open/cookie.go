package session

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/gorilla/sessions"
)

const cookieName = "session_id"

type Tokens interface {
	New(user string) (string, error)
	Lookup(token string) (string, bool)
}

type Handler struct {
	tokens Tokens
	store  *sessions.CookieStore
	secure bool
}

func (h *Handler) Login(w http.ResponseWriter, r *http.Request) {
	token, err := h.tokens.New(r.PostFormValue("user"))
	if err != nil {
		http.Error(w, "login", http.StatusInternalServerError)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: token, Path: "/"}) // flaw: cookie
	w.WriteHeader(http.StatusNoContent)
}

func (h *Handler) Renew(w http.ResponseWriter, r *http.Request) {
	old, err := r.Cookie(cookieName)
	if err != nil {
		http.Error(w, "session", http.StatusUnauthorized)
		return
	}
	user, ok := h.tokens.Lookup(old.Value)
	if !ok {
		http.Error(w, "session", http.StatusUnauthorized)
		return
	}
	token, err := h.tokens.New(user)
	if err != nil {
		http.Error(w, "session", http.StatusInternalServerError)
		return
	}
	c := new(http.Cookie)
	c.Name, c.Value, c.Path = cookieName, token, "/"
	c.HttpOnly = true
	c.Secure = true
	c.SameSite = http.SameSiteStrictMode
	http.SetCookie(w, c) // fine: cookie
}

func (h *Handler) GinLogin(c *gin.Context) {
	token, err := h.tokens.New(c.PostForm("user"))
	if err != nil {
		c.Status(http.StatusInternalServerError)
		return
	}
	c.SetCookie("auth_token", token, 3600, "/", "", false, true) // flaw: cookie
	c.Status(http.StatusNoContent)
}

func (h *Handler) GinRenew(c *gin.Context) {
	token, err := h.tokens.New(c.GetString("user"))
	if err != nil {
		c.Status(http.StatusInternalServerError)
		return
	}
	c.SetSameSite(http.SameSiteLaxMode)
	c.SetCookie("auth_token", token, 3600, "/", "", true, true) // fine: cookie
	c.Status(http.StatusNoContent)
}

func sessionCookie(token string, lifetime time.Duration) *http.Cookie {
	return &http.Cookie{ // flaw: cookie
		Name:     "remember_me",
		Value:    token,
		Path:     "/",
		Expires:  time.Now().Add(lifetime),
		Secure:   true,
		HttpOnly: false,
		SameSite: http.SameSiteLaxMode,
	}
}

func (h *Handler) Remember(w http.ResponseWriter, token string) {
	http.SetCookie(w, sessionCookie(token, 30*24*time.Hour))
}

func (h *Handler) Shop(w http.ResponseWriter, r *http.Request) {
	s, _ := h.store.Get(r, "shop")
	s.Values["user"] = r.Context().Value(cookieName)
	s.Options = &sessions.Options{Path: "/", MaxAge: 7200, HttpOnly: true, Secure: true, SameSite: http.SameSiteLaxMode} // fine: cookie
	_ = s.Save(r, w)
}

func (h *Handler) Admin(w http.ResponseWriter, r *http.Request) {
	s, _ := h.store.Get(r, "admin")
	s.Values["user"] = r.Context().Value(cookieName)
	s.Options = &sessions.Options{Path: "/admin", MaxAge: 7200} // flaw: cookie
	_ = s.Save(r, w)
}

func Theme(w http.ResponseWriter, r *http.Request) {
	theme := "light"
	if r.FormValue("theme") == "dark" {
		theme = "dark"
	}
	http.SetCookie(w, &http.Cookie{Name: "theme", Value: theme, Path: "/", MaxAge: 31536000}) // fine: cookie
	w.WriteHeader(http.StatusNoContent)
}
