package accounts

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"
	"go.mongodb.org/mongo-driver/mongo"
)

type Repo struct {
	users  *mongo.Collection
	events *mongo.Collection
}

type loginForm struct {
	Name string `json:"name"`
	Team string `json:"team"`
}

var filterFields = map[string]bool{"city": true, "team": true, "plan": true}

func (p *Repo) Filter(w http.ResponseWriter, r *http.Request) {
	var filter map[string]interface{}
	if err := json.NewDecoder(r.Body).Decode(&filter); err != nil {
		http.Error(w, "json", http.StatusBadRequest)
		return
	}
	cur, err := p.users.Find(r.Context(), filter) // flaw: nosql-injection
	send(w, r.Context(), cur, err)
}

func (p *Repo) ByName(w http.ResponseWriter, r *http.Request) {
	var form loginForm
	if err := json.NewDecoder(r.Body).Decode(&form); err != nil {
		http.Error(w, "json", http.StatusBadRequest)
		return
	}
	cur, err := p.users.Find(r.Context(), bson.M{"name": form.Name, "team": form.Team}) // fine: nosql-injection
	send(w, r.Context(), cur, err)
}

func (p *Repo) Older(w http.ResponseWriter, r *http.Request) {
	age := r.URL.Query().Get("age")
	cur, err := p.users.Find(r.Context(), bson.M{"$where": "this.age > " + age}) // flaw: nosql-injection
	send(w, r.Context(), cur, err)
}

func (p *Repo) Counter(w http.ResponseWriter, r *http.Request) {
	const active = "this.visits > this.limit"
	n, err := p.users.CountDocuments(r.Context(), bson.M{"$where": active}) // fine: nosql-injection
	if err != nil {
		http.Error(w, "database", http.StatusInternalServerError)
		return
	}
	fmt.Fprintf(w, "%d", n)
}

func parseFilter(text string) (bson.M, error) {
	var m bson.M
	err := bson.UnmarshalExtJSON([]byte(text), false, &m)
	return m, err
}

func (p *Repo) Events(w http.ResponseWriter, r *http.Request) {
	text := fmt.Sprintf(`{"owner": "%s", "kind": "login"}`, r.FormValue("owner"))
	filter, err := parseFilter(text)
	if err != nil {
		http.Error(w, "filter", http.StatusBadRequest)
		return
	}
	cur, err := p.events.Find(r.Context(), filter) // flaw: nosql-injection
	send(w, r.Context(), cur, err)
}

func (p *Repo) Event(w http.ResponseWriter, r *http.Request) {
	id, err := primitive.ObjectIDFromHex(r.FormValue("id"))
	if err != nil {
		http.Error(w, "id", http.StatusBadRequest)
		return
	}
	filter := bson.M{}
	filter["_id"] = id
	var doc bson.M
	if err := p.events.FindOne(r.Context(), filter).Decode(&doc); err != nil { // fine: nosql-injection
		http.Error(w, "none", http.StatusNotFound)
		return
	}
	_ = json.NewEncoder(w).Encode(doc)
}

func (p *Repo) Narrow(w http.ResponseWriter, r *http.Request) {
	filter := bson.D{}
	for key, values := range r.URL.Query() {
		if !filterFields[key] || len(values) == 0 {
			continue
		}
		filter = append(filter, bson.E{Key: key, Value: values[0]})
	}
	cur, err := p.users.Find(r.Context(), filter) // fine: nosql-injection
	send(w, r.Context(), cur, err)
}

func (p *Repo) Login(w http.ResponseWriter, r *http.Request) {
	var body map[string]any
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		http.Error(w, "json", http.StatusBadRequest)
		return
	}
	filter := bson.M{"name": body["name"], "token": body["token"]}
	var doc bson.M
	if err := p.users.FindOne(r.Context(), filter).Decode(&doc); err != nil { // flaw: nosql-injection
		http.Error(w, "none", http.StatusUnauthorized)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func send(w http.ResponseWriter, ctx context.Context, cur *mongo.Cursor, err error) {
	if err != nil {
		http.Error(w, "database", http.StatusInternalServerError)
		return
	}
	var docs []bson.M
	if err := cur.All(ctx, &docs); err != nil {
		http.Error(w, "database", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(docs)
}
