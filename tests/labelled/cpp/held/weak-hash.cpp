// Artifact registry: digests of uploads, passwords and index keys.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>
#include <gcrypt.h>
#include <mbedtls/md.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

using Digest = std::vector<uint8_t>;

enum class Algo { Sha256, Sha1, Md5 };

class Hasher {
public:
    explicit Hasher(int gcry_algo) : algo_(gcry_algo) {}

    Digest operator()(const std::string& s) const
    {
        Digest out(gcry_md_get_algo_dlen(algo_));
        gcry_md_hash_buffer(algo_, out.data(), s.data(), s.size());
        return out;
    }

private:
    int algo_;
};

static bool same(const Digest& a, const Digest& b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

class Registry {
public:
    bool accept(const std::string& upload, const Digest& claimed)
    {
        return same(Hasher(GCRY_MD_SHA1)(upload), claimed); // flaw: weak-hash
    }

    bool accept_256(const std::string& upload, const Digest& claimed)
    {
        return same(Hasher(GCRY_MD_SHA3_256)(upload), claimed); // fine: weak-hash
    }

    void add_user(const std::string& name, const std::string& password)
    {
        Digest d(16);
        const auto* info = mbedtls_md_info_from_type(MBEDTLS_MD_MD5); // flaw: weak-hash
        if (!info)
            throw std::runtime_error("md");
        mbedtls_md(info, reinterpret_cast<const unsigned char*>(password.data()), password.size(), d.data());
        users_[name] = d;
    }

    void add_user_scrypt(const std::string& name, const std::string& password, const std::string& salt)
    {
        Digest d(32);
        if (gcry_kdf_derive(password.data(), password.size(), GCRY_KDF_SCRYPT, 16384, // fine: weak-hash
                            salt.data(), salt.size(), 8, d.size(), d.data()) != 0)
            throw std::runtime_error("kdf");
        users_[name] = d;
    }

    Digest token_mac(const std::string& key, const std::string& token)
    {
        return hmac(MBEDTLS_MD_SHA384, key, token);        // fine: weak-hash
    }

    bool check_manifest(Algo algo, const std::string& text, const Digest& signed_digest)
    {
        switch (algo) {
        case Algo::Sha256:
            return same(evp(EVP_sha256(), text), signed_digest); // fine: weak-hash
        case Algo::Sha1:
            return same(evp(EVP_sha1(), text), signed_digest); // flaw: weak-hash
        default:
            return same(evp(EVP_md5(), text), signed_digest); // flaw: weak-hash
        }
    }

    Digest reset_token(const std::string& mail, uint64_t day)
    {
        const std::string seed = mail + std::to_string(day) + pepper_;
        return Hasher(GCRY_MD_MD5)(seed);                  // flaw: weak-hash
    }

    // Shard of a blob in the on-disk layout.
    unsigned shard(const std::string& name)
    {
        return Hasher(GCRY_MD_MD5)(name).front() % 16u;    // fine: weak-hash
    }

    // Validator for conditional GET requests.
    std::string etag(const std::string& body)
    {
        static const char hex[] = "0123456789abcdef";
        std::string out = "W/\"";
        for (uint8_t b : evp(EVP_sha1(), body)) {          // fine: weak-hash
            out += hex[b >> 4];
            out += hex[b & 15];
        }
        return out + "\"";
    }

private:
    static Digest evp(const EVP_MD* md, const std::string& s)
    {
        Digest out(EVP_MAX_MD_SIZE);
        unsigned n = 0;
        if (EVP_Digest(s.data(), s.size(), out.data(), &n, md, nullptr) != 1)
            throw std::runtime_error("digest");
        out.resize(n);
        return out;
    }

    static Digest hmac(mbedtls_md_type_t type, const std::string& key, const std::string& msg)
    {
        const auto* info = mbedtls_md_info_from_type(type);
        if (!info)
            throw std::runtime_error("md");
        Digest out(mbedtls_md_get_size(info));
        mbedtls_md_hmac(info, reinterpret_cast<const unsigned char*>(key.data()), key.size(),
                        reinterpret_cast<const unsigned char*>(msg.data()), msg.size(), out.data());
        return out;
    }

    std::map<std::string, Digest> users_;
    std::string pepper_;
};
