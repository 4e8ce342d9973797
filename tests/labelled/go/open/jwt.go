package auth

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

type Verifier struct {
	secret []byte
	parser *jwt.Parser
}

func NewVerifier(secret []byte) *Verifier {
	return &Verifier{secret: secret, parser: jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired())}
}

func bearer(r *http.Request) string {
	return strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
}

func (v *Verifier) Subject(r *http.Request) (string, error) {
	claims := jwt.MapClaims{}
	_, _, err := jwt.NewParser().ParseUnverified(bearer(r), claims) // flaw: jwt
	if err != nil {
		return "", err
	}
	return claims.GetSubject()
}

func (v *Verifier) Account(r *http.Request) (string, error) {
	claims := &jwt.RegisteredClaims{}
	_, err := v.parser.ParseWithClaims(bearer(r), claims, func(*jwt.Token) (any, error) { return v.secret, nil }) // fine: jwt
	if err != nil {
		return "", err
	}
	return claims.Subject, nil
}

func ServiceToken(name string) (string, error) {
	t := jwt.NewWithClaims(jwt.SigningMethodNone, jwt.MapClaims{"sub": name, "role": "service"})
	return t.SignedString(jwt.UnsafeAllowNoneSignatureType) // flaw: jwt
}

func (v *Verifier) Issue(name string) (string, error) {
	t := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"sub": name, "role": "user"})
	return t.SignedString(v.secret) // fine: jwt
}

func (v *Verifier) keyFor(t *jwt.Token) (any, error) {
	if t.Method.Alg() == "none" {
		return jwt.UnsafeAllowNoneSignatureType, nil // flaw: jwt
	}
	if _, ok := t.Method.(*jwt.SigningMethodHMAC); !ok {
		return nil, errors.New("unexpected method")
	}
	return v.secret, nil
}

func (v *Verifier) Partner(r *http.Request) (jwt.MapClaims, error) {
	t, err := jwt.Parse(bearer(r), v.keyFor)
	if err != nil || !t.Valid {
		return nil, errors.New("token refused")
	}
	return t.Claims.(jwt.MapClaims), nil
}

func (v *Verifier) Strict(r *http.Request) (*jwt.Token, error) {
	return jwt.Parse(bearer(r), func(t *jwt.Token) (any, error) { // fine: jwt
		if _, ok := t.Method.(*jwt.SigningMethodHMAC); !ok {
			return nil, fmt.Errorf("unexpected method %v", t.Header["alg"])
		}
		return v.secret, nil
	})
}

func role(r *http.Request) (string, error) {
	parts := strings.Split(bearer(r), ".")
	if len(parts) != 3 {
		return "", errors.New("token shape")
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[1]) // flaw: jwt
	if err != nil {
		return "", err
	}
	var claims struct {
		Role string `json:"role"`
	}
	err = json.Unmarshal(data, &claims)
	return claims.Role, err
}

func AdminOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got, err := role(r); err != nil || got != "admin" {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (v *Verifier) Issuer(r *http.Request, keys map[string][]byte) (string, error) {
	raw := bearer(r)
	peek := &jwt.RegisteredClaims{}
	if _, _, err := v.parser.ParseUnverified(raw, peek); err != nil { // fine: jwt
		return "", err
	}
	key, ok := keys[peek.Issuer]
	if !ok {
		return "", errors.New("unknown issuer")
	}
	claims := &jwt.RegisteredClaims{}
	if _, err := v.parser.ParseWithClaims(raw, claims, func(*jwt.Token) (any, error) { return key, nil }); err != nil {
		return "", err
	}
	return claims.Subject, nil
}
