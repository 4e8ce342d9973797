/* Monitor: terminal display, syslog forwarding and e-mail subjects. */
#include <err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#define MAX_ALERTS 32

struct alert {
    char host[64];
    char text[256];
    unsigned level;
};

struct board {
    struct alert alerts[MAX_ALERTS];
    unsigned n;
    FILE *tty;
    const char *row_fmt;
};

static const char row_short[] = "%-16s %s\n";
static const char row_wide[] = "%-40s | %s\n";

__attribute__((format(printf, 2, 3)))
static int board_printf(struct board *b, const char *fmt, ...)
{
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vfprintf(b->tty, fmt, ap);                         // fine: format-string
    va_end(ap);
    return n;
}

static int board_emit(struct board *b, const char *text)
{
    return fprintf(b->tty, text);                          // flaw: format-string
}

void board_init(struct board *b, FILE *tty, int columns)
{
    memset(b, 0, sizeof *b);
    b->tty = tty;
    b->row_fmt = columns > 100 ? row_wide : row_short;
}

int board_read(struct board *b, FILE *in)
{
    char line[320];
    struct alert *a;

    if (b->n >= MAX_ALERTS || fgets(line, sizeof line, in) == NULL)
        return -1;
    line[strcspn(line, "\r\n")] = '\0';
    a = &b->alerts[b->n];
    if (sscanf(line, "%63s %u %255[^\n]", a->host, &a->level, a->text) != 3) // fine: format-string
        return -1;
    b->n++;
    return 0;
}

void board_rows(struct board *b)
{
    for (unsigned i = 0; i < b->n; i++)
        fprintf(b->tty, b->row_fmt, b->alerts[i].host, b->alerts[i].text); // fine: format-string
}

void board_texts(struct board *b)
{
    for (unsigned i = 0; i < b->n; i++) {
        const struct alert *a = &b->alerts[i];
        if (a->level > 2)
            board_emit(b, a->text);
        else
            board_printf(b, "%s\n", a->text);              // fine: format-string
    }
}

void forward(const struct alert *a)
{
    char msg[400];
    int prio = a->level > 2 ? LOG_ALERT : LOG_NOTICE;

    snprintf(msg, sizeof msg, "[%s] ", a->host);
    strncat(msg, a->text, sizeof msg - strlen(msg) - 1);
    syslog(prio, msg);                                     // flaw: format-string
}

void forward_plain(const struct alert *a)
{
    char msg[400];

    snprintf(msg, sizeof msg, "[%s] %s", a->host, a->text);
    syslog(LOG_NOTICE, "%s", msg);                         // fine: format-string
}

void give_up(const struct alert *a)
{
    if (a->level > 8)
        errx(2, a->text);                                  // flaw: format-string
    warnx("%s: still alive", a->host);                     // fine: format-string
}

int subject_line(const struct alert *a, char *out, size_t len)
{
    char fmt[160];

    snprintf(fmt, sizeof fmt, "Alert on %s: %%s", a->host);
    return snprintf(out, len, fmt, a->text);               // flaw: format-string
}

int subject_level(const struct alert *a, char *out, size_t len)
{
    char fmt[32];

    snprintf(fmt, sizeof fmt, "Level %%0%uu", a->level % 8u + 1u);
    return snprintf(out, len, fmt, a->level);              // fine: format-string
}

int status_line(int fd, int argc, char **argv)
{
    const char *text = "idle";

    if (argc > 1)
        text = argv[1];
    return dprintf(fd, text);                              // flaw: format-string
}
