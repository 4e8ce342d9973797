package identity

import (
	"bytes"
	"crypto"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/hex"
	"hash"
	"hash/crc32"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/md4"
	"golang.org/x/crypto/pbkdf2"
)

var algorithms = map[string]func() hash.Hash{
	"strong": sha512.New,
	"compat": md5.New, // flaw: weak-hash
}

type Account struct {
	Login string
	Salt  []byte
	Hash  []byte
}

func (a *Account) SetPassword(password string) {
	h := algorithms["compat"]()
	h.Write(a.Salt)
	h.Write([]byte(password))
	a.Hash = h.Sum(nil)
}

func (a *Account) SetPassphrase(phrase string) {
	a.Hash = argon2.IDKey([]byte(phrase), a.Salt, 2, 64*1024, 2, 32) // fine: weak-hash
}

func (a *Account) NTHash(utf16 []byte) []byte {
	h := md4.New() // flaw: weak-hash
	h.Write(utf16)
	return h.Sum(nil)
}

func (a *Account) Derive(password string) []byte {
	return pbkdf2.Key([]byte(password), a.Salt, 600000, 32, sha256.New) // fine: weak-hash
}

func SignManifest(key *rsa.PrivateKey, manifest []byte) ([]byte, error) {
	digest := sha1.Sum(manifest) // flaw: weak-hash
	return rsa.SignPKCS1v15(nil, key, crypto.SHA1, digest[:])
}

func SignRelease(key *rsa.PrivateKey, manifest []byte) ([]byte, error) {
	digest := sha256.Sum256(manifest) // fine: weak-hash
	return rsa.SignPKCS1v15(nil, key, crypto.SHA256, digest[:])
}

func RecoveryToken(mail string, serverSecret []byte) string {
	var buf bytes.Buffer
	buf.WriteString(strings.ToLower(mail))
	buf.Write(serverSecret)
	sum := sha1.Sum(buf.Bytes()) // flaw: weak-hash
	return base32.StdEncoding.EncodeToString(sum[:])
}

func Gravatar(mail string) string {
	sum := md5.Sum([]byte(strings.ToLower(strings.TrimSpace(mail)))) // fine: weak-hash
	return "https://www.gravatar.com/avatar/" + hex.EncodeToString(sum[:])
}

func TransferCheck(src io.Reader) (uint32, error) {
	h := crc32.NewIEEE() // fine: weak-hash
	_, err := io.Copy(h, src)
	return h.Sum32(), err
}

func Authentic(secret, message, tag []byte) bool {
	mac := hmac.New(sha256.New, secret)
	mac.Write(message)
	return hmac.Equal(mac.Sum(nil), tag)
}

func RingPosition(node string) uint32 {
	sum := sha1.Sum([]byte(node)) // fine: weak-hash
	return uint32(sum[0])<<24 | uint32(sum[1])<<16 | uint32(sum[2])<<8 | uint32(sum[3])
}
