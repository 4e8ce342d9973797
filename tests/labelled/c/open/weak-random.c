/* Session and token issue for the admin console, plus a small card game. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#define TOKEN_BYTES 16

struct session {
    char id[2 * TOKEN_BYTES + 1];
    char csrf[2 * TOKEN_BYTES + 1];
    uint32_t nonce;
    time_t expires;
};

static const char alphabet[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

static void to_hex(const unsigned char *in, size_t n, char *out)
{
    for (size_t i = 0; i < n; i++)
        snprintf(out + 2 * i, 3, "%02x", in[i]);
}

static int fill_random(unsigned char *buf, size_t n)
{
    size_t got = 0;

    while (got < n) {
        ssize_t r = getrandom(buf + got, n - got, 0);      // fine: weak-random
        if (r <= 0)
            return -1;
        got += (size_t)r;
    }
    return 0;
}

static void fill_bytes(unsigned char *buf, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf[i] = (unsigned char)(rand() >> 7);             // flaw: weak-random
}

int session_start(struct session *s)
{
    unsigned char raw[TOKEN_BYTES];

    fill_bytes(raw, sizeof raw);
    to_hex(raw, sizeof raw, s->id);
    if (fill_random(raw, sizeof raw) != 0)
        return -1;
    to_hex(raw, sizeof raw, s->csrf);
    s->expires = time(NULL) + 900;
    return 0;
}

void session_nonce(struct session *s)
{
    s->nonce = (uint32_t)random() ^ (uint32_t)getpid();    // flaw: weak-random
}

int session_nonce_os(struct session *s)
{
    return getentropy(&s->nonce, sizeof s->nonce);         // fine: weak-random
}

void reset_password(char *out, size_t len)
{
    unsigned seed = (unsigned)time(NULL);
    size_t i;

    for (i = 0; i + 1 < len; i++)
        out[i] = alphabet[rand_r(&seed) % (sizeof alphabet - 1)]; // flaw: weak-random
    out[i] = '\0';
}

int invite_code(char *out, size_t len)
{
    unsigned char raw[32];
    size_t i;

    if (len > sizeof raw || len == 0 || fill_random(raw, sizeof raw) != 0)
        return -1;
    for (i = 0; i + 1 < len; i++)
        out[i] = alphabet[raw[i] % 32];
    out[i] = '\0';
    return 0;
}

int otp_code(char *out, size_t len)
{
    double d = drand48();                                  // flaw: weak-random

    return snprintf(out, len, "%06d", (int)(d * 1000000.0));
}

void shuffle_deck(unsigned char *deck, size_t n)
{
    for (size_t i = n; i-- > 1; ) {
        size_t j = (size_t)rand() % (i + 1);               // fine: weak-random
        unsigned char t = deck[i];
        deck[i] = deck[j];
        deck[j] = t;
    }
}

void retry_wait(int attempt)
{
    unsigned base = 50u << (attempt > 6 ? 6 : attempt);

    usleep((base + (unsigned)random() % base) * 1000u);    // fine: weak-random
}

int salt_file(unsigned char *salt, size_t n)
{
    FILE *fp = fopen("/dev/urandom", "rb");                // fine: weak-random
    size_t got;

    if (fp == NULL)
        return -1;
    got = fread(salt, 1, n, fp);
    fclose(fp);
    return got == n ? 0 : -1;
}

void api_key(char out[25])
{
    unsigned long a, b, c;

    a = (unsigned long)lrand48();                          // flaw: weak-random
    b = a * 2654435761ul;
    c = b ^ (unsigned long)time(NULL);
    snprintf(out, 25, "%08lx%08lx%08lx", a & 0xffffffff, b & 0xffffffff, c & 0xffffffff);
}
