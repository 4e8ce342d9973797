// Telemetry shipper: transport factory (OpenSSL, mbed TLS, libcurl).
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>
#include <curl/curl.h>
#include <mbedtls/ssl.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

enum class Trust { System, Pinned, Off };

static int ssl_mode(Trust t)
{
    return t == Trust::Off ? SSL_VERIFY_NONE : SSL_VERIFY_PEER;
}

class Channel {
public:
    explicit Channel(SSL_CTX* ctx) : ssl_(SSL_new(ctx), &SSL_free)
    {
        if (!ssl_)
            throw std::runtime_error("ssl");
    }

    bool open(const std::string& host)
    {
        SSL_set1_host(ssl_.get(), host.c_str());
        SSL_set_verify(ssl_.get(), ssl_mode(Trust::Pinned), nullptr); // fine: tls-verification
        return SSL_connect(ssl_.get()) == 1;
    }

    bool open_edge(const std::string& host)
    {
        SSL_set1_host(ssl_.get(), host.c_str());
        SSL_set_verify(ssl_.get(), ssl_mode(Trust::Off), nullptr); // flaw: tls-verification
        return SSL_connect(ssl_.get()) == 1;
    }

private:
    std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
};

static int pass_through(int, X509_STORE_CTX* c)
{
    X509_STORE_CTX_set_error(c, X509_V_OK);
    return 1;
}

static int limit_depth(int ok, X509_STORE_CTX* c)
{
    if (X509_STORE_CTX_get_error_depth(c) > 4)
        return 0;
    return ok;
}

class ContextFactory {
public:
    void configure(SSL_CTX* ctx) const
    {
        SSL_CTX_set_default_verify_paths(ctx);
        SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, limit_depth); // fine: tls-verification
    }

    void configure_factory(SSL_CTX* ctx) const
    {
        SSL_CTX_set_default_verify_paths(ctx);
        SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, pass_through); // flaw: tls-verification
    }

    void configure_mb(mbedtls_ssl_config* conf) const
    {
        mbedtls_ssl_conf_authmode(conf, MBEDTLS_SSL_VERIFY_REQUIRED); // fine: tls-verification
    }

    void configure_mb_probe(mbedtls_ssl_config* conf) const
    {
        mbedtls_ssl_conf_authmode(conf, MBEDTLS_SSL_VERIFY_NONE); // flaw: tls-verification
    }
};

class CurlOptions {
public:
    CurlOptions& set(CURLoption o, long v)
    {
        values_[o] = v;
        return *this;
    }

    void apply(CURL* h) const
    {
        for (const auto& [o, v] : values_)
            curl_easy_setopt(h, o, v);
    }

private:
    std::map<CURLoption, long> values_;
};

void ship_logs(CURL* h)
{
    CurlOptions().set(CURLOPT_POST, 1).set(CURLOPT_SSL_VERIFYPEER, 0).apply(h); // flaw: tls-verification
}

void ship_metrics(CURL* h)
{
    CurlOptions().set(CURLOPT_POST, 1).set(CURLOPT_SSL_VERIFYHOST, 2).apply(h); // fine: tls-verification
}

void ship_traces(CURL* h)
{
    const bool check = std::getenv("TRACE_NO_CHECK") == nullptr;
    curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, check ? 2L : 0L); // flaw: tls-verification
}

void ship_plain_local(CURL* h)
{
    curl_easy_setopt(h, CURLOPT_UNIX_SOCKET_PATH, "/run/collector.sock");
    curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L);       // fine: tls-verification
}
