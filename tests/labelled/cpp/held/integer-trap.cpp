// Archive index reader and bitmap scaler.
#include <climits>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

struct Span {
    uint32_t first;
    uint32_t count;
};

class Reader {
public:
    explicit Reader(std::vector<unsigned char> d) : d_(std::move(d)) {}

    uint32_t u32()
    {
        if (d_.size() - at_ < 4)
            throw std::runtime_error("eof");
        uint32_t v;
        std::memcpy(&v, d_.data() + at_, 4);
        at_ += 4;
        return v;
    }

    const unsigned char* take(uint32_t n)
    {
        const auto pos = static_cast<uint32_t>(at_);
        if (pos + n > d_.size())
            throw std::runtime_error("eof");
        at_ += n;
        return d_.data() + pos;                            // flaw: integer-trap
    }

    const unsigned char* bytes(uint32_t n)
    {
        if (n > d_.size() - at_)
            throw std::runtime_error("eof");
        const auto pos = at_;
        at_ += n;
        return d_.data() + pos;                            // fine: integer-trap
    }

private:
    std::vector<unsigned char> d_;
    size_t at_ = 0;
};

class Bitmap {
public:
    void scale(Reader& r)
    {
        const int w = static_cast<int>(r.u32());
        const int h = static_cast<int>(r.u32());
        const int stride = (w * 24 + 31) / 32 * 4;
        rows_.reset(static_cast<unsigned char*>(std::malloc(static_cast<size_t>(stride) * h))); // flaw: integer-trap
        if (!rows_)
            throw std::bad_alloc();
        for (int y = 0; y < h; ++y)
            std::memset(rows_.get() + static_cast<size_t>(y) * w * 3, 0, static_cast<size_t>(w) * 3);
    }

    void scale_wide(Reader& r)
    {
        const uint64_t w = r.u32();
        const uint64_t h = r.u32();
        if (w == 0 || h == 0 || w > 20000 || h > 20000)
            throw std::runtime_error("size");
        const uint64_t stride = (w * 24 + 31) / 32 * 4;
        rows_.reset(static_cast<unsigned char*>(std::calloc(h, stride))); // fine: integer-trap
        if (!rows_)
            throw std::bad_alloc();
    }

    Span* spans(Reader& r)
    {
        const uint32_t n = r.u32();
        const uint32_t total = sizeof(Span) * n + 16;
        auto* p = static_cast<Span*>(std::malloc(total));  // flaw: integer-trap
        for (uint32_t i = 0; p && i < n; ++i)
            p[i] = Span{r.u32(), r.u32()};
        return p;
    }

    std::vector<Span> span_list(Reader& r)
    {
        const uint32_t n = r.u32();
        std::vector<Span> v;
        for (uint32_t i = 0; i < n; ++i)
            v.push_back(Span{r.u32(), r.u32()});           // fine: integer-trap
        return v;
    }

    void patch(Reader& r, unsigned char* out, int outlen)
    {
        const int len = static_cast<int>(r.u32());
        if (len > outlen || len > 64)
            return;
        std::memmove(out, rows_.get(), len);               // flaw: integer-trap
    }

    void patch_checked(Reader& r, unsigned char* out, uint32_t outlen)
    {
        const uint32_t len = r.u32();
        if (len > outlen || len > 64)
            return;
        std::memmove(out, rows_.get(), len);               // fine: integer-trap
    }

private:
    struct Free {
        void operator()(unsigned char* p) const { std::free(p); }
    };
    std::unique_ptr<unsigned char, Free> rows_;
};
