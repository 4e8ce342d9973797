// Webhook sender and TLS socket wrapper.
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <curl/curl.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

struct TlsPolicy {
    bool verify = true;
    std::string ca_file;
};

class HttpClient {
public:
    HttpClient() : h_(curl_easy_init(), &curl_easy_cleanup)
    {
        if (!h_)
            throw std::runtime_error("curl");
    }

    HttpClient& url(const std::string& u) { curl_easy_setopt(h_.get(), CURLOPT_URL, u.c_str()); return *this; }

    HttpClient& lab()
    {
        curl_easy_setopt(h_.get(), CURLOPT_SSL_VERIFYPEER, false); // flaw: tls-verification
        return *this;
    }

    HttpClient& policy(const TlsPolicy& p)
    {
        if (!p.ca_file.empty())
            curl_easy_setopt(h_.get(), CURLOPT_CAINFO, p.ca_file.c_str()); // fine: tls-verification
        if (!p.verify)
            curl_easy_setopt(h_.get(), CURLOPT_SSL_VERIFYHOST, 0L); // flaw: tls-verification
        return *this;
    }

    HttpClient& strict()
    {
        curl_easy_setopt(h_.get(), CURLOPT_SSL_VERIFYPEER, 1L); // fine: tls-verification
        curl_easy_setopt(h_.get(), CURLOPT_SSL_VERIFYHOST, 2L); // fine: tls-verification
        return *this;
    }

    HttpClient& quiet()
    {
        curl_easy_setopt(h_.get(), CURLOPT_NOPROGRESS, 1L);
        curl_easy_setopt(h_.get(), CURLOPT_SSL_VERIFYSTATUS, 0L); // fine: tls-verification
        return *this;
    }

    bool post(const std::string& body)
    {
        curl_easy_setopt(h_.get(), CURLOPT_POSTFIELDS, body.c_str());
        return curl_easy_perform(h_.get()) == CURLE_OK;
    }

private:
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> h_;
};

class TlsContext {
public:
    TlsContext() : ctx_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free)
    {
        if (!ctx_)
            throw std::runtime_error("ssl");
        SSL_CTX_set_min_proto_version(ctx_.get(), TLS1_2_VERSION);
    }

    void trust_system()
    {
        SSL_CTX_set_default_verify_paths(ctx_.get());
        SSL_CTX_set_verify(ctx_.get(), SSL_VERIFY_PEER, nullptr); // fine: tls-verification
    }

    void trust_internal()
    {
        SSL_CTX_set_verify(ctx_.get(), SSL_VERIFY_NONE, nullptr); // flaw: tls-verification
    }

    void trust_callback()
    {
        SSL_CTX_set_verify(ctx_.get(), SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; }); // flaw: tls-verification
    }

    void trust_logged()
    {
        SSL_CTX_set_default_verify_paths(ctx_.get());
        SSL_CTX_set_verify(ctx_.get(), SSL_VERIFY_PEER, [](int ok, X509_STORE_CTX* c) { // fine: tls-verification
            if (!ok)
                std::cerr << "verify error " << X509_STORE_CTX_get_error(c) << '\n';
            return ok;
        });
    }

    SSL* connect_to(const std::string& host)
    {
        SSL* ssl = SSL_new(ctx_.get());
        if (!ssl)
            return nullptr;
        SSL_set_tlsext_host_name(ssl, host.c_str());
        SSL_set1_host(ssl, host.c_str());
        return ssl;
    }

private:
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> ctx_;
};

static constexpr int kProbeMode = SSL_VERIFY_NONE;

bool probe(SSL* ssl, const std::string& host)
{
    SSL_set1_host(ssl, host.c_str());
    SSL_set_verify(ssl, kProbeMode, nullptr);              // flaw: tls-verification
    return SSL_connect(ssl) == 1;
}
