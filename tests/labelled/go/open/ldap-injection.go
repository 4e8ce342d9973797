package directory

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/go-ldap/ldap/v3"
)

const (
	peopleDN = "ou=people,dc=corp,dc=example"
	groupsDN = "ou=groups,dc=corp,dc=example"
)

var loginShape = regexp.MustCompile(`^[a-z0-9._-]{2,32}$`)

var classes = map[string]string{
	"staff": "(objectClass=inetOrgPerson)",
	"hosts": "(objectClass=device)",
}

type Lookup struct {
	conn *ldap.Conn
}

func request(base, filter string) *ldap.SearchRequest {
	return ldap.NewSearchRequest(base, ldap.ScopeWholeSubtree, ldap.NeverDerefAliases,
		100, 5, false, filter, []string{"cn", "mail"}, nil)
}

func (l *Lookup) ByLogin(w http.ResponseWriter, r *http.Request) {
	req := request(peopleDN, "(uid="+r.FormValue("login")+")")
	res, err := l.conn.Search(req) // flaw: ldap-injection
	answer(w, res, err)
}

func (l *Lookup) ByMail(w http.ResponseWriter, r *http.Request) {
	filter := fmt.Sprintf("(mail=%s)", ldap.EscapeFilter(r.FormValue("mail")))
	res, err := l.conn.Search(request(peopleDN, filter)) // fine: ldap-injection
	answer(w, res, err)
}

func (l *Lookup) ByShape(w http.ResponseWriter, r *http.Request) {
	login := r.FormValue("login")
	if !loginShape.MatchString(login) {
		http.Error(w, "login", http.StatusBadRequest)
		return
	}
	res, err := l.conn.Search(request(peopleDN, "(&(objectClass=person)(uid="+login+"))")) // fine: ldap-injection
	answer(w, res, err)
}

func (l *Lookup) Groups(w http.ResponseWriter, r *http.Request) {
	var clauses []string
	for _, g := range r.URL.Query()["group"] {
		clauses = append(clauses, "(cn="+g+"*)")
	}
	filter := "(|" + strings.Join(clauses, "") + ")"
	res, err := l.conn.SearchWithPaging(request(groupsDN, filter), 50) // flaw: ldap-injection
	answer(w, res, err)
}

func (l *Lookup) Kind(w http.ResponseWriter, r *http.Request) {
	filter, ok := classes[r.FormValue("kind")]
	if !ok {
		http.Error(w, "kind", http.StatusBadRequest)
		return
	}
	res, err := l.conn.Search(request(peopleDN, filter)) // fine: ldap-injection
	answer(w, res, err)
}

func (l *Lookup) find(attr, value string) (*ldap.SearchResult, error) {
	filter := fmt.Sprintf("(&(active=TRUE)(%s=%s))", attr, value)
	return l.conn.Search(request(peopleDN, filter)) // flaw: ldap-injection
}

func (l *Lookup) ByPhone(w http.ResponseWriter, r *http.Request) {
	phone := strings.TrimSpace(r.PostFormValue("phone"))
	res, err := l.find("telephoneNumber", phone)
	answer(w, res, err)
}

func (l *Lookup) Unit(w http.ResponseWriter, r *http.Request) {
	base := "ou=" + r.PathValue("unit") + "," + peopleDN
	res, err := l.conn.Search(request(base, "(objectClass=person)")) // flaw: ldap-injection
	answer(w, res, err)
}

func (l *Lookup) Any(w http.ResponseWriter, r *http.Request) {
	var sb strings.Builder
	sb.WriteString("(|")
	for _, word := range strings.Fields(r.FormValue("q")) {
		sb.WriteString("(cn=*" + ldap.EscapeFilter(word) + "*)")
	}
	sb.WriteString(")")
	res, err := l.conn.Search(request(peopleDN, sb.String())) // fine: ldap-injection
	answer(w, res, err)
}

func answer(w http.ResponseWriter, res *ldap.SearchResult, err error) {
	if err != nil {
		http.Error(w, "directory", http.StatusBadGateway)
		return
	}
	names := []string{}
	for _, e := range res.Entries {
		names = append(names, e.GetAttributeValue("cn"))
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(names)
}
