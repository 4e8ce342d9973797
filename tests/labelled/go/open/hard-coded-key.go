package sealing

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"os"

	"github.com/golang-jwt/jwt/v5"
	"github.com/gorilla/sessions"
	"golang.org/x/crypto/hkdf"
)

const (
	keyVariable = "SEALING_KEY" // fine: hard-coded-key
	headerName  = "X-Signature-Key-Id"
	masterHex   = "6f1d0c9ab2e34477815cde09f3a6b1d2c4e58f7091a3b5c7d9eb0f2143657687" // flaw: hard-coded-key
)

var macKey = []byte("kq8Zr2!vLw5nXt7#Jd1sPy4@Gh6mCb9f") // flaw: hard-coded-key

var store = sessions.NewCookieStore([]byte("9cFh3Qm7Ls1Vx5Tz8Wn2Rk6Pj4Bd0Ygu")) // flaw: hard-coded-key

var stateStore = sessions.NewCookieStore([]byte(os.Getenv("SESSION_KEY"))) // fine: hard-coded-key

func seal(key, nonce, plain []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	return gcm.Seal(nil, nonce, plain, nil), nil
}

func freshNonce() ([]byte, error) {
	nonce := make([]byte, 12) // fine: hard-coded-key
	_, err := rand.Read(nonce)
	return nonce, err
}

func SealBackup(plain []byte) ([]byte, error) {
	key, err := hex.DecodeString(masterHex)
	if err != nil {
		return nil, err
	}
	nonce, err := freshNonce()
	if err != nil {
		return nil, err
	}
	out, err := seal(key, nonce, plain)
	return append(nonce, out...), err
}

func SealExport(plain []byte) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(os.Getenv(keyVariable))
	if err != nil || len(key) != 32 {
		return nil, errors.New("no key in environment")
	}
	nonce := []byte("unique-nonce") // flaw: hard-coded-key
	return seal(key, nonce, plain)
}

func Sign(w http.ResponseWriter, body []byte) {
	mac := hmac.New(sha256.New, macKey)
	mac.Write(body)
	w.Header().Set(headerName, "primary")
	w.Header().Set("X-Signature", hex.EncodeToString(mac.Sum(nil)))
}

func Issue(user string) (string, error) {
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"sub": user})
	return token.SignedString([]byte("Xp4rU8sB2vEyGmKq")) // flaw: hard-coded-key
}

func IssueFrom(path, user string) (string, error) {
	secret, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"sub": user})
	return token.SignedString(secret) // fine: hard-coded-key
}

func Derived(secret []byte) ([]byte, error) {
	key := make([]byte, 32)
	kdf := hkdf.New(sha256.New, secret, nil, []byte("invoice-export-v1")) // fine: hard-coded-key
	_, err := io.ReadFull(kdf, key)
	return key, err
}

func Session(r *http.Request) (*sessions.Session, *sessions.Session) {
	a, _ := store.Get(r, "sid")
	b, _ := stateStore.Get(r, "state")
	for _, s := range []*sessions.Session{a, b} {
		s.Options.HttpOnly = true
		s.Options.Secure = true
		s.Options.SameSite = http.SameSiteLaxMode
	}
	return a, b
}
