package members

import (
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

type Member struct {
	ID      uint   `json:"id"`
	Name    string `json:"name"`
	Email   string `json:"email"`
	Role    string `json:"role"`
	Credits int    `json:"credits"`
}

type profileForm struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

var editable = []string{"name", "email"}

type Members struct {
	db *gorm.DB
}

func (m *Members) Register(c *gin.Context) {
	var in Member
	if err := c.ShouldBindJSON(&in); err != nil { // flaw: mass-assignment
		c.Status(http.StatusBadRequest)
		return
	}
	m.db.Create(&in)
	c.Status(http.StatusCreated)
}

func (m *Members) SignUp(c *gin.Context) {
	var in profileForm
	if err := c.ShouldBindJSON(&in); err != nil { // fine: mass-assignment
		c.Status(http.StatusBadRequest)
		return
	}
	m.db.Create(&Member{Name: in.Name, Email: in.Email, Role: "user"})
	c.Status(http.StatusCreated)
}

func (m *Members) Update(c *gin.Context) {
	var current Member
	if m.db.First(&current, c.GetUint("member")).Error != nil {
		c.Status(http.StatusNotFound)
		return
	}
	if err := c.BindJSON(&current); err != nil { // flaw: mass-assignment
		return
	}
	m.db.Save(&current)
	c.Status(http.StatusNoContent)
}

func (m *Members) Patch(c *gin.Context) {
	changes := map[string]any{}
	if err := json.NewDecoder(c.Request.Body).Decode(&changes); err != nil {
		c.Status(http.StatusBadRequest)
		return
	}
	m.db.Model(&Member{}).Where("id = ?", c.GetUint("member")).Updates(changes) // flaw: mass-assignment
	c.Status(http.StatusNoContent)
}

func (m *Members) PatchSome(c *gin.Context) {
	raw := map[string]any{}
	if err := json.NewDecoder(c.Request.Body).Decode(&raw); err != nil {
		c.Status(http.StatusBadRequest)
		return
	}
	changes := map[string]any{}
	for _, key := range editable {
		if v, ok := raw[key].(string); ok {
			changes[key] = v
		}
	}
	m.db.Model(&Member{}).Where("id = ?", c.GetUint("member")).Updates(changes) // fine: mass-assignment
	c.Status(http.StatusNoContent)
}

func (m *Members) Rename(c *gin.Context) {
	var in Member
	if err := c.ShouldBindJSON(&in); err != nil {
		c.Status(http.StatusBadRequest)
		return
	}
	m.db.Model(&Member{ID: c.GetUint("member")}).Select("Name", "Email").Updates(in) // fine: mass-assignment
	c.Status(http.StatusNoContent)
}

func decodeInto(r *http.Request, dst any) error {
	return json.NewDecoder(r.Body).Decode(dst) // flaw: mass-assignment
}

func (m *Members) Invite(w http.ResponseWriter, r *http.Request) {
	fresh := Member{Role: "user"}
	if err := decodeInto(r, &fresh); err != nil {
		http.Error(w, "json", http.StatusBadRequest)
		return
	}
	m.db.Create(&fresh)
	w.WriteHeader(http.StatusCreated)
}

func (m *Members) Guest(w http.ResponseWriter, r *http.Request) {
	var in Member
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil { // fine: mass-assignment
		http.Error(w, "json", http.StatusBadRequest)
		return
	}
	in.ID, in.Role, in.Credits = 0, "guest", 0
	m.db.Create(&in)
	w.WriteHeader(http.StatusCreated)
}
