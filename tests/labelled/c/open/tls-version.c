/* TLS listeners of the gateway: several ports with different profiles. */
#include <stdio.h>
#include <string.h>
#include <openssl/ssl.h>
#include <curl/curl.h>

struct profile {
    const char *name;
    int min_version;
    int max_version;
};

static const struct profile kiosk = { "kiosk", TLS1_VERSION, TLS1_2_VERSION };
static const struct profile portal = { "portal", TLS1_2_VERSION, TLS1_3_VERSION };

static int load_identity(SSL_CTX *ctx, const char *name)
{
    char cert[256], key[256];

    snprintf(cert, sizeof cert, "/etc/gateway/%s.crt", name);
    snprintf(key, sizeof key, "/etc/gateway/%s.key", name);
    if (SSL_CTX_use_certificate_chain_file(ctx, cert) != 1)
        return -1;
    return SSL_CTX_use_PrivateKey_file(ctx, key, SSL_FILETYPE_PEM) == 1 ? 0 : -1;
}

static SSL_CTX *finish(SSL_CTX *ctx, const char *name)
{
    if (ctx != NULL && load_identity(ctx, name) != 0) {
        SSL_CTX_free(ctx);
        return NULL;
    }
    return ctx;
}

SSL_CTX *listener_billing(void)
{
    SSL_CTX *ctx = SSL_CTX_new(TLSv1_server_method());     // flaw: tls-version

    return finish(ctx, "billing");
}

SSL_CTX *listener_admin(void)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());

    if (ctx == NULL)
        return NULL;
    SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION);    // fine: tls-version
    return finish(ctx, "admin");
}

SSL_CTX *listener_scanner(void)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());

    if (ctx == NULL)
        return NULL;
    if (SSL_CTX_set_min_proto_version(ctx, TLS1_1_VERSION) != 1) { // flaw: tls-version
        SSL_CTX_free(ctx);
        return NULL;
    }
    return finish(ctx, "scanner");
}

SSL_CTX *listener_api(void)
{
    SSL_CTX *ctx = SSL_CTX_new(SSLv23_server_method());

    if (ctx == NULL)
        return NULL;
    SSL_CTX_set_options(ctx, SSL_OP_NO_SSLv2 | SSL_OP_NO_SSLv3 | SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1); // fine: tls-version
    return finish(ctx, "api");
}

static SSL_CTX *listener_for(const struct profile *p)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());

    if (ctx == NULL)
        return NULL;
    SSL_CTX_set_max_proto_version(ctx, p->max_version);
    if (strcmp(p->name, "kiosk") == 0)
        SSL_CTX_set_min_proto_version(ctx, kiosk.min_version); // flaw: tls-version
    else
        SSL_CTX_set_min_proto_version(ctx, portal.min_version); // fine: tls-version
    return finish(ctx, p->name);
}

SSL_CTX *listener_kiosk(void)
{
    return listener_for(&kiosk);
}

SSL_CTX *listener_portal(void)
{
    return listener_for(&portal);
}

int upstream_legacy(CURL *h)
{
    curl_easy_setopt(h, CURLOPT_URL, "https://erp.internal/export");
    curl_easy_setopt(h, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_0); // flaw: tls-version
    return curl_easy_perform(h) == CURLE_OK ? 0 : -1;
}

int upstream_current(CURL *h)
{
    long version = CURL_SSLVERSION_TLSv1_2;

    curl_easy_setopt(h, CURLOPT_URL, "https://crm.internal/export");
    curl_easy_setopt(h, CURLOPT_SSLVERSION, version);      // fine: tls-version
    return curl_easy_perform(h) == CURLE_OK ? 0 : -1;
}

void describe_peer(SSL *ssl, FILE *out)
{
    int v = SSL_version(ssl);

    if (v == TLS1_VERSION || v == TLS1_1_VERSION) {        // fine: tls-version
        fprintf(out, "closing outdated peer\n");
        SSL_shutdown(ssl);
        return;
    }
    fprintf(out, "%s\n", SSL_get_version(ssl));
}
