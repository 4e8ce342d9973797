package api

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"
)

var frontends = []string{"https://app.example.com", "https://admin.example.com"}

func Account(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin")) // flaw: cors
	w.Header().Set("Access-Control-Allow-Credentials", "true")
	w.Header().Set("Vary", "Origin")
	w.WriteHeader(http.StatusNoContent)
}

func Orders(w http.ResponseWriter, r *http.Request) {
	origin := r.Header.Get("Origin")
	if slices.Contains(frontends, origin) {
		w.Header().Set("Access-Control-Allow-Origin", origin) // fine: cors
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		w.Header().Add("Vary", "Origin")
	}
	w.WriteHeader(http.StatusNoContent)
}

func PublicStatus(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*") // fine: cors
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"status":"up"}`))
}

func Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := r.Header.Get("Origin")
		h := w.Header()
		if strings.Contains(origin, "example.com") {
			h.Set("Access-Control-Allow-Origin", origin) // flaw: cors
			h.Set("Access-Control-Allow-Credentials", "true")
			h.Add("Vary", "Origin")
		}
		if r.Method == http.MethodOptions {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func Backoffice(engine *gin.Engine) {
	engine.Use(cors.New(cors.Config{
		AllowMethods:     []string{"GET", "POST", "DELETE"},
		AllowOriginFunc:  func(origin string) bool { return true }, // flaw: cors
		AllowCredentials: true,
	}))
}

func Storefront(engine *gin.Engine) {
	conf := cors.DefaultConfig()
	conf.AllowOrigins = frontends // fine: cors
	conf.AllowCredentials = true
	engine.Use(cors.New(conf))
}

func allow(w http.ResponseWriter, origin string) {
	for k, v := range map[string]string{
		"Access-Control-Allow-Origin":      origin, // flaw: cors
		"Access-Control-Allow-Credentials": "true",
		"Vary":                             "Origin",
	} {
		w.Header().Set(k, v)
	}
}

func Profile(w http.ResponseWriter, r *http.Request) {
	if o := r.Header.Get("Origin"); o != "" {
		allow(w, o)
	}
	w.WriteHeader(http.StatusNoContent)
}

func Embed(engine *gin.Engine) {
	engine.Use(cors.New(cors.Config{
		AllowMethods: []string{"GET"},
		AllowOriginFunc: func(origin string) bool { // fine: cors
			return strings.HasPrefix(origin, "https://") && strings.HasSuffix(origin, ".example.com")
		},
		AllowCredentials: true,
	}))
}
