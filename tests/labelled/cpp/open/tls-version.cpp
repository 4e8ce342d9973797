// TLS terminator: per-listener protocol ranges.
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <curl/curl.h>
#include <openssl/ssl.h>

using Ctx = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

struct Range {
    int low = TLS1_2_VERSION;
    int high = 0;
};

class ListenerBuilder {
public:
    ListenerBuilder& min(int v) { range_.low = v; return *this; }
    ListenerBuilder& max(int v) { range_.high = v; return *this; }

    Ctx build() const
    {
        Ctx ctx(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
        if (!ctx || SSL_CTX_set_min_proto_version(ctx.get(), range_.low) != 1
            || SSL_CTX_set_max_proto_version(ctx.get(), range_.high) != 1)
            throw std::runtime_error("context");
        return ctx;
    }

private:
    Range range_;
};

Ctx shop()
{
    return ListenerBuilder().min(TLS1_2_VERSION).build();  // fine: tls-version
}

Ctx till()
{
    return ListenerBuilder().min(TLS1_VERSION).build();    // flaw: tls-version
}

Ctx legacy_pager()
{
    Ctx ctx(SSL_CTX_new(TLSv1_1_server_method()), &SSL_CTX_free); // flaw: tls-version
    return ctx;
}

Ctx dashboard()
{
    Ctx ctx(SSL_CTX_new(TLSv1_2_server_method()), &SSL_CTX_free); // fine: tls-version
    return ctx;
}

Ctx badge_reader()
{
    Ctx ctx(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
    if (!ctx)
        throw std::runtime_error("context");
    SSL_CTX_set_min_proto_version(ctx.get(), SSL3_VERSION); // flaw: tls-version
    return ctx;
}

Ctx turnstile()
{
    Ctx ctx(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
    if (!ctx)
        throw std::runtime_error("context");
    SSL_CTX_set_min_proto_version(ctx.get(), TLS1_3_VERSION); // fine: tls-version
    return ctx;
}

static int version_for(const std::string& name)
{
    static const std::map<std::string, int> versions{{"tls1.2", TLS1_2_VERSION}, {"tls1.3", TLS1_3_VERSION}};
    auto it = versions.find(name);
    return it == versions.end() ? TLS1_3_VERSION : it->second;
}

void configure(SSL_CTX* ctx, const std::string& name)
{
    SSL_CTX_set_min_proto_version(ctx, version_for(name)); // fine: tls-version
}

void configure_partner(SSL_CTX* ctx, bool old_partner)
{
    int floor = TLS1_2_VERSION;
    if (old_partner)
        floor = TLS1_1_VERSION;
    SSL_CTX_set_min_proto_version(ctx, floor);             // flaw: tls-version
}

void fetch_feed(CURL* h)
{
    curl_easy_setopt(h, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_1)); // flaw: tls-version
}

void fetch_prices(CURL* h)
{
    curl_easy_setopt(h, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3)); // fine: tls-version
}

bool too_old(const SSL* ssl)
{
    return SSL_version(ssl) < TLS1_2_VERSION;              // fine: tls-version
}
