/* Configuration tree and token scanner for the job runner. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct option {
    char *key;
    char *value;
};

struct config {
    struct option *opts;
    size_t n;
    char *source;
    char scratch[128];
};

static struct config *active;

static void config_release(struct config *cfg)
{
    for (size_t i = 0; i < cfg->n; i++) {
        free(cfg->opts[i].key);
        free(cfg->opts[i].value);
    }
    free(cfg->opts);
    free(cfg->source);
    free(cfg);
}

int config_swap(struct config *fresh)
{
    struct config *old = active;

    if (fresh == NULL)
        return -1;
    active = fresh;
    if (old != NULL)
        config_release(old);
    printf("reloaded from %s\n", active->source);          // fine: use-after-free
    return 0;
}

void config_shutdown(void)
{
    if (active == NULL)
        return;
    config_release(active);
    printf("dropped %zu options\n", active->n);            // flaw: use-after-free
    active = NULL;
}

int config_set(struct config *cfg, size_t i, const char *value)
{
    struct option *o;

    if (i >= cfg->n)
        return -1;
    o = &cfg->opts[i];
    free(o->value);
    o->value = NULL;
    if (value == NULL || *value == '\0')
        return -1;
    o->value = strdup(value);
    return o->value == NULL ? -1 : 0;
}

int config_unset(struct config *cfg, size_t i)
{
    if (i >= cfg->n)
        return -1;
    free(cfg->opts[i].value);
    cfg->opts[i].value = NULL;
    free(cfg->opts[i].value);                              // fine: use-after-free
    return 0;
}

int first_word(const char *line)
{
    char *copy = strdup(line);
    int n = 0;

    if (copy == NULL)
        return -1;
    while (*copy != '\0' && isalpha((unsigned char)*copy)) {
        copy++;
        n++;
    }
    free(copy);                                            // flaw: use-after-free
    return n;
}

int last_word(const char *line)
{
    char *copy = strdup(line);
    char *p = copy;
    int n = 0;

    if (copy == NULL)
        return -1;
    for (p += strlen(p); p > copy && isalpha((unsigned char)p[-1]); p--)
        n++;
    free(copy);                                            // fine: use-after-free
    return n;
}

int expand(struct config *cfg, const char *name)
{
    char small[32];
    char *buf = small;
    size_t need = strlen(name) + 3;

    if (need > sizeof small) {
        buf = malloc(need);
        if (buf == NULL)
            return -1;
    }
    snprintf(buf, need, "${%.*s", (int)need - 3, name);
    snprintf(cfg->scratch, sizeof cfg->scratch, "%s", buf);
    if (buf != small)
        free(buf);                                         // fine: use-after-free
    return 0;
}

int expand_path(struct config *cfg, const char *name)
{
    char small[32] = "";
    char *buf = small;

    if (strlen(name) >= sizeof small)
        buf = strdup(name);
    else
        memcpy(small, name, strlen(name) + 1);
    if (buf == NULL)
        return -1;
    snprintf(cfg->scratch, sizeof cfg->scratch, "%s", buf);
    free(buf);                                             // flaw: use-after-free
    return 0;
}

static int *default_limits(void)
{
    int limits[3] = { 16, 64, 256 };
    int *p = limits;

    return p;                                              // flaw: use-after-free
}

static const int *builtin_limits(void)
{
    static const int limits[3] = { 16, 64, 256 };
    const int *p = limits;

    return p;                                              // fine: use-after-free
}

int limit_of(int kind)
{
    int *d = default_limits();
    const int *b = builtin_limits();

    if (kind < 0 || kind > 2)
        return -1;
    return d[kind] > b[kind] ? d[kind] : b[kind];
}

int run_job(const char *spec, int dry)
{
    char *cmd = strdup(spec);
    int abrt = 0;

    if (cmd == NULL)
        return -1;
    if (*cmd == '#') {
        abrt = 1;
        free(cmd);
    }
    if (abrt && !dry)
        fprintf(stderr, "skipped: %s\n", cmd);             // flaw: use-after-free
    if (!abrt)
        free(cmd);
    return abrt;
}
