package inventory

import (
	"fmt"
	"strings"

	sq "github.com/Masterminds/squirrel"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
	"gorm.io/gorm"
)

type Part struct {
	ID   int    `db:"id" json:"id"`
	Name string `db:"name" json:"name"`
}

type API struct {
	orm  *gorm.DB
	dbx  *sqlx.DB
	pool *pgxpool.Pool
}

func (a *API) Raw(c *fiber.Ctx) error {
	var parts []Part
	a.orm.Raw("SELECT id, name FROM parts WHERE name LIKE '%" + c.Query("name") + "%'").Scan(&parts) // flaw: sql-injection
	return c.JSON(parts)
}

func (a *API) RawBound(c *fiber.Ctx) error {
	var parts []Part
	a.orm.Raw("SELECT id, name FROM parts WHERE name LIKE ?", "%"+c.Query("name")+"%").Scan(&parts) // fine: sql-injection
	return c.JSON(parts)
}

func (a *API) Listing(c *fiber.Ctx) error {
	var parts []Part
	q := a.orm.Model(&Part{}).Limit(50)
	if order := c.Query("order"); order != "" {
		q = q.Order(order) // flaw: sql-injection
	}
	q.Find(&parts)
	return c.JSON(parts)
}

func (a *API) ListingBy(c *fiber.Ctx) error {
	var parts []Part
	column := "id"
	switch c.Query("order") {
	case "name", "stock":
		column = c.Query("order")
	}
	a.orm.Order(column + " desc").Limit(50).Find(&parts) // fine: sql-injection
	return c.JSON(parts)
}

func conditions(fields map[string]string) string {
	clauses := make([]string, 0, len(fields))
	for k, v := range fields {
		clauses = append(clauses, fmt.Sprintf("%s = '%s'", k, v))
	}
	return strings.Join(clauses, " AND ")
}

func (a *API) Match(c *fiber.Ctx) error {
	var parts []Part
	where := conditions(map[string]string{"color": c.Query("color"), "size": c.Query("size")})
	if err := a.dbx.Select(&parts, "SELECT id, name FROM parts WHERE "+where); err != nil { // flaw: sql-injection
		return fiber.ErrInternalServerError
	}
	return c.JSON(parts)
}

func (a *API) MatchNamed(c *fiber.Ctx) error {
	args := map[string]any{"color": c.Query("color"), "size": c.Query("size")}
	rows, err := a.dbx.NamedQuery("SELECT id, name FROM parts WHERE color = :color AND size = :size", args) // fine: sql-injection
	if err != nil {
		return fiber.ErrInternalServerError
	}
	defer rows.Close()
	parts := []Part{}
	for rows.Next() {
		var p Part
		if err := rows.StructScan(&p); err != nil {
			return fiber.ErrInternalServerError
		}
		parts = append(parts, p)
	}
	return c.JSON(parts)
}

func (a *API) Move(c *fiber.Ctx) error {
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fiber.ErrBadRequest
	}
	_, err = a.pool.Exec(c.Context(), "UPDATE parts SET moved = now() WHERE ref = '"+id.String()+"'") // fine: sql-injection
	return err
}

func (a *API) Dump(c *fiber.Ctx) error {
	table := pgx.Identifier{c.Params("table")}.Sanitize()
	var n int
	err := a.pool.QueryRow(c.Context(), "SELECT count(*) FROM "+table).Scan(&n) // fine: sql-injection
	if err != nil {
		return fiber.ErrNotFound
	}
	return c.JSON(n)
}

func (a *API) Batch(c *fiber.Ctx) error {
	var in struct {
		Labels []string `json:"labels"`
	}
	if err := c.BodyParser(&in); err != nil {
		return fiber.ErrBadRequest
	}
	batch := &pgx.Batch{}
	for i, label := range in.Labels {
		batch.Queue(fmt.Sprintf("UPDATE parts SET label = '%s' WHERE slot = %d", label, i)) // flaw: sql-injection
	}
	return a.pool.SendBatch(c.Context(), batch).Close()
}

func (a *API) Stock(c *fiber.Ctx) error {
	query := sq.Select("id", "name").From("parts").Where(sq.Eq{"site": c.Query("site")})
	text, args, err := query.Where(fmt.Sprintf("stock > %s", c.Query("min", "0"))).ToSql()
	if err != nil {
		return fiber.ErrBadRequest
	}
	var parts []Part
	if err := a.dbx.Select(&parts, text, args...); err != nil { // flaw: sql-injection
		return fiber.ErrInternalServerError
	}
	return c.JSON(parts)
}
