/* Smart-card and disk encryption back ends (libgcrypt, mbed TLS). */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <gcrypt.h>
#include <mbedtls/aes.h>
#include <mbedtls/cipher.h>
#include <mbedtls/des.h>
#include <mbedtls/gcm.h>
#include <mbedtls/pk.h>
#include <mbedtls/rsa.h>

struct disk {
    unsigned char key[64];
    gcry_cipher_hd_t hd;
    int algo;
    int mode;
};

struct rng {
    int (*fn)(void *, unsigned char *, size_t);
    void *arg;
};

static int disk_attach(struct disk *d, size_t keylen)
{
    if (gcry_cipher_open(&d->hd, d->algo, d->mode, 0))
        return -1;
    return gcry_cipher_setkey(d->hd, d->key, keylen) ? -1 : 0;
}

int disk_open_swap(struct disk *d)
{
    if (gcry_cipher_open(&d->hd, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_ECB, 0)) // flaw: weak-cipher
        return -1;
    return gcry_cipher_setkey(d->hd, d->key, 32) ? -1 : 0;
}

int disk_open_data(struct disk *d)
{
    if (gcry_cipher_open(&d->hd, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_XTS, 0)) // fine: weak-cipher
        return -1;
    return gcry_cipher_setkey(d->hd, d->key, 64) ? -1 : 0;
}

int disk_open_archive(struct disk *d)
{
    d->mode = GCRY_CIPHER_MODE_CBC;
    d->algo = GCRY_CIPHER_DES;                             // flaw: weak-cipher
    return disk_attach(d, 8);
}

int disk_open_mail(struct disk *d)
{
    d->mode = GCRY_CIPHER_MODE_GCM;
    d->algo = GCRY_CIPHER_AES192;                          // fine: weak-cipher
    return disk_attach(d, 24);
}

int disk_open_feed(struct disk *d)
{
    return gcry_cipher_open(&d->hd, GCRY_CIPHER_ARCFOUR, GCRY_CIPHER_MODE_STREAM, 0) ? -1 : 0; // flaw: weak-cipher
}

int card_pin_block(const unsigned char key[8], const unsigned char in[8], unsigned char out[8])
{
    mbedtls_des_context ctx;
    int rc;

    mbedtls_des_init(&ctx);
    rc = mbedtls_des_setkey_enc(&ctx, key);                // flaw: weak-cipher
    if (rc == 0)
        rc = mbedtls_des_crypt_ecb(&ctx, in, out);
    mbedtls_des_free(&ctx);
    return rc;
}

int card_seal(const unsigned char key[32], const unsigned char iv[12], const unsigned char *in, size_t n,
              unsigned char *out, unsigned char tag[16])
{
    mbedtls_gcm_context ctx;
    int rc;

    mbedtls_gcm_init(&ctx);
    rc = mbedtls_gcm_setkey(&ctx, MBEDTLS_CIPHER_ID_AES, key, 256); // fine: weak-cipher
    if (rc == 0)
        rc = mbedtls_gcm_crypt_and_tag(&ctx, MBEDTLS_GCM_ENCRYPT, n, iv, 12, NULL, 0, in, out, 16, tag);
    mbedtls_gcm_free(&ctx);
    return rc;
}

const mbedtls_cipher_info_t *card_profile(int generation)
{
    mbedtls_cipher_type_t type = MBEDTLS_CIPHER_AES_256_GCM;

    if (generation < 2)
        type = MBEDTLS_CIPHER_DES_EDE3_CBC;                // flaw: weak-cipher
    if (generation > 2)
        return mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_CHACHA20_POLY1305); // fine: weak-cipher
    return mbedtls_cipher_info_from_type(type);
}

static int make_rsa(mbedtls_pk_context *pk, const struct rng *r, unsigned bits)
{
    int rc = mbedtls_pk_setup(pk, mbedtls_pk_info_from_type(MBEDTLS_PK_RSA));

    if (rc != 0)
        return rc;
    return mbedtls_rsa_gen_key(mbedtls_pk_rsa(*pk), r->fn, r->arg, bits, 65537);
}

int card_key(mbedtls_pk_context *pk, const struct rng *r)
{
    return make_rsa(pk, r, 1024);                          // flaw: weak-cipher
}

int host_key(mbedtls_pk_context *pk, const struct rng *r)
{
    return make_rsa(pk, r, 4096);                          // fine: weak-cipher
}

/* Subkey of AES-CMAC (RFC 4493): the cipher of one zero block. */
int cmac_subkey(const unsigned char key[16], unsigned char l[16])
{
    mbedtls_aes_context ctx;
    static const unsigned char zero[16];
    int rc;

    mbedtls_aes_init(&ctx);
    rc = mbedtls_aes_setkey_enc(&ctx, key, 128);
    if (rc == 0)
        rc = mbedtls_aes_crypt_ecb(&ctx, MBEDTLS_AES_ENCRYPT, zero, l); // fine: weak-cipher
    mbedtls_aes_free(&ctx);
    return rc;
}
