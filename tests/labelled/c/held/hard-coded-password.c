/* Back-up orchestrator: database dumps, mail notices, web console login. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libpq-fe.h>
#include <curl/curl.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>

struct credential {
    const char *service;
    const char *login;
    char secret[96];
};

static const char *const field_password = "password";     // fine: hard-coded-password
static const char conn_reports[] = "host=pg1.internal dbname=reports user=dump sslmode=verify-full password=Ab7-dump-Qq"; // flaw: hard-coded-password
static const char conn_local[] = "dbname=catalog user=dump sslmode=verify-full passfile=/etc/backup/pgpass"; // fine: hard-coded-password

static struct credential smtp = { "smtp", "backup@example.com", "mAil!9034" }; // flaw: hard-coded-password

static int credential_load(struct credential *c, const char *service)
{
    char name[64];
    const char *v;

    snprintf(name, sizeof name, "BACKUP_%s_PASSWORD", service);
    v = getenv(name);                                      // fine: hard-coded-password
    if (v == NULL)
        return -1;
    c->service = service;
    c->login = "backup";
    snprintf(c->secret, sizeof c->secret, "%s", v);
    return 0;
}

PGconn *reports_open(void)
{
    return PQconnectdb(conn_reports);
}

PGconn *catalog_open(void)
{
    return PQconnectdb(conn_local);
}

PGconn *ledger_open(const char *host)
{
    const char *keys[] = { "host", "user", field_password, "dbname", NULL };
    const char *vals[] = { host, "ledger", "l3dger-Pa55", "ledger", NULL }; // flaw: hard-coded-password

    return PQconnectdbParams(keys, vals, 0);
}

PGconn *stock_open(const char *host, const struct credential *c)
{
    const char *keys[] = { "host", "user", field_password, "dbname", NULL };
    const char *vals[] = { host, c->login, c->secret, "stock", NULL }; // fine: hard-coded-password

    return PQconnectdbParams(keys, vals, 0);
}

int notice_prepare(CURL *h)
{
    curl_easy_setopt(h, CURLOPT_URL, "smtps://mail.example.com");
    curl_easy_setopt(h, CURLOPT_USERNAME, smtp.login);
    return curl_easy_setopt(h, CURLOPT_PASSWORD, smtp.secret) == CURLE_OK ? 0 : -1;
}

int upload_prepare(CURL *h)
{
    curl_easy_setopt(h, CURLOPT_URL, "ftps://store.example.com/");
    return curl_easy_setopt(h, CURLOPT_USERPWD, "archiver:Zx81_archive"); // flaw: hard-coded-password
}

int upload_prepare_env(CURL *h)
{
    struct credential c;
    int rc;

    if (credential_load(&c, "STORE") != 0)
        return -1;
    curl_easy_setopt(h, CURLOPT_URL, "ftps://store.example.com/");
    curl_easy_setopt(h, CURLOPT_USERNAME, c.login);
    rc = curl_easy_setopt(h, CURLOPT_PASSWORD, c.secret) == CURLE_OK ? 0 : -1; // fine: hard-coded-password
    OPENSSL_cleanse(c.secret, sizeof c.secret);
    return rc;
}

static int same(const char *a, const char *b)
{
    size_t n = strlen(a);

    return n == strlen(b) && CRYPTO_memcmp(a, b, n) == 0;
}

int console_admin(const char *login, const char *password)
{
    if (!same(login, "admin"))
        return 0;
    return same(password, "opensesame42");                 // flaw: hard-coded-password
}

int console_placeholder(const char *password)
{
    if (same(password, "changeme") || strlen(password) < 12) { // fine: hard-coded-password
        fputs("choose another password\n", stderr);
        return -1;
    }
    return 0;
}

EVP_PKEY *load_key(const char *path)
{
    FILE *fp = fopen(path, "r");
    EVP_PKEY *k;

    if (fp == NULL)
        return NULL;
    k = PEM_read_PrivateKey(fp, NULL, NULL, (void *)"k3y-phrase"); // flaw: hard-coded-password
    fclose(fp);
    return k;
}
