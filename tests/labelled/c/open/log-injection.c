/* Audit trail of the login service: one line per event. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

struct request {
    char user[64];
    char agent[128];
    char port[16];
    int status;
};

static FILE *audit;

int audit_open(void)
{
    audit = fopen("/var/log/logind/audit.log", "a");
    return audit == NULL ? -1 : 0;
}

static void url_decode(char *s)
{
    char *o = s;

    while (*s != '\0') {
        if (s[0] == '%' && isxdigit((unsigned char)s[1]) && isxdigit((unsigned char)s[2])) {
            char hex[3] = { s[1], s[2], '\0' };
            *o++ = (char)strtol(hex, NULL, 16);
            s += 3;
        } else {
            *o++ = *s++;
        }
    }
    *o = '\0';
}

static int read_request(int fd, struct request *rq)
{
    char raw[512];
    ssize_t n = recv(fd, raw, sizeof raw - 1, 0);

    if (n <= 0)
        return -1;
    raw[n] = '\0';
    memset(rq, 0, sizeof *rq);
    if (sscanf(raw, "user=%63[^&]&agent=%127[^&]&port=%15s", rq->user, rq->agent, rq->port) < 1)
        return -1;
    url_decode(rq->user);
    url_decode(rq->agent);
    url_decode(rq->port);
    return 0;
}

static void audit_line(const char *fmt, ...)
{
    va_list ap;

    fprintf(audit, "%ld ", (long)time(NULL));
    va_start(ap, fmt);
    vfprintf(audit, fmt, ap);
    va_end(ap);
    fputc('\n', audit);
}

static const char *one_line(const char *in, char *out, size_t len)
{
    size_t i;

    for (i = 0; in[i] != '\0' && i + 1 < len; i++)
        out[i] = iscntrl((unsigned char)in[i]) ? '?' : in[i];
    out[i] = '\0';
    return out;
}

static void on_failure(const struct request *rq)
{
    fprintf(audit, "login failed for %s\n", rq->user);     // flaw: log-injection
}

static void on_failure_clean(const struct request *rq)
{
    char tmp[64];

    fprintf(audit, "login failed for %s\n", one_line(rq->user, tmp, sizeof tmp)); // fine: log-injection
}

static void on_success(const struct request *rq)
{
    char line[256];

    snprintf(line, sizeof line, "login ok user=%s agent=%s\n", rq->user, rq->agent);
    fputs(line, audit);                                    // flaw: log-injection
}

static void on_port(const struct request *rq)
{
    long port = strtol(rq->port, NULL, 10);

    fprintf(audit, "source port %ld\n", port);             // fine: log-injection
}

static void on_agent(const struct request *rq)
{
    const char *agent = rq->agent;

    if (*agent == '\0')
        agent = "unknown";
    audit_line("agent is %s", agent);                      // flaw: log-injection
}

static void on_agent_kind(const struct request *rq)
{
    const char *kind = "other";

    if (strstr(rq->agent, "Firefox") != NULL)
        kind = "firefox";
    else if (strstr(rq->agent, "curl") != NULL)
        kind = "curl";
    audit_line("agent kind is %s", kind);                  // fine: log-injection
}

static void on_locked(const struct request *rq)
{
    char who[64];

    memcpy(who, rq->user, sizeof who);
    for (char *p = who; *p != '\0'; p++)
        *p = (char)tolower((unsigned char)*p);
    fprintf(audit, "account %s locked, status %d\n", who, rq->status); // flaw: log-injection
}

static void on_lookup(const struct request *rq)
{
    for (const char *p = rq->user; *p != '\0'; p++) {
        if (!isalnum((unsigned char)*p))
            return;
    }
    fprintf(audit, "lookup of %s\n", rq->user);            // fine: log-injection
}

int login_step(int fd)
{
    struct request rq;

    if (audit == NULL || read_request(fd, &rq) != 0)
        return -1;
    on_port(&rq);
    on_agent(&rq);
    on_agent_kind(&rq);
    on_lookup(&rq);
    if (rq.status == 0)
        on_success(&rq);
    else if (rq.status == 3)
        on_locked(&rq);
    else if (rq.status == 4)
        on_failure_clean(&rq);
    else
        on_failure(&rq);
    return fflush(audit);
}
