// User store, licence checks and render cache.
#include <array>
#include <fstream>
#include <iomanip>
#include <iterator>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/md5.h>
#include <openssl/sha.h>

using Bytes = std::vector<unsigned char>;

class Digest {
public:
    explicit Digest(const EVP_MD* md) : ctx_(EVP_MD_CTX_new(), &EVP_MD_CTX_free)
    {
        if (!ctx_ || EVP_DigestInit_ex(ctx_.get(), md, nullptr) != 1)
            throw std::runtime_error("digest");
    }
    Digest& add(const std::string& s)
    {
        EVP_DigestUpdate(ctx_.get(), s.data(), s.size());
        return *this;
    }
    Bytes finish()
    {
        Bytes out(EVP_MAX_MD_SIZE);
        unsigned n = 0;
        EVP_DigestFinal_ex(ctx_.get(), out.data(), &n);
        out.resize(n);
        return out;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> ctx_;
};

static bool equal(const Bytes& a, const Bytes& b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

class Users {
public:
    Bytes password_hash(const std::string& salt, const std::string& password)
    {
        return Digest(EVP_md5()).add(salt).add(password).finish(); // flaw: weak-hash
    }

    Bytes password_kdf(const std::string& salt, const std::string& password)
    {
        Bytes out(32);
        if (PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), // fine: weak-hash
                              reinterpret_cast<const unsigned char*>(salt.data()), static_cast<int>(salt.size()),
                              600000, EVP_sha256(), static_cast<int>(out.size()), out.data()) != 1)
            throw std::runtime_error("kdf");
        return out;
    }

    Bytes pin_hash(const std::string& pin)
    {
        Bytes out(SHA_DIGEST_LENGTH);
        SHA1(reinterpret_cast<const unsigned char*>(pin.data()), pin.size(), out.data()); // flaw: weak-hash
        return out;
    }
};

bool licence_matches(const std::string& text, const Bytes& expected)
{
    const EVP_MD* md = EVP_sha1();
    Digest d(md);                                          // flaw: weak-hash
    return equal(d.add(text).finish(), expected);
}

bool licence_matches_256(const std::string& text, const Bytes& expected)
{
    const EVP_MD* md = EVP_sha256();
    Digest d(md);                                          // fine: weak-hash
    return equal(d.add(text).finish(), expected);
}

class UpdateChecker {
public:
    explicit UpdateChecker(std::string algorithm = "MD5") : algorithm_(std::move(algorithm)) {}

    bool verify(const std::string& payload, const Bytes& expected) const
    {
        Bytes md(MD5_DIGEST_LENGTH);
        if (algorithm_ == "MD5") {
            MD5(reinterpret_cast<const unsigned char*>(payload.data()), payload.size(), md.data()); // flaw: weak-hash
            return equal(md, expected);
        }
        return equal(Digest(EVP_sha3_256()).add(payload).finish(), expected); // fine: weak-hash
    }

private:
    std::string algorithm_;
};

Bytes api_signature(const std::string& key, const std::string& msg)
{
    Bytes out(EVP_MAX_MD_SIZE);
    unsigned n = 0;
    HMAC(EVP_sha512(), key.data(), static_cast<int>(key.size()), // fine: weak-hash
         reinterpret_cast<const unsigned char*>(msg.data()), msg.size(), out.data(), &n);
    out.resize(n);
    return out;
}

Bytes remember_me(const std::string& secret, const std::string& user)
{
    const std::string joined = secret + "|" + user;
    return Digest(EVP_get_digestbyname("RSA-MD5")).add(joined).finish(); // flaw: weak-hash
}

std::string shader_cache_file(const std::string& source)
{
    std::array<unsigned char, MD5_DIGEST_LENGTH> md{};
    MD5(reinterpret_cast<const unsigned char*>(source.data()), source.size(), md.data()); // fine: weak-hash
    std::ostringstream name;
    for (unsigned char c : md)
        name << std::hex << std::setw(2) << std::setfill('0') << static_cast<int>(c);
    return name.str() + ".bin";
}
