// Datagram codec of a game server.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>
#include <arpa/inet.h>
#include <sys/socket.h>

constexpr size_t kNameLen = 20;
constexpr size_t kInventory = 12;

struct Header {
    uint16_t type;
    uint16_t length;
    uint32_t player;
};

class Player {
public:
    void set_name(const uint8_t* data, size_t n)
    {
        std::memcpy(name_, data, n);                       // flaw: unchecked-size
        name_[kNameLen - 1] = '\0';
    }

    void set_title(const uint8_t* data, size_t n)
    {
        n = std::min(n, sizeof title_ - 1);
        std::memcpy(title_, data, n);                      // fine: unchecked-size
        title_[n] = '\0';
    }

    void set_item(uint8_t slot, uint32_t item)
    {
        inventory_[slot] = item;                           // flaw: unchecked-size
    }

    bool put_item(uint8_t slot, uint32_t item)
    {
        if (slot >= kInventory)
            return false;
        inventory_[slot] = item;                           // fine: unchecked-size
        return true;
    }

    void clear_items()
    {
        for (size_t i = 0; i <= kInventory; ++i)
            inventory_[i] = 0;                             // flaw: unchecked-size
    }

    void drop_items()
    {
        for (auto& item : inventory_)
            item = 0;                                      // fine: unchecked-size
    }

private:
    char name_[kNameLen] = {};
    char title_[kNameLen] = {};
    uint32_t inventory_[kInventory] = {};
};

class Session {
public:
    explicit Session(int fd) : fd_(fd) {}

    bool receive()
    {
        std::array<uint8_t, 1400> buf;
        const ssize_t n = ::recv(fd_, buf.data(), buf.size(), 0);
        if (n < static_cast<ssize_t>(sizeof(Header)))
            return false;
        Header h;
        std::memcpy(&h, buf.data(), sizeof h);
        h.length = ntohs(h.length);
        const uint8_t* body = buf.data() + sizeof h;
        const size_t avail = static_cast<size_t>(n) - sizeof h;
        switch (ntohs(h.type)) {
        case 1: player_.set_name(body, avail); break;
        case 2: player_.set_title(body, avail); break;
        case 3: if (avail > 1) player_.set_item(body[0], body[1]); break;
        case 4: if (avail > 1) player_.put_item(body[0], body[1]); break;
        case 5: player_.clear_items(); break;
        case 6: player_.drop_items(); break;
        case 7: echo(body, h.length); break;
        case 8: echo_checked(body, avail, h.length); break;
        case 9: chat(body, avail); break;
        case 10: whisper(body, avail); break;
        default: return false;
        }
        return true;
    }

private:
    void echo(const uint8_t* body, uint16_t claimed)
    {
        std::vector<uint8_t> out(claimed);
        std::memcpy(out.data(), body, claimed);            // flaw: unchecked-size
        ::send(fd_, out.data(), out.size(), 0);
    }

    void echo_checked(const uint8_t* body, size_t avail, uint16_t claimed)
    {
        if (claimed > avail)
            return;
        std::vector<uint8_t> out(claimed);
        std::copy_n(body, claimed, out.begin());           // fine: unchecked-size
        ::send(fd_, out.data(), out.size(), 0);
    }

    void chat(const uint8_t* body, size_t avail)
    {
        std::vector<uint8_t> line;
        line.reserve(avail);
        std::copy(body, body + avail, line.begin());       // flaw: unchecked-size
        ::send(fd_, line.data(), line.size(), 0);
    }

    void whisper(const uint8_t* body, size_t avail)
    {
        std::vector<uint8_t> line;
        line.reserve(avail);
        std::copy(body, body + avail, std::back_inserter(line)); // fine: unchecked-size
        ::send(fd_, line.data(), line.size(), 0);
    }

    int fd_;
    Player player_;
};
