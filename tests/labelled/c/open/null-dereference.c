/* INI style settings reader. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    char *key;
    char *value;
    struct entry *next;
};

struct settings {
    struct entry *head;
    char *path;
    unsigned count;
};

struct settings *settings_new(void)
{
    struct settings *s = malloc(sizeof *s);

    s->head = NULL;                                        // flaw: null-dereference
    s->path = NULL;
    s->count = 0;
    return s;
}

struct settings *settings_create(void)
{
    struct settings *s = calloc(1, sizeof *s);

    if (s == NULL)
        return NULL;
    s->count = 0;                                          // fine: null-dereference
    return s;
}

unsigned count_lines(const char *path)
{
    FILE *fp = fopen(path, "r");
    unsigned n = 0;
    char line[256];

    while (fgets(line, sizeof line, fp) != NULL)           // flaw: null-dereference
        n++;
    fclose(fp);
    return n;
}

unsigned count_sections(const char *path)
{
    FILE *fp = fopen(path, "r");
    unsigned n = 0;
    char line[256];

    if (!fp) {
        fprintf(stderr, "cannot open settings: %s\n", strerror(errno));
        return 0;
    }
    while (fgets(line, sizeof line, fp) != NULL)           // fine: null-dereference
        n += line[0] == '[';
    fclose(fp);
    return n;
}

size_t key_length(const char *line)
{
    const char *eq = strchr(line, '=');

    while (eq[-1] == ' ')                                  // flaw: null-dereference
        eq--;
    return (size_t)(eq - line);
}

size_t key_width(const char *line)
{
    const char *eq = strchr(line, '=');

    if (eq == NULL)
        return 0;
    while (eq > line && eq[-1] == ' ')                     // fine: null-dereference
        eq--;
    return (size_t)(eq - line);
}

static char *dup_range(const char *from, size_t n)
{
    char *p = malloc(n + 1);

    if (p == NULL)
        return NULL;
    memcpy(p, from, n);
    p[n] = '\0';
    return p;
}

char *key_upper(const char *line)
{
    char *k = dup_range(line, key_width(line));

    for (size_t i = 0; k[i] != '\0'; i++)                  // flaw: null-dereference
        k[i] = (char)toupper((unsigned char)k[i]);
    return k;
}

char *key_lower(const char *line)
{
    char *k = dup_range(line, key_width(line));

    for (size_t i = 0; k != NULL && k[i] != '\0'; i++)     // fine: null-dereference
        k[i] = (char)tolower((unsigned char)k[i]);
    return k;
}

static struct entry *lookup(const struct settings *s, const char *key)
{
    for (struct entry *e = s->head; e != NULL; e = e->next) {
        if (strcmp(e->key, key) == 0)
            return e;
    }
    return NULL;
}

const char *setting_get(const struct settings *s, const char *key)
{
    return lookup(s, key)->value;                          // flaw: null-dereference
}

const char *setting_or(const struct settings *s, const char *key, const char *fallback)
{
    const struct entry *e = lookup(s, key);

    return e ? e->value : fallback;                        // fine: null-dereference
}
