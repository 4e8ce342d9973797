/* Static file and attachment handlers for an embedded web server. */
#include <ctype.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define DOC_ROOT "/srv/www"
#define DATA_DIR "/var/lib/panel"

struct http_req {
    int sock;
    char path[512];
    char param[256];
};

static void send_fd(int sock, int fd)
{
    char buf[4096];
    ssize_t n;

    while ((n = read(fd, buf, sizeof buf)) > 0) {
        if (send(sock, buf, (size_t)n, 0) < 0)
            break;
    }
    close(fd);
}

static int read_request(int sock, struct http_req *req)
{
    char raw[1024];
    ssize_t n = recv(sock, raw, sizeof raw - 1, 0);

    if (n <= 0)
        return -1;
    raw[n] = '\0';
    req->sock = sock;
    req->param[0] = '\0';
    if (sscanf(raw, "GET %511[^? \r\n]?%255[^ \r\n]", req->path, req->param) < 1)
        return -1;
    return 0;
}

static int serve_static(const struct http_req *req)
{
    char full[PATH_MAX];
    int fd;

    snprintf(full, sizeof full, "%s/%s", DOC_ROOT, req->path);
    fd = open(full, O_RDONLY);                             // flaw: path-traversal
    if (fd < 0)
        return 404;
    send_fd(req->sock, fd);
    return 200;
}

static int serve_resolved(const struct http_req *req)
{
    char full[PATH_MAX], real[PATH_MAX];
    size_t rootlen = strlen(DOC_ROOT);
    int fd;

    snprintf(full, sizeof full, "%s/%s", DOC_ROOT, req->path);
    if (realpath(full, real) == NULL)
        return 404;
    if (strncmp(real, DOC_ROOT, rootlen) != 0 || real[rootlen] != '/')
        return 403;
    fd = open(real, O_RDONLY | O_NOFOLLOW);                // fine: path-traversal
    if (fd < 0)
        return 404;
    send_fd(req->sock, fd);
    return 200;
}

static int serve_theme(const struct http_req *req)
{
    static const char *const themes[] = { "light", "dark", "contrast" };
    char full[PATH_MAX];

    for (size_t i = 0; i < sizeof themes / sizeof themes[0]; i++) {
        if (strcmp(req->param, themes[i]) == 0) {
            snprintf(full, sizeof full, DATA_DIR "/themes/%s.css", themes[i]);
            int fd = open(full, O_RDONLY);                 // fine: path-traversal
            if (fd >= 0)
                send_fd(req->sock, fd);
            return 200;
        }
    }
    return 404;
}

static int remove_upload(const struct http_req *req)
{
    char victim[PATH_MAX] = DATA_DIR "/uploads/";
    size_t off = strlen(victim);

    snprintf(victim + off, sizeof victim - off, "%s.bin", req->param);
    return unlink(victim) == 0 ? 204 : 404;                // flaw: path-traversal
}

static int valid_id(const char *s)
{
    size_t n = 0;

    for (; s[n] != '\0'; n++) {
        if (!isalnum((unsigned char)s[n]) && s[n] != '_')
            return 0;
    }
    return n > 0 && n <= 32;
}

static int remove_draft(const struct http_req *req)
{
    char target[PATH_MAX];

    if (!valid_id(req->param))
        return 400;
    snprintf(target, sizeof target, DATA_DIR "/drafts/%s.txt", req->param);
    return unlink(target) == 0 ? 204 : 404;                // fine: path-traversal
}

static FILE *open_data(const char *sub, const char *name)
{
    char p[PATH_MAX];

    snprintf(p, sizeof p, "%s/%s/%s", DATA_DIR, sub, name);
    return fopen(p, "r");                                  // flaw: path-traversal
}

static int serve_report(const struct http_req *req)
{
    FILE *fp = open_data("reports", req->param);
    char line[512];

    if (fp == NULL)
        return 404;
    while (fgets(line, sizeof line, fp) != NULL)
        send(req->sock, line, strlen(line), 0);
    fclose(fp);
    return 200;
}

static int store_note(const struct http_req *req, const char *body, size_t len)
{
    char p[PATH_MAX];
    const char *name = req->param;
    FILE *fp;

    if (strncmp(name, "../", 3) == 0)
        name += 3;
    snprintf(p, sizeof p, DATA_DIR "/notes/%s", name);
    fp = fopen(p, "w");                                    // flaw: path-traversal
    if (fp == NULL)
        return 500;
    fwrite(body, 1, len, fp);
    fclose(fp);
    return 201;
}

static int serve_page(const struct http_req *req)
{
    char p[PATH_MAX];
    unsigned long no = strtoul(req->param, NULL, 10);
    int fd;

    snprintf(p, sizeof p, DATA_DIR "/pages/%lu.html", no);
    fd = open(p, O_RDONLY);                                // fine: path-traversal
    if (fd < 0)
        return 404;
    send_fd(req->sock, fd);
    return 200;
}

int handle_client(int sock)
{
    struct http_req req;

    if (read_request(sock, &req) != 0)
        return 400;
    if (strcmp(req.path, "/theme") == 0)
        return serve_theme(&req);
    if (strcmp(req.path, "/upload/rm") == 0)
        return remove_upload(&req);
    if (strcmp(req.path, "/draft/rm") == 0)
        return remove_draft(&req);
    if (strcmp(req.path, "/report") == 0)
        return serve_report(&req);
    if (strcmp(req.path, "/note") == 0)
        return store_note(&req, "\n", 1);
    if (strcmp(req.path, "/page") == 0)
        return serve_page(&req);
    return req.param[0] == '\0' ? serve_static(&req) : serve_resolved(&req);
}
