/* mediad: job worker that reads "verb arg arg" lines from a socket. */
#define _GNU_SOURCE
#include <ctype.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { MAX_ARGS = 8 };

struct job {
    char line[512];
    char *argv[MAX_ARGS + 1];
    int argc;
};

static const struct { const char *name; const char *flag; } presets[] = {
    { "small", "320x240" },
    { "medium", "640x480" },
    { "large", "1280x720" },
};

static int job_read(int fd, struct job *j)
{
    char *save = NULL, *tok;
    ssize_t n = recv(fd, j->line, sizeof j->line - 1, 0);

    if (n <= 0)
        return -1;
    j->line[n] = '\0';
    j->argc = 0;
    for (tok = strtok_r(j->line, " \r\n", &save); tok != NULL && j->argc < MAX_ARGS; tok = strtok_r(NULL, " \r\n", &save))
        j->argv[j->argc++] = tok;
    j->argv[j->argc] = NULL;
    return j->argc > 1 ? 0 : -1;
}

static int spawn_wait(char *const argv[])
{
    pid_t pid;
    int status = -1;

    if (posix_spawn(&pid, argv[0], NULL, NULL, argv, environ) != 0) // fine: command-injection
        return -1;
    waitpid(pid, &status, 0);
    return status;
}

static int shell(const char *script)
{
    char *const argv[] = { "/bin/sh", "-c", (char *)script, NULL };
    pid_t pid;
    int status = -1;

    if (posix_spawn(&pid, argv[0], NULL, NULL, argv, environ) != 0) // flaw: command-injection
        return -1;
    waitpid(pid, &status, 0);
    return status;
}

static int make_thumb(const struct job *j)
{
    char *cmd = NULL;
    int rc;

    if (asprintf(&cmd, "convert -thumbnail 200 /srv/media/%s /srv/thumbs/", j->argv[1]) < 0)
        return -1;
    rc = system(cmd);                                      // flaw: command-injection
    free(cmd);
    return rc;
}

static int make_preview(const struct job *j)
{
    char src[300];
    char *argv[] = { "/usr/bin/convert", "-thumbnail", "200", src, "/srv/thumbs/preview.png", NULL };

    if (strchr(j->argv[1], '/') != NULL || j->argv[1][0] == '.')
        return -1;
    snprintf(src, sizeof src, "png:/srv/media/%s", j->argv[1]);
    return spawn_wait(argv);
}

static int concat_parts(const struct job *j)
{
    char cmd[1024] = "cat";
    size_t used = 3;
    FILE *p;

    for (int i = 1; i < j->argc; i++)
        used += (size_t)snprintf(cmd + used, sizeof cmd - used, " /srv/parts/%s", j->argv[i]);
    p = popen(cmd, "r");                                   // flaw: command-injection
    if (p == NULL)
        return -1;
    return pclose(p);
}

static int transcode(const struct job *j)
{
    char cmd[256];

    for (size_t i = 0; i < sizeof presets / sizeof presets[0]; i++) {
        if (strcasecmp(presets[i].name, j->argv[1]) != 0)
            continue;
        snprintf(cmd, sizeof cmd, "ffmpeg -i /srv/in.mp4 -s %s /srv/out.mp4", presets[i].flag);
        return system(cmd);                                // fine: command-injection
    }
    return -1;
}

/* Wrap a word in single quotes for the shell. */
static int sh_quote(const char *in, char *out, size_t len)
{
    size_t o = 0;

    if (len < 3)
        return -1;
    out[o++] = '\'';
    for (; *in != '\0'; in++) {
        if (o + 6 > len)
            return -1;
        if (*in == '\'') {
            memcpy(out + o, "'\\''", 4);
            o += 4;
        } else {
            out[o++] = *in;
        }
    }
    out[o++] = '\'';
    out[o] = '\0';
    return 0;
}

static int checksum(const struct job *j)
{
    char quoted[700], cmd[800];
    FILE *p;

    if (sh_quote(j->argv[1], quoted, sizeof quoted) != 0)
        return -1;
    snprintf(cmd, sizeof cmd, "printf %%s %s | sha256sum", quoted);
    p = popen(cmd, "r");                                   // fine: command-injection
    if (p == NULL)
        return -1;
    return pclose(p);
}

static int notify(const struct job *j)
{
    char script[400];
    const char *to = j->argc > 2 ? j->argv[2] : "ops";

    snprintf(script, sizeof script, "echo done | mail -s 'job %s' %s", j->argv[1], to);
    return shell(script);
}

static int wait_seconds(const struct job *j)
{
    char cmd[64];
    const char *s = j->argv[1];

    if (strlen(s) > 3 || strspn(s, "0123456789") != strlen(s))
        return -1;
    snprintf(cmd, sizeof cmd, "sleep %s", s);
    return system(cmd);                                    // fine: command-injection
}

static int run_tool(const struct job *j)
{
    pid_t pid = fork();
    int status = -1;

    if (pid == 0) {
        execlp("bash", "bash", "-c", j->argv[1], (char *)NULL); // flaw: command-injection
        _exit(127);
    }
    if (pid > 0)
        waitpid(pid, &status, 0);
    return status;
}

int worker(int fd)
{
    static const struct { const char *verb; int (*fn)(const struct job *); } table[] = {
        { "thumb", make_thumb }, { "preview", make_preview }, { "concat", concat_parts },
        { "transcode", transcode }, { "sum", checksum }, { "notify", notify },
        { "wait", wait_seconds }, { "tool", run_tool },
    };
    struct job j;

    while (job_read(fd, &j) == 0) {
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
            if (strcmp(table[i].verb, j.argv[0]) == 0)
                table[i].fn(&j);
        }
    }
    return 0;
}
