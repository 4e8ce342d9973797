package clients

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"

	"github.com/IBM/sarama"
	"github.com/eclipse/paho.mqtt.golang"
	"github.com/elastic/go-elasticsearch/v8"
	"github.com/go-resty/resty/v2"
	"github.com/redis/go-redis/v9"
	"gopkg.in/gomail.v2"
)

type option func(*tls.Config)

func withRoots(pool *x509.CertPool) option {
	return func(c *tls.Config) { c.RootCAs = pool }
}

func lenient() option {
	return func(c *tls.Config) { c.InsecureSkipVerify = true } // flaw: tls-verification
}

func build(opts ...option) *tls.Config {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	for _, o := range opts {
		o(c)
	}
	return c
}

func Broker() *sarama.Config {
	conf := sarama.NewConfig()
	conf.Net.TLS.Enable = true
	conf.Net.TLS.Config = build(lenient())
	return conf
}

func PrivateBroker(pool *x509.CertPool) *sarama.Config {
	conf := sarama.NewConfig()
	conf.Net.TLS.Enable = true
	conf.Net.TLS.Config = build(withRoots(pool)) // fine: tls-verification
	return conf
}

func Payments() *resty.Client {
	return resty.New().SetTLSClientConfig(&tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12}) // flaw: tls-verification
}

func Shipping(cert tls.Certificate) *resty.Client {
	conf := &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}
	conf.ServerName = "shipping.partner.example" // fine: tls-verification
	return resty.New().SetTLSClientConfig(conf)
}

func Mail(host, user, password string) *gomail.Dialer {
	d := gomail.NewDialer(host, 587, user, password)
	d.TLSConfig = &tls.Config{
		ServerName:         host,
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: !false, // flaw: tls-verification
	}
	return d
}

func Devices(broker string) mqtt.Client {
	opts := mqtt.NewClientOptions().AddBroker(broker)
	skip := true
	opts.SetTLSConfig(&tls.Config{InsecureSkipVerify: skip, MinVersion: tls.VersionTLS12}) // flaw: tls-verification
	return mqtt.NewClient(opts)
}

func Index(ca []byte) (*elasticsearch.Client, error) {
	return elasticsearch.NewClient(elasticsearch.Config{
		Addresses: []string{"https://search.internal:9200"},
		CACert:    ca, // fine: tls-verification
	})
}

func Cache(roots *x509.CertPool) *redis.Client {
	conf := &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true, // fine: tls-verification
		VerifyConnection: func(cs tls.ConnectionState) error {
			opts := x509.VerifyOptions{Roots: roots, DNSName: "cache.internal", Intermediates: x509.NewCertPool()}
			for _, c := range cs.PeerCertificates[1:] {
				opts.Intermediates.AddCert(c)
			}
			_, err := cs.PeerCertificates[0].Verify(opts)
			return err
		},
	}
	return redis.NewClient(&redis.Options{Addr: "10.0.4.7:6380", TLSConfig: conf})
}

func init() {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.TLSClientConfig = build()
	http.DefaultTransport = t
}
