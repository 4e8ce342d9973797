/* Fleet agent transport: mbed TLS for the bus, libcurl for downloads. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <curl/curl.h>
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>
#include <openssl/ssl.h>

struct bus {
    mbedtls_ssl_config conf;
    mbedtls_ssl_context ssl;
    mbedtls_x509_crt ca;
    mbedtls_ctr_drbg_context drbg;
};

struct curl_setting {
    CURLoption opt;
    long value;
};

static int bus_common(struct bus *b, const char *ca_file)
{
    mbedtls_ssl_config_init(&b->conf);
    mbedtls_ssl_init(&b->ssl);
    mbedtls_x509_crt_init(&b->ca);
    if (mbedtls_ssl_config_defaults(&b->conf, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                    MBEDTLS_SSL_PRESET_DEFAULT) != 0)
        return -1;
    mbedtls_ssl_conf_rng(&b->conf, mbedtls_ctr_drbg_random, &b->drbg);
    if (mbedtls_x509_crt_parse_file(&b->ca, ca_file) != 0)
        return -1;
    mbedtls_ssl_conf_ca_chain(&b->conf, &b->ca, NULL);
    return 0;
}

int bus_events(struct bus *b, const char *ca_file)
{
    if (bus_common(b, ca_file) != 0)
        return -1;
    mbedtls_ssl_conf_authmode(&b->conf, MBEDTLS_SSL_VERIFY_NONE); // flaw: tls-verification
    return mbedtls_ssl_setup(&b->ssl, &b->conf);
}

int bus_commands(struct bus *b, const char *ca_file, const char *host)
{
    if (bus_common(b, ca_file) != 0)
        return -1;
    mbedtls_ssl_conf_authmode(&b->conf, MBEDTLS_SSL_VERIFY_REQUIRED); // fine: tls-verification
    if (mbedtls_ssl_setup(&b->ssl, &b->conf) != 0)
        return -1;
    return mbedtls_ssl_set_hostname(&b->ssl, host);
}

int bus_metrics(struct bus *b, const char *ca_file, const char *host)
{
    int mode = MBEDTLS_SSL_VERIFY_REQUIRED;

    if (getenv("AGENT_LAB") != NULL)
        mode = MBEDTLS_SSL_VERIFY_OPTIONAL;
    if (bus_common(b, ca_file) != 0)
        return -1;
    mbedtls_ssl_conf_authmode(&b->conf, mode);             // flaw: tls-verification
    if (mbedtls_ssl_setup(&b->ssl, &b->conf) != 0 || mbedtls_ssl_set_hostname(&b->ssl, host) != 0)
        return -1;
    return mbedtls_ssl_handshake(&b->ssl);
}

static int clear_flags(void *arg, mbedtls_x509_crt *crt, int depth, uint32_t *flags)
{
    (void)arg;
    (void)crt;
    (void)depth;
    *flags = 0;
    return 0;
}

static int count_depth(void *arg, mbedtls_x509_crt *crt, int depth, uint32_t *flags)
{
    int *deepest = arg;

    (void)crt;
    if (depth > *deepest)
        *deepest = depth;
    if (depth > 3)
        *flags |= MBEDTLS_X509_BADCERT_OTHER;
    return 0;
}

void bus_observe(struct bus *b, int *deepest)
{
    mbedtls_ssl_conf_verify(&b->conf, count_depth, deepest); // fine: tls-verification
}

void bus_relax(struct bus *b)
{
    mbedtls_ssl_conf_verify(&b->conf, clear_flags, NULL);  // flaw: tls-verification
}

static void apply(CURL *h, const struct curl_setting *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        curl_easy_setopt(h, s[i].opt, s[i].value);
}

void download_setup(CURL *h)
{
    static const struct curl_setting s[] = {
        { CURLOPT_FOLLOWLOCATION, 1L },
        { CURLOPT_SSL_VERIFYHOST, 2L },                    // fine: tls-verification
        { CURLOPT_SSL_VERIFYPEER, 1L },
    };

    apply(h, s, sizeof s / sizeof s[0]);
}

void snapshot_setup(CURL *h)
{
    static const struct curl_setting s[] = {
        { CURLOPT_FOLLOWLOCATION, 0L },
        { CURLOPT_SSL_VERIFYPEER, 0L },                    // flaw: tls-verification
    };

    apply(h, s, sizeof s / sizeof s[0]);
}

void proxy_setup(CURL *h, bool through_proxy)
{
    curl_easy_setopt(h, CURLOPT_PROXY_SSL_VERIFYPEER, through_proxy ? 1L : 0L); // fine: tls-verification
    if (!through_proxy)
        curl_easy_setopt(h, CURLOPT_PROXY, "");
}

static int on_cert_verify(X509_STORE_CTX *ctx, void *arg)
{
    (void)ctx;
    (void)arg;
    return 1;
}

void legacy_channel(SSL_CTX *ctx)
{
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_cert_verify_callback(ctx, on_cert_verify, NULL); // flaw: tls-verification
}

int channel_connect(SSL *ssl, const char *host)
{
    SSL_set_verify(ssl, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL); // fine: tls-verification
    if (SSL_set1_host(ssl, host) != 1)
        return -1;
    return SSL_connect(ssl) == 1 ? 0 : -1;
}
