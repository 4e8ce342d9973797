package preview

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"syscall"
	"time"
)

const ratesBase = "https://rates.example.com/v2/"

var mirrors = map[string]string{
	"eu": "https://eu.mirror.example.com/index.json",
	"us": "https://us.mirror.example.com/index.json",
}

var partnerHosts = map[string]struct{}{
	"img.partner.example": {},
	"cdn.partner.example": {},
}

type Client struct {
	http *http.Client
}

func (c *Client) get(ctx context.Context, target string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return nil, err
	}
	res, err := c.http.Do(req) // flaw: ssrf
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	return io.ReadAll(io.LimitReader(res.Body, 1<<20))
}

func Image(w http.ResponseWriter, r *http.Request) {
	res, err := http.Get(r.URL.Query().Get("url")) // flaw: ssrf
	relay(w, res, err)
}

func Rates(w http.ResponseWriter, r *http.Request) {
	target := ratesBase + url.PathEscape(r.FormValue("currency")) + "?format=json"
	res, err := http.Get(target) // fine: ssrf
	relay(w, res, err)
}

func Index(w http.ResponseWriter, r *http.Request) {
	target, ok := mirrors[r.FormValue("region")]
	if !ok {
		http.Error(w, "region", http.StatusNotFound)
		return
	}
	res, err := http.Get(target) // fine: ssrf
	relay(w, res, err)
}

func (c *Client) Summary(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Link string `json:"link"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, "json", http.StatusBadRequest)
		return
	}
	body, err := c.get(r.Context(), in.Link)
	if err != nil {
		http.Error(w, "upstream", http.StatusBadGateway)
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]int{"bytes": len(body)})
}

func Tenant(w http.ResponseWriter, r *http.Request) {
	host := r.Header.Get("X-Tenant-Host")
	if host == "" {
		host = "default.tenants.example.com"
	}
	target := fmt.Sprintf("https://%s/api/status", host)
	payload := bytes.NewBufferString(`{"probe":true}`)
	res, err := http.Post(target, "application/json", payload) // flaw: ssrf
	relay(w, res, err)
}

func Partner(w http.ResponseWriter, r *http.Request) {
	u, err := url.Parse(r.FormValue("image"))
	if err != nil || u.Scheme != "https" {
		http.Error(w, "image", http.StatusBadRequest)
		return
	}
	if _, ok := partnerHosts[u.Host]; !ok {
		http.Error(w, "image", http.StatusForbidden)
		return
	}
	client := &http.Client{
		Timeout:       5 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	res, err := client.Get(u.String()) // fine: ssrf
	relay(w, res, err)
}

func publicOnly(_, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	ip := net.ParseIP(host)
	if ip == nil || !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return errors.New("address refused")
	}
	return nil
}

func Feed(w http.ResponseWriter, r *http.Request) {
	dialer := &net.Dialer{Timeout: 3 * time.Second, Control: publicOnly}
	client := &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext}, Timeout: 8 * time.Second}
	res, err := client.Get(r.FormValue("feed")) // fine: ssrf
	relay(w, res, err)
}

func Port(w http.ResponseWriter, r *http.Request) {
	port, err := strconv.Atoi(r.FormValue("port"))
	if err != nil {
		http.Error(w, "port", http.StatusBadRequest)
		return
	}
	address := net.JoinHostPort(r.FormValue("server"), strconv.Itoa(port))
	conn, err := net.DialTimeout("tcp", address, 2*time.Second) // flaw: ssrf
	if err != nil {
		http.Error(w, "closed", http.StatusBadGateway)
		return
	}
	conn.Close()
	w.WriteHeader(http.StatusNoContent)
}

func relay(w http.ResponseWriter, res *http.Response, err error) {
	if err != nil {
		http.Error(w, "upstream", http.StatusBadGateway)
		return
	}
	defer res.Body.Close()
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = io.Copy(w, io.LimitReader(res.Body, 1<<20))
}
