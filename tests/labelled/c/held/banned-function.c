/* Terminal menu for a label printer: text assembly. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum { ROW = 40, ROWS = 6 };

struct sheet {
    char rows[ROWS][ROW];
    wchar_t wide[ROW];
    unsigned used;
};

struct menu {
    struct sheet sheet;
    FILE *in;
    char title[48];
};

static const char *const month_names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun" };

static void row_set(struct sheet *s, unsigned i, const char *text)
{
    char *dst = s->rows[i % ROWS];

    stpcpy(dst, text);                                     // flaw: banned-function
}

static void row_fill(struct sheet *s, unsigned i, const char *text)
{
    snprintf(s->rows[i % ROWS], ROW, "%s", text);          // fine: banned-function
}

static int row_format(struct sheet *s, const char *fmt, ...)
{
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vsprintf(s->rows[s->used % ROWS], fmt, ap);        // flaw: banned-function
    va_end(ap);
    s->used++;
    return n;
}

static int row_print(struct sheet *s, const char *fmt, ...)
{
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(s->rows[s->used % ROWS], ROW, fmt, ap);  // fine: banned-function
    va_end(ap);
    s->used++;
    return n;
}

static void wide_title(struct sheet *s, const wchar_t *text)
{
    if (text == NULL)
        return;
    wcscpy(s->wide, text);                                 // flaw: banned-function
}

static void wide_clip(struct sheet *s, const wchar_t *text)
{
    size_t n = wcslen(text);

    if (n >= ROW)
        n = ROW - 1;
    wmemcpy(s->wide, text, n);                             // fine: banned-function
    s->wide[n] = L'\0';
}

static void month_row(struct sheet *s, unsigned m)
{
    char label[16] = "";

    if (m < sizeof month_names / sizeof month_names[0])
        strcat(label, month_names[m]);                     // fine: banned-function
    row_fill(s, m, label);
}

static int parse_order(const char *line, char *sku, int *qty)
{
    return sscanf(line, "%s %d", sku, qty) == 2 ? 0 : -1;  // flaw: banned-function
}

static int parse_price(const char *line, char sku[16], int *cents)
{
    return sscanf(line, "%15s %d", sku, cents) == 2 ? 0 : -1; // fine: banned-function
}

static int read_title(struct menu *m)
{
    char line[256];

    if (fgets(line, sizeof line, m->in) == NULL)
        return -1;
    for (char *p = line; *p != '\0'; p++)
        *p = (char)toupper((unsigned char)*p);
    m->title[0] = '\0';
    strcat(m->title, line);                                // flaw: banned-function
    return 0;
}

static char *duplicate_title(const struct menu *m)
{
    size_t n = strlen(m->title) + 1;
    char *copy = malloc(n);

    if (copy == NULL)
        return NULL;
    return strcpy(copy, m->title);                         // fine: banned-function
}

int menu_run(struct menu *m, const wchar_t *heading)
{
    char line[128], sku[16];
    int n = 0;
    char *t;

    if (read_title(m) != 0)
        return -1;
    wide_title(&m->sheet, heading);
    if (heading != NULL && m->sheet.wide[0] == L'\0')
        wide_clip(&m->sheet, heading);
    while (fgets(line, sizeof line, m->in) != NULL) {
        if (parse_order(line, sku, &n) == 0)
            row_format(&m->sheet, "%s x %d", sku, n);
        else if (parse_price(line, sku, &n) == 0)
            row_print(&m->sheet, "%s at %d", sku, n);
        else
            row_set(&m->sheet, m->sheet.used, line);
        month_row(&m->sheet, m->sheet.used % ROWS);
    }
    t = duplicate_title(m);
    if (t != NULL)
        puts(t);
    free(t);
    return 0;
}
