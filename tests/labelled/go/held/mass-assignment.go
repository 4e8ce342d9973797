package tenants

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/mitchellh/mapstructure"
	"github.com/uptrace/bun"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

type Tenant struct {
	ID       int64  `json:"id" bun:"id,pk,autoincrement"`
	Title    string `json:"title"`
	Plan     string `json:"plan"`
	Verified bool   `json:"verified"`
	OwnerID  int64  `json:"owner_id"`
}

type Person struct {
	Name    string `json:"name"`
	IsAdmin bool   `json:"-"`
}

type titleForm struct {
	Title string `json:"title" form:"title"`
}

type Service struct {
	db   *bun.DB
	docs *mongo.Collection
}

func (s *Service) Create(c echo.Context) error {
	t := new(Tenant)
	if err := c.Bind(t); err != nil { // flaw: mass-assignment
		return err
	}
	_, err := s.db.NewInsert().Model(t).Exec(c.Request().Context())
	return err
}

func (s *Service) CreateTitled(c echo.Context) error {
	var f titleForm
	if err := c.Bind(&f); err != nil { // fine: mass-assignment
		return err
	}
	t := &Tenant{Title: f.Title, Plan: "free", OwnerID: c.Get("uid").(int64)}
	_, err := s.db.NewInsert().Model(t).Exec(c.Request().Context())
	return err
}

func (s *Service) load(ctx context.Context, owner int64) (*Tenant, error) {
	t := new(Tenant)
	err := s.db.NewSelect().Model(t).Where("owner_id = ?", owner).Scan(ctx)
	return t, err
}

func (s *Service) Merge(c echo.Context) error {
	t, err := s.load(c.Request().Context(), c.Get("uid").(int64))
	if err != nil {
		return echo.ErrNotFound
	}
	input := map[string]any{}
	if err := c.Bind(&input); err != nil {
		return err
	}
	if err := mapstructure.Decode(input, t); err != nil { // flaw: mass-assignment
		return echo.ErrBadRequest
	}
	_, err = s.db.NewUpdate().Model(t).WherePK().Exec(c.Request().Context())
	return err
}

func (s *Service) Retitle(c echo.Context) error {
	t, err := s.load(c.Request().Context(), c.Get("uid").(int64))
	if err != nil {
		return echo.ErrNotFound
	}
	id := t.ID
	if err := c.Bind(t); err != nil { // fine: mass-assignment
		return err
	}
	_, err = s.db.NewUpdate().Model(t).Column("title").Where("id = ?", id).Exec(c.Request().Context())
	return err
}

func (s *Service) Set(c echo.Context) error {
	var doc bson.M
	if err := c.Bind(&doc); err != nil {
		return err
	}
	delete(doc, "_id")
	_, err := s.docs.UpdateOne(c.Request().Context(), bson.M{"uid": c.Get("uid")}, bson.M{"$set": doc}) // flaw: mass-assignment
	return err
}

func (s *Service) SetKnown(c echo.Context) error {
	doc := bson.M{}
	for _, k := range []string{"title", "color"} {
		if v := c.FormValue(k); v != "" {
			doc[k] = v
		}
	}
	_, err := s.docs.UpdateOne(c.Request().Context(), bson.M{"uid": c.Get("uid")}, bson.M{"$set": doc}) // fine: mass-assignment
	return err
}

func (s *Service) Person(c echo.Context) error {
	p := Person{}
	if err := (&echo.DefaultBinder{}).BindBody(c, &p); err != nil { // fine: mass-assignment
		return err
	}
	_, err := s.docs.InsertOne(c.Request().Context(), bson.M{"name": p.Name, "admin": p.IsAdmin})
	return err
}

func (s *Service) Bulk(c echo.Context) error {
	var list []Tenant
	if err := c.Bind(&list); err != nil { // flaw: mass-assignment
		return err
	}
	for i := range list {
		list[i].OwnerID = c.Get("uid").(int64)
	}
	if _, err := s.db.NewInsert().Model(&list).Exec(c.Request().Context()); err != nil {
		return err
	}
	return c.NoContent(http.StatusCreated)
}
