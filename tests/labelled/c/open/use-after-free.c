/* Connection table of the proxy: allocation, teardown, timers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct conn {
    int fd;
    char *peer;
    char *buf;
    size_t used;
    struct conn *next;
};

struct table {
    struct conn *head;
    size_t count;
    FILE *log;
};

static void conn_free(struct conn *c)
{
    if (c == NULL)
        return;
    free(c->peer);
    free(c->buf);
    free(c);
}

struct conn *conn_new(int fd, const char *peer)
{
    struct conn *c = calloc(1, sizeof *c);

    if (c == NULL)
        return NULL;
    c->fd = fd;
    c->peer = strdup(peer);
    c->buf = malloc(4096);
    if (c->peer == NULL || c->buf == NULL) {
        conn_free(c);
        return NULL;
    }
    return c;
}

void table_clear(struct table *t)
{
    for (struct conn *c = t->head; c != NULL; c = c->next) // flaw: use-after-free
        conn_free(c);
    t->head = NULL;
}

void table_drain(struct table *t)
{
    struct conn *c = t->head;

    while (c != NULL) {
        struct conn *next = c->next;
        conn_free(c);
        c = next;                                          // fine: use-after-free
    }
    t->head = NULL;
}

int conn_abort(struct conn *c, FILE *log)
{
    close(c->fd);
    free(c->buf);
    free(c);
    return fprintf(log, "closed %d\n", c->fd);             // flaw: use-after-free
}

int conn_close(struct conn *c, FILE *log)
{
    int fd = c->fd;

    close(fd);
    conn_free(c);
    return fprintf(log, "closed %d\n", fd);                // fine: use-after-free
}

int conn_reply(struct conn *c, const char *text, int keep)
{
    size_t n = strlen(text);
    char *out = malloc(n + 3);
    ssize_t w;

    if (out == NULL)
        return -1;
    memcpy(out, text, n);
    memcpy(out + n, "\r\n", 3);
    w = write(c->fd, out, n + 2);
    if (w < 0)
        free(out);
    if (keep)
        c->used += n;
    free(out);                                             // flaw: use-after-free
    return w < 0 ? -1 : 0;
}

int conn_notice(struct conn *c, const char *text)
{
    size_t n = strlen(text);
    char *out = malloc(n + 3);
    int rc = -1;

    if (out == NULL)
        return -1;
    memcpy(out, text, n);
    memcpy(out + n, "\r\n", 3);
    if (write(c->fd, out, n + 2) < 0)
        goto done;
    rc = 0;
done:
    free(out);                                             // fine: use-after-free
    return rc;
}

char *conn_label(const struct conn *c)
{
    char label[64];

    snprintf(label, sizeof label, "%d/%s", c->fd, c->peer);
    return label;                                          // flaw: use-after-free
}

const char *conn_tag(const struct conn *c)
{
    static char label[64];

    snprintf(label, sizeof label, "%d/%s", c->fd, c->peer);
    return label;                                          // fine: use-after-free
}

int conn_append(struct conn *c, const char *data, size_t n)
{
    char *mark = c->buf + c->used;
    char *grown = realloc(c->buf, c->used + n + 1);

    if (grown == NULL)
        return -1;
    c->buf = grown;
    memcpy(mark, data, n);                                 // flaw: use-after-free
    c->used += n;
    return 0;
}

int conn_extend(struct conn *c, const char *data, size_t n)
{
    size_t at = c->used;
    char *grown = realloc(c->buf, c->used + n + 1);

    if (grown == NULL)
        return -1;
    c->buf = grown;
    memcpy(c->buf + at, data, n);                          // fine: use-after-free
    c->used += n;
    return 0;
}

void conn_rename(struct conn *c, const char *peer)
{
    free(c->peer);
    c->peer = strdup(peer);
    if (c->peer != NULL)
        printf("now %s\n", c->peer);                       // fine: use-after-free
}
