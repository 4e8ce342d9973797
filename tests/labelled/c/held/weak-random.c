/* Pairing service: PINs, salts, key material; plus simulation helpers. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>
#include <gcrypt.h>
#include <openssl/rand.h>

struct pairing {
    char pin[9];
    unsigned char salt[16];
    unsigned char key[32];
    uint64_t challenge;
    char backup[5][11];
};

/* xorshift64* */
struct prng {
    uint64_t s;
};

static uint64_t prng_next(struct prng *g)
{
    g->s ^= g->s >> 12;
    g->s ^= g->s << 25;
    g->s ^= g->s >> 27;
    return g->s * 0x2545F4914F6CDD1Dull;
}

static int digit(void)
{
    return (int)((double)random() / ((double)RAND_MAX + 1.0) * 10.0); // flaw: weak-random
}

void pairing_pin(struct pairing *p)
{
    for (int i = 0; i < 8; i++)
        p->pin[i] = (char)('0' + digit());
    p->pin[8] = '\0';
}

int pairing_pin_ext(struct pairing *p)
{
    unsigned char raw[8];
    size_t i = 0;

    while (i < sizeof raw) {
        unsigned char b;
        if (RAND_bytes(&b, 1) != 1)                        // fine: weak-random
            return -1;
        if (b < 250)
            raw[i++] = b;
    }
    for (i = 0; i < sizeof raw; i++)
        p->pin[i] = (char)('0' + raw[i] % 10);
    p->pin[8] = '\0';
    return 0;
}

void pairing_key(struct pairing *p)
{
    unsigned short xs[3] = { 0x330e, (unsigned short)getpid(), 1 };

    for (size_t i = 0; i < sizeof p->key; i++)
        p->key[i] = (unsigned char)nrand48(xs);            // flaw: weak-random
}

void pairing_key_gcry(struct pairing *p)
{
    gcry_randomize(p->key, sizeof p->key, GCRY_VERY_STRONG_RANDOM); // fine: weak-random
}

int pairing_challenge(struct pairing *p)
{
    struct timeval tv;
    struct prng g;

    if (gettimeofday(&tv, NULL) != 0)
        return -1;
    g.s = (uint64_t)tv.tv_sec * 1000000u + (uint64_t)tv.tv_usec;
    p->challenge = prng_next(&g);                          // flaw: weak-random
    return 0;
}

int pairing_challenge_os(struct pairing *p)
{
    return RAND_bytes((unsigned char *)&p->challenge, sizeof p->challenge) == 1 ? 0 : -1; // fine: weak-random
}

int pairing_salt(struct pairing *p)
{
    int v;

    for (size_t i = 0; i < sizeof p->salt; i += sizeof v) {
        v = rand();                                        // flaw: weak-random
        memcpy(p->salt + i, &v, sizeof v);
    }
    return 0;
}

void pairing_backup(struct pairing *p)
{
    for (int i = 0; i < 5; i++) {
        long v = mrand48();                                // flaw: weak-random
        snprintf(p->backup[i], sizeof p->backup[i], "%08lx", v & 0xffffffffl);
    }
}

/* Monte Carlo estimate of radio collisions. */
double simulate(unsigned stations, unsigned rounds)
{
    unsigned hits = 0;

    if (stations == 0 || rounds == 0)
        return 0.0;
    for (unsigned r = 0; r < rounds; r++) {
        if (drand48() * stations < 1.0)                    // fine: weak-random
            hits++;
    }
    return (double)hits / rounds;
}

void blink_pattern(unsigned char *leds, size_t n, uint64_t seed)
{
    struct prng g = { seed | 1 };

    for (size_t i = 0; i < n; i++)
        leds[i] = (unsigned char)(prng_next(&g) & 1);      // fine: weak-random
}
