// Radio network controller: TLS profiles.
#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>
#include <curl/curl.h>
#include <mbedtls/ssl.h>
#include <openssl/ssl.h>

struct Profile {
    std::string name;
    long off_options;
};

static const std::array<Profile, 2> kProfiles{{
    {"core", SSL_OP_NO_SSLv3 | SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1}, // fine: tls-version
    {"field", SSL_OP_NO_TLSv1_2 | SSL_OP_NO_TLSv1_3},      // flaw: tls-version
}};

class Controller {
public:
    explicit Controller(SSL_CTX* ctx) : ctx_(ctx) {}

    void use(const std::string& name)
    {
        const auto it = std::find_if(kProfiles.begin(), kProfiles.end(), [&](const Profile& p) { return p.name == name; });
        if (it == kProfiles.end())
            throw std::invalid_argument(name);
        SSL_CTX_set_options(ctx_, static_cast<uint64_t>(it->off_options));
    }

    void use_base()
    {
        floor(TLS1_VERSION);                               // flaw: tls-version
    }

    void use_tower()
    {
        floor(TLS1_2_VERSION);                             // fine: tls-version
    }

    bool handset(SSL* ssl)
    {
        return SSL_set_min_proto_version(ssl, TLS1_1_VERSION) == 1; // flaw: tls-version
    }

    bool relay(SSL* ssl)
    {
        return SSL_set_min_proto_version(ssl, std::max(TLS1_2_VERSION, TLS1_3_VERSION)) == 1; // fine: tls-version
    }

    void beacon(mbedtls_ssl_config* conf)
    {
        mbedtls_ssl_conf_max_version(conf, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_2); // flaw: tls-version
    }

    void mast(mbedtls_ssl_config* conf)
    {
        mbedtls_ssl_conf_min_version(conf, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3); // fine: tls-version
    }

    void inventory(CURL* h, bool fallback)
    {
        long v = CURL_SSLVERSION_TLSv1_2;
        if (fallback)
            v = CURL_SSLVERSION_TLSv1_0;
        curl_easy_setopt(h, CURLOPT_SSLVERSION, v);        // flaw: tls-version
    }

    void billing(CURL* h, bool modern)
    {
        const long v = modern ? CURL_SSLVERSION_TLSv1_3 : CURL_SSLVERSION_TLSv1_2;
        curl_easy_setopt(h, CURLOPT_SSLVERSION, v);        // fine: tls-version
    }

    static const char* label(int version)
    {
        switch (version) {
        case TLS1_VERSION: return "1.0";                   // fine: tls-version
        case TLS1_1_VERSION: return "1.1";
        case TLS1_2_VERSION: return "1.2";
        default: return "1.3";
        }
    }

private:
    void floor(int version)
    {
        if (SSL_CTX_set_min_proto_version(ctx_, version) != 1)
            throw std::runtime_error("version");
    }

    SSL_CTX* ctx_;
};
