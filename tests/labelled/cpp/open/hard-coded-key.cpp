// Token issuing and field encryption.
#include <array>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

using Bytes = std::vector<unsigned char>;

namespace settings {
constexpr const char* kTokenIssuer = "accounts.example.com"; // fine: hard-coded-key
constexpr const char* kTokenSecret = "b7Jq2nX9wLz4Rt6Yp1Vc8Md3Kf5Hs0Ge"; // flaw: hard-coded-key
constexpr const char* kKeyVariable = "FIELD_ENCRYPTION_KEY"; // fine: hard-coded-key
}

static Bytes mac(const std::string& key, const std::string& msg)
{
    Bytes out(EVP_MAX_MD_SIZE);
    unsigned n = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(msg.data()), msg.size(), out.data(), &n);
    out.resize(n);
    return out;
}

class FieldCipher {
public:
    explicit FieldCipher(Bytes key) : key_(std::move(key))
    {
        if (key_.size() != 32)
            throw std::invalid_argument("key size");
    }

    static FieldCipher from_env()
    {
        const char* v = std::getenv(settings::kKeyVariable);
        if (!v)
            throw std::runtime_error("no key configured");
        return FieldCipher(Bytes(v, v + std::strlen(v)));  // fine: hard-coded-key
    }

    static FieldCipher builtin()
    {
        const std::string k = "Sixteen byte keySixteen byte key"; // flaw: hard-coded-key
        return FieldCipher(Bytes(k.begin(), k.end()));
    }

    static FieldCipher from_file(const std::string& path)
    {
        std::ifstream in(path, std::ios::binary);
        return FieldCipher(Bytes(std::istreambuf_iterator<char>(in), {})); // fine: hard-coded-key
    }

    Bytes encrypt(const Bytes& in) const
    {
        std::array<unsigned char, 12> iv{};                // fine: hard-coded-key
        if (RAND_bytes(iv.data(), static_cast<int>(iv.size())) != 1)
            throw std::runtime_error("rng");
        return run(iv.data(), in);
    }

    Bytes encrypt_stable(const Bytes& in) const
    {
        static const unsigned char iv[12] = {0x10, 0x32, 0x54, 0x76, 0x98, 0xba, 0xdc, 0xfe, 0x01, 0x23, 0x45, 0x67}; // flaw: hard-coded-key
        return run(iv, in);
    }

private:
    Bytes run(const unsigned char* iv, const Bytes& in) const
    {
        std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> ctx(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
        Bytes out(iv, iv + 12);
        out.resize(12 + in.size() + 16);
        int n = 0, tail = 0;
        if (!ctx || EVP_EncryptInit_ex(ctx.get(), EVP_aes_256_gcm(), nullptr, key_.data(), iv) != 1
            || EVP_EncryptUpdate(ctx.get(), out.data() + 12, &n, in.data(), static_cast<int>(in.size())) != 1
            || EVP_EncryptFinal_ex(ctx.get(), out.data() + 12 + n, &tail) != 1
            || EVP_CIPHER_CTX_ctrl(ctx.get(), EVP_CTRL_GCM_GET_TAG, 16, out.data() + 12 + n + tail) != 1)
            throw std::runtime_error("encrypt");
        return out;
    }

    Bytes key_;
};

class Tokens {
public:
    Bytes sign(const std::string& claims) const
    {
        return mac(settings::kTokenSecret, std::string(settings::kTokenIssuer) + "." + claims);
    }

    Bytes sign_refresh(const std::string& claims) const
    {
        return mac("refresh-3c9e1f7a2b4d6e80", claims);    // flaw: hard-coded-key
    }

    Bytes sign_download(const std::string& secret, const std::string& path) const
    {
        return mac(secret, "download:" + path);            // fine: hard-coded-key
    }
};
