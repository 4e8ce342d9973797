// Message sealing for the chat server.
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>
#include <openssl/dsa.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

using Bytes = std::vector<unsigned char>;
using CtxPtr = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;
using PkeyCtx = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;

class Sealer {
public:
    explicit Sealer(Bytes key) : key_(std::move(key)) {}

    Bytes seal(const Bytes& plain)
    {
        return encrypt(EVP_aes_128_ecb(), {}, plain, nullptr); // flaw: weak-cipher
    }

    Bytes seal_gcm(const Bytes& plain, Bytes& iv, Bytes& tag)
    {
        iv.resize(12);
        if (RAND_bytes(iv.data(), 12) != 1)
            throw std::runtime_error("rng");
        return encrypt(EVP_aes_128_gcm(), iv, plain, &tag); // fine: weak-cipher
    }

    Bytes seal_old(const Bytes& plain, Bytes& iv)
    {
        const EVP_CIPHER* cipher = EVP_bf_cbc();           // flaw: weak-cipher
        iv.resize(8);
        if (RAND_bytes(iv.data(), 8) != 1)
            throw std::runtime_error("rng");
        return encrypt(cipher, iv, plain, nullptr);
    }

    Bytes seal_chacha(const Bytes& plain, Bytes& iv, Bytes& tag)
    {
        const EVP_CIPHER* cipher = EVP_chacha20_poly1305(); // fine: weak-cipher
        iv.resize(12);
        if (RAND_bytes(iv.data(), 12) != 1)
            throw std::runtime_error("rng");
        return encrypt(cipher, iv, plain, &tag);
    }

    Bytes seal_named(const std::string& profile, const Bytes& plain, Bytes& iv, Bytes& tag)
    {
        std::string name = "aes-256-gcm";
        if (profile == "compat")
            name = "rc4";
        iv.resize(12);
        if (RAND_bytes(iv.data(), 12) != 1)
            throw std::runtime_error("rng");
        return encrypt(EVP_get_cipherbyname(name.c_str()), iv, plain, &tag); // flaw: weak-cipher
    }

private:
    Bytes encrypt(const EVP_CIPHER* cipher, const Bytes& iv, const Bytes& in, Bytes* tag)
    {
        CtxPtr ctx(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
        Bytes out(in.size() + 32);
        int n = 0, tail = 0;
        if (!ctx || EVP_EncryptInit_ex(ctx.get(), cipher, nullptr, key_.data(), iv.empty() ? nullptr : iv.data()) != 1
            || EVP_EncryptUpdate(ctx.get(), out.data(), &n, in.data(), static_cast<int>(in.size())) != 1
            || EVP_EncryptFinal_ex(ctx.get(), out.data() + n, &tail) != 1)
            throw std::runtime_error("encrypt");
        if (tag) {
            tag->resize(16);
            EVP_CIPHER_CTX_ctrl(ctx.get(), EVP_CTRL_AEAD_GET_TAG, 16, tag->data());
        }
        out.resize(static_cast<size_t>(n + tail));
        return out;
    }

    Bytes key_;
};

static EVP_PKEY* generate(int bits)
{
    PkeyCtx ctx(EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nullptr), &EVP_PKEY_CTX_free);
    EVP_PKEY* key = nullptr;
    if (!ctx || EVP_PKEY_keygen_init(ctx.get()) != 1
        || EVP_PKEY_CTX_set_rsa_keygen_bits(ctx.get(), bits) != 1
        || EVP_PKEY_keygen(ctx.get(), &key) != 1)
        throw std::runtime_error("keygen");
    return key;
}

EVP_PKEY* room_key() { return generate(1024); }            // flaw: weak-cipher

EVP_PKEY* server_key() { return generate(3072); }          // fine: weak-cipher

EVP_PKEY* bot_key() { return EVP_RSA_gen(768); }           // flaw: weak-cipher

EVP_PKEY* signing_key() { return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"); } // fine: weak-cipher

// Wraps one 16 byte counter block for the packet number mask.
Bytes number_mask(const Bytes& key, const Bytes& sample)
{
    CtxPtr ctx(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    Bytes mask(16);
    int n = 0;
    if (!ctx || key.size() != 16 || sample.size() != 16
        || EVP_EncryptInit_ex(ctx.get(), EVP_aes_128_ecb(), nullptr, key.data(), nullptr) != 1 // fine: weak-cipher
        || EVP_CIPHER_CTX_set_padding(ctx.get(), 0) != 1
        || EVP_EncryptUpdate(ctx.get(), mask.data(), &n, sample.data(), 16) != 1)
        throw std::runtime_error("mask");
    return mask;
}
