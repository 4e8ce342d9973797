/* Update client: HTTPS downloads with libcurl and a raw OpenSSL channel. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <curl/curl.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

struct fetch_opts {
    const char *url;
    const char *ca_file;
    long verify_peer;
    long verify_host;
};

static void opts_init(struct fetch_opts *o, const char *url)
{
    memset(o, 0, sizeof *o);
    o->url = url;
    o->verify_peer = 1L;
    o->verify_host = 2L;
}

static CURLcode perform(CURL *h, FILE *out)
{
    curl_easy_setopt(h, CURLOPT_WRITEDATA, out);
    curl_easy_setopt(h, CURLOPT_FAILONERROR, 1L);
    return curl_easy_perform(h);
}

int fetch_manifest(FILE *out)
{
    CURL *h = curl_easy_init();
    CURLcode rc;

    if (h == NULL)
        return -1;
    curl_easy_setopt(h, CURLOPT_URL, "https://updates.example.com/manifest.json");
    curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 0L);       // flaw: tls-verification
    rc = perform(h, out);
    curl_easy_cleanup(h);
    return rc == CURLE_OK ? 0 : -1;
}

int fetch_package(const char *url, FILE *out)
{
    struct fetch_opts o;
    CURL *h = curl_easy_init();
    CURLcode rc;

    if (h == NULL)
        return -1;
    opts_init(&o, url);
    curl_easy_setopt(h, CURLOPT_URL, o.url);
    curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, o.verify_peer); // fine: tls-verification
    curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, o.verify_host); // fine: tls-verification
    rc = perform(h, out);
    curl_easy_cleanup(h);
    return rc == CURLE_OK ? 0 : -1;
}

int fetch_mirror(const char *url, FILE *out)
{
    CURL *h = curl_easy_init();
    CURLcode rc;
    long strict = 0;

    if (h == NULL)
        return -1;
    curl_easy_setopt(h, CURLOPT_URL, url);
    curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, strict);   // flaw: tls-verification
    rc = perform(h, out);
    curl_easy_cleanup(h);
    return rc == CURLE_OK ? 0 : -1;
}

int fetch_pinned(const char *url, const char *ca, FILE *out)
{
    CURL *h = curl_easy_init();
    CURLcode rc;

    if (h == NULL)
        return -1;
    curl_easy_setopt(h, CURLOPT_URL, url);
    curl_easy_setopt(h, CURLOPT_CAINFO, ca);               // fine: tls-verification
    curl_easy_setopt(h, CURLOPT_VERBOSE, 0L);
    rc = perform(h, out);
    curl_easy_cleanup(h);
    return rc == CURLE_OK ? 0 : -1;
}

SSL_CTX *channel_ctx(void)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());

    if (ctx == NULL)
        return NULL;
    SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);
    SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, NULL);        // flaw: tls-verification
    return ctx;
}

SSL_CTX *channel_ctx_ca(const char *ca_file)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());

    if (ctx == NULL)
        return NULL;
    SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);
    if (SSL_CTX_load_verify_locations(ctx, ca_file, NULL) != 1) {
        SSL_CTX_free(ctx);
        return NULL;
    }
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);        // fine: tls-verification
    return ctx;
}

static int accept_cert(int preverified, X509_STORE_CTX *store)
{
    if (!preverified)
        fprintf(stderr, "certificate error %d\n", X509_STORE_CTX_get_error(store));
    return 1;
}

static int trace_cert(int preverified, X509_STORE_CTX *store)
{
    if (!preverified)
        fprintf(stderr, "certificate error %d\n", X509_STORE_CTX_get_error(store));
    return preverified;
}

void channel_trace(SSL *ssl, const char *host)
{
    SSL_set1_host(ssl, host);
    SSL_set_verify(ssl, SSL_VERIFY_PEER, trace_cert);      // fine: tls-verification
}

void channel_lenient(SSL *ssl, const char *host)
{
    SSL_set1_host(ssl, host);
    SSL_set_verify(ssl, SSL_VERIFY_PEER, accept_cert);     // flaw: tls-verification
}

static int verify_mode(int internal)
{
    return internal ? SSL_VERIFY_NONE : SSL_VERIFY_PEER;
}

void channel_prepare(SSL *ssl, const char *host)
{
    int internal = strstr(host, ".lan") != NULL;

    SSL_set1_host(ssl, host);
    SSL_set_verify(ssl, verify_mode(internal), NULL);      // flaw: tls-verification
}

/* Listener: clients do not present certificates. */
SSL_CTX *listener_ctx(const char *cert, const char *key)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());

    if (ctx == NULL)
        return NULL;
    SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);
    SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, NULL);        // fine: tls-verification
    if (SSL_CTX_use_certificate_chain_file(ctx, cert) != 1 || SSL_CTX_use_PrivateKey_file(ctx, key, SSL_FILETYPE_PEM) != 1) {
        SSL_CTX_free(ctx);
        return NULL;
    }
    return ctx;
}
