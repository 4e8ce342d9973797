// Identity service: session ids, one-time codes; lobby helpers.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <iomanip>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>
#include <openssl/rand.h>

static std::string hex(const std::vector<unsigned char>& raw)
{
    std::ostringstream out;
    for (unsigned char c : raw)
        out << std::hex << std::setw(2) << std::setfill('0') << static_cast<int>(c);
    return out.str();
}

class SessionIds {
public:
    std::string next()
    {
        std::vector<unsigned char> raw(16);
        for (auto& b : raw)
            b = static_cast<unsigned char>(std::rand() & 0xff); // flaw: weak-random
        return hex(raw);
    }

    std::string next_id()
    {
        std::vector<unsigned char> raw(16);
        if (RAND_bytes(raw.data(), static_cast<int>(raw.size())) != 1) // fine: weak-random
            throw std::runtime_error("rng");
        return hex(raw);
    }
};

class Passwords {
public:
    Passwords() : gen_(static_cast<unsigned>(std::time(nullptr))) {}

    std::string temporary(size_t n)
    {
        static const std::string chars = "abcdefghijkmnpqrstuvwxyz23456789";
        std::uniform_int_distribution<size_t> pick(0, chars.size() - 1);
        std::string out;
        while (out.size() < n)
            out += chars[pick(gen_)];                      // flaw: weak-random
        return out;
    }

    std::string temporary_os(size_t n)
    {
        static const std::string chars = "abcdefghijkmnpqrstuvwxyz23456789";
        std::random_device rd("/dev/urandom");
        std::string out;
        while (out.size() < n)
            out += chars[rd() % chars.size()];             // fine: weak-random
        return out;
    }

private:
    std::mt19937 gen_;
};

std::string one_time_code()
{
    static std::default_random_engine eng(42);
    std::uniform_int_distribution<int> d(0, 999999);
    std::ostringstream out;
    out << std::setw(6) << std::setfill('0') << d(eng);    // flaw: weak-random
    return out.str();
}

uint64_t csrf_token()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
    std::minstd_rand lcg(static_cast<unsigned>(now));
    return (static_cast<uint64_t>(lcg()) << 32) | lcg();   // flaw: weak-random
}

std::array<unsigned char, 32> master_key()
{
    std::array<unsigned char, 32> key{};
    if (RAND_priv_bytes(key.data(), key.size()) != 1)      // fine: weak-random
        throw std::runtime_error("rng");
    return key;
}

std::array<unsigned char, 12> gcm_nonce()
{
    std::array<unsigned char, 12> iv{};
    std::generate(iv.begin(), iv.end(), [] { return static_cast<unsigned char>(::random()); }); // flaw: weak-random
    return iv;
}

class Lobby {
public:
    void seat(std::vector<std::string>& players)
    {
        std::shuffle(players.begin(), players.end(), gen_); // fine: weak-random
    }

    int dice() { return std::rand() % 6 + 1; }             // fine: weak-random

    std::chrono::milliseconds backoff(int attempt)
    {
        std::uniform_int_distribution<int> d(0, 50 * std::min(attempt, 20) + 1);
        return std::chrono::milliseconds(d(gen_));         // fine: weak-random
    }

private:
    std::mt19937 gen_{std::random_device{}()};
};
