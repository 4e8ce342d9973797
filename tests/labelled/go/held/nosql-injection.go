package search

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/elastic/go-elasticsearch/v8"
	"github.com/labstack/echo/v4"
	"gopkg.in/mgo.v2"
	"gopkg.in/mgo.v2/bson"
)

type Hub struct {
	es     *elasticsearch.Client
	dynamo *dynamodb.Client
	notes  *mgo.Collection
}

func (h *Hub) Documents(c echo.Context) error {
	body := `{"query":{"bool":{"filter":[{"term":{"owner":"` + c.Get("owner").(string) + `"}}],"must":[{"match":{"text":"` + c.QueryParam("q") + `"}}]}}}`
	res, err := h.es.Search(h.es.Search.WithIndex("documents"), h.es.Search.WithBody(strings.NewReader(body))) // flaw: nosql-injection
	if err != nil {
		return err
	}
	defer res.Body.Close()
	return c.Stream(200, "application/json", res.Body)
}

func (h *Hub) DocumentsByTerm(c echo.Context) error {
	query := map[string]any{"query": map[string]any{"match": map[string]any{"text": c.QueryParam("q")}}}
	data, err := json.Marshal(query)
	if err != nil {
		return err
	}
	res, err := h.es.Search(h.es.Search.WithIndex("public"), h.es.Search.WithBody(strings.NewReader(string(data)))) // fine: nosql-injection
	if err != nil {
		return err
	}
	defer res.Body.Close()
	return c.Stream(200, "application/json", res.Body)
}

func (h *Hub) Orders(c echo.Context) error {
	statement := fmt.Sprintf("SELECT * FROM orders WHERE customer = '%s'", c.QueryParam("customer"))
	input := &dynamodb.ExecuteStatementInput{Statement: aws.String(statement)}
	out, err := h.dynamo.ExecuteStatement(c.Request().Context(), input) // flaw: nosql-injection
	if err != nil {
		return err
	}
	return c.JSON(200, out.Items)
}

func (h *Hub) OrdersBound(c echo.Context) error {
	out, err := h.dynamo.ExecuteStatement(c.Request().Context(), &dynamodb.ExecuteStatementInput{ // fine: nosql-injection
		Statement:  aws.String("SELECT * FROM orders WHERE customer = ?"),
		Parameters: []types.AttributeValue{&types.AttributeValueMemberS{Value: c.QueryParam("customer")}},
	})
	if err != nil {
		return err
	}
	return c.JSON(200, out.Items)
}

func (h *Hub) Notes(c echo.Context) error {
	var sb strings.Builder
	sb.WriteString("function() { return this.tags.indexOf('")
	sb.WriteString(c.FormValue("tag"))
	sb.WriteString("') >= 0 }")
	var out []bson.M
	if err := h.notes.Find(bson.M{"$where": sb.String()}).Limit(20).All(&out); err != nil { // flaw: nosql-injection
		return err
	}
	return c.JSON(200, out)
}

func (h *Hub) NotesByTag(c echo.Context) error {
	var out []bson.M
	if err := h.notes.Find(bson.M{"tags": c.FormValue("tag")}).Limit(20).All(&out); err != nil { // fine: nosql-injection
		return err
	}
	return c.JSON(200, out)
}

func (h *Hub) remove(selector any) error {
	_, err := h.notes.RemoveAll(selector) // flaw: nosql-injection
	return err
}

func (h *Hub) Clean(c echo.Context) error {
	var selector bson.M
	if err := c.Bind(&selector); err != nil {
		return err
	}
	if len(selector) == 0 {
		return echo.NewHTTPError(400)
	}
	if err := h.remove(selector); err != nil {
		return err
	}
	return c.NoContent(204)
}

func (h *Hub) Note(c echo.Context) error {
	id := c.Param("id")
	if !bson.IsObjectIdHex(id) {
		return echo.NewHTTPError(400)
	}
	var out bson.M
	if err := h.notes.FindId(bson.ObjectIdHex(id)).One(&out); err != nil { // fine: nosql-injection
		return echo.NewHTTPError(404)
	}
	return c.JSON(200, out)
}
