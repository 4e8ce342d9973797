/* Request header helpers of a CGI program. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <pwd.h>

struct cookie {
    char *name;
    char *value;
};

struct buffer {
    char *data;
    size_t len;
    size_t cap;
};

int is_json(void)
{
    const char *type = getenv("CONTENT_TYPE");

    return strncmp(type, "application/json", 16) == 0;     // flaw: null-dereference
}

int is_post(void)
{
    const char *method = getenv("REQUEST_METHOD");

    return method != NULL && strcmp(method, "POST") == 0;  // fine: null-dereference
}

int cookie_parse(char *text, struct cookie *c)
{
    char *eq = strchr(text, '=');

    *eq++ = '\0';                                          // flaw: null-dereference
    c->name = text;
    c->value = eq;
    return 0;
}

int cookie_split(char *text, struct cookie *c)
{
    char *eq = strchr(text, '=');

    if (!eq)
        return -1;
    *eq++ = '\0';                                          // fine: null-dereference
    c->name = text;
    c->value = eq;
    return 0;
}

int buffer_add(struct buffer *b, const char *text, size_t n)
{
    if (b->len + n + 1 > b->cap) {
        b->cap = (b->len + n + 1) * 2;
        b->data = realloc(b->data, b->cap);
    }
    memcpy(b->data + b->len, text, n);                     // flaw: null-dereference
    b->len += n;
    b->data[b->len] = '\0';
    return 0;
}

int buffer_put(struct buffer *b, const char *text, size_t n)
{
    if (b->len + n + 1 > b->cap) {
        size_t cap = (b->len + n + 1) * 2;
        char *p = realloc(b->data, cap);
        if (p == NULL)
            return -1;
        b->data = p;
        b->cap = cap;
    }
    memcpy(b->data + b->len, text, n);                     // fine: null-dereference
    b->len += n;
    b->data[b->len] = '\0';
    return 0;
}

const char *home_of(const char *user)
{
    struct passwd *pw = getpwnam(user);

    return pw->pw_dir;                                     // flaw: null-dereference
}

const char *shell_of(const char *user)
{
    struct passwd *pw = getpwnam(user);

    if (pw == NULL || pw->pw_shell == NULL)                // fine: null-dereference
        return "/sbin/nologin";
    return pw->pw_shell;
}

int query_count(char *qs)
{
    int n = 0;
    char *save = NULL;

    for (char *tok = strtok_r(qs, "&", &save); tok != NULL; tok = strtok_r(NULL, "&", &save)) {
        if (tok[0] != '=')                                 // fine: null-dereference
            n++;
    }
    return n;
}

struct cookie *cookie_copy(const struct cookie *src, int deep)
{
    struct cookie *c = malloc(sizeof *c);

    if (c == NULL && deep)
        return NULL;
    c->name = src->name;                                   // flaw: null-dereference
    c->value = src->value;
    return c;
}

int year_of(time_t t)
{
    struct tm *tm = gmtime(&t);

    return tm ? tm->tm_year + 1900 : 0;                    // fine: null-dereference
}
