/* Timer wheel and message pool of an event loop. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct timer {
    uint64_t due;
    void (*fire)(void *arg);
    void *arg;
    struct timer *next;
};

struct msg {
    int refs;
    size_t len;
    char *text;
};

struct loop {
    struct timer *timers;
    struct msg *pending;
    struct msg spare;
};

static void msg_unref(struct msg *m)
{
    if (--m->refs == 0) {
        free(m->text);
        free(m);
    }
}

struct msg *msg_new(const char *text)
{
    struct msg *m = calloc(1, sizeof *m);

    if (m == NULL)
        return NULL;
    m->refs = 1;
    m->len = strlen(text);
    m->text = strdup(text);
    if (m->text == NULL) {
        free(m);
        return NULL;
    }
    return m;
}

size_t loop_deliver(struct loop *l)
{
    struct msg *m = l->pending;
    size_t n;

    if (m == NULL)
        return 0;
    l->pending = NULL;
    n = m->len;
    puts(m->text);
    msg_unref(m);
    return n;                                              // fine: use-after-free
}

void loop_discard(struct loop *l)
{
    if (l->pending == NULL)
        return;
    free(l->pending->text);
    free(l->pending);
    if (l->pending->len > 0)                               // flaw: use-after-free
        puts("message discarded");
    l->pending = NULL;
}

void timer_remove(struct loop *l, uint64_t due)
{
    struct timer **pp = &l->timers;

    while (*pp != NULL) {
        struct timer *t = *pp;
        if (t->due <= due) {
            free(t);
            *pp = t->next;                                 // flaw: use-after-free
        } else {
            pp = &t->next;
        }
    }
}

void timer_expire(struct loop *l, uint64_t due)
{
    struct timer **pp = &l->timers;

    while (*pp != NULL) {
        struct timer *t = *pp;
        if (t->due <= due) {
            *pp = t->next;
            free(t);                                       // fine: use-after-free
        } else {
            pp = &t->next;
        }
    }
}

void loop_reset(struct loop *l)
{
    struct msg *m = &l->spare;

    m->len = 0;
    free(m);                                               // flaw: use-after-free
    l->pending = NULL;
}

void loop_clean(struct loop *l)
{
    struct msg *m = &l->spare;

    m->len = 0;
    free(m->text);                                         // fine: use-after-free
    m->text = NULL;
}

struct timer *timer_once(uint64_t due, void (*fire)(void *), void *arg)
{
    struct timer t = { due, fire, arg, NULL };

    if (fire == NULL)
        return NULL;
    return &t;                                             // flaw: use-after-free
}

struct timer *timer_make(uint64_t due, void (*fire)(void *), void *arg)
{
    struct timer *t = malloc(sizeof *t);

    if (t == NULL)
        return NULL;
    *t = (struct timer){ due, fire, arg, NULL };
    return t;                                              // fine: use-after-free
}

int msg_route(struct msg *m, int copies)
{
    int sent = 0;

    for (int i = 0; i < copies; i++) {
        if (m->len == 0) {
            free(m->text);                                 // flaw: use-after-free
            continue;
        }
        sent += puts(m->text) >= 0;
    }
    return sent;
}

int msg_flush(struct msg *m, int copies)
{
    int sent = 0;

    for (int i = 0; i < copies; i++) {
        if (m->len == 0) {
            free(m->text);                                 // fine: use-after-free
            m->text = NULL;
            break;
        }
        sent += puts(m->text) >= 0;
    }
    return sent;
}
