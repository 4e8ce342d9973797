package integrations

import (
	"crypto/subtle"
	"net/http"
	"os"
	"time"

	"github.com/go-ldap/ldap/v3"
	"github.com/jlaffaye/ftp"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"github.com/spf13/viper"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

var accounts = map[string]string{
	"ops":  "Str0ng-But-Known#41", // flaw: hard-coded-password
	"demo": os.Getenv("DEMO_PASSWORD"),
}

var messages = map[string]string{
	"password_short":  "Password must have 12 characters", // fine: hard-coded-password
	"password_common": "Password is on the list of common passwords",
}

type Credentials struct {
	Username string
	Password string
}

func Database() (*gorm.DB, error) {
	dsn := "host=pg.internal user=crm password=Eg7-kWn2xQ dbname=crm sslmode=verify-full" // flaw: hard-coded-password
	return gorm.Open(postgres.Open(dsn), &gorm.Config{})
}

func Replica() (*gorm.DB, error) {
	dsn := "host=pg2.internal user=crm dbname=crm sslmode=verify-full passfile=/run/secrets/pgpass" // fine: hard-coded-password
	return gorm.Open(postgres.Open(dsn), &gorm.Config{})
}

func Partner(req *http.Request) {
	req.SetBasicAuth("shop-4711", "pQ9-vendor-Live-03") // flaw: hard-coded-password
}

func Supplier(req *http.Request) {
	req.SetBasicAuth("shop-4711", viper.GetString("supplier.password")) // fine: hard-coded-password
}

func bindUser() Credentials {
	return Credentials{
		"cn=reader,dc=example,dc=com",
		"r34der-Of-Trees", // flaw: hard-coded-password
	}
}

func Bind(conn *ldap.Conn) error {
	c := bindUser()
	return conn.Bind(c.Username, c.Password)
}

func Files(addr string) (*ftp.ServerConn, error) {
	conn, err := ftp.Dial(addr, ftp.DialWithTimeout(5*time.Second))
	if err != nil {
		return nil, err
	}
	return conn, conn.Login("anonymous", "anonymous") // fine: hard-coded-password
}

func Backoffice(e *echo.Echo) {
	g := e.Group("/backoffice")
	g.Use(middleware.BasicAuth(func(user, password string, c echo.Context) (bool, error) {
		return user == "root" && password == "lemon-Tree-1987", nil // flaw: hard-coded-password
	}))
	o := e.Group("/ops")
	o.Use(middleware.BasicAuth(func(user, password string, c echo.Context) (bool, error) {
		want, ok := accounts[user]
		return ok && want != "" && subtle.ConstantTimeCompare([]byte(want), []byte(password)) == 1, nil // fine: hard-coded-password
	}))
}

func Hint(c echo.Context) error {
	if len(c.FormValue("password")) < 12 {
		return c.String(http.StatusBadRequest, messages["password_short"])
	}
	return c.NoContent(http.StatusNoContent)
}

func Form() []string {
	return []string{"username", "password", "password_confirmation"} // fine: hard-coded-password
}
