package invites

import (
	"crypto/aes"
	"crypto/cipher"
	crypto "crypto/rand"
	"encoding/base64"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

var letters = []rune("abcdefghijkmnpqrstuvwxyz23456789")

type Invite struct {
	Mail    string
	Token   string
	Expires time.Time
}

type Source interface {
	IntN(n int) int
}

func word(src Source, n int) string {
	out := make([]rune, n)
	for i := range out {
		out[i] = letters[src.IntN(len(letters))]
	}
	return string(out)
}

func NewInvite(mail string) Invite {
	src := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1)) // flaw: weak-random
	return Invite{Mail: mail, Token: word(src, 20), Expires: time.Now().Add(48 * time.Hour)}
}

func PlaceholderName() string {
	src := rand.New(rand.NewPCG(7, 11)) // fine: weak-random
	return "guest " + word(src, 5)
}

func CouponSecret() string {
	var sb strings.Builder
	for sb.Len() < 16 {
		sb.WriteRune(letters[rand.IntN(len(letters))]) // flaw: weak-random
	}
	return sb.String()
}

func SharingSecret() string {
	return uuid.NewString() // fine: weak-random
}

func Seal(block cipher.Block, plain []byte) ([]byte, error) {
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, gcm.NonceSize())
	for i := range nonce {
		nonce[i] = byte(rand.Uint32()) // flaw: weak-random
	}
	return gcm.Seal(nonce, nonce, plain, nil), nil
}

func SealFresh(key, plain []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, gcm.NonceSize())
	if _, err := crypto.Read(nonce); err != nil { // fine: weak-random
		return nil, err
	}
	return gcm.Seal(nonce, nonce, plain, nil), nil
}

func Csrf(c echo.Context) string {
	raw := make([]byte, 18)
	for i := range raw {
		raw[i] = byte(rand.IntN(256)) // flaw: weak-random
	}
	token := base64.RawURLEncoding.EncodeToString(raw)
	c.Set("csrf_token", token)
	return token
}

func PickServer(servers []string) string {
	return servers[rand.IntN(len(servers))] // fine: weak-random
}

func Jitter(base time.Duration) time.Duration {
	return base + rand.N(base/2) // fine: weak-random
}
