/* Wire decoder for the meter protocol (TLV records over TCP). */
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define MAX_NAME 32
#define MAX_SAMPLES 16
#define MAX_PAYLOAD 1024

struct record {
    uint16_t type;
    uint16_t len;
    unsigned char body[MAX_PAYLOAD];
};

struct meter {
    char name[MAX_NAME];
    uint32_t samples[MAX_SAMPLES];
    unsigned nsamples;
    unsigned char key_id[8];
};

static int read_full(int fd, void *dst, size_t n)
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

static int read_record(int fd, struct record *r)
{
    uint16_t hdr[2];

    if (read_full(fd, hdr, sizeof hdr) != 0)
        return -1;
    r->type = ntohs(hdr[0]);
    r->len = ntohs(hdr[1]);
    if (read_full(fd, r->body, r->len) != 0)               // flaw: unchecked-size
        return -1;
    return 0;
}

static int read_record_limited(int fd, struct record *r)
{
    uint16_t hdr[2];

    if (read_full(fd, hdr, sizeof hdr) != 0)
        return -1;
    r->type = ntohs(hdr[0]);
    r->len = ntohs(hdr[1]);
    if (r->len > sizeof r->body)
        return -1;
    return read_full(fd, r->body, r->len);                 // fine: unchecked-size
}

static void decode_name(struct meter *m, const struct record *r)
{
    memcpy(m->name, r->body, r->len);                      // flaw: unchecked-size
    m->name[MAX_NAME - 1] = '\0';
}

static void decode_alias(struct meter *m, const struct record *r)
{
    size_t n = r->len < sizeof m->name - 1 ? r->len : sizeof m->name - 1;

    memcpy(m->name, r->body, n);                           // fine: unchecked-size
    m->name[n] = '\0';
}

static int decode_samples(struct meter *m, const struct record *r)
{
    unsigned count = r->body[0];
    const unsigned char *p = r->body + 1;

    for (unsigned i = 0; i < count; i++) {
        uint32_t v;
        memcpy(&v, p + 4 * (size_t)i, sizeof v);
        m->samples[i] = ntohl(v);                          // flaw: unchecked-size
    }
    m->nsamples = count;
    return 0;
}

static int decode_samples_v2(struct meter *m, const struct record *r)
{
    unsigned count = r->body[0];
    const unsigned char *p = r->body + 1;

    if (count > MAX_SAMPLES)
        return -1;
    for (unsigned i = 0; i < count; i++) {
        uint32_t v;
        memcpy(&v, p + 4 * (size_t)i, sizeof v);
        m->samples[i] = ntohl(v);                          // fine: unchecked-size
    }
    m->nsamples = count;
    return 0;
}

static void patch_sample(struct meter *m, const struct record *r)
{
    int idx = (int8_t)r->body[0];

    if (idx < MAX_SAMPLES)
        m->samples[idx] = r->body[1];                      // flaw: unchecked-size
}

static void bump_sample(struct meter *m, const struct record *r)
{
    int idx = (int8_t)r->body[0];

    if (idx >= 0 && idx < MAX_SAMPLES)
        m->samples[idx] += r->body[1];                     // fine: unchecked-size
}

static void clear_samples(struct meter *m)
{
    for (int i = 0; i <= MAX_SAMPLES; i++)
        m->samples[i] = 0;                                 // flaw: unchecked-size
    m->nsamples = 0;
}

static void reset_samples(struct meter *m)
{
    for (int i = MAX_SAMPLES - 1; i >= 0; i--)
        m->samples[i] = 0;                                 // fine: unchecked-size
    memset(m->key_id, 0, sizeof m->key_id);
}

int meter_step(int fd, struct meter *m)
{
    struct record r = { 0 };
    int rc = (m->nsamples & 1) ? read_record(fd, &r) : read_record_limited(fd, &r);

    if (rc != 0)
        return -1;
    switch (r.type) {
    case 1: decode_name(m, &r); break;
    case 2: decode_alias(m, &r); break;
    case 3: return decode_samples(m, &r);
    case 4: return decode_samples_v2(m, &r);
    case 5: patch_sample(m, &r); break;
    case 6: bump_sample(m, &r); break;
    case 7: clear_samples(m); break;
    case 8: reset_samples(m); break;
    default: return -1;
    }
    return 0;
}
