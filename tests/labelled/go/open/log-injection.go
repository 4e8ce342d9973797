package audit

import (
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/sirupsen/logrus"
)

var (
	plain      = log.New(os.Stderr, "audit ", log.LstdFlags)
	structured = slog.New(slog.NewJSONHandler(os.Stderr, nil))
	lineBreaks = strings.NewReplacer("\r", "", "\n", "")
)

type Trail struct {
	out *log.Logger
}

func (t *Trail) add(kind, detail string) {
	t.out.Print(kind + ": " + detail) // flaw: log-injection
}

func Login(w http.ResponseWriter, r *http.Request) {
	log.Printf("login of %s failed", r.PostFormValue("user")) // flaw: log-injection
	http.Error(w, "login", http.StatusUnauthorized)
}

func Unlock(w http.ResponseWriter, r *http.Request) {
	log.Printf("unlock of %q failed", r.PostFormValue("user")) // fine: log-injection
	http.Error(w, "unlock", http.StatusUnauthorized)
}

func (t *Trail) Search(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query().Get("q")
	if len(q) > 200 {
		q = q[:200]
	}
	t.add("search", q)
	w.WriteHeader(http.StatusNoContent)
}

func Order(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.Atoi(r.FormValue("order"))
	if err != nil {
		http.Error(w, "order", http.StatusBadRequest)
		return
	}
	plain.Printf("order %d opened", id) // fine: log-injection
	w.WriteHeader(http.StatusNoContent)
}

func Agent(w http.ResponseWriter, r *http.Request) {
	var sb strings.Builder
	for _, name := range []string{"User-Agent", "Accept-Language"} {
		fmt.Fprintf(&sb, "%s=%s ", name, r.Header.Get(name))
	}
	for _, v := range r.URL.Query()["trace"] {
		sb.WriteString(v)
	}
	plain.Println(sb.String()) // flaw: log-injection
	w.WriteHeader(http.StatusNoContent)
}

func Comment(w http.ResponseWriter, r *http.Request) {
	author := lineBreaks.Replace(r.FormValue("author"))
	plain.Println("comment by " + author) // fine: log-injection
	w.WriteHeader(http.StatusNoContent)
}

func Upload(w http.ResponseWriter, r *http.Request) {
	structured.Info("upload", "name", r.FormValue("name"), "size", r.ContentLength) // fine: log-injection
	w.WriteHeader(http.StatusNoContent)
}

func Webhook(w http.ResponseWriter, r *http.Request) {
	l := logrus.New()
	l.SetFormatter(&logrus.JSONFormatter{})
	l.WithField("event", r.FormValue("event")).Info("webhook") // fine: log-injection
	w.WriteHeader(http.StatusAccepted)
}

func Invite(w http.ResponseWriter, r *http.Request) {
	line := "invite for " + r.FormValue("mail") + "\n"
	f, err := os.OpenFile("/var/log/app/invites.log", os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		http.Error(w, "log", http.StatusInternalServerError)
		return
	}
	defer f.Close()
	_, _ = f.WriteString(line) // flaw: log-injection
	w.WriteHeader(http.StatusAccepted)
}
