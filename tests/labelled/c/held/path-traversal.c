/* Document share: FastCGI application. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <fcgiapp.h>

struct share {
    int dirfd;
    const char *base;
};

static const char *param(FCGX_Request *rq, const char *key)
{
    const char *v = FCGX_GetParam(key, rq->envp);

    return v ? v : "";
}

static char *join(const char *a, const char *b)
{
    char *out = NULL;

    if (asprintf(&out, "%s/%s", a, b) < 0)
        return NULL;
    return out;
}

static void copy_out(FCGX_Request *rq, int fd)
{
    char buf[4096];
    ssize_t n;

    while ((n = read(fd, buf, sizeof buf)) > 0)
        FCGX_PutStr(buf, (int)n, rq->out);
    close(fd);
}

static int h_download(struct share *sh, FCGX_Request *rq)
{
    int fd = openat(sh->dirfd, param(rq, "PATH_INFO") + 1, O_RDONLY); // flaw: path-traversal

    if (fd < 0)
        return 404;
    copy_out(rq, fd);
    return 200;
}

static int single_component(const char *s)
{
    return *s != '\0' && strchr(s, '/') == NULL && strcmp(s, ".") != 0 && strcmp(s, "..") != 0;
}

static int h_fetch(struct share *sh, FCGX_Request *rq)
{
    const char *name = param(rq, "HTTP_X_DOCUMENT");
    int fd;

    if (!single_component(name))
        return 400;
    fd = openat(sh->dirfd, name, O_RDONLY | O_NOFOLLOW);   // fine: path-traversal
    if (fd < 0)
        return 404;
    copy_out(rq, fd);
    return 200;
}

static int h_list(struct share *sh, FCGX_Request *rq)
{
    char *dir = join(sh->base, param(rq, "HTTP_X_FOLDER"));
    struct dirent *de;
    DIR *d;

    if (dir == NULL)
        return 500;
    d = opendir(dir);                                      // flaw: path-traversal
    free(dir);
    if (d == NULL)
        return 404;
    while ((de = readdir(d)) != NULL)
        FCGX_FPrintF(rq->out, "%s\n", de->d_name);
    closedir(d);
    return 200;
}

static int h_list_checked(struct share *sh, FCGX_Request *rq)
{
    char *joined = join(sh->base, param(rq, "HTTP_X_FOLDER"));
    char *real = joined ? realpath(joined, NULL) : NULL;
    size_t n = strlen(sh->base);
    struct dirent *de;
    DIR *d = NULL;

    if (real != NULL && strncmp(real, sh->base, n) == 0 && (real[n] == '/' || real[n] == '\0'))
        d = opendir(real);                                 // fine: path-traversal
    free(joined);
    free(real);
    if (d == NULL)
        return 404;
    while ((de = readdir(d)) != NULL)
        FCGX_FPrintF(rq->out, "%s\n", de->d_name);
    closedir(d);
    return 200;
}

static int h_rename(struct share *sh, FCGX_Request *rq)
{
    char from[PATH_MAX], to[PATH_MAX];

    snprintf(from, sizeof from, "%s/inbox/current", sh->base);
    snprintf(to, sizeof to, "%s/archive/%s", sh->base, param(rq, "HTTP_X_NAME"));
    return rename(from, to) == 0 ? 204 : 409;              // flaw: path-traversal
}

static int h_rename_day(struct share *sh, FCGX_Request *rq)
{
    char from[PATH_MAX], to[PATH_MAX];
    int y = 0, m = 0, d = 0;

    if (sscanf(param(rq, "HTTP_X_DAY"), "%4d-%2d-%2d", &y, &m, &d) != 3)
        return 400;
    snprintf(from, sizeof from, "%s/inbox/current", sh->base);
    snprintf(to, sizeof to, "%s/archive/%04d-%02d-%02d", sh->base, y, m, d);
    return rename(from, to) == 0 ? 204 : 409;              // fine: path-traversal
}

static const char *strip_root(const char *p)
{
    while (*p == '/')
        p++;
    return p;
}

static int h_upload(struct share *sh, FCGX_Request *rq)
{
    char *path = join(sh->base, strip_root(param(rq, "HTTP_X_TARGET")));
    char buf[4096];
    FILE *fp;
    int n;

    if (path == NULL)
        return 500;
    fp = fopen(path, "wbx");                               // flaw: path-traversal
    free(path);
    if (fp == NULL)
        return 409;
    while ((n = FCGX_GetStr(buf, sizeof buf, rq->in)) > 0)
        fwrite(buf, 1, (size_t)n, fp);
    fclose(fp);
    return 201;
}

static int h_mkdir(struct share *sh, FCGX_Request *rq)
{
    const char *name = param(rq, "HTTP_X_NAME");

    if (strncmp(name, "..", 2) == 0)
        return 400;
    return mkdirat(sh->dirfd, name, 0750) == 0 ? 201 : 409; // flaw: path-traversal
}

static int h_icon(struct share *sh, FCGX_Request *rq)
{
    const char *type = param(rq, "HTTP_X_TYPE");
    const char *file = "icons/file.svg";
    int fd;

    if (strcmp(type, "pdf") == 0)
        file = "icons/pdf.svg";
    else if (strcmp(type, "dir") == 0)
        file = "icons/folder.svg";
    fd = openat(sh->dirfd, file, O_RDONLY);                // fine: path-traversal
    if (fd < 0)
        return 404;
    copy_out(rq, fd);
    return 200;
}

int share_route(struct share *sh, FCGX_Request *rq)
{
    const char *m = param(rq, "SCRIPT_NAME");

    if (strcmp(m, "/get") == 0 && param(rq, "PATH_INFO")[0] == '/')
        return h_download(sh, rq);
    if (strcmp(m, "/fetch") == 0)
        return h_fetch(sh, rq);
    if (strcmp(m, "/ls") == 0)
        return h_list(sh, rq);
    if (strcmp(m, "/tree") == 0)
        return h_list_checked(sh, rq);
    if (strcmp(m, "/archive") == 0)
        return h_rename(sh, rq);
    if (strcmp(m, "/archive-day") == 0)
        return h_rename_day(sh, rq);
    if (strcmp(m, "/put") == 0)
        return h_upload(sh, rq);
    return strcmp(m, "/mkdir") == 0 ? h_mkdir(sh, rq) : h_icon(sh, rq);
}
