// Sync client: container encryption with libgcrypt and mbed TLS.
#include <array>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>
#include <gcrypt.h>
#include <mbedtls/cipher.h>
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/gcm.h>
#include <mbedtls/pk.h>
#include <mbedtls/rsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

class Cipher {
public:
    Cipher(int algo, int mode)
    {
        if (gcry_cipher_open(&hd_, algo, mode, 0))
            throw std::runtime_error("cipher");
    }
    ~Cipher() { gcry_cipher_close(hd_); }
    Cipher(const Cipher&) = delete;
    Cipher& operator=(const Cipher&) = delete;

    void key(const std::vector<uint8_t>& k)
    {
        if (gcry_cipher_setkey(hd_, k.data(), k.size()))
            throw std::runtime_error("key");
    }
    void iv(const std::vector<uint8_t>& v) { gcry_cipher_setiv(hd_, v.data(), v.size()); }
    void encrypt(std::vector<uint8_t>& d) { gcry_cipher_encrypt(hd_, d.data(), d.size(), nullptr, 0); }

private:
    gcry_cipher_hd_t hd_{};
};

struct Options {
    int algo = GCRY_CIPHER_AES256;
    int mode = GCRY_CIPHER_MODE_GCM;
};

class Container {
public:
    explicit Container(std::vector<uint8_t> key) : key_(std::move(key)) {}

    void seal_names(std::vector<uint8_t>& data)
    {
        Cipher c(GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_ECB); // flaw: weak-cipher
        c.key(key_);
        c.encrypt(data);
    }

    void seal_blocks(std::vector<uint8_t>& data, const std::vector<uint8_t>& iv)
    {
        Cipher c(GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_OCB); // fine: weak-cipher
        c.key(key_);
        c.iv(iv);
        c.encrypt(data);
    }

    void seal(std::vector<uint8_t>& data, const std::vector<uint8_t>& iv, bool small_device)
    {
        Options o;
        if (small_device) {
            o.algo = GCRY_CIPHER_CAST5;
            o.mode = GCRY_CIPHER_MODE_CFB;
        }
        Cipher c(o.algo, o.mode);                          // flaw: weak-cipher
        c.key(key_);
        c.iv(iv);
        c.encrypt(data);
    }

    void seal_default(std::vector<uint8_t>& data, const std::vector<uint8_t>& iv)
    {
        const Options o;
        Cipher c(o.algo, o.mode);                          // fine: weak-cipher
        c.key(key_);
        c.iv(iv);
        c.encrypt(data);
    }

    bool header(mbedtls_cipher_context_t* ctx)
    {
        const auto* info = mbedtls_cipher_info_from_string("DES-CBC"); // flaw: weak-cipher
        return info && mbedtls_cipher_setup(ctx, info) == 0;
    }

    bool trailer(mbedtls_cipher_context_t* ctx)
    {
        const auto* info = mbedtls_cipher_info_from_string("AES-256-GCM"); // fine: weak-cipher
        return info && mbedtls_cipher_setup(ctx, info) == 0;
    }

    bool share_key(mbedtls_pk_context* pk, mbedtls_ctr_drbg_context* rng)
    {
        static constexpr unsigned kBits = 512;
        return mbedtls_pk_setup(pk, mbedtls_pk_info_from_type(MBEDTLS_PK_RSA)) == 0
            && mbedtls_rsa_gen_key(mbedtls_pk_rsa(*pk), mbedtls_ctr_drbg_random, rng, kBits, 65537) == 0; // flaw: weak-cipher
    }

    bool owner_key(mbedtls_pk_context* pk, mbedtls_ctr_drbg_context* rng)
    {
        static constexpr unsigned kBits = 4096;
        return mbedtls_pk_setup(pk, mbedtls_pk_info_from_type(MBEDTLS_PK_RSA)) == 0
            && mbedtls_rsa_gen_key(mbedtls_pk_rsa(*pk), mbedtls_ctr_drbg_random, rng, kBits, 65537) == 0; // fine: weak-cipher
    }

    bool export_key(FILE* out, EVP_PKEY* key, const std::string& pass)
    {
        return PEM_write_PKCS8PrivateKey(out, key, EVP_des_cbc(), // flaw: weak-cipher
                                         pass.data(), static_cast<int>(pass.size()), nullptr, nullptr) == 1;
    }

    bool export_key_aes(FILE* out, EVP_PKEY* key, const std::string& pass)
    {
        return PEM_write_PKCS8PrivateKey(out, key, EVP_aes_256_cbc(), // fine: weak-cipher
                                         pass.data(), static_cast<int>(pass.size()), nullptr, nullptr) == 1;
    }

private:
    std::vector<uint8_t> key_;
};
