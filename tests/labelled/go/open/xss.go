package pages

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"io"
	"net/http"
	"strconv"
	"strings"
)

var profile = template.Must(template.New("profile").Parse(
	`<section><h2>{{.Name}}</h2><div>{{.Bio}}</div></section>`))

type view struct {
	Name string
	Bio  any
}

type Site struct {
	db *sql.DB
}

func Hello(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "<h1>Hello %s</h1>", r.FormValue("name")) // flaw: xss
}

func Welcome(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "<h1>Welcome %s</h1>", html.EscapeString(r.FormValue("name"))) // fine: xss
}

func Profile(w http.ResponseWriter, r *http.Request) {
	bio := r.PostFormValue("bio")
	v := view{Name: r.PostFormValue("name")}
	if strings.TrimSpace(bio) != "" {
		v.Bio = template.HTML("<p>" + bio + "</p>") // flaw: xss
	}
	_ = profile.Execute(w, v)
}

func Card(w http.ResponseWriter, r *http.Request) {
	v := view{Name: r.PostFormValue("name"), Bio: r.PostFormValue("bio")}
	_ = profile.Execute(w, v) // fine: xss
}

func Results(w http.ResponseWriter, r *http.Request) {
	words := strings.Fields(r.URL.Query().Get("q"))
	var sb strings.Builder
	sb.WriteString("<ul>")
	for _, word := range words {
		sb.WriteString("<li>")
		sb.WriteString(word)
		sb.WriteString("</li>")
	}
	sb.WriteString("</ul>")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, sb.String()) // flaw: xss
}

func Pager(w http.ResponseWriter, r *http.Request) {
	page, err := strconv.Atoi(r.FormValue("page"))
	if err != nil {
		page = 1
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, "<a href='/list?page=%d'>next</a>", page+1) // fine: xss
}

func Echo(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write([]byte("you sent: " + r.FormValue("text"))) // fine: xss
}

func API(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{"query": r.FormValue("q")}) // fine: xss
}

func page(w http.ResponseWriter, title, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	out := "<!doctype html><title>" + html.EscapeString(title) + "</title><main>" + body + "</main>"
	_, _ = w.Write([]byte(out)) // flaw: xss
}

func Missing(w http.ResponseWriter, r *http.Request) {
	page(w, "Not found", "There is no page "+r.URL.Query().Get("path"))
}

func (s *Site) Comments(w http.ResponseWriter, r *http.Request) {
	rows, err := s.db.Query("SELECT author, body FROM comments WHERE post = ?", r.FormValue("post"))
	if err != nil {
		http.Error(w, "database", http.StatusInternalServerError)
		return
	}
	defer rows.Close()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	for rows.Next() {
		var author, body string
		if rows.Scan(&author, &body) != nil {
			return
		}
		fmt.Fprintf(w, "<article><b>%s</b>%s</article>", template.HTMLEscapeString(author), body) // flaw: xss
	}
}

func Tags(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	var cells []string
	for _, tag := range strings.Split(r.FormValue("tags"), ",") {
		cells = append(cells, "<td>"+template.HTMLEscapeString(tag)+"</td>")
	}
	_, _ = io.WriteString(w, "<table><tr>"+strings.Join(cells, "")+"</tr></table>") // fine: xss
}
