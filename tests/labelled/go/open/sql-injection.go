package orders

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

var sortColumns = map[string]string{
	"date":  "created_at",
	"total": "total_cents",
	"id":    "id",
}

const baseSelect = "SELECT id, customer, total_cents FROM orders"

type Order struct {
	ID       int64  `json:"id"`
	Customer string `json:"customer"`
	Total    int64  `json:"total"`
}

type Store struct {
	db *sql.DB
}

func (s *Store) load(ctx context.Context, where string) ([]Order, error) {
	rows, err := s.db.QueryContext(ctx, baseSelect+" WHERE "+where) // flaw: sql-injection
	if err != nil {
		return nil, err
	}
	return collect(rows)
}

func collect(rows *sql.Rows) ([]Order, error) {
	defer rows.Close()
	var list []Order
	for rows.Next() {
		var o Order
		if err := rows.Scan(&o.ID, &o.Customer, &o.Total); err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	return list, rows.Err()
}

func (s *Store) ByCustomer(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("customer")
	list, err := s.load(r.Context(), "customer = '"+name+"'")
	reply(w, list, err)
}

func (s *Store) One(w http.ResponseWriter, r *http.Request) {
	var o Order
	row := s.db.QueryRow(fmt.Sprintf("SELECT id, customer, total_cents FROM orders WHERE ref = '%s'", r.FormValue("ref"))) // flaw: sql-injection
	err := row.Scan(&o.ID, &o.Customer, &o.Total)
	reply(w, []Order{o}, err)
}

func (s *Store) ByID(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.FormValue("id"), 10, 64)
	if err != nil {
		http.Error(w, "id", http.StatusBadRequest)
		return
	}
	query := fmt.Sprintf("%s WHERE id = %d", baseSelect, id)
	rows, err := s.db.Query(query) // fine: sql-injection
	if err != nil {
		http.Error(w, "database", http.StatusInternalServerError)
		return
	}
	list, err := collect(rows)
	reply(w, list, err)
}

func (s *Store) Sorted(w http.ResponseWriter, r *http.Request) {
	column, ok := sortColumns[r.FormValue("sort")]
	if !ok {
		column = "id"
	}
	direction := "ASC"
	if r.FormValue("dir") == "desc" {
		direction = "DESC"
	}
	rows, err := s.db.QueryContext(r.Context(), baseSelect+" ORDER BY "+column+" "+direction+" LIMIT 200") // fine: sql-injection
	if err != nil {
		http.Error(w, "database", http.StatusInternalServerError)
		return
	}
	list, err := collect(rows)
	reply(w, list, err)
}

func (s *Store) Many(w http.ResponseWriter, r *http.Request) {
	refs := strings.Split(r.FormValue("refs"), ",")
	marks := make([]string, 0, len(refs))
	args := make([]any, 0, len(refs))
	for _, ref := range refs {
		marks = append(marks, "?")
		args = append(args, ref)
	}
	stmt := baseSelect + " WHERE ref IN (" + strings.Join(marks, ",") + ")"
	rows, err := s.db.QueryContext(r.Context(), stmt, args...) // fine: sql-injection
	if err != nil {
		http.Error(w, "database", http.StatusInternalServerError)
		return
	}
	list, err := collect(rows)
	reply(w, list, err)
}

func (s *Store) Remove(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, "form", http.StatusBadRequest)
		return
	}
	var quoted []string
	for _, ref := range r.PostForm["ref"] {
		if ref == "" {
			continue
		}
		quoted = append(quoted, "'"+ref+"'")
	}
	stmt := "DELETE FROM drafts WHERE ref IN (" + strings.Join(quoted, ", ") + ")"
	if _, err := s.db.ExecContext(r.Context(), stmt); err != nil { // flaw: sql-injection
		http.Error(w, "database", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Store) Rename(w http.ResponseWriter, r *http.Request) {
	stmt, err := s.db.Prepare("UPDATE orders SET label = ? WHERE ref = ?") // fine: sql-injection
	if err != nil {
		http.Error(w, "database", http.StatusInternalServerError)
		return
	}
	defer stmt.Close()
	_, err = stmt.Exec(r.FormValue("label"), r.FormValue("ref"))
	reply(w, nil, err)
}

func (s *Store) Search(w http.ResponseWriter, r *http.Request) {
	var sb strings.Builder
	sb.WriteString(baseSelect)
	sb.WriteString(" WHERE 1 = 1")
	args := []any{}
	if c := r.FormValue("city"); c != "" {
		sb.WriteString(" AND city = ?")
		args = append(args, c)
	}
	if o := r.FormValue("order"); o != "" {
		sb.WriteString(" ORDER BY ")
		sb.WriteString(o)
	}
	rows, err := s.db.QueryContext(r.Context(), sb.String(), args...) // flaw: sql-injection
	if err != nil {
		http.Error(w, "database", http.StatusInternalServerError)
		return
	}
	list, err := collect(rows)
	reply(w, list, err)
}

func reply(w http.ResponseWriter, list []Order, err error) {
	if err != nil {
		http.Error(w, "database", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(list)
}
