// Build cache: object files, response files and sockets.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

class TempName {
public:
    explicit TempName(std::string prefix) : prefix_(std::move(prefix)) {}

    std::string by_clock() const
    {
        const auto t = std::chrono::system_clock::now().time_since_epoch().count();
        return "/tmp/" + prefix_ + std::to_string(t);
    }

    std::string by_counter()
    {
        std::ostringstream s;
        s << "/var/tmp/" << prefix_ << '.' << counter_++;
        return s.str();
    }

private:
    std::string prefix_;
    unsigned counter_ = 0;
};

class BuildCache {
public:
    void object(const std::string& data)
    {
        const std::string p = TempName("obj").by_clock();
        std::ofstream out(p, std::ios::binary);            // flaw: temp-file
        out << data;
    }

    bool object_unique(const std::string& data)
    {
        char name[] = "/tmp/objXXXXXX.o";
        const int fd = ::mkstemps(name, 2);                // fine: temp-file
        if (fd < 0)
            return false;
        const bool ok = ::write(fd, data.data(), data.size()) == static_cast<ssize_t>(data.size());
        ::close(fd);
        return ok;
    }

    bool response(const std::string& args)
    {
        std::unique_ptr<char, decltype(&std::free)> name(::tempnam("/tmp", "rsp"), &std::free); // flaw: temp-file
        if (!name)
            return false;
        std::ofstream out(name.get());
        out << args;
        return out.good();
    }

    bool response_mem(const std::string& args)
    {
        const int fd = ::memfd_create("rsp", MFD_CLOEXEC); // fine: temp-file
        if (fd < 0)
            return false;
        const bool ok = ::write(fd, args.data(), args.size()) == static_cast<ssize_t>(args.size());
        ::close(fd);
        return ok;
    }

    int stage()
    {
        const std::string p = names_.by_counter();
        return ::open(p.c_str(), O_RDWR | O_CREAT, 0600);  // flaw: temp-file
    }

    int stage_exclusive()
    {
        const std::string p = names_.by_counter();
        return ::open(p.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600); // fine: temp-file
    }

    bool depfile(const std::string& text)
    {
        char buf[L_tmpnam];
        std::string p = std::tmpnam(buf) ? buf : "";       // flaw: temp-file
        p += ".d";
        std::ofstream out(p);
        out << text;
        return out.good();
    }

    std::string work_dir()
    {
        std::string t = "/tmp/buildXXXXXX";
        return ::mkdtemp(&t[0]) ? t : std::string();       // fine: temp-file
    }

    FILE* trace()
    {
        return std::freopen("/tmp/buildcache.trace", "w", stderr); // flaw: temp-file
    }

    FILE* journal()
    {
        return std::fopen("/var/cache/buildcache/journal", "a"); // fine: temp-file
    }

private:
    TempName names_{"stage"};
};
