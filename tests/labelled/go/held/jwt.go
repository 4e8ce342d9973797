package tokens

import (
	"context"
	"crypto/rsa"
	"net/http"
	"strings"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
	josejwt "github.com/go-jose/go-jose/v4/jwt"
	gojwt "github.com/golang-jwt/jwt/v4"
	"github.com/labstack/echo/v4"
	"github.com/lestrrat-go/jwx/v2/jwa"
	"github.com/lestrrat-go/jwx/v2/jwt"
)

type Gate struct {
	key  *rsa.PublicKey
	jwks keyfunc.Keyfunc
}

func (g *Gate) Quick(c echo.Context) error {
	tok, err := jwt.ParseString(c.QueryParam("token"), jwt.WithVerify(false)) // flaw: jwt
	if err != nil {
		return echo.ErrUnauthorized
	}
	c.Set("user", tok.Subject())
	return c.NoContent(http.StatusNoContent)
}

func (g *Gate) Full(c echo.Context) error {
	tok, err := jwt.ParseString(c.QueryParam("token"), jwt.WithKey(jwa.RS256, g.key)) // fine: jwt
	if err != nil {
		return echo.ErrUnauthorized
	}
	c.Set("user", tok.Subject())
	return c.NoContent(http.StatusNoContent)
}

func (g *Gate) Claims(raw string) (map[string]any, error) {
	tok, err := josejwt.ParseSigned(raw, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return nil, err
	}
	claims := map[string]any{}
	if err := tok.UnsafeClaimsWithoutVerification(&claims); err != nil { // flaw: jwt
		return nil, err
	}
	return claims, nil
}

func (g *Gate) SignedClaims(raw string) (map[string]any, error) {
	tok, err := josejwt.ParseSigned(raw, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return nil, err
	}
	claims := map[string]any{}
	std := josejwt.Claims{}
	if err := tok.Claims(g.key, &claims, &std); err != nil { // fine: jwt
		return nil, err
	}
	return claims, std.Validate(josejwt.Expected{Issuer: "https://id.example.com"})
}

func (g *Gate) Middleware(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		claims, err := g.Claims(strings.TrimPrefix(c.Request().Header.Get("Authorization"), "Bearer "))
		if err != nil {
			return echo.ErrUnauthorized
		}
		c.Set("claims", claims)
		return next(c)
	}
}

func (g *Gate) Loose(raw string) (*gojwt.Token, error) {
	tok, err := gojwt.Parse(raw, func(*gojwt.Token) (interface{}, error) { return g.key, nil })
	if ve, ok := err.(*gojwt.ValidationError); ok && ve.Errors&gojwt.ValidationErrorSignatureInvalid != 0 {
		return tok, nil // flaw: jwt
	}
	return tok, err
}

func (g *Gate) Rotating(raw string) (*gojwt.Token, error) {
	return gojwt.Parse(raw, func(t *gojwt.Token) (interface{}, error) { // fine: jwt
		if t.Method != gojwt.SigningMethodRS256 {
			return nil, gojwt.ErrSignatureInvalid
		}
		return g.key, nil
	})
}

func Verifier(p *oidc.Provider) *oidc.IDTokenVerifier {
	conf := &oidc.Config{ClientID: "web"}
	conf.InsecureSkipSignatureCheck = true // flaw: jwt
	return p.Verifier(conf)
}

func StrictVerifier(ctx context.Context, issuer string) (*oidc.IDTokenVerifier, error) {
	p, err := oidc.NewProvider(ctx, issuer)
	if err != nil {
		return nil, err
	}
	return p.VerifierContext(ctx, &oidc.Config{ClientID: "web"}), nil // fine: jwt
}
