/* Chat relay: message output, logging and templates. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <syslog.h>

#define LINE_MAX_LEN 512

struct peer {
    int fd;
    char nick[32];
    char line[LINE_MAX_LEN];
};

static const char *const banners[] = {
    "%s has joined\n",
    "%s has left\n",
    "%s is away\n",
};

static int peer_read(struct peer *p)
{
    ssize_t n = recv(p->fd, p->line, sizeof p->line - 1, 0);

    if (n <= 0)
        return -1;
    p->line[n] = '\0';
    p->line[strcspn(p->line, "\r\n")] = '\0';
    return 0;
}

static void relay_log(int prio, const char *fmt, ...)
{
    char buf[1024];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    syslog(prio, "%s", buf);
}

static void show_line(const struct peer *p)
{
    printf(p->line);                                       // flaw: format-string
    putchar('\n');
}

static void show_line_prefixed(const struct peer *p)
{
    printf("<%s> %s\n", p->nick, p->line);                 // fine: format-string
}

static void note_command(const struct peer *p, const char *cmd)
{
    char msg[LINE_MAX_LEN + 64];

    snprintf(msg, sizeof msg, "peer %d issued %s", p->fd, cmd);
    syslog(LOG_NOTICE, msg);                               // flaw: format-string
}

static void announce(const struct peer *p, unsigned event)
{
    if (event >= sizeof banners / sizeof banners[0])
        return;
    printf(banners[event], p->nick);                       // fine: format-string
}

static void set_topic(struct peer *p, char *topic, size_t len)
{
    const char *arg = strchr(p->line, ' ');

    if (arg == NULL)
        return;
    arg++;
    if (strlen(arg) > 80) {
        fputs(arg, stderr);                                // fine: format-string
        return;
    }
    snprintf(topic, len, arg);                             // flaw: format-string
}

static void copy_topic(const struct peer *p, char *topic, size_t len)
{
    const char *arg = strchr(p->line, ' ');

    snprintf(topic, len, "%.*s", 80, arg ? arg + 1 : "");  // fine: format-string
}

static void report_error(const struct peer *p)
{
    const char *text = p->line;

    while (*text == ' ')
        text++;
    relay_log(LOG_ERR, text);                              // flaw: format-string
}

static void report_nick(const struct peer *p)
{
    relay_log(LOG_INFO, "nick change on %d: %zu bytes", p->fd, strlen(p->nick)); // fine: format-string
}

static int greet(FILE *out, const struct peer *p)
{
    const char *tmpl = getenv("RELAY_GREETING");

    if (tmpl == NULL)
        tmpl = "welcome %s\n";
    return fprintf(out, tmpl, p->nick);                    // flaw: format-string
}

static void usage_line(FILE *out, int verbose)
{
    const char *fmt = verbose ? "commands: %s, %s, %s\n" : "try %s\n";

    fprintf(out, fmt, "HELP", "TOPIC", "QUIT");            // fine: format-string
}

int relay_serve(struct peer *p, FILE *out)
{
    char topic[128] = "";

    greet(out, p);
    while (peer_read(p) == 0) {
        switch (p->line[0]) {
        case 'S': show_line(p); break;
        case 'P': show_line_prefixed(p); break;
        case 'C': note_command(p, p->line + 1); break;
        case 'J': announce(p, 0); break;
        case 'T': set_topic(p, topic, sizeof topic); break;
        case 'U': copy_topic(p, topic, sizeof topic); break;
        case 'E': report_error(p); break;
        case 'N': report_nick(p); break;
        default: usage_line(out, p->line[0] == 'V'); break;
        }
    }
    return 0;
}
