/* Scheduler core: task list, parsing of crontab lines, work directories. */
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct task {
    char *command;
    char *owner;
    int minute;
    struct task *next;
};

struct sched {
    struct task *tasks;
    struct task **index;
    size_t n;
    pthread_mutex_t lock;
};

static void *xalloc(size_t n)
{
    void *p = calloc(1, n);

    if (p == NULL) {
        fputs("out of memory\n", stderr);
        abort();
    }
    return p;
}

struct task *task_new(const char *command)
{
    struct task *t = calloc(1, sizeof(struct task));

    t->minute = -1;                                        // flaw: null-dereference
    t->command = strdup(command);
    return t;
}

struct task *task_make(const char *command)
{
    struct task *t = xalloc(sizeof *t);

    t->minute = -1;                                        // fine: null-dereference
    t->command = strdup(command);
    return t;
}

size_t task_words(const char *command)
{
    char *copy = strdup(command);
    size_t n = copy[0] != '\0';                            // flaw: null-dereference

    for (char *p = copy; *p != '\0'; p++)
        n += *p == ' ';
    free(copy);
    return n;
}

size_t task_args(const char *command)
{
    char *copy = strdup(command);
    size_t n = 0;

    if (copy != NULL) {
        for (char *p = copy; *p != '\0'; p++)              // fine: null-dereference
            n += *p == ' ';
    }
    free(copy);
    return n;
}

int dir_count(const char *path)
{
    DIR *d = opendir(path);
    int n = 0;

    while (readdir(d) != NULL)                             // flaw: null-dereference
        n++;
    closedir(d);
    return n;
}

int dir_empty(const char *path)
{
    DIR *d;
    int n = 0;

    if ((d = opendir(path)) == NULL)
        return -1;
    while (readdir(d) != NULL)                             // fine: null-dereference
        n++;
    closedir(d);
    return n <= 2;
}

static struct task *find_owner(struct sched *s, const char *owner)
{
    struct task *t = s->tasks;

    while (t != NULL && (t->owner == NULL || strcmp(t->owner, owner) != 0))
        t = t->next;
    return t;
}

int next_minute(struct sched *s, const char *owner)
{
    struct task *t = find_owner(s, owner);

    if (t == NULL)
        fprintf(stderr, "no task for %s\n", owner);
    return t->minute;                                      // flaw: null-dereference
}

int first_minute(struct sched *s, const char *owner)
{
    struct task *t = find_owner(s, owner);

    if (t == NULL) {
        fprintf(stderr, "no task for %s\n", owner);
        return -1;
    }
    return t->minute;                                      // fine: null-dereference
}

int sched_index(struct sched *s)
{
    size_t i = 0;

    s->index = malloc((s->n + 1) * sizeof *s->index);
    for (struct task *t = s->tasks; t != NULL && i < s->n; t = t->next)
        s->index[i++] = t;
    s->index[i] = NULL;                                    // flaw: null-dereference
    return 0;
}

int sched_reindex(struct sched *s)
{
    struct task **index = malloc((s->n + 1) * sizeof *index);
    size_t i = 0;

    if (index == NULL)
        goto fail;
    for (struct task *t = s->tasks; t != NULL && i < s->n; t = t->next)
        index[i++] = t;
    index[i] = NULL;                                       // fine: null-dereference
    free(s->index);
    s->index = index;
    return 0;
fail:
    return -1;
}
