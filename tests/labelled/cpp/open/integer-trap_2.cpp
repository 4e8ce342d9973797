// Quota accounting and table allocation for the storage gateway.
#include <climits>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <optional>
#include <string>
#include <vector>

struct Entry {
    uint64_t id;
    uint64_t bytes;
};

struct Upload {
    std::string count;
    std::string size;
    std::string offset;
};

template <typename T>
static T* allocate(uint32_t n)
{
    const uint32_t bytes = n * static_cast<uint32_t>(sizeof(T));
    return static_cast<T*>(std::malloc(bytes));            // flaw: integer-trap
}

template <typename T>
static T* allocate_checked(size_t n)
{
    if (n > std::numeric_limits<size_t>::max() / sizeof(T))
        return nullptr;
    return static_cast<T*>(std::malloc(n * sizeof(T)));    // fine: integer-trap
}

class Table {
public:
    ~Table() { std::free(entries_); }
    Table() = default;
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    bool open(const Upload& u)
    {
        count_ = static_cast<uint32_t>(std::strtoul(u.count.c_str(), nullptr, 10));
        entries_ = allocate<Entry>(count_);
        return init();
    }

    bool reopen(const Upload& u)
    {
        count_ = static_cast<uint32_t>(std::strtoul(u.count.c_str(), nullptr, 10));
        std::free(entries_);
        entries_ = allocate_checked<Entry>(count_);
        return init();
    }

private:
    bool init()
    {
        if (!entries_)
            return false;
        for (uint32_t i = 0; i < count_; ++i)
            entries_[i] = Entry{i, 0};
        return true;
    }

    Entry* entries_ = nullptr;
    uint32_t count_ = 0;
};

class Quota {
public:
    explicit Quota(int limit) : limit_(limit) {}

    char* reserve(const Upload& u)
    {
        const int want = std::atoi(u.size.c_str());
        if (used_ + want > limit_)
            return nullptr;
        used_ += want;
        return new (std::nothrow) char[want];              // flaw: integer-trap
    }

    char* claim(const Upload& u)
    {
        const long want = std::strtol(u.size.c_str(), nullptr, 10);
        if (want <= 0 || want > limit_ - used_)
            return nullptr;
        used_ += static_cast<int>(want);
        return new (std::nothrow) char[static_cast<size_t>(want)]; // fine: integer-trap
    }

    bool stamp(std::vector<char>& block, const Upload& u)
    {
        const short at = static_cast<short>(std::strtol(u.offset.c_str(), nullptr, 10));
        if (at >= static_cast<int>(block.size()))
            return false;
        block.data()[at] = 1;                              // flaw: integer-trap
        return true;
    }

    bool mark(std::vector<char>& block, const Upload& u)
    {
        const unsigned long at = std::strtoul(u.offset.c_str(), nullptr, 10);
        if (at >= block.size())
            return false;
        block.data()[at] = 1;                              // fine: integer-trap
        return true;
    }

    void copy_head(const std::vector<char>& src, std::vector<char>& dst)
    {
        const uint8_t n = static_cast<uint8_t>(src.size());
        dst.resize(n);
        std::memcpy(dst.data(), src.data(), src.size());   // flaw: integer-trap
    }

    void copy_all(const std::vector<char>& src, std::vector<char>& dst)
    {
        const size_t n = src.size();
        dst.resize(n);
        std::memcpy(dst.data(), src.data(), n);            // fine: integer-trap
    }

    std::optional<int> total(int a, int b) const
    {
        int sum = 0;
        if (__builtin_add_overflow(a, b, &sum))            // fine: integer-trap
            return std::nullopt;
        return sum;
    }

private:
    int limit_;
    int used_ = 0;
};
