package transport

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"

	"golang.org/x/crypto/blowfish"
	"golang.org/x/crypto/nacl/secretbox"
	"golang.org/x/crypto/tea"
)

type blockMaker func(key []byte) (cipher.Block, error)

var makers = map[string]blockMaker{
	"aes": aes.NewCipher, // fine: weak-cipher
	"des": des.NewCipher, // flaw: weak-cipher
}

func Encrypt(name string, key, plain []byte) ([]byte, error) {
	make1, ok := makers[name]
	if !ok {
		return nil, fmt.Errorf("unknown cipher %q", name)
	}
	block, err := make1(key)
	if err != nil {
		return nil, err
	}
	out := make([]byte, block.BlockSize()+len(plain))
	iv := out[:block.BlockSize()]
	if _, err := io.ReadFull(rand.Reader, iv); err != nil {
		return nil, err
	}
	cipher.NewCTR(block, iv).XORKeyStream(out[block.BlockSize():], plain)
	return out, nil
}

type ecb struct {
	b cipher.Block
}

func (e ecb) CryptBlocks(dst, src []byte) {
	for len(src) >= e.b.BlockSize() {
		e.b.Encrypt(dst, src[:e.b.BlockSize()]) // flaw: weak-cipher
		src = src[e.b.BlockSize():]
		dst = dst[e.b.BlockSize():]
	}
}

func SealCards(key, cards []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	out := make([]byte, len(cards))
	ecb{b: block}.CryptBlocks(out, cards)
	return out, nil
}

func SealNotes(key *[32]byte, notes []byte) ([]byte, error) {
	var nonce [24]byte
	if _, err := rand.Read(nonce[:]); err != nil {
		return nil, err
	}
	return secretbox.Seal(nonce[:], notes, &nonce, key), nil // fine: weak-cipher
}

func SealLogs(key []byte) (cipher.Block, error) {
	return blowfish.NewCipher(key) // flaw: weak-cipher
}

func HostKey() ([]byte, error) {
	size := 512
	size *= 2
	key, err := rsa.GenerateKey(rand.Reader, size) // flaw: weak-cipher
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}), nil
}

func ClientKey() (*rsa.PrivateKey, error) {
	size := 1024
	size *= 4
	return rsa.GenerateKey(rand.Reader, size) // fine: weak-cipher
}

func EdgeKey() (*ecdsa.PrivateKey, error) {
	return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) // fine: weak-cipher
}

func Toy(key []byte) (cipher.Block, error) {
	return tea.NewCipher(key) // flaw: weak-cipher
}

func Wrap(kek, dek, context []byte) ([]byte, error) {
	block, err := aes.NewCipher(kek)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithNonceSize(block, 16) // fine: weak-cipher
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, 16)
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return aead.Seal(nonce, nonce, dek, context), nil
}
