package connections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/smtp"
	"os"
	"strings"

	_ "github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"
	"golang.org/x/crypto/ssh"
)

const (
	passwordField  = "password"                          // fine: hard-coded-password
	passwordPrompt = "Enter the password of the account" // fine: hard-coded-password
	adminPassword  = "Tr0ub4dor&3-ops"                   // flaw: hard-coded-password
)

type Settings struct {
	Host     string
	User     string
	Password string
}

func Reports() (*sql.DB, error) {
	return sql.Open("mysql", "report:Wint3r!2023@tcp(db.internal:3306)/reports?tls=true") // flaw: hard-coded-password
}

func Orders() (*sql.DB, error) {
	dsn := fmt.Sprintf("orders:%s@tcp(db.internal:3306)/orders?tls=true", os.Getenv("ORDERS_DB_PASSWORD")) // fine: hard-coded-password
	return sql.Open("mysql", dsn)
}

func Cache() *redis.Client {
	opts := &redis.Options{
		Addr:     "cache.internal:6380",
		Username: "web",
		Password: "c4ch3-Pa55-2291", // flaw: hard-coded-password
	}
	return redis.NewClient(opts)
}

func Queue() *redis.Client {
	opts := &redis.Options{
		Addr:     "queue.internal:6380",
		Password: os.Getenv("QUEUE_PASSWORD"), // fine: hard-coded-password
	}
	return redis.NewClient(opts)
}

func defaults() Settings {
	s := Settings{Host: "pg.internal", User: "app"}
	s.Password = "hJ7!kq29-zLm" // flaw: hard-coded-password
	return s
}

func Pool(ctx context.Context) (*pgxpool.Pool, error) {
	s := defaults()
	return pgxpool.New(ctx, fmt.Sprintf("postgres://%s:%s@%s/app?sslmode=verify-full", s.User, s.Password, s.Host))
}

func mountedPassword(name string) (string, error) {
	data, err := os.ReadFile("/run/secrets/" + name)
	if err != nil {
		return "", err
	}
	password := strings.TrimSpace(string(data)) // fine: hard-coded-password
	if password == "" {
		return "", errors.New("empty secret")
	}
	return password, nil
}

func Mail() (smtp.Auth, error) {
	password, err := mountedPassword("smtp_password")
	if err != nil {
		return nil, err
	}
	return smtp.PlainAuth("", "robot@example.com", password, "smtp.example.com"), nil
}

func Alerts() smtp.Auth {
	return smtp.PlainAuth("", "alerts@example.com", "al3rts-Mail-778", "smtp.example.com") // flaw: hard-coded-password
}

func Device() *ssh.ClientConfig {
	auth := []ssh.AuthMethod{ssh.Password(adminPassword)}
	return &ssh.ClientConfig{User: "admin", Auth: auth}
}

func Login(w http.ResponseWriter, r *http.Request) {
	password := r.PostFormValue(passwordField)
	if password == "" {
		w.Header().Set("Content-Type", "text/plain")
		fmt.Fprintln(w, passwordPrompt)
		return
	}
	if password == "changeme" { // fine: hard-coded-password
		http.Error(w, "choose another password", http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
