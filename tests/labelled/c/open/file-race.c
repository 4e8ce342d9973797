/* Spool handling of a setuid print submitter. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SPOOL "/var/spool/submit"

struct job {
    const char *file;
    const char *owner;
    uid_t uid;
    char dest[256];
};

static int copy_fd(int in, int out)
{
    char buf[8192];
    ssize_t n;

    while ((n = read(in, buf, sizeof buf)) > 0) {
        if (write(out, buf, (size_t)n) != n)
            return -1;
    }
    return n < 0 ? -1 : 0;
}

int job_open(const struct job *j)
{
    if (access(j->file, R_OK) != 0)
        return -1;
    return open(j->file, O_RDONLY);                        // flaw: file-race
}

int job_open_as_user(const struct job *j)
{
    uid_t saved = geteuid();
    int fd;

    if (seteuid(j->uid) != 0)
        return -1;
    fd = open(j->file, O_RDONLY | O_NOFOLLOW);             // fine: file-race
    if (seteuid(saved) != 0) {
        if (fd >= 0)
            close(fd);
        return -1;
    }
    return fd;
}

int job_append(const struct job *j, const char *text)
{
    struct stat st;
    FILE *fp;

    if (lstat(j->dest, &st) != 0 || !S_ISREG(st.st_mode))
        return -1;
    if (st.st_uid != j->uid)
        return -1;
    fp = fopen(j->dest, "a");                              // flaw: file-race
    if (fp == NULL)
        return -1;
    fputs(text, fp);
    return fclose(fp);
}

int job_append_fd(const struct job *j, const char *text)
{
    struct stat st;
    int fd = open(j->dest, O_WRONLY | O_APPEND | O_NOFOLLOW); // fine: file-race
    ssize_t n;

    if (fd < 0)
        return -1;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_uid != j->uid) {
        close(fd);
        return -1;
    }
    n = write(fd, text, strlen(text));
    close(fd);
    return n < 0 ? -1 : 0;
}

static int exists(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0;
}

int job_create(const struct job *j)
{
    if (exists(j->dest)) {
        errno = EEXIST;
        return -1;
    }
    return open(j->dest, O_WRONLY | O_CREAT, 0600);        // flaw: file-race
}

int job_create_once(const struct job *j)
{
    int fd = open(j->dest, O_WRONLY | O_CREAT | O_EXCL, 0600); // fine: file-race

    if (fd < 0 && errno == EEXIST)
        fprintf(stderr, "job already queued\n");
    return fd;
}

int job_hand_over(const struct job *j, int in)
{
    int out = open(j->dest, O_WRONLY | O_CREAT | O_EXCL, 0600);

    if (out < 0)
        return -1;
    if (copy_fd(in, out) != 0) {
        close(out);
        return -1;
    }
    close(out);
    return chown(j->dest, j->uid, (gid_t)-1);              // flaw: file-race
}

int job_hand_over_fd(const struct job *j, int in)
{
    int out = open(j->dest, O_WRONLY | O_CREAT | O_EXCL, 0600);
    int rc;

    if (out < 0)
        return -1;
    rc = copy_fd(in, out);
    if (rc == 0)
        rc = fchown(out, j->uid, (gid_t)-1);               // fine: file-race
    close(out);
    return rc;
}

int job_cancel(const char *const *names, size_t n, uid_t uid)
{
    struct stat st;
    int gone = 0;

    for (size_t i = 0; i < n; i++) {
        if (stat(names[i], &st) != 0)
            continue;
        if (st.st_uid == uid && unlink(names[i]) == 0)     // flaw: file-race
            gone++;
    }
    return gone;
}

void job_describe(const struct job *j)
{
    struct stat st;

    if (stat(j->dest, &st) != 0) {                         // fine: file-race
        printf("%s: not queued\n", j->owner);
        return;
    }
    printf("%s: %lld bytes\n", j->owner, (long long)st.st_size);
}
