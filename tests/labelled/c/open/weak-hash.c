/* Account store and package verification helpers (OpenSSL). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/md5.h>
#include <openssl/sha.h>

struct account {
    char login[64];
    unsigned char salt[16];
    unsigned char verifier[64];
    unsigned int verifier_len;
};

static int digest(const EVP_MD *md, const void *data, size_t n, unsigned char *out, unsigned *outlen)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    int ok;

    if (ctx == NULL)
        return -1;
    ok = EVP_DigestInit_ex(ctx, md, NULL) == 1
        && EVP_DigestUpdate(ctx, data, n) == 1
        && EVP_DigestFinal_ex(ctx, out, outlen) == 1;
    EVP_MD_CTX_free(ctx);
    return ok ? 0 : -1;
}

void account_set_password(struct account *a, const char *password)
{
    MD5((const unsigned char *)password, strlen(password), a->verifier); // flaw: weak-hash
    a->verifier_len = MD5_DIGEST_LENGTH;
}

int account_set_password_kdf(struct account *a, const char *password)
{
    a->verifier_len = 32;
    return PKCS5_PBKDF2_HMAC(password, (int)strlen(password), a->salt, sizeof a->salt,
                             600000, EVP_sha256(), 32, a->verifier) == 1 ? 0 : -1; // fine: weak-hash
}

int account_check(const struct account *a, const char *password)
{
    unsigned char buf[256], md[SHA_DIGEST_LENGTH];
    size_t n = strlen(password);

    if (n > sizeof buf - sizeof a->salt)
        return 0;
    memcpy(buf, a->salt, sizeof a->salt);
    memcpy(buf + sizeof a->salt, password, n);
    SHA1(buf, sizeof a->salt + n, md);                     // flaw: weak-hash
    return CRYPTO_memcmp(md, a->verifier, sizeof md) == 0;
}

int package_verify(const unsigned char *data, size_t n, const unsigned char *expected)
{
    unsigned char md[EVP_MAX_MD_SIZE];
    unsigned len = 0;

    if (digest(EVP_md5(), data, n, md, &len) != 0)         // flaw: weak-hash
        return -1;
    return CRYPTO_memcmp(md, expected, len) == 0 ? 0 : -1;
}

int package_verify_v2(const unsigned char *data, size_t n, const unsigned char *expected)
{
    unsigned char md[EVP_MAX_MD_SIZE];
    unsigned len = 0;

    if (digest(EVP_sha512(), data, n, md, &len) != 0)      // fine: weak-hash
        return -1;
    return CRYPTO_memcmp(md, expected, len) == 0 ? 0 : -1;
}

int sign_request(const char *secret, const char *body, unsigned char out[EVP_MAX_MD_SIZE], unsigned *outlen)
{
    const EVP_MD *md = EVP_get_digestbyname("SHA256");     // fine: weak-hash

    if (md == NULL)
        return -1;
    return HMAC(md, secret, (int)strlen(secret), (const unsigned char *)body, strlen(body), out, outlen) ? 0 : -1;
}

int sign_document(EVP_PKEY *pkey, const unsigned char *doc, size_t n, unsigned char *sig, size_t *siglen)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    const EVP_MD *alg = EVP_sha1();                        // flaw: weak-hash
    int ok;

    if (ctx == NULL)
        return -1;
    ok = EVP_DigestSignInit(ctx, NULL, alg, NULL, pkey) == 1
        && EVP_DigestSign(ctx, sig, siglen, doc, n) == 1;
    EVP_MD_CTX_free(ctx);
    return ok ? 0 : -1;
}

int token_fingerprint(const char *token, unsigned char *out, unsigned *outlen)
{
    const char *name = "MD4";
    const EVP_MD *md = EVP_get_digestbyname(name);         // flaw: weak-hash

    if (md == NULL)
        return -1;
    return digest(md, token, strlen(token), out, outlen);
}

/* Cache slot of a rendered thumbnail. */
unsigned thumb_slot(const char *url, unsigned nslots)
{
    unsigned char md[MD5_DIGEST_LENGTH];

    MD5((const unsigned char *)url, strlen(url), md);      // fine: weak-hash
    return ((unsigned)md[0] << 8 | md[1]) % nslots;
}

/* Object name as in a git repository. */
int blob_name(const unsigned char *data, size_t n, unsigned char out[SHA_DIGEST_LENGTH])
{
    char hdr[32];
    int hl = snprintf(hdr, sizeof hdr, "blob %zu", n);
    unsigned char *all = malloc((size_t)hl + 1 + n);

    if (all == NULL)
        return -1;
    memcpy(all, hdr, (size_t)hl + 1);
    memcpy(all + hl + 1, data, n);
    SHA1(all, (size_t)hl + 1 + n, out);                    // fine: weak-hash
    free(all);
    return 0;
}
