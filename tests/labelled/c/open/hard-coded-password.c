/* Database and device logins of the collector. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <mysql/mysql.h>
#include <curl/curl.h>
#include <openssl/crypto.h>

#define DB_HOST "db.internal"
#define DB_USER "collector"
#define DB_PASSWORD "Tr0ub4dor&3x"                         // flaw: hard-coded-password
#define PASSWORD_ENV "COLLECTOR_DB_PASSWORD"               // fine: hard-coded-password

struct device {
    const char *host;
    const char *user;
    const char *password;
};

static struct device gateway = {
    .host = "gw.internal",
    .user = "svc-poll",
    .password = "Gw!poll-2019",                            // flaw: hard-coded-password
};

static const char *const prompts[] = {
    "Username: ",
    "Password: ",                                          // fine: hard-coded-password
};

MYSQL *db_open(void)
{
    MYSQL *m = mysql_init(NULL);

    if (m == NULL)
        return NULL;
    if (mysql_real_connect(m, DB_HOST, DB_USER, DB_PASSWORD, "metrics", 3306, NULL, 0) == NULL) {
        mysql_close(m);
        return NULL;
    }
    return m;
}

MYSQL *db_open_env(void)
{
    const char *password = getenv(PASSWORD_ENV);
    MYSQL *m;

    if (password == NULL)
        return NULL;
    m = mysql_init(NULL);
    if (m == NULL)
        return NULL;
    if (mysql_real_connect(m, DB_HOST, DB_USER, password, "metrics", 3306, NULL, 0) == NULL) { // fine: hard-coded-password
        mysql_close(m);
        return NULL;
    }
    return m;
}

MYSQL *db_open_admin(const char *host)
{
    MYSQL *m = mysql_init(NULL);

    if (m != NULL && mysql_real_connect(m, host, "root", "hunter2!root", NULL, 0, NULL, 0) == NULL) { // flaw: hard-coded-password
        mysql_close(m);
        return NULL;
    }
    return m;
}

int console_login(const char *typed)
{
    if (strcmp(typed, "maint-8841") == 0)                  // flaw: hard-coded-password
        return 2;
    return 0;
}

int console_command(const char *typed)
{
    if (strcmp(typed, "password") == 0)                    // fine: hard-coded-password
        return 'p';
    if (strcmp(typed, "quit") == 0)
        return 'q';
    return 0;
}

char *ask_password(void)
{
    char *password = getpass(prompts[1]);                  // fine: hard-coded-password

    if (password == NULL || *password == '\0')
        return NULL;
    return password;
}

static int set_login(CURL *c, const char *user, const char *pass)
{
    if (curl_easy_setopt(c, CURLOPT_USERNAME, user) != CURLE_OK)
        return -1;
    return curl_easy_setopt(c, CURLOPT_PASSWORD, pass) == CURLE_OK ? 0 : -1;
}

int device_prepare(CURL *c, const struct device *d, char *url, size_t len)
{
    const struct device *use = d ? d : &gateway;

    snprintf(url, len, "https://%s/api/status", use->host);
    curl_easy_setopt(c, CURLOPT_URL, url);
    return set_login(c, use->user, use->password);
}

int camera_prepare(CURL *c)
{
    curl_easy_setopt(c, CURLOPT_URL, "https://cam.internal/snap");
    return set_login(c, "viewer", "c4m-V1ewer");           // flaw: hard-coded-password
}

int printer_prepare(CURL *c, const char *secret_file)
{
    char pass[128] = "";                                   // fine: hard-coded-password
    FILE *fp = fopen(secret_file, "r");
    int rc = -1;

    if (fp == NULL)
        return -1;
    if (fgets(pass, sizeof pass, fp) != NULL) {
        pass[strcspn(pass, "\n")] = '\0';
        rc = set_login(c, "printer", pass);
    }
    fclose(fp);
    OPENSSL_cleanse(pass, sizeof pass);
    return rc;
}
