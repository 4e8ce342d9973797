/* Protocol settings of a terminating proxy (mbed TLS, OpenSSL, libcurl). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <curl/curl.h>
#include <mbedtls/ssl.h>
#include <openssl/ssl.h>

#define FLOOR_LEGACY TLS1_VERSION
#define FLOOR_CURRENT TLS1_2_VERSION

struct floor_name {
    const char *text;
    int version;
};

static const struct floor_name floors[] = {
    { "1.2", TLS1_2_VERSION },
    { "1.3", TLS1_3_VERSION },
};

int mb_front(mbedtls_ssl_config *conf)
{
    mbedtls_ssl_conf_min_version(conf, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_1); // flaw: tls-version
    return 0;
}

int mb_back(mbedtls_ssl_config *conf)
{
    mbedtls_ssl_conf_min_version(conf, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3); // fine: tls-version
    return 0;
}

int mb_sensor(mbedtls_ssl_config *conf, int battery)
{
    int minor = MBEDTLS_SSL_MINOR_VERSION_3;

    if (battery)
        minor = MBEDTLS_SSL_MINOR_VERSION_2;
    mbedtls_ssl_conf_min_version(conf, MBEDTLS_SSL_MAJOR_VERSION_3, minor); // flaw: tls-version
    return 0;
}

static int set_floor(SSL_CTX *ctx, int version)
{
    return SSL_CTX_set_min_proto_version(ctx, version) == 1 ? 0 : -1;
}

int proxy_pos(SSL_CTX *ctx)
{
    return set_floor(ctx, FLOOR_LEGACY);                   // flaw: tls-version
}

int proxy_web(SSL_CTX *ctx)
{
    return set_floor(ctx, FLOOR_CURRENT);                  // fine: tls-version
}

int proxy_configured(SSL_CTX *ctx, const char *text)
{
    int version = TLS1_3_VERSION;

    for (size_t i = 0; i < sizeof floors / sizeof floors[0]; i++) {
        if (strcmp(floors[i].text, text) == 0)
            version = floors[i].version;
    }
    return SSL_CTX_set_min_proto_version(ctx, version) == 1 ? 0 : -1; // fine: tls-version
}

int proxy_reset(SSL_CTX *ctx)
{
    SSL_CTX_set_options(ctx, SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_clear_options(ctx, SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1); // flaw: tls-version
    return 0;
}

int proxy_harden(SSL_CTX *ctx)
{
    SSL_CTX_clear_options(ctx, SSL_OP_NO_TLSv1_3 | SSL_OP_LEGACY_SERVER_CONNECT); // fine: tls-version
    SSL_CTX_set_options(ctx, SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1 | SSL_OP_NO_SSLv3);
    return 0;
}

int proxy_cap(SSL *ssl)
{
    return SSL_set_max_proto_version(ssl, TLS1_1_VERSION) == 1 ? 0 : -1; // flaw: tls-version
}

int proxy_conn(SSL *ssl)
{
    if (SSL_set_max_proto_version(ssl, TLS1_2_VERSION) != 1) // fine: tls-version
        return -1;
    return SSL_set_min_proto_version(ssl, TLS1_2_VERSION) == 1 ? 0 : -1;
}

void fetch_bank(CURL *h)
{
    curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_SSLv3); // flaw: tls-version
    curl_easy_setopt(h, CURLOPT_URL, "https://bank.example.com/statement");
}

void fetch_rates(CURL *h)
{
    curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)(CURL_SSLVERSION_TLSv1_2 | CURL_SSLVERSION_MAX_TLSv1_3)); // fine: tls-version
    curl_easy_setopt(h, CURLOPT_URL, "https://rates.example.com/today");
}
