// Buffer and handle management of a media player.
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <cstdio>

class Frame {
public:
    explicit Frame(size_t n) : data_(new unsigned char[n]()), size_(n) {}
    ~Frame() { delete[] data_; }
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;
    unsigned char* data() { return data_; }
    size_t size() const { return size_; }

    void reset()
    {
        delete[] data_;
        data_ = nullptr;
        size_ = 0;                                         // fine: use-after-free
    }

private:
    unsigned char* data_;
    size_t size_;
};

static int checksum(Frame* f)
{
    int sum = 0;
    for (size_t i = 0; i < f->size(); ++i)
        sum += f->data()[i];
    return sum;
}

int drop_frame(Frame* f, bool verbose)
{
    const int sum = checksum(f);
    if (sum == 0)
        delete f;
    if (verbose)
        std::printf("frame of %zu bytes\n", f->size());    // flaw: use-after-free
    return sum;
}

int retire_frame(std::unique_ptr<Frame> f, bool verbose)
{
    const int sum = checksum(f.get());
    const size_t n = f->size();
    f.reset();
    if (verbose)
        std::printf("frame of %zu bytes\n", n);            // fine: use-after-free
    return sum;
}

int share_frame()
{
    auto owner = std::make_unique<Frame>(64);
    std::unique_ptr<Frame> second(owner.get());            // flaw: use-after-free
    return checksum(second.get());
}

int hand_frame()
{
    auto owner = std::make_unique<Frame>(64);
    std::unique_ptr<Frame> second(owner.release());        // fine: use-after-free
    return checksum(second.get());
}

size_t first_tag(const std::string& header)
{
    std::string_view tag = header.substr(0, header.find(';'));
    return tag.find('=');                                  // flaw: use-after-free
}

size_t last_tag(const std::string& header)
{
    std::string_view tag = std::string_view(header).substr(header.rfind(';') + 1);
    return tag.find('=');                                  // fine: use-after-free
}

std::function<int()> make_counter(int start)
{
    int count = start;
    return [&count] { return ++count; };                   // flaw: use-after-free
}

std::function<int()> make_stepper(int start)
{
    int count = start;
    return [count]() mutable { return ++count; };          // fine: use-after-free
}

void evict(std::map<int, Frame*>& cache, int key)
{
    auto it = cache.find(key);
    if (it == cache.end())
        return;
    cache.erase(it);
    delete it->second;                                     // flaw: use-after-free
}

void expel(std::map<int, Frame*>& cache, int key)
{
    auto it = cache.find(key);
    if (it == cache.end())
        return;
    delete it->second;                                     // fine: use-after-free
    cache.erase(it);
}
