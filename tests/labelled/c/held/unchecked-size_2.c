/* Shared memory ring and user table of the login helper. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <sys/un.h>

#define NAME_LEN 24
#define SLOT 64

struct user {
    char name[NAME_LEN];
    uint32_t uid;
    uint32_t groups[4];
};

struct ring {
    unsigned char slot[16][SLOT];
    unsigned head;
};

struct hello {
    uint8_t kind;
    uint8_t size;
    char text[200];
};

struct user *user_dup(const char *name, uint32_t uid)
{
    struct user *u = malloc(sizeof(u));                    // flaw: unchecked-size

    if (u == NULL)
        return NULL;
    memset(u, 0, sizeof *u);
    snprintf(u->name, sizeof u->name, "%s", name);
    u->uid = uid;
    return u;
}

struct user *user_new(const char *name, uint32_t uid)
{
    struct user *u = malloc(sizeof *u);                    // fine: unchecked-size

    if (u == NULL)
        return NULL;
    memset(u, 0, sizeof *u);
    snprintf(u->name, sizeof u->name, "%s", name);
    u->uid = uid;
    return u;
}

int user_name(struct user *u, const struct hello *h)
{
    char name[NAME_LEN];
    size_t i;

    for (i = 0; i < h->size && h->text[i] != '\0'; i++)
        name[i] = h->text[i];                              // flaw: unchecked-size
    memcpy(u->name, name, sizeof u->name);
    u->name[NAME_LEN - 1] = '\0';
    return (int)i;
}

int user_alias(struct user *u, const struct hello *h)
{
    char name[NAME_LEN] = "";
    size_t i, end = h->size;

    if (end > sizeof name - 1)
        end = sizeof name - 1;
    for (i = 0; i < end && h->text[i] != '\0'; i++)
        name[i] = h->text[i];                              // fine: unchecked-size
    memcpy(u->name, name, sizeof u->name);
    return (int)i;
}

void ring_put(struct ring *r, const void *msg, size_t n)
{
    memmove(r->slot[r->head % 16], msg, n);                // flaw: unchecked-size
    r->head++;
}

int ring_push(struct ring *r, const void *msg, size_t n)
{
    if (n == 0 || n > SLOT)
        return -1;
    memmove(r->slot[r->head % 16], msg, n);                // fine: unchecked-size
    r->head++;
    return 0;
}

static void put_field(char *dst, const char *src, size_t n)
{
    memcpy(dst, src, n);
    dst[n] = '\0';
}

int hello_field(const struct hello *h, uint32_t *sum)
{
    char field[SLOT];

    put_field(field, h->text, h->size > sizeof field ? sizeof field : h->size); // flaw: unchecked-size
    for (const char *p = field; *p != '\0'; p++)
        *sum += (unsigned char)*p;
    return 0;
}

int hello_part(const struct hello *h, uint32_t *sum)
{
    char field[SLOT + 1];

    put_field(field, h->text, h->size > SLOT ? SLOT : h->size); // fine: unchecked-size
    for (const char *p = field; *p != '\0'; p++)
        *sum += (unsigned char)*p;
    return 0;
}

int sock_path(struct sockaddr_un *sun, const char *path)
{
    memset(sun, 0, sizeof *sun);
    sun->sun_family = AF_UNIX;
    for (char *d = sun->sun_path; (*d = *path) != '\0'; d++) // flaw: unchecked-size
        path++;
    return 0;
}

int sock_addr(struct sockaddr_un *sun, const char *path)
{
    size_t n = strlen(path);

    memset(sun, 0, sizeof *sun);
    sun->sun_family = AF_UNIX;
    if (n >= sizeof sun->sun_path)
        return -1;
    memcpy(sun->sun_path, path, n);                        // fine: unchecked-size
    return 0;
}

int echo_text(int fd)
{
    struct hello h;
    char reply[256];
    ssize_t n = recv(fd, &h, sizeof h, 0);

    if (n < 2)
        return -1;
    memcpy(reply, h.text, h.size);                         // flaw: unchecked-size
    return send(fd, reply, h.size, 0) < 0 ? -1 : 0;
}

int echo_exact(int fd)
{
    struct hello h;
    char reply[256];
    ssize_t n = recv(fd, &h, sizeof h, 0);

    if (n < 2 || h.size > n - 2)
        return -1;
    memcpy(reply, h.text, h.size);                         // fine: unchecked-size
    return send(fd, reply, h.size, 0) < 0 ? -1 : 0;
}
