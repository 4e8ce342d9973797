/* Installer steps: unpack, patch, lock and log files. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct step {
    const char *name;
    char scratch[128];
    int fd;
};

static const char *const lock_path = "/tmp/installer.lock";
static const char *const run_lock = "/run/lock/installer.lock";

static int open_trunc(const char *path)
{
    return open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600); // flaw: temp-file
}

int step_log(struct step *s)
{
    snprintf(s->scratch, sizeof s->scratch, "/var/tmp/install-%s.log", s->name);
    s->fd = open_trunc(s->scratch);
    return s->fd < 0 ? -1 : 0;
}

int step_log_unique(struct step *s)
{
    snprintf(s->scratch, sizeof s->scratch, "/var/tmp/install-%s.XXXXXX", s->name);
    s->fd = mkostemp(s->scratch, O_CLOEXEC);               // fine: temp-file
    return s->fd < 0 ? -1 : 0;
}

int step_lock(void)
{
    int fd = open(lock_path, O_RDWR | O_CREAT, 0600);      // flaw: temp-file

    if (fd < 0)
        return -1;
    return lockf(fd, F_TLOCK, 0);
}

int step_run_lock(void)
{
    int fd = open(run_lock, O_RDWR | O_CREAT | O_NOFOLLOW, 0600); // fine: temp-file

    if (fd < 0)
        return -1;
    return lockf(fd, F_TLOCK, 0);
}

int step_unpack(struct step *s, const void *data, size_t n)
{
    FILE *fp;

    snprintf(s->scratch, sizeof s->scratch, "/tmp/unpack_%lx", (unsigned long)time(NULL));
    fp = fopen(s->scratch, "wb");                          // flaw: temp-file
    if (fp == NULL)
        return -1;
    fwrite(data, 1, n, fp);
    return fclose(fp);
}

int step_unpack_mem(struct step *s, const void *data, size_t n)
{
    s->fd = memfd_create("unpack", MFD_CLOEXEC);           // fine: temp-file
    if (s->fd < 0)
        return -1;
    return write(s->fd, data, n) == (ssize_t)n ? 0 : -1;
}

int step_script(struct step *s, const char *body)
{
    char tmpl[] = "/tmp/stepXXXXXX";
    char *name = mktemp(tmpl);                             // flaw: temp-file
    FILE *fp;

    if (*name == '\0')
        return -1;
    fp = fopen(name, "w");
    if (fp == NULL)
        return -1;
    fputs(body, fp);
    snprintf(s->scratch, sizeof s->scratch, "%s", name);
    return fclose(fp);
}

int step_script_dir(struct step *s, const char *body)
{
    char dir[] = "/tmp/stepsXXXXXX";
    FILE *fp;

    if (mkdtemp(dir) == NULL)
        return -1;
    snprintf(s->scratch, sizeof s->scratch, "%s/run.sh", dir);
    fp = fopen(s->scratch, "w");                           // fine: temp-file
    if (fp == NULL)
        return -1;
    fputs(body, fp);
    return fclose(fp);
}

int step_patch(struct step *s)
{
    char name[L_tmpnam] = "";
    char *p = tmpnam_r(name);                              // flaw: temp-file

    if (p == NULL)
        return -1;
    snprintf(s->scratch, sizeof s->scratch, "%s.patch", p);
    s->fd = open(s->scratch, O_RDWR | O_CREAT, 0600);
    return s->fd < 0 ? -1 : 0;
}

int step_patch_excl(struct step *s, uint32_t serial)
{
    snprintf(s->scratch, sizeof s->scratch, "/tmp/patch.%08x", serial);
    s->fd = open(s->scratch, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0600); // fine: temp-file
    return s->fd < 0 ? -1 : 0;
}

int step_scan(const char *path)
{
    if (strncmp(path, "/tmp/", 5) == 0) {                  // fine: temp-file
        fprintf(stderr, "skipping scratch area\n");
        return 0;
    }
    return 1;
}
