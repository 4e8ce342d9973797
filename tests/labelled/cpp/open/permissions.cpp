// Deployment agent: writes configuration and secrets with given modes.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <system_error>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;

struct FileSpec {
    std::string path;
    std::string content;
    mode_t mode;
};

static constexpr mode_t kSecretMode = 0600;
static constexpr mode_t kOpenMode = 0777;

class Deployer {
public:
    bool put(const FileSpec& spec)
    {
        const int fd = ::open(spec.path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600); // fine: permissions
        if (fd < 0)
            return false;
        const bool ok = ::write(fd, spec.content.data(), spec.content.size()) == static_cast<ssize_t>(spec.content.size());
        if (ok && spec.mode != 0600)
            ::fchmod(fd, spec.mode & 0755);                // fine: permissions
        ::close(fd);
        return ok;
    }

    bool put_script(const std::string& text)
    {
        const int fd = ::open("/opt/deploy/run.sh", O_WRONLY | O_CREAT | O_TRUNC, 0700);
        if (fd < 0)
            return false;
        ::fchmod(fd, kOpenMode);                           // flaw: permissions
        const bool ok = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
        ::close(fd);
        return ok;
    }

    void share(const fs::path& p)
    {
        fs::permissions(p, fs::perms::all);                // flaw: permissions
    }

    void restrict_to_owner(const fs::path& p)
    {
        fs::permissions(p, fs::perms::owner_all, fs::perm_options::replace); // fine: permissions
    }

    void add_write(const fs::path& p)
    {
        std::error_code ec;
        fs::permissions(p, fs::perms::others_write | fs::perms::group_write, fs::perm_options::add, ec); // flaw: permissions
    }

    void drop_write(const fs::path& p)
    {
        std::error_code ec;
        fs::permissions(p, fs::perms::others_write | fs::perms::group_write, fs::perm_options::remove, ec); // fine: permissions
    }

    bool make_tree(const std::string& root)
    {
        const std::map<std::string, mode_t> dirs{{"/bin", 0755}, {"/conf", 0750}, {"/keys", 0700}};
        for (const auto& [leaf, mode] : dirs) {
            if (::mkdir((root + leaf).c_str(), mode) != 0) // fine: permissions
                return false;
        }
        return true;
    }

    bool make_drop(const std::string& root)
    {
        const mode_t before = ::umask(0);                  // flaw: permissions
        const bool ok = ::mkdir((root + "/drop").c_str(), 0770) == 0;
        ::umask(before);
        return ok;
    }

    bool make_cache(const std::string& root)
    {
        return set_mode(root + "/cache", S_IRWXU | S_IRWXG | S_IRWXO);
    }

    bool protect(const std::string& file)
    {
        return ::chmod(file.c_str(), kSecretMode) == 0;    // fine: permissions
    }

private:
    static bool set_mode(const std::string& p, mode_t m)
    {
        return ::chmod(p.c_str(), m) == 0;                 // flaw: permissions
    }
};
