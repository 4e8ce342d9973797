// Resource handles, caches and C interop buffers.
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

class Texture {
public:
    explicit Texture(size_t n) : pixels_(static_cast<unsigned char*>(std::calloc(n, 1))), n_(n) {}
    Texture(const Texture& o) = default;
    ~Texture() { std::free(pixels_); }                     // flaw: use-after-free
    size_t size() const { return n_; }

private:
    unsigned char* pixels_;
    size_t n_;
};

class Surface {
public:
    explicit Surface(size_t n) : pixels_(static_cast<unsigned char*>(std::calloc(n, 1))), n_(n) {}
    Surface(const Surface&) = delete;
    Surface& operator=(const Surface&) = delete;
    Surface(Surface&& o) noexcept : pixels_(std::exchange(o.pixels_, nullptr)), n_(std::exchange(o.n_, 0)) {}
    ~Surface() { std::free(pixels_); }                     // fine: use-after-free
    size_t size() const { return n_; }

private:
    unsigned char* pixels_;
    size_t n_;
};

size_t copy_texture()
{
    Texture a(64);
    Texture b = a;
    return a.size() + b.size();
}

size_t move_surface()
{
    Surface a(64);
    Surface b = std::move(a);
    return b.size();
}

class Cache {
public:
    std::string& get(const std::string& key) { return map_[key]; }

    size_t refresh(const std::string& key)
    {
        std::string& value = get(key);
        map_.clear();
        return value.size();                               // flaw: use-after-free
    }

    size_t touch(const std::string& key)
    {
        std::string value = get(key);
        map_.clear();
        return value.size();                               // fine: use-after-free
    }

    std::string_view key_of(int n)
    {
        std::string key = "item-" + std::to_string(n);
        map_[key] = "";
        return std::string_view(key);                      // flaw: use-after-free
    }

    std::string_view stored_key(int n)
    {
        std::string key = "item-" + std::to_string(n);
        auto it = map_.emplace(key, "").first;
        return std::string_view(it->first);                // fine: use-after-free
    }

private:
    std::unordered_map<std::string, std::string> map_;
};

int parse(const char* text)
{
    auto* buf = new char[64]();
    std::strncpy(buf, text, 63);
    try {
        const int v = std::stoi(std::string(buf));
        delete[] buf;
        if (v < 0)
            throw std::string("negative");
        return v;
    } catch (const std::string&) {
        delete[] buf;                                      // flaw: use-after-free
        return -1;
    }
}

int parse_once(const char* text)
{
    auto* buf = new char[64]();
    std::strncpy(buf, text, 63);
    int v = -1;
    try {
        v = std::stoi(std::string(buf));
    } catch (const std::exception&) {
        v = -1;
    }
    delete[] buf;                                          // fine: use-after-free
    return v;
}

int mean(size_t n)
{
    int local[16] = {};
    int* v = n > 16 ? new int[n]() : local;
    int sum = 0;
    for (size_t i = 0; i < n; ++i)
        sum += v[i];
    delete[] v;                                            // flaw: use-after-free
    return n ? sum / static_cast<int>(n) : 0;
}

int median(size_t n)
{
    int local[16] = {};
    int* v = n > 16 ? new int[n]() : local;
    const int m = n ? v[n / 2] : 0;
    if (v != local)
        delete[] v;                                        // fine: use-after-free
    return m;
}
