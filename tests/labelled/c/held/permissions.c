/* Shared folder service: creation and repair of file modes. */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

enum access_kind { ACC_PRIVATE, ACC_TEAM, ACC_EVERYONE };

static const mode_t modes[] = {
    [ACC_PRIVATE] = 0600,
    [ACC_TEAM] = 0660,
    [ACC_EVERYONE] = 0666,
};

struct folder {
    int dirfd;
    const char *name;
    enum access_kind kind;
};

static int apply(int fd, enum access_kind kind)
{
    return fchmod(fd, modes[kind]);
}

int folder_token(struct folder *f, const char *token)
{
    int fd = openat(f->dirfd, "token", O_WRONLY | O_CREAT | O_TRUNC, 0600); // fine: permissions

    if (fd < 0)
        return -1;
    if (write(fd, token, strlen(token)) < 0) {
        close(fd);
        return -1;
    }
    return close(fd);
}

int folder_script(struct folder *f)
{
    return fchmodat(f->dirfd, "hook.sh", 0777, 0);         // flaw: permissions
}

int folder_script_owner(struct folder *f)
{
    return fchmodat(f->dirfd, "hook.sh", S_IRWXU | S_IRGRP | S_IXGRP, 0); // fine: permissions
}

int folder_index(struct folder *f)
{
    int fd = openat(f->dirfd, "index", O_RDWR | O_CREAT, 0600);

    if (fd < 0)
        return -1;
    if (fchmod(fd, modes[ACC_EVERYONE]) != 0) {            // flaw: permissions
        close(fd);
        return -1;
    }
    return fd;
}

int folder_journal(struct folder *f)
{
    int fd = openat(f->dirfd, "journal", O_RDWR | O_CREAT, 0600);

    if (fd < 0)
        return -1;
    if (apply(fd, ACC_PRIVATE) != 0) {                     // fine: permissions
        close(fd);
        return -1;
    }
    return fd;
}

void *folder_stats(size_t n)
{
    int fd = shm_open("/folder-stats", O_RDWR | O_CREAT, 0666); // flaw: permissions
    void *p;

    if (fd < 0)
        return NULL;
    if (ftruncate(fd, (off_t)n) != 0) {
        close(fd);
        return NULL;
    }
    fchmod(fd, S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH); // flaw: permissions
    p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    return p == MAP_FAILED ? NULL : p;
}

sem_t *folder_sem(void)
{
    sem_t *s = sem_open("/folder-sem", O_CREAT, 0600, 1);  // fine: permissions

    return s == SEM_FAILED ? NULL : s;
}

int folder_segment(key_t key, size_t n)
{
    int flags = IPC_CREAT | 0600;                          // fine: permissions

    return shmget(key, n, flags);
}

int folder_outbox(const char *path)
{
    mode_t old = umask(0000);                              // flaw: permissions
    int rc = mkdir(path, 0777);                            // flaw: permissions

    umask(old);
    return rc;
}

int folder_dropbox(const char *path)
{
    mode_t old = umask(0027);                              // fine: permissions
    int rc = mkdir(path, 0750);

    umask(old);
    return rc;
}

int folder_open_up(int fd)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return -1;
    return fchmod(fd, st.st_mode | S_IWOTH);               // flaw: permissions
}

int folder_lock_down(int fd)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return -1;
    return fchmod(fd, st.st_mode & ~(mode_t)(S_IWGRP | S_IRWXO)); // fine: permissions
}
