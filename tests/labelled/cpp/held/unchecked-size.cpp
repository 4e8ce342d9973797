// USB bulk reader and audio mixer buffers.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <memory>
#include <string>
#include <vector>
#include <unistd.h>

struct __attribute__((packed)) Packet {
    uint8_t kind;
    uint8_t channel;
    uint16_t bytes;
    uint8_t data[508];
};

class Mixer {
public:
    static constexpr int kChannels = 6;
    static constexpr size_t kFrame = 256;

    bool feed(int fd)
    {
        Packet p{};
        if (::read(fd, &p, sizeof p) < 4)
            return false;
        switch (p.kind) {
        case 0: volume(p); break;
        case 1: volume_checked(p); break;
        case 2: queue(p); break;
        case 3: queue_checked(p); break;
        case 4: label(p); break;
        case 5: label_checked(p); break;
        case 6: history(p); break;
        case 7: history_checked(p); break;
        case 8: delta(p); break;
        case 9: delta_checked(p); break;
        }
        return true;
    }

private:
    void volume(const Packet& p) { gain_[p.channel] = p.data[0] / 255.0f; } // flaw: unchecked-size

    void volume_checked(const Packet& p)
    {
        if (p.channel < kChannels)
            gain_[p.channel] = p.data[0] / 255.0f;         // fine: unchecked-size
    }

    void queue(const Packet& p)
    {
        std::copy(p.data, p.data + p.bytes, frame_.begin()); // flaw: unchecked-size
    }

    void queue_checked(const Packet& p)
    {
        const size_t n = std::min({size_t(p.bytes), frame_.size(), sizeof p.data});
        std::copy(p.data, p.data + n, frame_.begin());     // fine: unchecked-size
    }

    void label(const Packet& p)
    {
        char text[33];
        size_t i = 0;
        while (p.data[i] != 0 && i <= sizeof text) {
            text[i] = static_cast<char>(p.data[i]);        // flaw: unchecked-size
            ++i;
        }
        label_.assign(text, i);
    }

    void label_checked(const Packet& p)
    {
        char text[33];
        size_t i = 0;
        while (i < sizeof text && p.data[i] != 0) {
            text[i] = static_cast<char>(p.data[i]);        // fine: unchecked-size
            ++i;
        }
        label_.assign(text, i);
    }

    void history(const Packet& p)
    {
        past_[head_++] = p.data[0];                        // flaw: unchecked-size
    }

    void history_checked(const Packet& p)
    {
        past_[head_++ % std::size(past_)] = p.data[0];     // fine: unchecked-size
    }

    void delta(const Packet& p)
    {
        int16_t at = 0;
        std::memcpy(&at, p.data, sizeof at);
        if (at < static_cast<int>(kFrame))
            frame_.data()[at] ^= p.data[2];                // flaw: unchecked-size
    }

    void delta_checked(const Packet& p)
    {
        int16_t at = 0;
        std::memcpy(&at, p.data, sizeof at);
        if (at >= 0 && static_cast<size_t>(at) < frame_.size())
            frame_.data()[at] ^= p.data[2];                // fine: unchecked-size
    }

    std::array<uint8_t, kFrame> frame_{};
    float gain_[kChannels] = {};
    uint8_t past_[64] = {};
    size_t head_ = 0;
    std::string label_;
};
