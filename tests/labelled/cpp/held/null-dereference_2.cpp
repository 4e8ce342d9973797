// Device bridge: C callbacks, environment, buffers.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <vector>
#include <dlfcn.h>

struct Device {
    std::string name;
    std::unique_ptr<uint8_t[]> fifo;
    std::FILE* trace = nullptr;
};

using Probe = int (*)(const char*);

class Bridge {
public:
    Device* first() { return devices_.empty() ? nullptr : &devices_.front(); }

    void rename_first(const std::string& n)
    {
        first()->name = n;                                 // flaw: null-dereference
    }

    bool relabel_first(const std::string& n)
    {
        if (Device* d = first()) {
            d->name = n;                                   // fine: null-dereference
            return true;
        }
        return false;
    }

    void open_trace(Device& d, const std::string& file)
    {
        d.trace = std::fopen(file.c_str(), "w");
        std::fputs("trace\n", d.trace);                    // flaw: null-dereference
    }

    bool start_trace(Device& d, const std::string& file)
    {
        d.trace = std::fopen(file.c_str(), "w");
        return d.trace && std::fputs("trace\n", d.trace) >= 0; // fine: null-dereference
    }

    int probe(void* lib, const char* bus)
    {
        auto fn = reinterpret_cast<Probe>(::dlsym(lib, "bridge_probe"));
        return fn(bus);                                    // flaw: null-dereference
    }

    int probe_opt(void* lib, const char* bus)
    {
        auto fn = reinterpret_cast<Probe>(::dlsym(lib, "bridge_probe"));
        if (!fn)
            return -1;
        return fn(bus);                                    // fine: null-dereference
    }

    void alloc_fifo(Device& d, size_t n)
    {
        d.fifo.reset(new (std::nothrow) uint8_t[n]);
        std::memset(d.fifo.get(), 0, n);                   // flaw: null-dereference
    }

    void make_fifo(Device& d, size_t n)
    {
        d.fifo = std::make_unique<uint8_t[]>(n);
        std::memset(d.fifo.get(), 0, n);                   // fine: null-dereference
    }

private:
    std::vector<Device> devices_;
};

std::string value_of(const char* line)
{
    const char* eq = std::strchr(line, '=');
    std::string out;
    out.assign(eq + 1, std::strlen(eq) - 1);               // flaw: null-dereference
    return out;
}

std::string key_of(const char* line)
{
    const char* eq = std::strchr(line, '=');
    return eq ? std::string(line, static_cast<size_t>(eq - line)) : std::string(line); // fine: null-dereference
}

std::string stamp()
{
    const std::time_t now = std::time(nullptr);
    char buf[32] = "";
    if (const std::tm* tm = std::localtime(&now))
        std::strftime(buf, sizeof buf, "%F %T", tm);       // fine: null-dereference
    return buf;
}
