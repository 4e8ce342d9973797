/* Scratch files of the report generator. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCRATCH_TEMPLATE "/tmp/reportXXXXXX"

struct report {
    char path[256];
    FILE *fp;
    int fd;
};

static void header(FILE *fp, const char *title)
{
    fprintf(fp, "%%!report\n%%%%Title: %s\n", title);
}

int report_begin(struct report *r, const char *title)
{
    char name[L_tmpnam];

    if (tmpnam(name) == NULL)                              // flaw: temp-file
        return -1;
    snprintf(r->path, sizeof r->path, "%s", name);
    r->fp = fopen(r->path, "w+");
    if (r->fp == NULL)
        return -1;
    header(r->fp, title);
    return 0;
}

int report_begin_fd(struct report *r, const char *title)
{
    snprintf(r->path, sizeof r->path, "%s", SCRATCH_TEMPLATE);
    r->fd = mkstemp(r->path);                              // fine: temp-file
    if (r->fd < 0)
        return -1;
    r->fp = fdopen(r->fd, "w+");
    if (r->fp == NULL) {
        close(r->fd);
        unlink(r->path);
        return -1;
    }
    header(r->fp, title);
    return 0;
}

int chart_begin(struct report *r)
{
    char tmpl[] = "/tmp/chartXXXXXX";

    if (mktemp(tmpl) == NULL || tmpl[0] == '\0')           // flaw: temp-file
        return -1;
    r->fd = open(tmpl, O_RDWR | O_CREAT, 0600);
    snprintf(r->path, sizeof r->path, "%s", tmpl);
    return r->fd < 0 ? -1 : 0;
}

int chart_dir(char *out, size_t len)
{
    char tmpl[] = "/tmp/chartsXXXXXX";

    if (mkdtemp(tmpl) == NULL)                             // fine: temp-file
        return -1;
    return snprintf(out, len, "%s/out.svg", tmpl) < (int)len ? 0 : -1;
}

static void scratch_name(char *out, size_t len, const char *kind)
{
    snprintf(out, len, "/tmp/%s.%ld", kind, (long)getpid());
}

int table_begin(struct report *r)
{
    scratch_name(r->path, sizeof r->path, "table");
    r->fp = fopen(r->path, "w");                           // flaw: temp-file
    return r->fp == NULL ? -1 : 0;
}

int summary_begin(struct report *r)
{
    r->fp = tmpfile();                                     // fine: temp-file
    r->path[0] = '\0';
    return r->fp == NULL ? -1 : 0;
}

int cache_write(const char *text)
{
    FILE *fp = fopen("/tmp/report-cache.txt", "w");        // flaw: temp-file

    if (fp == NULL)
        return -1;
    fputs(text, fp);
    return fclose(fp);
}

int state_write(const char *text)
{
    FILE *fp = fopen("/var/lib/reportd/state.txt", "w");   // fine: temp-file

    if (fp == NULL)
        return -1;
    fputs(text, fp);
    return fclose(fp);
}

int index_begin(struct report *r)
{
    const char *dir = getenv("TMPDIR");
    char *name = tempnam(dir ? dir : "/tmp", "idx");       // flaw: temp-file

    if (name == NULL)
        return -1;
    r->fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    snprintf(r->path, sizeof r->path, "%s", name);
    free(name);
    return r->fd < 0 ? -1 : 0;
}

int pages_begin(struct report *r)
{
    const char *dir = getenv("TMPDIR");

    r->path[0] = '\0';
    r->fd = open(dir ? dir : "/tmp", O_TMPFILE | O_RDWR, 0600); // fine: temp-file
    return r->fd < 0 ? -1 : 0;
}

void report_end(struct report *r)
{
    if (r->fp != NULL)
        fclose(r->fp);
    if (r->path[0] != '\0')
        unlink(r->path);
}
