package tokens

import (
	crand "crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/big"
	"math/rand"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

type Generator struct {
	src *rand.Rand
}

func NewGenerator() *Generator {
	return &Generator{src: rand.New(rand.NewSource(time.Now().UnixNano()))}
}

func ResetCode() string {
	return fmt.Sprintf("%06d", rand.Intn(1000000)) // flaw: weak-random
}

func LoginCode() (string, error) {
	n, err := crand.Int(crand.Reader, big.NewInt(1000000)) // fine: weak-random
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%06d", n), nil
}

func APIKey() string {
	buf := make([]byte, 32)
	rand.Read(buf) // flaw: weak-random
	return hex.EncodeToString(buf)
}

func AccessKey() (string, error) {
	buf := make([]byte, 32)
	if _, err := crand.Read(buf); err != nil { // fine: weak-random
		return "", err
	}
	return hex.EncodeToString(buf), nil
}

func (g *Generator) pick(n int) string {
	var sb strings.Builder
	for i := 0; i < n; i++ {
		sb.WriteByte(alphabet[g.src.Intn(len(alphabet))]) // flaw: weak-random
	}
	return sb.String()
}

func (g *Generator) TemporaryPassword() string {
	return g.pick(4) + "-" + g.pick(4)
}

func Start(w http.ResponseWriter, r *http.Request) {
	value := strconv.FormatInt(rand.Int63(), 36) // flaw: weak-random
	http.SetCookie(w, &http.Cookie{
		Name: "sid", Value: value, Path: "/",
		HttpOnly: true, Secure: true, SameSite: http.SameSiteLaxMode,
	})
	w.WriteHeader(http.StatusNoContent)
}

func Backoff(attempt int) time.Duration {
	base := time.Duration(1<<attempt) * 100 * time.Millisecond
	return base + time.Duration(rand.Int63n(int64(base))) // fine: weak-random
}

func Deal(deck []string) []string {
	out := append([]string(nil), deck...)
	rand.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] }) // fine: weak-random
	return out
}

func Sampled(rate float64) bool {
	return rand.Float64() < rate // fine: weak-random
}

func OAuthState() string {
	seed := rand.New(rand.NewSource(time.Now().Unix()))
	raw := make([]byte, 0, 24)
	for len(raw) < cap(raw) {
		raw = append(raw, byte(seed.Intn(256))) // flaw: weak-random
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}
