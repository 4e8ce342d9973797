/* String helpers of the mail gateway: host names, quoting, line joining. */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HOST_MAX 64
#define QUOTE_MAX 256

struct session {
    char helo[HOST_MAX];
    char *greeting;
    size_t greeting_len;
};

int client_name(const struct in_addr *addr, FILE *log)
{
    char hostname[HOST_MAX];
    struct hostent *hp = gethostbyaddr(addr, sizeof *addr, AF_INET);

    if (hp == NULL)
        return -1;
    memcpy(hostname, hp->h_name, strlen(hp->h_name) + 1);  // flaw: unchecked-size
    return fprintf(log, "%zu\n", strlen(hostname));
}

int client_name_cut(const struct in_addr *addr, FILE *log)
{
    char hostname[HOST_MAX];
    struct hostent *hp = gethostbyaddr(addr, sizeof *addr, AF_INET);

    if (hp == NULL || strlen(hp->h_name) >= sizeof hostname)
        return -1;
    memcpy(hostname, hp->h_name, strlen(hp->h_name) + 1);  // fine: unchecked-size
    return fprintf(log, "%zu\n", strlen(hostname));
}

/* Every '&' grows to five characters. */
char *escape_amp(const char *text)
{
    size_t len = strlen(text), o = 0;
    char *dst;

    if (len > QUOTE_MAX)
        return NULL;
    dst = malloc(4 * QUOTE_MAX + 1);
    if (dst == NULL)
        return NULL;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '&') {
            memcpy(dst + o, "&amp;", 5);                   // flaw: unchecked-size
            o += 5;
        } else {
            dst[o++] = text[i];
        }
    }
    dst[o] = '\0';
    return dst;
}

char *escape_lt(const char *text)
{
    size_t len = strlen(text), o = 0;
    char *dst;

    if (len > QUOTE_MAX)
        return NULL;
    dst = malloc(4 * QUOTE_MAX + 1);
    if (dst == NULL)
        return NULL;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '<') {
            memcpy(dst + o, "&lt;", 4);                    // fine: unchecked-size
            o += 4;
        } else {
            dst[o++] = text[i];
        }
    }
    dst[o] = '\0';
    return dst;
}

int set_greeting(struct session *s, const char *text)
{
    size_t n = strlen(text);
    char *copy = malloc(n);

    if (copy == NULL)
        return -1;
    memcpy(copy, text, n);
    copy[n] = '\0';                                        // flaw: unchecked-size
    free(s->greeting);
    s->greeting = copy;
    s->greeting_len = n;
    return 0;
}

int replace_greeting(struct session *s, const char *text)
{
    size_t n = strlen(text);
    char *copy = malloc(n + 1);

    if (copy == NULL)
        return -1;
    memcpy(copy, text, n);
    copy[n] = '\0';                                        // fine: unchecked-size
    free(s->greeting);
    s->greeting = copy;
    s->greeting_len = n;
    return 0;
}

int read_command(int fd, char *out, size_t outlen)
{
    char buf[128];
    ssize_t n = read(fd, buf, sizeof buf);

    if (n <= 0)
        return -1;
    buf[n] = '\0';                                         // flaw: unchecked-size
    return snprintf(out, outlen, "%s", buf);
}

int read_reply(int fd, char *out, size_t outlen)
{
    char buf[128];
    ssize_t n = read(fd, buf, sizeof buf - 1);

    if (n <= 0)
        return -1;
    buf[n] = '\0';                                         // fine: unchecked-size
    return snprintf(out, outlen, "%s", buf);
}

void trim_tail(char *line)
{
    size_t len = strlen(line);

    while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == ' '))
        line[--len] = '\0';                                // fine: unchecked-size
}

int set_helo(struct session *s, const char *arg)
{
    strncpy(s->helo, arg, strlen(arg));                    // flaw: unchecked-size
    s->helo[HOST_MAX - 1] = '\0';
    return 0;
}

int set_helo_domain(struct session *s, const char *arg)
{
    strncpy(s->helo, arg, sizeof s->helo - 1);             // fine: unchecked-size
    s->helo[sizeof s->helo - 1] = '\0';
    return 0;
}
