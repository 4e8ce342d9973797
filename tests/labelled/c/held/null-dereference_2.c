/* URL and MIME helpers of the crawler. */
#include <ctype.h>
#include <dlfcn.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <arpa/inet.h>

struct url {
    char scheme[16];
    char *host;
    char *path;
};

typedef int (*filter_fn)(const char *body, size_t n);

int url_host(const char *text, char *out, size_t len)
{
    const char *p = strstr(text, "://") + 3;

    return snprintf(out, len, "%.*s", (int)strcspn(p, "/"), p); // flaw: null-dereference
}

int url_host_checked(const char *text, char *out, size_t len)
{
    const char *p = strstr(text, "://");

    p = p != NULL ? p + 3 : text;
    return snprintf(out, len, "%.*s", (int)strcspn(p, "/"), p); // fine: null-dereference
}

struct url *url_parse(const char *text)
{
    struct url *u = calloc(1, sizeof *u);
    const char *slash;

    if (u == NULL)
        return NULL;
    slash = strrchr(text, '/');
    if (slash[1] != '\0')                                  // flaw: null-dereference
        u->path = strdup(slash);
    return u;
}

int url_is_page(const char *text)
{
    const char *dot = strrchr(text, '.');

    return !dot || strcmp(dot, ".html") == 0;              // fine: null-dereference
}

int resolve(const char *host, struct in_addr *out)
{
    struct hostent *he = gethostbyname(host);

    memcpy(out, he->h_addr_list[0], sizeof *out);          // flaw: null-dereference
    return 0;
}

int resolve_first(const char *host, struct in_addr *out)
{
    struct hostent *he = gethostbyname(host);

    if (he == NULL || he->h_addrtype != AF_INET || he->h_addr_list[0] == NULL)
        return -1;
    memcpy(out, he->h_addr_list[0], sizeof *out);          // fine: null-dereference
    return 0;
}

int run_filter(void *lib, const char *body, size_t n)
{
    filter_fn fn = (filter_fn)dlsym(lib, "crawler_filter");

    return fn(body, n);                                    // flaw: null-dereference
}

int run_filter_opt(void *lib, const char *body, size_t n)
{
    filter_fn fn = (filter_fn)dlsym(lib, "crawler_filter");

    return fn ? fn(body, n) : 0;                           // fine: null-dereference
}

static char *slurp(FILE *fp, size_t max)
{
    char *buf = malloc(max + 1);
    size_t n;

    if (!buf || (n = fread(buf, 1, max, fp)) == 0) {
        free(buf);
        return NULL;
    }
    buf[n] = '\0';
    return buf;
}

int page_has_title(FILE *fp)
{
    char *body = slurp(fp, 65536);
    int hit = strstr(body, "<title>") != NULL;             // flaw: null-dereference

    free(body);
    return hit;
}

int page_has_form(FILE *fp)
{
    char *body = slurp(fp, 65536);
    int hit = body && strstr(body, "<form") != NULL;       // fine: null-dereference

    free(body);
    return hit;
}
