package mailer

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"strings"
	"text/template"

	"github.com/flosch/pongo2/v6"
)

const welcome = "Dear {{.Name}},\nyour place in {{.Team}} is ready.\n"

var layouts = map[string]string{
	"short": "{{.Name}}: {{.Note}}",
	"long":  "Hello {{.Name}},\n\n{{.Note}}\n\nRegards",
}

type Person struct {
	Name string
	Team string
	Note string
	db   *sql.DB
}

func (p *Person) Query(q string) (string, error) {
	var out string
	err := p.db.QueryRow("SELECT value FROM settings WHERE name = ?", q).Scan(&out)
	return out, err
}

type Service struct {
	db *sql.DB
}

func (s *Service) Preview(w http.ResponseWriter, r *http.Request) {
	tmpl, err := template.New("preview").Parse(r.FormValue("body")) // flaw: template-injection
	if err != nil {
		http.Error(w, "template", http.StatusBadRequest)
		return
	}
	plain(w)
	_ = tmpl.Execute(w, &Person{Name: "Ann", Team: "Ops", db: s.db})
}

func (s *Service) Welcome(w http.ResponseWriter, r *http.Request) {
	tmpl := template.Must(template.New("welcome").Parse(welcome)) // fine: template-injection
	plain(w)
	_ = tmpl.Execute(w, &Person{Name: r.FormValue("name"), Team: r.FormValue("team"), db: s.db})
}

func (s *Service) Greeting(w http.ResponseWriter, r *http.Request) {
	text := fmt.Sprintf("Hello %s, team {{.Team}} welcomes you", r.FormValue("name"))
	t := template.New("greeting")
	t, err := t.Parse(text) // flaw: template-injection
	if err != nil {
		http.Error(w, "template", http.StatusBadRequest)
		return
	}
	plain(w)
	_ = t.Execute(w, &Person{Team: "Ops", db: s.db})
}

func (s *Service) Layout(w http.ResponseWriter, r *http.Request) {
	source, ok := layouts[r.FormValue("layout")]
	if !ok {
		http.Error(w, "layout", http.StatusBadRequest)
		return
	}
	t, err := template.New("layout").Parse(source) // fine: template-injection
	if err != nil {
		http.Error(w, "template", http.StatusInternalServerError)
		return
	}
	plain(w)
	_ = t.Execute(w, &Person{Name: "Ann", Note: r.FormValue("note"), db: s.db})
}

func render(source string, ctx pongo2.Context) (string, error) {
	tpl, err := pongo2.FromString(source) // flaw: template-injection
	if err != nil {
		return "", err
	}
	return tpl.Execute(ctx)
}

func (s *Service) Campaign(w http.ResponseWriter, r *http.Request) {
	data, err := io.ReadAll(io.LimitReader(r.Body, 1<<16))
	if err != nil {
		http.Error(w, "body", http.StatusBadRequest)
		return
	}
	parts := []string{"Subject: news", "", string(data)}
	out, err := render(strings.Join(parts, "\n"), pongo2.Context{"team": "Ops"})
	if err != nil {
		http.Error(w, "template", http.StatusBadRequest)
		return
	}
	plain(w)
	_, _ = io.WriteString(w, out)
}

var footer = pongo2.Must(pongo2.FromString("-- {{ signature }}")) // fine: template-injection

func (s *Service) Footer(w http.ResponseWriter, r *http.Request) {
	out, err := footer.Execute(pongo2.Context{"signature": r.FormValue("signature")})
	if err != nil {
		http.Error(w, "template", http.StatusInternalServerError)
		return
	}
	plain(w)
	_, _ = io.WriteString(w, out)
}

func (s *Service) Digest(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, "form", http.StatusBadRequest)
		return
	}
	var sb strings.Builder
	for i := range r.Form["item"] {
		fmt.Fprintf(&sb, "%d. {{index .Items %d}}\n", i+1, i)
	}
	t, err := template.New("digest").Parse(sb.String()) // fine: template-injection
	if err != nil {
		http.Error(w, "template", http.StatusInternalServerError)
		return
	}
	plain(w)
	_ = t.Execute(w, map[string]any{"Items": r.Form["item"]})
}

func (s *Service) Signature(w http.ResponseWriter, r *http.Request) {
	c, err := r.Cookie("signature")
	if err != nil {
		http.Error(w, "cookie", http.StatusBadRequest)
		return
	}
	source := welcome + "\n" + c.Value
	var buf bytes.Buffer
	t := template.Must(template.New("signature").Parse(source)) // flaw: template-injection
	if err := t.Execute(&buf, &Person{Name: "Ann", db: s.db}); err != nil {
		http.Error(w, "template", http.StatusBadRequest)
		return
	}
	plain(w)
	_, _ = buf.WriteTo(w)
}

func plain(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
}
