package messages

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"os"
	"strings"

	"github.com/gorilla/csrf"
	"github.com/gorilla/securecookie"
	"github.com/labstack/echo/v4"
	echojwt "github.com/labstack/echo-jwt/v4"
	"golang.org/x/crypto/chacha20poly1305"
	"net/http"
)

var codec = securecookie.New([]byte("pV7mZr3TqXw9Ld5Kc1Hs8Nb6Fy2Ju4Ga"), nil) // flaw: hard-coded-key

var iv = []byte{0x3a, 0x91, 0x5c, 0x07, 0xee, 0x42, 0xb8, 0x1d, 0x66, 0xf0, 0x2b, 0x9d, 0x84, 0x13, 0xc7, 0x5e} // flaw: hard-coded-key

const publicKeyHex = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a" // fine: hard-coded-key

type KeyRing struct {
	keys map[string][]byte
}

func Builtin() *KeyRing {
	ring := &KeyRing{keys: map[string][]byte{}}
	ring.keys["partner"] = []byte("0bA7!xYt39Qw#LmE5&sDf2*Hk8(Zv1)U") // flaw: hard-coded-key
	return ring
}

func Loaded(dir string, names ...string) (*KeyRing, error) {
	ring := &KeyRing{keys: make(map[string][]byte, len(names))}
	for _, n := range names {
		text, err := os.ReadFile(dir + "/" + n + ".key")
		if err != nil {
			return nil, err
		}
		key, err := hex.DecodeString(strings.TrimSpace(string(text))) // fine: hard-coded-key
		if err != nil {
			return nil, err
		}
		ring.keys[n] = key
	}
	return ring, nil
}

func (k *KeyRing) Encrypt(name string, plain []byte) ([]byte, error) {
	key, ok := k.keys[name]
	if !ok {
		return nil, fmt.Errorf("no key %q", name)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	out := make([]byte, len(plain))
	cipher.NewCTR(block, iv).XORKeyStream(out, plain)
	return out, nil
}

func (k *KeyRing) Seal(name string, plain []byte) ([]byte, error) {
	aead, err := chacha20poly1305.New(k.keys[name])
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return aead.Seal(nonce, nonce, plain, []byte("messages/v2")), nil // fine: hard-coded-key
}

func Routes(e *echo.Echo) {
	g := e.Group("/api")
	g.Use(echojwt.WithConfig(echojwt.Config{
		SigningMethod: "HS256",
		SigningKey:    []byte("m3rcury-r1sing-44-tango"), // flaw: hard-coded-key
	}))
	h := e.Group("/internal")
	h.Use(echojwt.WithConfig(echojwt.Config{
		SigningMethod: "HS256",
		SigningKey:    []byte(os.Getenv("INTERNAL_JWT_KEY")), // fine: hard-coded-key
	}))
}

func Protect(next http.Handler) http.Handler {
	key := [32]byte{}
	copy(key[:], "a9s8d7f6g5h4j3k2l1q0w9e8r7t6y5u4") // flaw: hard-coded-key
	return csrf.Protect(key[:], csrf.SameSite(csrf.SameSiteStrictMode))(next)
}

func FromVendor(message, sig []byte) (bool, error) {
	key, err := hex.DecodeString(publicKeyHex)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return false, err
	}
	return ed25519.Verify(ed25519.PublicKey(key), message, sig), nil
}

func (k *KeyRing) Tag(name string, message []byte) []byte {
	mac := hmac.New(sha512.New, k.keys[name])
	mac.Write(message)
	return mac.Sum(nil)
}

func Remember(user string) (string, error) {
	return codec.Encode("remember", user)
}
