// Stream multiplexer: window accounting and chunk copies.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>
#include <sys/socket.h>

struct Chunk {
    uint32_t stream;
    uint32_t length;
    uint32_t pad;
};

class Stream {
public:
    explicit Stream(int fd) : fd_(fd) {}

    std::unique_ptr<char[]> body(const Chunk& c)
    {
        const uint16_t room = static_cast<uint16_t>(c.length);
        auto buf = std::make_unique<char[]>(room);
        ::recv(fd_, buf.get(), c.length, MSG_WAITALL);     // flaw: integer-trap
        return buf;
    }

    std::unique_ptr<char[]> body_exact(const Chunk& c)
    {
        if (c.length > std::numeric_limits<uint16_t>::max())
            throw std::length_error("chunk");
        const uint16_t room = static_cast<uint16_t>(c.length);
        auto buf = std::make_unique<char[]>(room);
        ::recv(fd_, buf.get(), room, MSG_WAITALL);         // fine: integer-trap
        return buf;
    }

    std::string payload(const char* frame, const Chunk& c)
    {
        char out[1024];
        const uint32_t n = c.length - c.pad;
        if (c.length > sizeof out)
            return {};
        std::memcpy(out, frame, n);                        // flaw: integer-trap
        return std::string(out, std::min<size_t>(n, sizeof out));
    }

    std::string payload_checked(const char* frame, const Chunk& c)
    {
        char out[1024];
        if (c.length > sizeof out || c.pad > c.length)
            return {};
        const uint32_t n = c.length - c.pad;
        std::memcpy(out, frame, n);                        // fine: integer-trap
        return std::string(out, n);
    }

    bool credit(int32_t delta, const char* src)
    {
        const int32_t next = window_ + delta;
        if (next > static_cast<int32_t>(sizeof buf_))
            return false;
        std::memcpy(buf_, src, static_cast<size_t>(next)); // flaw: integer-trap
        window_ = next;
        return true;
    }

    bool credit_checked(int32_t delta, const char* src)
    {
        const int64_t next = static_cast<int64_t>(window_) + delta;
        if (next < 0 || next > static_cast<int64_t>(sizeof buf_))
            return false;
        std::memcpy(buf_, src, static_cast<size_t>(next)); // fine: integer-trap
        window_ = static_cast<int32_t>(next);
        return true;
    }

    void* table(const std::string& count)
    {
        const unsigned n = static_cast<unsigned>(std::stoul(count));
        auto** slots = static_cast<void**>(std::malloc(n * 8u)); // flaw: integer-trap
        for (unsigned i = 0; slots && i < n; ++i)
            slots[i] = nullptr;
        return slots;
    }

    void* table_checked(const std::string& count)
    {
        const unsigned long n = std::stoul(count);
        if (n == 0 || n > 4096)
            return nullptr;
        auto** slots = static_cast<void**>(std::malloc(n * sizeof(void*))); // fine: integer-trap
        for (unsigned long i = 0; slots && i < n; ++i)
            slots[i] = nullptr;
        return slots;
    }

private:
    int fd_;
    int32_t window_ = 0;
    char buf_[4096] = {};
};
