/* Record encryption for the backup agent (OpenSSL EVP). */
#include <string.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/bn.h>

struct vault {
    unsigned char key[32];
    unsigned char iv[16];
    const EVP_CIPHER *cipher;
};

static int run(const EVP_CIPHER *c, const unsigned char *key, const unsigned char *iv,
               const unsigned char *in, int n, unsigned char *out)
{
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    int len = 0, tail = 0, rc = -1;

    if (ctx == NULL)
        return -1;
    if (EVP_EncryptInit_ex(ctx, c, NULL, key, iv) == 1
        && EVP_EncryptUpdate(ctx, out, &len, in, n) == 1
        && EVP_EncryptFinal_ex(ctx, out + len, &tail) == 1)
        rc = len + tail;
    EVP_CIPHER_CTX_free(ctx);
    return rc;
}

int vault_pack(struct vault *v, const unsigned char *in, int n, unsigned char *out)
{
    return run(EVP_aes_256_ecb(), v->key, NULL, in, n, out); // flaw: weak-cipher
}

int vault_pack_gcm(struct vault *v, const unsigned char *in, int n, unsigned char *out, unsigned char tag[16])
{
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    int len = 0, tail = 0, rc = -1;

    if (ctx == NULL)
        return -1;
    if (RAND_bytes(v->iv, 12) == 1
        && EVP_EncryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, v->key, v->iv) == 1 // fine: weak-cipher
        && EVP_EncryptUpdate(ctx, out, &len, in, n) == 1
        && EVP_EncryptFinal_ex(ctx, out + len, &tail) == 1
        && EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, 16, tag) == 1)
        rc = len + tail;
    EVP_CIPHER_CTX_free(ctx);
    return rc;
}

void vault_legacy(struct vault *v, int fast)
{
    if (fast)
        v->cipher = EVP_rc4();                             // flaw: weak-cipher
    else
        v->cipher = EVP_des_ede3_cbc();                    // flaw: weak-cipher
}

int vault_select(struct vault *v, const char *name)
{
    static const char *const allowed[] = { "AES-256-GCM", "ChaCha20-Poly1305" };

    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++) {
        if (strcmp(name, allowed[i]) == 0) {
            v->cipher = EVP_get_cipherbyname(allowed[i]);  // fine: weak-cipher
            return v->cipher ? 0 : -1;
        }
    }
    return -1;
}

int vault_seal_index(struct vault *v, const unsigned char *in, int n, unsigned char *out)
{
    const char *mode = "DES-CBC";
    const EVP_CIPHER *c = EVP_get_cipherbyname(mode);      // flaw: weak-cipher

    if (c == NULL || RAND_bytes(v->iv, 8) != 1)
        return -1;
    return run(c, v->key, v->iv, in, n, out);
}

EVP_PKEY *vault_device_key(void)
{
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, NULL);
    EVP_PKEY *key = NULL;

    if (ctx == NULL)
        return NULL;
    if (EVP_PKEY_keygen_init(ctx) == 1
        && EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, 1024) == 1 // flaw: weak-cipher
        && EVP_PKEY_keygen(ctx, &key) != 1)
        key = NULL;
    EVP_PKEY_CTX_free(ctx);
    return key;
}

EVP_PKEY *vault_owner_key(void)
{
    const int bits = 3072;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, NULL);
    EVP_PKEY *key = NULL;

    if (ctx == NULL)
        return NULL;
    if (EVP_PKEY_keygen_init(ctx) == 1
        && EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, bits) == 1 // fine: weak-cipher
        && EVP_PKEY_keygen(ctx, &key) != 1)
        key = NULL;
    EVP_PKEY_CTX_free(ctx);
    return key;
}

/* Header protection mask of RFC 9001: one block, input taken from the sample. */
int header_mask(const unsigned char hp_key[16], const unsigned char sample[16], unsigned char mask[16])
{
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    int len = 0, ok;

    if (ctx == NULL)
        return -1;
    ok = EVP_EncryptInit_ex(ctx, EVP_aes_128_ecb(), NULL, hp_key, NULL) == 1 // fine: weak-cipher
        && EVP_CIPHER_CTX_set_padding(ctx, 0) == 1
        && EVP_EncryptUpdate(ctx, mask, &len, sample, 16) == 1;
    EVP_CIPHER_CTX_free(ctx);
    return ok && len == 16 ? 0 : -1;
}

int vault_stream(struct vault *v, const unsigned char *in, int n, unsigned char *out)
{
    const EVP_CIPHER *c = EVP_chacha20_poly1305();         // fine: weak-cipher

    if (RAND_bytes(v->iv, 12) != 1)
        return -1;
    return run(c, v->key, v->iv, in, n, out);
}
