// Payment terminal: identifiers, key generation, test load.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <numeric>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>
#include <sys/random.h>
#include <gcrypt.h>

template <typename Engine>
class ByteSource {
public:
    explicit ByteSource(Engine e) : eng_(std::move(e)) {}

    std::vector<uint8_t> take(size_t n)
    {
        std::vector<uint8_t> out(n);
        for (auto& b : out)
            b = static_cast<uint8_t>(eng_());
        return out;
    }

private:
    Engine eng_;
};

class Terminal {
public:
    std::vector<uint8_t> session_key()
    {
        ByteSource<std::mt19937_64> src{std::mt19937_64{std::random_device{}()}};
        return src.take(32);                               // flaw: weak-random
    }

    std::vector<uint8_t> session_key_os()
    {
        std::vector<uint8_t> key(32);
        if (::getentropy(key.data(), key.size()) != 0)     // fine: weak-random
            throw std::runtime_error("entropy");
        return key;
    }

    std::string voucher()
    {
        static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        std::string out(16, '0');
        std::generate(out.begin(), out.end(), [] { return digits[std::rand() % 32]; }); // flaw: weak-random
        return out;
    }

    std::string voucher_urandom()
    {
        static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        std::ifstream dev("/dev/urandom", std::ios::binary); // fine: weak-random
        std::string out(16, '\0');
        if (!dev.read(out.data(), static_cast<std::streamsize>(out.size())))
            throw std::runtime_error("urandom");
        for (auto& c : out)
            c = digits[static_cast<uint8_t>(c) % 32];
        return out;
    }

    uint32_t challenge()
    {
        std::ranlux24 eng(static_cast<unsigned>(std::chrono::system_clock::now().time_since_epoch().count()));
        challenge_ = eng() << 8 ^ eng();                   // flaw: weak-random
        return challenge_;
    }

    uint32_t challenge_gcry()
    {
        gcry_create_nonce(&challenge_, sizeof challenge_); // fine: weak-random
        return challenge_;
    }

    std::array<char, 5> new_pin()
    {
        std::array<char, 5> pin{};
        for (size_t i = 0; i < 4; ++i)
            pin[i] = static_cast<char>('0' + ::lrand48() % 10); // flaw: weak-random
        return pin;
    }

    std::vector<uint8_t> salt()
    {
        std::vector<uint8_t> s(16);
        std::independent_bits_engine<std::minstd_rand, 8, unsigned> eng(1u);
        std::generate(s.begin(), s.end(), [&eng] { return static_cast<uint8_t>(eng()); }); // flaw: weak-random
        return s;
    }

private:
    uint32_t challenge_ = 0;
};

// Load test: synthetic baskets.
class LoadTest {
public:
    explicit LoadTest(unsigned seed) : eng_(seed) {}

    std::vector<int> basket()
    {
        std::vector<int> items(static_cast<size_t>(eng_() % 12 + 1));
        std::uniform_int_distribution<int> sku(1000, 9999);
        for (auto& i : items)
            i = sku(eng_);                                 // fine: weak-random
        return items;
    }

    std::vector<int> order(size_t n)
    {
        std::vector<int> v(n);
        std::iota(v.begin(), v.end(), 0);
        std::shuffle(v.begin(), v.end(), eng_);            // fine: weak-random
        return v;
    }

private:
    std::mt19937 eng_;
};
