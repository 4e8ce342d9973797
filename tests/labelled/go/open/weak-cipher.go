package vault

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/rand"
	"crypto/rc4"
	"crypto/rsa"
	"errors"
	"io"
	"math/big"

	"golang.org/x/crypto/chacha20poly1305"
)

const defaultBits = 1024

type KeyOptions struct {
	Bits int
}

type Box struct {
	block cipher.Block
}

func NewBox(key []byte) (*Box, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return &Box{block: block}, nil
}

func (b *Box) Seal(plain []byte) []byte {
	size := b.block.BlockSize()
	pad := size - len(plain)%size
	plain = append(plain, bytes.Repeat([]byte{byte(pad)}, pad)...)
	out := make([]byte, len(plain))
	for i := 0; i < len(plain); i += size {
		b.block.Encrypt(out[i:i+size], plain[i:i+size]) // flaw: weak-cipher
	}
	return out
}

func (b *Box) SealRecord(plain []byte) ([]byte, error) {
	gcm, err := cipher.NewGCM(b.block) // fine: weak-cipher
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, gcm.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return gcm.Seal(nonce, nonce, plain, nil), nil
}

func LegacySeal(key, plain []byte) ([]byte, error) {
	block, err := des.NewCipher(key) // flaw: weak-cipher
	if err != nil {
		return nil, err
	}
	iv := make([]byte, block.BlockSize())
	if _, err := rand.Read(iv); err != nil {
		return nil, err
	}
	out := make([]byte, len(plain))
	cipher.NewCTR(block, iv).XORKeyStream(out, plain)
	return append(iv, out...), nil
}

func Stream(key []byte, src io.Reader) (io.Reader, error) {
	if len(key) < 16 {
		return nil, errors.New("key too short")
	}
	c, err := rc4.NewCipher(key) // flaw: weak-cipher
	if err != nil {
		return nil, err
	}
	return &cipher.StreamReader{S: c, R: src}, nil
}

func NewSigningKey() (*rsa.PrivateKey, error) {
	return rsa.GenerateKey(rand.Reader, 3072) // fine: weak-cipher
}

func newKey(opts KeyOptions) (*rsa.PrivateKey, error) {
	bits := opts.Bits
	if bits == 0 {
		bits = defaultBits
	}
	return rsa.GenerateKey(rand.Reader, bits) // flaw: weak-cipher
}

func DeviceKey() (*rsa.PrivateKey, error) {
	return newKey(KeyOptions{})
}

func Token(key, plain, label []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key) // fine: weak-cipher
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+len(plain)+aead.Overhead())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return aead.Seal(nonce, nonce, plain, label), nil
}

func (b *Box) CheckValue() []byte {
	var zero, out [aes.BlockSize]byte
	b.block.Encrypt(out[:], zero[:]) // fine: weak-cipher
	return out[:3]
}

func Checked(bits int) (*rsa.PrivateKey, error) {
	if bits < 2048 {
		return nil, errors.New("modulus too short")
	}
	return rsa.GenerateKey(rand.Reader, bits) // fine: weak-cipher
}

func Parameter() (*big.Int, error) {
	return rand.Prime(rand.Reader, 2048)
}

func TripleSeal(key, plain []byte) ([]byte, error) {
	block, err := des.NewTripleDESCipher(key) // flaw: weak-cipher
	if err != nil {
		return nil, err
	}
	iv := make([]byte, des.BlockSize)
	if _, err := rand.Read(iv); err != nil {
		return nil, err
	}
	out := make([]byte, len(plain))
	cipher.NewCTR(block, iv).XORKeyStream(out, plain)
	return append(iv, out...), nil
}
