// Game save protection and score upload.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>
#include <gcrypt.h>
#include <openssl/aes.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

using Key = std::array<uint8_t, 16>;

static constexpr std::string_view kSaveMagic = "SAVEFILE-0003-LE";  // fine: hard-coded-key
static constexpr std::array<uint8_t, 16> kSaveKey{         // flaw: hard-coded-key
    0x8f, 0x13, 0x6a, 0xd4, 0x55, 0x0e, 0xb9, 0x27, 0xc1, 0x7a, 0x90, 0x3c, 0xe6, 0x42, 0x1b, 0xf8};

struct ScoreConfig {
    std::string endpoint = "https://scores.example.com/v1";
    std::string hmac_key = "sc0re-upload-hmac-key-77ab";   // flaw: hard-coded-key
    std::string key_header = "X-Score-Key-Id";             // fine: hard-coded-key
};

static std::vector<uint8_t> hmac(const std::string& key, const std::string& msg)
{
    gcry_mac_hd_t h{};
    std::vector<uint8_t> out(32);
    size_t n = out.size();
    if (gcry_mac_open(&h, GCRY_MAC_HMAC_SHA256, 0, nullptr))
        throw std::runtime_error("mac");
    gcry_mac_setkey(h, key.data(), key.size());
    gcry_mac_write(h, msg.data(), msg.size());
    gcry_mac_read(h, out.data(), &n);
    gcry_mac_close(h);
    return out;
}

class SaveGame {
public:
    bool protect(gcry_cipher_hd_t hd)
    {
        return gcry_cipher_setkey(hd, kSaveKey.data(), kSaveKey.size()) == 0;
    }

    bool protect_profile(gcry_cipher_hd_t hd, const std::string& file)
    {
        Key k{};                                           // fine: hard-coded-key
        std::ifstream in(file, std::ios::binary);
        if (!in.read(reinterpret_cast<char*>(k.data()), k.size()))
            return false;
        return gcry_cipher_setkey(hd, k.data(), k.size()) == 0;
    }

    bool protect_cloud(EVP_CIPHER_CTX* ctx, const Key& key)
    {
        std::string iv = "savegame-iv!";                   // flaw: hard-coded-key
        return EVP_EncryptInit_ex(ctx, EVP_aes_128_gcm(), nullptr, key.data(), reinterpret_cast<const uint8_t*>(iv.data())) == 1;
    }

    bool protect_cloud_fresh(EVP_CIPHER_CTX* ctx, const Key& key, std::string& iv)
    {
        iv.assign(12, '\0');                               // fine: hard-coded-key
        if (RAND_bytes(reinterpret_cast<uint8_t*>(iv.data()), 12) != 1)
            return false;
        return EVP_EncryptInit_ex(ctx, EVP_aes_128_gcm(), nullptr, key.data(), reinterpret_cast<const uint8_t*>(iv.data())) == 1;
    }

    bool header_ok(const std::string& head) const { return head.compare(0, kSaveMagic.size(), kSaveMagic) == 0; }
};

class ScoreUpload {
public:
    explicit ScoreUpload(ScoreConfig c = {}) : cfg_(std::move(c)) {}

    std::vector<uint8_t> sign(const std::string& body) { return hmac(cfg_.hmac_key, body); }

    std::vector<uint8_t> sign_replay(const std::string& body)
    {
        return hmac(key_or(std::getenv("REPLAY_KEY"), "replay-default-5512c0de"), body); // flaw: hard-coded-key
    }

    std::optional<std::vector<uint8_t>> sign_chat(const std::string& body)
    {
        const char* k = std::getenv("CHAT_SIGNING_KEY");   // fine: hard-coded-key
        if (!k || !*k)
            return std::nullopt;
        return hmac(k, body);
    }

    Key table_key() const
    {
        Key k;
        k.fill(0x42);                                      // flaw: hard-coded-key
        return k;
    }

private:
    static std::string key_or(const char* v, const char* other) { return v ? v : other; }

    ScoreConfig cfg_;
};
