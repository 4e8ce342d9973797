/* Download counter: access log of a tiny HTTP service. */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

struct hit {
    char file[128];
    char referer[256];
    char country[8];
    long bytes;
};

struct access_log {
    FILE *fp;
    char buf[1024];
    size_t len;
};

static void unescape(const char *in, char *out, size_t len)
{
    size_t o = 0;

    while (*in != '\0' && o + 1 < len) {
        unsigned v;
        if (*in == '%' && sscanf(in + 1, "%2x", &v) == 1 && v != 0 && in[2] != '\0') {
            out[o++] = (char)v;
            in += 3;
        } else {
            out[o++] = *in == '+' ? ' ' : *in;
            in++;
        }
    }
    out[o] = '\0';
}

void hit_from_env(struct hit *h)
{
    const char *path = getenv("PATH_INFO");
    const char *ref = getenv("QUERY_STRING");
    const char *cc = getenv("HTTP_X_COUNTRY");
    const char *len = getenv("CONTENT_LENGTH");

    unescape(path ? path : "", h->file, sizeof h->file);
    unescape(ref ? ref : "", h->referer, sizeof h->referer);
    snprintf(h->country, sizeof h->country, "%s", cc ? cc : "--");
    h->bytes = len ? strtol(len, NULL, 10) : 0;
}

static void log_put(struct access_log *l, const char *s)
{
    size_t n = strlen(s);

    if (n > sizeof l->buf - 1 - l->len)
        n = sizeof l->buf - 1 - l->len;
    memcpy(l->buf + l->len, s, n);
    l->len += n;
}

static void log_end(struct access_log *l)
{
    l->buf[l->len] = '\n';
    fwrite(l->buf, 1, l->len + 1, l->fp);                  // flaw: log-injection
    l->len = 0;
}

static void put_quoted(FILE *fp, const char *s)
{
    fputc('"', fp);
    for (; *s != '\0'; s++) {
        if (isprint((unsigned char)*s) && *s != '"' && *s != '\\')
            fputc(*s, fp);                                 // fine: log-injection
        else
            fprintf(fp, "\\x%02x", (unsigned char)*s);
    }
    fputc('"', fp);
}

void log_hit(struct access_log *l, const struct hit *h)
{
    log_put(l, "GET ");
    log_put(l, h->file);
    log_end(l);
}

void log_referer(struct access_log *l, const struct hit *h)
{
    if (h->referer[0] != '\0')
        fprintf(l->fp, "from %s\n", h->referer);           // flaw: log-injection
}

void log_referer_quoted(struct access_log *l, const struct hit *h)
{
    fputs("from ", l->fp);
    put_quoted(l->fp, h->referer);
    fputc('\n', l->fp);
}

void log_bytes(struct access_log *l, const struct hit *h)
{
    fprintf(l->fp, "sent %ld bytes\n", h->bytes);          // fine: log-injection
}

static void strip_crlf(char *s)
{
    char *o = s;

    for (; *s != '\0'; s++) {
        if (*s != '\r' && *s != '\n')
            *o++ = *s;
    }
    *o = '\0';
}

void log_missing(struct access_log *l, struct hit *h)
{
    strip_crlf(h->file);
    fprintf(l->fp, "404 %s\n", h->file);                   // fine: log-injection
}

void log_denied(struct access_log *l, const struct hit *h)
{
    char line[512];
    int n = snprintf(line, sizeof line, "403 %s (%s)\n", h->file, h->referer);

    if (n > 0 && (size_t)n < sizeof line && write(fileno(l->fp), line, (size_t)n) < 0) // flaw: log-injection
        perror("write");
}

void log_country(const struct hit *h)
{
    static const char *const known[] = { "DE", "FR", "NL", "PL" };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(known[i], h->country) == 0)
            syslog(LOG_INFO, "visitor from %s", known[i]); // fine: log-injection
    }
}

void log_mirror(const struct hit *h)
{
    const char *name = strrchr(h->file, '/');

    openlog("mirror", LOG_PID | LOG_PERROR, LOG_DAEMON);
    syslog(LOG_NOTICE, "mirrored %s", name ? name + 1 : h->file); // flaw: log-injection
    closelog();
}
