/* Terminal grid and scroll-back of a remote console. */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct cell {
    uint32_t rune;
    uint16_t fg, bg;
};

struct grid {
    int rows, cols;
    struct cell *cells;
    char *history;
    size_t history_len;
};

static long header_number(const char *hdrs, const char *name)
{
    const char *p = strstr(hdrs, name);

    return p ? strtol(p + strlen(name), NULL, 10) : 0;
}

int grid_resize(struct grid *g, const char *hdrs)
{
    int rows = (int)header_number(hdrs, "Rows: ");
    int cols = (int)header_number(hdrs, "Cols: ");
    int area = rows * cols;
    struct cell *cells;

    if (area <= 0)
        return -1;
    cells = malloc((size_t)area * sizeof *cells);          // flaw: integer-trap
    if (cells == NULL)
        return -1;
    for (int r = 0; r < rows; r++)
        memset(cells + (size_t)r * (size_t)cols, 0, (size_t)cols * sizeof *cells);
    free(g->cells);
    g->cells = cells;
    g->rows = rows;
    g->cols = cols;
    return 0;
}

int grid_reshape(struct grid *g, const char *hdrs)
{
    long rows = header_number(hdrs, "Rows: ");
    long cols = header_number(hdrs, "Cols: ");
    struct cell *cells;

    if (rows < 1 || rows > 500 || cols < 1 || cols > 500)
        return -1;
    cells = calloc((size_t)(rows * cols), sizeof *cells);  // fine: integer-trap
    if (cells == NULL)
        return -1;
    free(g->cells);
    g->cells = cells;
    g->rows = (int)rows;
    g->cols = (int)cols;
    return 0;
}

int console_body(int fd, const char *hdrs, char *buf, int buflen)
{
    int want = (int)header_number(hdrs, "Content-Length: ");

    if (want > buflen - 1)
        want = buflen - 1;
    return (int)recv(fd, buf, want, MSG_WAITALL);          // flaw: integer-trap
}

int console_text(int fd, const char *hdrs, char *buf, int buflen)
{
    long want = header_number(hdrs, "Content-Length: ");

    if (want < 0 || buflen < 1)
        return -1;
    if (want > buflen - 1)
        want = buflen - 1;
    return (int)recv(fd, buf, (size_t)want, MSG_WAITALL);  // fine: integer-trap
}

int history_add(struct grid *g, const char *text, size_t n)
{
    char *p;

    if (n == SIZE_MAX || g->history_len > SIZE_MAX - n - 1)
        return -1;
    p = realloc(g->history, g->history_len + n + 1);       // fine: integer-trap
    if (p == NULL)
        return -1;
    memcpy(p + g->history_len, text, n);
    g->history = p;
    g->history_len += n;
    p[g->history_len] = '\0';
    return 0;
}

int history_pad(struct grid *g, const char *hdrs)
{
    unsigned pad = (unsigned)header_number(hdrs, "Pad: ");
    unsigned total = (unsigned)g->history_len + pad + 1;
    char *p = realloc(g->history, total);                  // flaw: integer-trap

    if (p == NULL)
        return -1;
    memset(p + g->history_len, ' ', pad);
    g->history = p;
    g->history_len += pad;
    p[g->history_len] = '\0';
    return 0;
}

int history_tail(const struct grid *g, const char *hdrs, char *out, size_t outlen)
{
    int8_t n = (int8_t)header_number(hdrs, "Tail: ");

    if (n > 100 || outlen < 101 || g->history_len < 100)
        return -1;
    memcpy(out, g->history, n);                            // flaw: integer-trap
    return n;
}

int history_head(const struct grid *g, const char *hdrs, char *out, size_t outlen)
{
    uint8_t n = (uint8_t)header_number(hdrs, "Head: ");

    if (n > 100 || outlen < 101 || g->history_len < 100)
        return -1;
    memcpy(out, g->history, n);                            // fine: integer-trap
    return n;
}

static void *alloc_array(uint32_t n, uint32_t size)
{
    uint32_t bytes = n * size;

    return malloc(bytes);                                  // flaw: integer-trap
}

static void *alloc_items(uint32_t n, uint32_t size)
{
    return malloc((size_t)n * size);                       // fine: integer-trap
}

struct cell *snapshot(const struct grid *g, const char *hdrs, bool compact)
{
    uint32_t n = (uint32_t)header_number(hdrs, "Cells: ");
    struct cell *c = compact ? alloc_array(n, sizeof *c) : alloc_items(n, sizeof *c);

    if (c == NULL)
        return NULL;
    for (uint32_t i = 0; i < n; i++)
        c[i] = g->cells[0];
    return c;
}

int blink_rate(const char *hdrs)
{
    long ms = header_number(hdrs, "Blink: ");

    if (ms < 0 || ms > INT_MAX / 1000)
        return -1;
    return (int)ms * 1000;                                 // fine: integer-trap
}

int blink_delay(const char *hdrs, char *marks)
{
    int ms = (int)header_number(hdrs, "Delay: ");
    int us = ms * 1000 + 500;

    if (us < 64)
        marks[us] = '*';                                   // flaw: integer-trap
    return us;
}
