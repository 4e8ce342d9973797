package catalog

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/antchfx/xmlquery"
	"github.com/antchfx/xpath"
)

var sections = map[string]string{
	"new":  "//book[@state='new']",
	"used": "//book[@state='used']",
}

type Shelf struct {
	doc *xmlquery.Node
}

func Open(path string) (*Shelf, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	doc, err := xmlquery.Parse(f)
	if err != nil {
		return nil, err
	}
	return &Shelf{doc: doc}, nil
}

func (s *Shelf) Author(w http.ResponseWriter, r *http.Request) {
	nodes, err := xmlquery.QueryAll(s.doc, "//book[author='"+r.FormValue("author")+"']/title") // flaw: xpath-injection
	titles(w, nodes, err)
}

func (s *Shelf) Year(w http.ResponseWriter, r *http.Request) {
	year, err := strconv.Atoi(r.FormValue("year"))
	if err != nil {
		http.Error(w, "year", http.StatusBadRequest)
		return
	}
	nodes, err := xmlquery.QueryAll(s.doc, fmt.Sprintf("//book[@year=%d]/title", year)) // fine: xpath-injection
	titles(w, nodes, err)
}

func (s *Shelf) Member(w http.ResponseWriter, r *http.Request) {
	name := r.PostFormValue("name")
	pin := r.PostFormValue("pin")
	expr := fmt.Sprintf("//member[@name='%s' and @pin='%s']", name, pin)
	if xmlquery.FindOne(s.doc, expr) == nil { // flaw: xpath-injection
		http.Error(w, "unknown", http.StatusUnauthorized)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Shelf) Section(w http.ResponseWriter, r *http.Request) {
	expr := sections["new"]
	if e, ok := sections[r.FormValue("section")]; ok {
		expr = e
	}
	nodes, err := xmlquery.QueryAll(s.doc, expr) // fine: xpath-injection
	titles(w, nodes, err)
}

func literal(text string) (string, bool) {
	if strings.ContainsAny(text, `'"`) {
		return "", false
	}
	return "'" + text + "'", true
}

func (s *Shelf) Publisher(w http.ResponseWriter, r *http.Request) {
	lit, ok := literal(r.FormValue("publisher"))
	if !ok {
		http.Error(w, "publisher", http.StatusBadRequest)
		return
	}
	nodes, err := xmlquery.QueryAll(s.doc, "//book[publisher="+lit+"]") // fine: xpath-injection
	titles(w, nodes, err)
}

func predicate(fields map[string]string) string {
	var parts []string
	for k, v := range fields {
		parts = append(parts, k+"=\""+v+"\"")
	}
	return strings.Join(parts, " and ")
}

func (s *Shelf) Advanced(w http.ResponseWriter, r *http.Request) {
	fields := map[string]string{"isbn": r.FormValue("isbn"), "language": r.FormValue("language")}
	expr, err := xpath.Compile("//book[" + predicate(fields) + "]") // flaw: xpath-injection
	if err != nil {
		http.Error(w, "query", http.StatusBadRequest)
		return
	}
	titles(w, xmlquery.QuerySelectorAll(s.doc, expr), nil)
}

func (s *Shelf) Exact(w http.ResponseWriter, r *http.Request) {
	want := r.FormValue("title")
	nodes, err := xmlquery.QueryAll(s.doc, "//book/title") // fine: xpath-injection
	if err != nil {
		titles(w, nil, err)
		return
	}
	var hits []*xmlquery.Node
	for _, n := range nodes {
		if n.InnerText() == want {
			hits = append(hits, n)
		}
	}
	titles(w, hits, nil)
}

func (s *Shelf) Path(w http.ResponseWriter, r *http.Request) {
	tag := r.URL.Query().Get("tag")
	if tag == "" {
		tag = "title"
	}
	titles(w, xmlquery.Find(s.doc, "//book/"+tag), nil) // flaw: xpath-injection
}

func titles(w http.ResponseWriter, nodes []*xmlquery.Node, err error) {
	if err != nil {
		http.Error(w, "query", http.StatusBadRequest)
		return
	}
	list := []string{}
	for _, n := range nodes {
		list = append(list, n.InnerText())
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(list)
}
