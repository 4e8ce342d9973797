/* Device provisioning: storage encryption and message signing. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <gcrypt.h>
#include <mbedtls/gcm.h>
#include <mbedtls/md.h>

#define PROV_KEY_ID "prov-key-2024-03"                     // fine: hard-coded-key
#define PSK_HEX "9f1c3b5a77d0e2486ab3c4d5e6f708192a3b4c5d6e7f8091" // flaw: hard-coded-key

static const uint8_t storage_key[16] = {                   // flaw: hard-coded-key
    0x3a, 0x91, 0x5c, 0xe7, 0x08, 0xbd, 0x64, 0x12,
    0xf9, 0x2e, 0x70, 0xa5, 0xcb, 0x1d, 0x86, 0x43,
};

/* Curve25519 public key of the vendor, used to check update signatures. */
static const uint8_t vendor_public[32] = {                 // fine: hard-coded-key
    0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a,
    0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
};

struct device {
    uint8_t key[32];
    uint8_t psk[24];
    size_t keylen;
};

static int from_hex(const char *hex, uint8_t *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned v;
        if (sscanf(hex + 2 * i, "%2x", &v) != 1)
            return -1;
        out[i] = (uint8_t)v;
    }
    return 0;
}

int device_psk(struct device *d)
{
    return from_hex(PSK_HEX, d->psk, sizeof d->psk);
}

int device_storage(gcry_cipher_hd_t hd)
{
    return gcry_cipher_setkey(hd, storage_key, sizeof storage_key) ? -1 : 0;
}

int device_key(struct device *d, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n;

    if (fd < 0)
        return -1;
    n = read(fd, d->key, sizeof d->key);                   // fine: hard-coded-key
    close(fd);
    if (n != (ssize_t)sizeof d->key)
        return -1;
    d->keylen = sizeof d->key;
    return 0;
}

int device_nonce(gcry_cipher_hd_t hd)
{
    const char *iv = "init-vector0";                       // flaw: hard-coded-key

    return gcry_cipher_setiv(hd, iv, 12) ? -1 : 0;
}

int device_nonce_fresh(gcry_cipher_hd_t hd, uint8_t iv[12])
{
    gcry_create_nonce(iv, 12);                             // fine: hard-coded-key
    return gcry_cipher_setiv(hd, iv, 12) ? -1 : 0;
}

static int sign(const uint8_t *key, size_t keylen, const char *msg, uint8_t out[32])
{
    const mbedtls_md_info_t *info = mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);

    if (info == NULL)
        return -1;
    return mbedtls_md_hmac(info, key, keylen, (const uint8_t *)msg, strlen(msg), out);
}

int device_report(const struct device *d, const char *msg, uint8_t out[32])
{
    const char *fallback = "Xk29-fallback-Signing";        // flaw: hard-coded-key

    if (d->keylen > 0)
        return sign(d->key, d->keylen, msg, out);
    return sign((const uint8_t *)fallback, strlen(fallback), msg, out);
}

int device_context(const struct device *d, uint8_t out[32])
{
    static const char context[] = "device storage v2";     // fine: hard-coded-key

    if (d->keylen == 0)
        return -1;
    return sign(d->key, d->keylen, context, out);
}

int device_gcm(mbedtls_gcm_context *ctx, const struct device *d)
{
    uint8_t key[32];

    if (d->keylen == sizeof key) {
        memcpy(key, d->key, sizeof key);
        return mbedtls_gcm_setkey(ctx, MBEDTLS_CIPHER_ID_AES, key, 256); // fine: hard-coded-key
    }
    memset(key, 0x5a, sizeof key);                         // flaw: hard-coded-key
    return mbedtls_gcm_setkey(ctx, MBEDTLS_CIPHER_ID_AES, key, 256);
}

int device_describe(FILE *out)
{
    return fprintf(out, "key id %s, vendor %02x%02x\n", PROV_KEY_ID, vendor_public[0], vendor_public[1]);
}
