/* Account maintenance: home directories, mail boxes, key files. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct account {
    char name[32];
    char home[128];
    uid_t uid;
    gid_t gid;
};

static int is_link(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

int mailbox_reset(const struct account *a)
{
    char path[192];
    int fd;

    snprintf(path, sizeof path, "%s/mbox", a->home);
    if (is_link(path))
        return -1;
    fd = open(path, O_WRONLY | O_TRUNC);                   // flaw: file-race
    if (fd < 0)
        return -1;
    return close(fd);
}

int mailbox_truncate(const struct account *a)
{
    char path[192];
    struct stat st;
    int fd, rc = -1;

    snprintf(path, sizeof path, "%s/mbox", a->home);
    fd = open(path, O_WRONLY | O_NOFOLLOW);                // fine: file-race
    if (fd < 0)
        return -1;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == a->uid && st.st_nlink == 1)
        rc = ftruncate(fd, 0);
    close(fd);
    return rc;
}

int key_install(const struct account *a, const char *key)
{
    char path[192];
    FILE *fp;

    snprintf(path, sizeof path, "%s/authorized_keys", a->home);
    if (access(path, F_OK) == 0) {
        errno = EEXIST;
        return -1;
    }
    fp = fopen(path, "w");                                 // flaw: file-race
    if (fp == NULL)
        return -1;
    fputs(key, fp);
    return fclose(fp);
}

int key_install_new(const struct account *a, const char *key)
{
    char path[192];
    FILE *fp;

    snprintf(path, sizeof path, "%s/authorized_keys", a->home);
    fp = fopen(path, "wx");                                // fine: file-race
    if (fp == NULL)
        return -1;
    fputs(key, fp);
    return fclose(fp);
}

int home_fix_mode(const struct account *a)
{
    struct stat st;

    if (stat(a->home, &st) != 0)
        return -1;
    if ((st.st_mode & 077) == 0 || st.st_uid != a->uid)
        return 0;
    return chmod(a->home, 0700);                           // flaw: file-race
}

int home_fix_mode_fd(const struct account *a)
{
    struct stat st;
    int fd = open(a->home, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    int rc = -1;

    if (fd < 0)
        return -1;
    if (fstat(fd, &st) == 0 && st.st_uid == a->uid)
        rc = fchmod(fd, 0700);                             // fine: file-race
    close(fd);
    return rc;
}

int home_purge(const struct account *a)
{
    DIR *d = opendir(a->home);
    struct dirent *de;
    char path[448];

    if (d == NULL)
        return -1;
    while ((de = readdir(d)) != NULL) {
        struct stat st;
        snprintf(path, sizeof path, "%s/%s", a->home, de->d_name);
        if (lstat(path, &st) != 0 || S_ISDIR(st.st_mode) || st.st_uid != a->uid)
            continue;
        truncate(path, 0);                                 // flaw: file-race
    }
    closedir(d);
    return 0;
}

int home_create(const struct account *a)
{
    int fd, rc;

    if (mkdir(a->home, 0700) != 0 && errno != EEXIST)      // fine: file-race
        return -1;
    fd = open(a->home, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (fd < 0)
        return -1;
    rc = fchown(fd, a->uid, a->gid);
    close(fd);
    return rc;
}

int profile_readable(const struct account *a)
{
    char path[192];

    snprintf(path, sizeof path, "%s/.profile", a->home);
    return access(path, R_OK) == 0;                        // fine: file-race
}

int profile_show(const struct account *a, FILE *out)
{
    char path[192], line[256];
    FILE *fp = NULL;

    snprintf(path, sizeof path, "%s/.profile", a->home);
    if (access(path, R_OK) == 0)
        fp = fopen(path, "r");                             // flaw: file-race
    if (fp == NULL)
        return -1;
    while (fgets(line, sizeof line, fp) != NULL)
        fputs(line, out);
    return fclose(fp);
}
