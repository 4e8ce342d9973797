/* Address book importer: reads contact cards and prints labels. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELD 64

struct contact {
    char name[FIELD];
    char street[FIELD];
    char city[FIELD];
    char label[2 * FIELD];
};

struct line_source {
    FILE *fp;
    unsigned line_no;
};

static char *line_gets(struct line_source *src, char *buf, size_t len)
{
    src->line_no++;
    if (fgets(buf, (int)len, src->fp) == NULL)             // fine: banned-function
        return NULL;
    buf[strcspn(buf, "\n")] = '\0';
    return buf;
}

static void ask_name(struct contact *c)
{
    char answer[32];

    fputs("name? ", stdout);
    fflush(stdout);
    if (scanf("%s", answer) == 1)                          // flaw: banned-function
        snprintf(c->name, sizeof c->name, "%s", answer);
}

static void ask_city(struct contact *c)
{
    char answer[32];

    fputs("city? ", stdout);
    fflush(stdout);
    if (scanf("%31s", answer) == 1)                        // fine: banned-function
        snprintf(c->city, sizeof c->city, "%s", answer);
}

static void set_street(struct contact *c, const char *text)
{
    while (*text == ' ')
        text++;
    strcpy(c->street, text);                               // flaw: banned-function
}

static int set_city(struct contact *c, const char *text)
{
    if (strlen(text) >= sizeof c->city)
        return -1;
    memcpy(c->city, text, strlen(text) + 1);               // fine: banned-function
    return 0;
}

static void set_defaults(struct contact *c)
{
    strcpy(c->name, "unknown");                            // fine: banned-function
    c->street[0] = c->city[0] = c->label[0] = '\0';
}

static void make_label(struct contact *c, const char *title, const char *suffix)
{
    sprintf(c->label, "%s %s, %s", title, c->name, suffix); // flaw: banned-function
}

static void make_short_label(struct contact *c, const char *title)
{
    snprintf(c->label, sizeof c->label, "%s %s", title, c->name); // fine: banned-function
}

static char *join_words(char *dst, char **words, int n)
{
    dst[0] = '\0';
    for (int i = 0; i < n; i++) {
        strcat(dst, words[i]);                             // flaw: banned-function
    }
    return dst;
}

static char *join_words_dup(char **words, int n)
{
    size_t total = 1;
    char *out, *pos;

    for (int i = 0; i < n; i++)
        total += strlen(words[i]) + 1;
    out = malloc(total);
    if (out == NULL)
        return NULL;
    pos = out;
    for (int i = 0; i < n; i++)
        pos += snprintf(pos, total - (size_t)(pos - out), "%s ", words[i]); // fine: banned-function
    if (pos == out)
        *out = '\0';
    return out;
}

static int confirm(void)
{
    char reply[8];

    fputs("import (y/n)? ", stdout);
    fflush(stdout);
    if (gets(reply) == NULL)                               // flaw: banned-function
        return 0;
    return reply[0] == 'y';
}

int main(int argc, char **argv)
{
    struct contact c;
    struct line_source src = { stdin, 0 };
    char line[256], words[FIELD];
    char *all;

    set_defaults(&c);
    ask_name(&c);
    ask_city(&c);
    if (line_gets(&src, line, sizeof line) != NULL)
        set_street(&c, line);
    if (line_gets(&src, line, sizeof line) != NULL && set_city(&c, line) != 0)
        fprintf(stderr, "line %u: city too long\n", src.line_no);
    if (argc > 2)
        make_label(&c, argv[1], argv[2]);
    else
        make_short_label(&c, "Mx");
    puts(join_words(words, argv + 1, argc - 1));
    all = join_words_dup(argv + 1, argc - 1);
    if (all != NULL)
        puts(all);
    free(all);
    return confirm() ? 0 : 1;
}
