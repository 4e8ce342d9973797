// Volume data reader and ring buffer sizing.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <istream>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

struct VolumeHeader {
    uint32_t nx, ny, nz;
    uint32_t comment;
};

template <typename T>
static T get(std::istream& in)
{
    T v{};
    in.read(reinterpret_cast<char*>(&v), sizeof v);
    if (!in)
        throw std::runtime_error("short read");
    return v;
}

class Volume {
public:
    void load(std::istream& in)
    {
        const auto h = get<VolumeHeader>(in);
        uint32_t cells = h.nx * h.ny * h.nz;
        data_.reset(new float[cells]);                     // flaw: integer-trap
        for (uint32_t z = 0; z < h.nz; ++z)
            for (uint32_t y = 0; y < h.ny; ++y)
                in.read(reinterpret_cast<char*>(data_.get() + (size_t(z) * h.ny + y) * h.nx), std::streamsize(h.nx) * 4);
    }

    void load_limited(std::istream& in)
    {
        const auto h = get<VolumeHeader>(in);
        if (h.nx > 1024 || h.ny > 1024 || h.nz > 256)
            throw std::runtime_error("volume too large");
        data_.reset(new float[size_t(h.nx) * h.ny * h.nz]); // fine: integer-trap
        for (uint32_t z = 0; z < h.nz; ++z)
            for (uint32_t y = 0; y < h.ny; ++y)
                in.read(reinterpret_cast<char*>(data_.get() + (size_t(z) * h.ny + y) * h.nx), std::streamsize(h.nx) * 4);
    }

    std::string comment(std::istream& in)
    {
        const auto len = get<uint32_t>(in);
        std::unique_ptr<char, decltype(&std::free)> text(static_cast<char*>(std::malloc(len + 1)), &std::free); // flaw: integer-trap
        if (!text)
            throw std::bad_alloc();
        in.read(text.get(), len);
        text.get()[len] = '\0';
        return text.get();
    }

    std::string remark(std::istream& in)
    {
        const auto len = get<uint16_t>(in);
        std::unique_ptr<char, decltype(&std::free)> text(static_cast<char*>(std::malloc(len + 1u)), &std::free); // fine: integer-trap
        if (!text)
            throw std::bad_alloc();
        in.read(text.get(), len);
        text.get()[in.gcount()] = '\0';
        return text.get();
    }

private:
    std::unique_ptr<float[]> data_;
};

class Ring {
public:
    explicit Ring(size_t cap) : buf_(cap) {}

    bool write(const char* src, int n)
    {
        if (n > static_cast<int>(buf_.size()))
            return false;
        std::memcpy(buf_.data(), src, n);                  // flaw: integer-trap
        return true;
    }

    bool write_some(const char* src, int n)
    {
        if (n < 0 || static_cast<size_t>(n) > buf_.size())
            return false;
        std::memcpy(buf_.data(), src, static_cast<size_t>(n)); // fine: integer-trap
        return true;
    }

    bool fill(uint32_t at, uint32_t n, char c)
    {
        if (at + n > buf_.size())
            return false;
        std::memset(buf_.data() + at, c, n);               // flaw: integer-trap
        return true;
    }

    bool pad(uint32_t at, uint32_t n, char c)
    {
        if (uint64_t(at) + n > buf_.size())
            return false;
        std::memset(buf_.data() + at, c, n);               // fine: integer-trap
        return true;
    }

    void strip(const std::string& line, const std::string& prefix)
    {
        std::vector<char> rest(64);
        const unsigned n = static_cast<unsigned>(line.size()) - static_cast<unsigned>(prefix.size());
        if (line.size() < rest.size())
            std::memcpy(rest.data(), line.data() + prefix.size(), n); // flaw: integer-trap
        buf_ = rest;
    }

    void keep(const std::string& line, const std::string& prefix)
    {
        std::vector<char> rest(64);
        if (line.size() >= prefix.size() && line.size() < rest.size())
            std::memcpy(rest.data(), line.data() + prefix.size(), line.size() - prefix.size()); // fine: integer-trap
        buf_ = rest;
    }

private:
    std::vector<char> buf_;
};
