package upstream

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"os"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
)

type Config struct {
	Timeout time.Duration
	CAFile  string
	Relaxed bool
}

func Direct() *http.Client {
	return &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, // flaw: tls-verification
	}}
}

func Corporate(cfg Config) (*http.Client, error) {
	pem, err := os.ReadFile(cfg.CAFile)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, errors.New("no certificate found")
	}
	conf := &tls.Config{RootCAs: pool, InsecureSkipVerify: false, MinVersion: tls.VersionTLS12} // fine: tls-verification
	return &http.Client{Timeout: cfg.Timeout, Transport: &http.Transport{TLSClientConfig: conf}}, nil
}

func tlsConfig(cfg Config) *tls.Config {
	conf := &tls.Config{MinVersion: tls.VersionTLS12}
	if cfg.Relaxed {
		conf.InsecureSkipVerify = true // flaw: tls-verification
	}
	return conf
}

func Metrics(cfg Config) (*grpc.ClientConn, error) {
	creds := credentials.NewTLS(tlsConfig(Config{Relaxed: true, Timeout: cfg.Timeout}))
	return grpc.Dial("metrics.internal:443", grpc.WithTransportCredentials(creds))
}

func Pinned(pin []byte) *tls.Config {
	return &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true, // fine: tls-verification
		VerifyPeerCertificate: func(raw [][]byte, _ [][]*x509.Certificate) error {
			if len(raw) == 0 {
				return errors.New("no certificate")
			}
			sum := sha256.Sum256(raw[0])
			if subtle.ConstantTimeCompare(sum[:], pin) != 1 {
				return errors.New("certificate does not match pin")
			}
			return nil
		},
	}
}

func Printer(addr string) (*tls.Conn, error) {
	conf := &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true, // flaw: tls-verification
		VerifyPeerCertificate: func(raw [][]byte, _ [][]*x509.Certificate) error {
			for _, der := range raw {
				if _, err := x509.ParseCertificate(der); err != nil {
					return err
				}
			}
			return nil
		},
	}
	return tls.Dial("tcp", addr, conf)
}

func Shell(user string, signer ssh.Signer) *ssh.ClientConfig {
	return &ssh.ClientConfig{
		User:            user,
		Auth:            []ssh.AuthMethod{ssh.PublicKeys(signer)},
		HostKeyCallback: ssh.InsecureIgnoreHostKey(), // flaw: tls-verification
	}
}

func Deploy(user string, signer ssh.Signer) (*ssh.ClientConfig, error) {
	check, err := knownhosts.New("/etc/deploy/known_hosts")
	if err != nil {
		return nil, err
	}
	conf := &ssh.ClientConfig{User: user, Auth: []ssh.AuthMethod{ssh.PublicKeys(signer)}}
	conf.HostKeyCallback = check // fine: tls-verification
	return conf, nil
}

func Router(user string, signer ssh.Signer, key ssh.PublicKey) *ssh.ClientConfig {
	want := key.Marshal()
	return &ssh.ClientConfig{
		User: user,
		Auth: []ssh.AuthMethod{ssh.PublicKeys(signer)},
		HostKeyCallback: func(_ string, _ net.Addr, got ssh.PublicKey) error { // fine: tls-verification
			if !bytes.Equal(got.Marshal(), want) {
				return errors.New("host key changed")
			}
			return nil
		},
	}
}

func Backup(user string, signer ssh.Signer) *ssh.ClientConfig {
	conf := &ssh.ClientConfig{User: user, Auth: []ssh.AuthMethod{ssh.PublicKeys(signer)}}
	conf.HostKeyCallback = func(string, net.Addr, ssh.PublicKey) error { return nil } // flaw: tls-verification
	return conf
}
