/* Expression evaluator: nodes, symbol table, error strings. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { NUM, ADD, MUL, VAR };

struct node {
    enum kind kind;
    double num;
    char *var;
    struct node *lhs, *rhs;
};

struct symtab {
    char **names;
    double *vals;
    size_t n;
    char *last_error;
};

static void node_drop(struct node *n)
{
    if (n == NULL)
        return;
    node_drop(n->lhs);
    node_drop(n->rhs);
    free(n->var);
    free(n);
}

struct node *node_fold(struct node *n)
{
    if (n->kind == ADD && n->lhs->kind == NUM && n->rhs->kind == NUM) {
        node_drop(n->lhs);
        node_drop(n->rhs);
        n->kind = NUM;
        n->num = n->lhs->num + n->rhs->num;                // flaw: use-after-free
        n->lhs = n->rhs = NULL;
    }
    return n;
}

struct node *node_reduce(struct node *n)
{
    if (n->kind == MUL && n->lhs->kind == NUM && n->rhs->kind == NUM) {
        double v = n->lhs->num * n->rhs->num;
        node_drop(n->lhs);
        node_drop(n->rhs);
        n->lhs = n->rhs = NULL;
        n->kind = NUM;
        n->num = v;                                        // fine: use-after-free
    }
    return n;
}

struct node *node_swap(struct node *n)
{
    struct node *l = n->lhs;

    free(n);
    return l ? l->rhs : n->rhs;                            // flaw: use-after-free
}

struct node *node_unwrap(struct node *n)
{
    struct node *l = n->lhs;

    node_drop(n->rhs);
    free(n->var);
    free(n);
    return l;                                              // fine: use-after-free
}

int sym_error(struct symtab *t, const char *what)
{
    char *msg = malloc(strlen(what) + 16);

    if (msg == NULL)
        return -ENOMEM;
    snprintf(msg, strlen(what) + 16, "error: %s", what);
    free(t->last_error);
    t->last_error = msg;
    if (t->n == 0)
        free(msg);
    return fprintf(stderr, "%s\n", t->last_error);         // flaw: use-after-free
}

int sym_warn(struct symtab *t, const char *what)
{
    char *msg = malloc(strlen(what) + 16);

    if (msg == NULL)
        return -ENOMEM;
    snprintf(msg, strlen(what) + 16, "warning: %s", what);
    free(t->last_error);
    t->last_error = msg;
    return fprintf(stderr, "%s\n", msg);                   // fine: use-after-free
}

static void release_all(char **names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
}

int sym_load(struct symtab *t, FILE *fp)
{
    char line[64];
    char **names = calloc(16, sizeof *names);
    size_t n = 0;

    if (names == NULL)
        return -1;
    while (n < 16 && fgets(line, sizeof line, fp) != NULL) {
        names[n] = strdup(line);
        if (names[n] == NULL) {
            release_all(names, n);
            goto fail;
        }
        n++;
    }
    t->names = names;
    t->n = n;
    return 0;
fail:
    free(names);                                           // flaw: use-after-free
    return -1;
}

int sym_import(struct symtab *t, FILE *fp)
{
    char line[64];
    char **names = calloc(16, sizeof *names);
    size_t n = 0;

    if (names == NULL)
        return -1;
    while (n < 16 && fgets(line, sizeof line, fp) != NULL) {
        names[n] = strdup(line);
        if (names[n] == NULL)
            goto fail;
        n++;
    }
    t->names = names;
    t->n = n;
    return 0;
fail:
    release_all(names, n);                                 // fine: use-after-free
    return -1;
}

int sym_grow(struct symtab *t)
{
    double *vals = realloc(t->vals, (t->n + 8) * sizeof *vals);

    if (vals == NULL)
        return -1;
    vals[t->n] = t->n > 0 ? t->vals[0] : 0.0;              // flaw: use-after-free
    t->vals = vals;
    return 0;
}

int sym_widen(struct symtab *t)
{
    double *vals = realloc(t->vals, (t->n + 8) * sizeof *vals);

    if (vals == NULL)
        return -1;
    t->vals = vals;
    vals[t->n] = t->n > 0 ? t->vals[0] : 0.0;              // fine: use-after-free
    return 0;
}
