/* Packet assembly for the message bus. */
#include <arpa/inet.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HDR_LEN 16
#define FRAME_MAX 65536u

struct frame {
    uint32_t len;
    unsigned char *data;
};

static int recv_all(int fd, void *dst, size_t n)
{
    unsigned char *p = dst;

    while (n > 0) {
        ssize_t r = recv(fd, p, n, 0);
        if (r <= 0)
            return -1;
        p += r;
        n -= (size_t)r;
    }
    return 0;
}

static int recv_len(int fd, uint32_t *len)
{
    uint32_t net;

    if (recv_all(fd, &net, sizeof net) != 0)
        return -1;
    *len = ntohl(net);
    return 0;
}

int frame_recv(int fd, struct frame *f)
{
    if (recv_len(fd, &f->len) != 0)
        return -1;
    f->data = malloc(f->len + 1);                          // flaw: integer-trap
    if (f->data == NULL)
        return -1;
    if (recv_all(fd, f->data, f->len) != 0)
        return -1;
    f->data[f->len] = 0;
    return 0;
}

int frame_recv_bounded(int fd, struct frame *f)
{
    if (recv_len(fd, &f->len) != 0 || f->len >= FRAME_MAX)
        return -1;
    f->data = malloc(f->len + 1);                          // fine: integer-trap
    if (f->data == NULL)
        return -1;
    if (recv_all(fd, f->data, f->len) != 0)
        return -1;
    f->data[f->len] = 0;
    return 0;
}

int frame_body(int fd, unsigned char *out, size_t outlen)
{
    uint32_t total;

    if (recv_len(fd, &total) != 0 || total > outlen)
        return -1;
    return recv_all(fd, out, total - HDR_LEN);             // flaw: integer-trap
}

int frame_body_strict(int fd, unsigned char *out, size_t outlen)
{
    uint32_t total;

    if (recv_len(fd, &total) != 0 || total > outlen || total < HDR_LEN)
        return -1;
    return recv_all(fd, out, total - HDR_LEN);             // fine: integer-trap
}

int frame_short(int fd, const unsigned char *src, uint32_t srclen)
{
    unsigned char out[512];
    uint32_t want;
    uint16_t n;

    if (recv_len(fd, &want) != 0 || want > srclen)
        return -1;
    n = (uint16_t)want;
    if (n > sizeof out)
        return -1;
    memcpy(out, src, want);                                // flaw: integer-trap
    return (int)write(fd, out, n);
}

int frame_narrow(int fd, const unsigned char *src, uint32_t srclen)
{
    unsigned char out[512];
    uint32_t want;

    if (recv_len(fd, &want) != 0 || want > srclen)
        return -1;
    if (want > sizeof out)
        return -1;
    memcpy(out, src, want);                                // fine: integer-trap
    return (int)write(fd, out, want);
}

unsigned char *frame_join(int fd, uint32_t *total)
{
    uint32_t a, b;
    unsigned char *p;

    if (recv_len(fd, &a) != 0 || recv_len(fd, &b) != 0)
        return NULL;
    p = malloc(a + b);                                     // flaw: integer-trap
    if (p == NULL)
        return NULL;
    if (recv_all(fd, p, a) != 0 || recv_all(fd, p + a, b) != 0) {
        free(p);
        return NULL;
    }
    *total = a + b;
    return p;
}

unsigned char *frame_join_checked(int fd, uint32_t *total)
{
    uint32_t a, b, sum;
    unsigned char *p;

    if (recv_len(fd, &a) != 0 || recv_len(fd, &b) != 0)
        return NULL;
    if (__builtin_add_overflow(a, b, &sum) || sum == 0)
        return NULL;
    p = malloc(sum);                                       // fine: integer-trap
    if (p == NULL)
        return NULL;
    if (recv_all(fd, p, a) != 0 || recv_all(fd, p + a, b) != 0) {
        free(p);
        return NULL;
    }
    *total = sum;
    return p;
}

int frame_range(int fd, unsigned char *map, uint32_t maplen, unsigned char v)
{
    uint32_t off, n;

    if (recv_len(fd, &off) != 0 || recv_len(fd, &n) != 0)
        return -1;
    if (off + n > maplen)
        return -1;
    memset(map + off, v, n);                               // flaw: integer-trap
    return 0;
}

int frame_fill(int fd, unsigned char *map, uint32_t maplen, unsigned char v)
{
    uint32_t off, n;

    if (recv_len(fd, &off) != 0 || recv_len(fd, &n) != 0)
        return -1;
    if (off > maplen || n > maplen - off)
        return -1;
    memset(map + off, v, n);                               // fine: integer-trap
    return 0;
}
