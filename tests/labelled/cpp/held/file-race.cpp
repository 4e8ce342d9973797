// Shared cache directory of a privileged package tool.
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;
using File = std::unique_ptr<FILE, int (*)(FILE*)>;

struct CacheItem {
    std::string path;
    uid_t owner;
};

class PackageCache {
public:
    std::optional<std::string> first_line(const CacheItem& item)
    {
        struct stat st{};
        if (::stat(item.path.c_str(), &st) != 0 || st.st_uid != item.owner)
            return std::nullopt;
        File f(std::fopen(item.path.c_str(), "r"), &std::fclose); // flaw: file-race
        return line(f.get());
    }

    std::optional<std::string> first_line_fd(const CacheItem& item)
    {
        File f(std::fopen(item.path.c_str(), "re"), &std::fclose); // fine: file-race
        struct stat st{};
        if (!f || ::fstat(::fileno(f.get()), &st) != 0 || st.st_uid != item.owner)
            return std::nullopt;
        return line(f.get());
    }

    bool publish(const fs::path& from, const fs::path& to)
    {
        if (fs::exists(to))
            return false;
        std::error_code ec;
        fs::copy_file(from, to, fs::copy_options::overwrite_existing, ec); // flaw: file-race
        return !ec;
    }

    bool publish_once(const fs::path& from, const fs::path& to)
    {
        return ::link(from.c_str(), to.c_str()) == 0;      // fine: file-race
    }

    size_t clean(const std::vector<CacheItem>& items)
    {
        size_t n = 0;
        for (const auto& i : items) {
            if (stale(i) && fs::remove(i.path))            // flaw: file-race
                ++n;
        }
        return n;
    }

    bool write_marker(const std::string& path)
    {
        const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600); // fine: file-race
        if (fd < 0)
            return errno == EEXIST;
        ::close(fd);
        return true;
    }

    bool run_as_user(const CacheItem& item)
    {
        if (::access(item.path.c_str(), X_OK) == -1)
            return false;
        char* const argv[] = {const_cast<char*>("hook"), nullptr};
        ::execv(item.path.c_str(), argv);                  // flaw: file-race
        return false;
    }

    bool run_opened(const CacheItem& item)
    {
        const int fd = ::open(item.path.c_str(), O_RDONLY | O_CLOEXEC);
        struct stat st{};
        if (fd < 0)
            return false;
        if (::fstat(fd, &st) != 0 || st.st_uid != 0 || (st.st_mode & 022) != 0) {
            ::close(fd);
            return false;
        }
        char* const argv[] = {const_cast<char*>("hook"), nullptr};
        ::fexecve(fd, argv, ::environ);                    // fine: file-race
        ::close(fd);
        return false;
    }

    std::uintmax_t total(const fs::path& dir) const
    {
        std::uintmax_t sum = 0;
        std::error_code ec;
        for (const auto& e : fs::directory_iterator(dir, ec)) {
            if (e.is_regular_file(ec))                     // fine: file-race
                sum += e.file_size(ec);
        }
        return sum;
    }

private:
    static bool stale(const CacheItem& i)
    {
        struct stat st{};
        return ::lstat(i.path.c_str(), &st) == 0 && st.st_uid == i.owner && st.st_nlink == 1;
    }

    static std::optional<std::string> line(FILE* f)
    {
        char buf[256];
        if (!f || !std::fgets(buf, sizeof buf, f))
            return std::nullopt;
        return std::string(buf);
    }
};
