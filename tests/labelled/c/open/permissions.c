/* Daemon start-up: run directories, pid file, control socket, key store. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define RUN_DIR "/run/agentd"
#define STATE_DIR "/var/lib/agentd"
#define KEY_MODE (S_IRUSR | S_IWUSR)
#define SHARE_MODE (S_IRWXU | S_IRWXG | S_IRWXO)

struct agent {
    int lock_fd;
    int ctl_fd;
    mode_t spool_mode;
    mode_t audit_mode;
};

void agent_defaults(struct agent *a)
{
    memset(a, 0, sizeof *a);
    a->spool_mode = 0777;
    a->audit_mode = 0640;
}

int agent_detach(void)
{
    pid_t pid = fork();

    if (pid < 0)
        return -1;
    if (pid > 0)
        _exit(0);
    setsid();
    umask(0);                                              // flaw: permissions
    return chdir("/");
}

int agent_dirs(const struct agent *a)
{
    if (mkdir(RUN_DIR, 0755) != 0)                         // fine: permissions
        return -1;
    if (mkdir(STATE_DIR, 0700) != 0)                       // fine: permissions
        return -1;
    if (mkdir(STATE_DIR "/spool", a->spool_mode) != 0)     // flaw: permissions
        return -1;
    return 0;
}

int agent_pidfile(struct agent *a)
{
    char text[32];
    int n;

    a->lock_fd = open(RUN_DIR "/agentd.pid", O_RDWR | O_CREAT, 0666); // flaw: permissions
    if (a->lock_fd < 0)
        return -1;
    n = snprintf(text, sizeof text, "%ld\n", (long)getpid());
    return write(a->lock_fd, text, (size_t)n) == n ? 0 : -1;
}

int agent_audit(const struct agent *a)
{
    return open(STATE_DIR "/audit.log", O_WRONLY | O_APPEND | O_CREAT, a->audit_mode); // fine: permissions
}

int agent_control(struct agent *a)
{
    struct sockaddr_un sun;
    mode_t old;

    memset(&sun, 0, sizeof sun);
    sun.sun_family = AF_UNIX;
    snprintf(sun.sun_path, sizeof sun.sun_path, "%s", RUN_DIR "/ctl");
    a->ctl_fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (a->ctl_fd < 0)
        return -1;
    old = umask(077);                                      // fine: permissions
    if (bind(a->ctl_fd, (struct sockaddr *)&sun, sizeof sun) != 0) {
        umask(old);
        return -1;
    }
    umask(old);
    return listen(a->ctl_fd, 8);
}

int agent_share_config(void)
{
    return chmod("/etc/agentd/agent.conf", SHARE_MODE);    // flaw: permissions
}

int agent_publish_motd(void)
{
    return chmod("/etc/agentd/motd", S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH); // fine: permissions
}

int agent_store_key(const unsigned char *key, size_t len)
{
    int fd = open(STATE_DIR "/agent.key", O_WRONLY | O_CREAT | O_EXCL, KEY_MODE); // fine: permissions
    ssize_t n;

    if (fd < 0)
        return -1;
    n = write(fd, key, len);
    close(fd);
    return n == (ssize_t)len ? 0 : -1;
}

static int set_mode(const char *path, int writable_by_all)
{
    mode_t m = S_IRUSR | S_IWUSR;

    if (writable_by_all)
        m |= S_IWGRP | S_IWOTH;
    return chmod(path, m);                                 // flaw: permissions
}

int agent_open_queue(void)
{
    return set_mode(STATE_DIR "/queue.db", 1);
}
