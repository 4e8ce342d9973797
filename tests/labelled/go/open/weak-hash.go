package credentials

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"net/http"
	"os"

	"golang.org/x/crypto/bcrypt"
)

type Users struct {
	db     *sql.DB
	digest func() hash.Hash
}

func NewUsers(db *sql.DB) *Users {
	return &Users{
		db:     db,
		digest: sha1.New, // flaw: weak-hash
	}
}

func HashPassword(password string) string {
	sum := md5.Sum([]byte(password)) // flaw: weak-hash
	return hex.EncodeToString(sum[:])
}

func StorePassword(password string) (string, error) {
	out, err := bcrypt.GenerateFromPassword([]byte(password), 12) // fine: weak-hash
	return string(out), err
}

func (u *Users) digestPassword(salt, password string) string {
	h := u.digest()
	_, _ = io.WriteString(h, salt+password)
	return hex.EncodeToString(h.Sum(nil))
}

func (u *Users) SetPassword(id int64, salt, password string) error {
	_, err := u.db.Exec("UPDATE users SET password = ? WHERE id = ?", u.digestPassword(salt, password), id)
	return err
}

func ETag(w http.ResponseWriter, content []byte) {
	w.Header().Set("ETag", fmt.Sprintf(`"%x"`, md5.Sum(content))) // fine: weak-hash
}

func CacheKey(parts ...string) string {
	h := sha1.New() // fine: weak-hash
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return "page:" + hex.EncodeToString(h.Sum(nil))[:16]
}

func SignDownload(secret, path string, expires int64) string {
	message := fmt.Sprintf("%s|%s|%d", secret, path, expires)
	sum := md5.Sum([]byte(message)) // flaw: weak-hash
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func SignLink(secret []byte, path string) string {
	mac := hmac.New(sha256.New, secret) // fine: weak-hash
	mac.Write([]byte(path))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func VerifyRelease(path, published string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	h := sha1.New() // flaw: weak-hash
	if _, err := io.Copy(h, f); err != nil {
		return false, err
	}
	return hex.EncodeToString(h.Sum(nil)) == published, nil
}

func Bucket(userID string, shards int) int {
	sum := md5.Sum([]byte(userID)) // fine: weak-hash
	return int(sum[0]) % shards
}

func GitBlobID(content []byte) string {
	h := sha1.New() // fine: weak-hash
	fmt.Fprintf(h, "blob %d\x00", len(content))
	h.Write(content)
	return hex.EncodeToString(h.Sum(nil))
}
