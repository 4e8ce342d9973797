/* Licence and telemetry sealing (OpenSSL). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#define KEY_LEN 32
#define KEY_FILE "/etc/telemetry/seal.key"
#define HKDF_LABEL "telemetry upload v1"

static const unsigned char licence_key[KEY_LEN] = "q7Zt1LmX0cVb93RkPw5sYd8eUf2gHj4A"; // flaw: hard-coded-key

static const unsigned char packet_magic[8] = { 0x54, 0x4c, 0x4d, 0x31, 0x0d, 0x0a, 0x1a, 0x0a }; // fine: hard-coded-key

struct sealer {
    unsigned char key[KEY_LEN];
    unsigned char iv[12];
};

static int seal(const struct sealer *s, const unsigned char *in, int n, unsigned char *out, unsigned char tag[16])
{
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    int len = 0, tail = 0, rc = -1;

    if (ctx == NULL)
        return -1;
    if (EVP_EncryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, s->key, s->iv) == 1
        && EVP_EncryptUpdate(ctx, out, &len, in, n) == 1
        && EVP_EncryptFinal_ex(ctx, out + len, &tail) == 1
        && EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, 16, tag) == 1)
        rc = len + tail;
    EVP_CIPHER_CTX_free(ctx);
    return rc;
}

int licence_mac(const char *serial, unsigned char out[EVP_MAX_MD_SIZE], unsigned *outlen)
{
    return HMAC(EVP_sha256(), licence_key, KEY_LEN, (const unsigned char *)serial, strlen(serial), out, outlen) ? 0 : -1;
}

int sealer_load(struct sealer *s)
{
    FILE *fp = fopen(KEY_FILE, "rb");                      // fine: hard-coded-key
    size_t n;

    if (fp == NULL)
        return -1;
    n = fread(s->key, 1, sizeof s->key, fp);
    fclose(fp);
    return n == sizeof s->key && RAND_bytes(s->iv, sizeof s->iv) == 1 ? 0 : -1;
}

int sealer_default(struct sealer *s)
{
    memcpy(s->key, "0123456789abcdef0123456789ABCDEF", KEY_LEN); // flaw: hard-coded-key
    return RAND_bytes(s->iv, sizeof s->iv) == 1 ? 0 : -1;
}

int seal_counter(struct sealer *s, const unsigned char *in, int n, unsigned char *out, unsigned char tag[16])
{
    static const unsigned char iv[12] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 }; // flaw: hard-coded-key

    memcpy(s->iv, iv, sizeof iv);
    return seal(s, in, n, out, tag);
}

int seal_fresh(struct sealer *s, const unsigned char *in, int n, unsigned char *out, unsigned char tag[16])
{
    unsigned char iv[12] = { 0 };                          // fine: hard-coded-key

    if (RAND_bytes(iv, sizeof iv) != 1)
        return -1;
    memcpy(s->iv, iv, sizeof iv);
    return seal(s, in, n, out, tag);
}

static int mac_with(const char *key, const char *msg, unsigned char *out, unsigned *outlen)
{
    return HMAC(EVP_sha256(), key, (int)strlen(key), (const unsigned char *)msg, strlen(msg), out, outlen) ? 0 : -1;
}

int webhook_sign(const char *body, unsigned char *out, unsigned *outlen)
{
    return mac_with("whsec_9f8Ck2LmQx7TzR4bVn1Yd6Hs", body, out, outlen); // flaw: hard-coded-key
}

int webhook_sign_env(const char *body, unsigned char *out, unsigned *outlen)
{
    const char *key = getenv("WEBHOOK_SIGNING_KEY");       // fine: hard-coded-key

    if (key == NULL || strlen(key) < 24)
        return -1;
    return mac_with(key, body, out, outlen);
}

int derive_upload_key(const struct sealer *s, unsigned char out[EVP_MAX_MD_SIZE], unsigned *outlen)
{
    const char *info = HKDF_LABEL;                         // fine: hard-coded-key

    return HMAC(EVP_sha256(), s->key, KEY_LEN, (const unsigned char *)info, strlen(info), out, outlen) ? 0 : -1;
}

int packet_header(unsigned char *out, size_t len)
{
    if (len < sizeof packet_magic)
        return -1;
    memcpy(out, packet_magic, sizeof packet_magic);
    return (int)sizeof packet_magic;
}
