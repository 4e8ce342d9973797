/* Firmware signing, user table and de-duplication (libgcrypt, mbed TLS). */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <gcrypt.h>
#include <mbedtls/md.h>
#include <mbedtls/md5.h>
#include <mbedtls/sha1.h>
#include <mbedtls/sha256.h>

struct user {
    char name[32];
    unsigned char salt[16];
    unsigned char hash[32];
};

struct manifest {
    int algo;
    unsigned char digest[64];
};

static int equal(const unsigned char *a, const unsigned char *b, size_t n)
{
    unsigned char d = 0;

    for (size_t i = 0; i < n; i++)
        d |= a[i] ^ b[i];
    return d == 0;
}

int user_password(struct user *u, const char *password)
{
    gcry_md_hash_buffer(GCRY_MD_SHA1, u->hash, password, strlen(password)); // flaw: weak-hash
    return 0;
}

int user_password_kdf(struct user *u, const char *password)
{
    return gcry_kdf_derive(password, strlen(password), GCRY_KDF_PBKDF2, GCRY_MD_SHA512, // fine: weak-hash
                           u->salt, sizeof u->salt, 310000, sizeof u->hash, u->hash) ? -1 : 0;
}

int user_verify(const struct user *u, const char *password)
{
    unsigned char md[16];
    mbedtls_md5_context ctx;
    int rc;

    mbedtls_md5_init(&ctx);
    rc = mbedtls_md5_starts(&ctx);                         // flaw: weak-hash
    if (rc == 0)
        rc = mbedtls_md5_update(&ctx, u->salt, sizeof u->salt);
    if (rc == 0)
        rc = mbedtls_md5_update(&ctx, (const unsigned char *)password, strlen(password));
    if (rc == 0)
        rc = mbedtls_md5_finish(&ctx, md);
    mbedtls_md5_free(&ctx);
    return rc == 0 && equal(md, u->hash, sizeof md);
}

void manifest_init(struct manifest *m, int legacy)
{
    memset(m, 0, sizeof *m);
    m->algo = legacy ? GCRY_MD_SHA256 : GCRY_MD_SHA512;
}

int manifest_open(const struct manifest *m, gcry_md_hd_t *h)
{
    if (m->algo != GCRY_MD_SHA256 && m->algo != GCRY_MD_SHA512)
        return -1;
    return gcry_md_open(h, m->algo, 0) ? -1 : 0;           // fine: weak-hash
}

int image_check(const unsigned char *img, size_t n, const unsigned char *sig)
{
    unsigned char md[20];

    if (mbedtls_sha1(img, n, md) != 0)                     // flaw: weak-hash
        return -1;
    return equal(md, sig, sizeof md) ? 0 : -1;
}

int image_check_256(const unsigned char *img, size_t n, const unsigned char *sig)
{
    unsigned char md[32];

    if (mbedtls_sha256(img, n, md, 0) != 0)                // fine: weak-hash
        return -1;
    return equal(md, sig, sizeof md) ? 0 : -1;
}

static int mac(mbedtls_md_type_t type, const char *key, const char *msg, unsigned char *out)
{
    const mbedtls_md_info_t *info = mbedtls_md_info_from_type(type);

    if (info == NULL)
        return -1;
    return mbedtls_md_hmac(info, (const unsigned char *)key, strlen(key),
                           (const unsigned char *)msg, strlen(msg), out);
}

int cookie_mac(const char *key, const char *cookie, unsigned char out[32])
{
    return mac(MBEDTLS_MD_SHA256, key, cookie, out);       // fine: weak-hash
}

int cookie_mac_old(const char *key, const char *cookie, unsigned char out[32])
{
    return mac(MBEDTLS_MD_MD5, key, cookie, out);          // flaw: weak-hash
}

int cert_fingerprint(const unsigned char *der, size_t n, const unsigned char *pinned)
{
    gcry_md_hd_t h;
    int algo = gcry_md_map_name("MD5");
    int same;

    if (gcry_md_open(&h, algo, 0))                         // flaw: weak-hash
        return -1;
    gcry_md_write(h, der, n);
    same = equal(gcry_md_read(h, algo), pinned, 16);
    gcry_md_close(h);
    return same ? 0 : -1;
}

/* Sec-WebSocket-Accept of RFC 6455. */
int websocket_accept(const char *client_key, unsigned char out[20])
{
    char buf[128];
    int n = snprintf(buf, sizeof buf, "%s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", client_key);

    if (n < 0 || (size_t)n >= sizeof buf)
        return -1;
    return mbedtls_sha1((const unsigned char *)buf, (size_t)n, out); // fine: weak-hash
}

/* Bucket of an asset in the local render cache. */
uint32_t asset_bucket(const void *data, size_t n)
{
    uint32_t v;
    unsigned char md[16];

    gcry_md_hash_buffer(GCRY_MD_MD5, md, data, n);         // fine: weak-hash
    memcpy(&v, md, sizeof v);
    return v % 4096u;
}
