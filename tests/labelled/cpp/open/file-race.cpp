// Privileged log rotation helper.
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;

class Fd {
public:
    explicit Fd(int fd) : fd_(fd) {}
    ~Fd() { if (fd_ >= 0) ::close(fd_); }
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }

private:
    int fd_;
};

class Rotator {
public:
    Rotator(std::string dir, uid_t owner) : dir_(std::move(dir)), owner_(owner) {}

    bool append(const std::string& name, const std::string& text)
    {
        const std::string p = dir_ + "/" + name;
        if (::access(p.c_str(), W_OK) != 0)
            return false;
        std::ofstream out(p, std::ios::app);               // flaw: file-race
        out << text;
        return out.good();
    }

    bool append_fd(const std::string& name, const std::string& text)
    {
        const std::string p = dir_ + "/" + name;
        Fd fd(::open(p.c_str(), O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC)); // fine: file-race
        struct stat st{};
        if (!fd || ::fstat(fd.get(), &st) != 0 || !S_ISREG(st.st_mode) || st.st_uid != owner_)
            return false;
        return ::write(fd.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
    }

    bool create(const std::string& name)
    {
        const fs::path p = fs::path(dir_) / name;
        if (fs::exists(p))
            return false;
        std::ofstream out(p);                              // flaw: file-race
        return out.good();
    }

    bool create_exclusive(const std::string& name)
    {
        const fs::path p = fs::path(dir_) / name;
        Fd fd(::open(p.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640)); // fine: file-race
        return static_cast<bool>(fd);
    }

    bool give_away(const std::string& name)
    {
        const std::string p = dir_ + "/" + name;
        if (!regular(p))
            return false;
        return ::chown(p.c_str(), owner_, static_cast<gid_t>(-1)) == 0; // flaw: file-race
    }

    bool give_away_fd(const std::string& name)
    {
        const std::string p = dir_ + "/" + name;
        Fd fd(::open(p.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
        struct stat st{};
        if (!fd || ::fstat(fd.get(), &st) != 0 || !S_ISREG(st.st_mode) || st.st_nlink != 1)
            return false;
        return ::fchown(fd.get(), owner_, static_cast<gid_t>(-1)) == 0; // fine: file-race
    }

    bool loosen(const std::string& name)
    {
        const fs::path p = fs::path(dir_) / name;
        std::error_code ec;
        const auto st = fs::symlink_status(p, ec);
        if (ec || fs::is_symlink(st))
            return false;
        fs::permissions(p, fs::perms::owner_read | fs::perms::group_read, ec); // flaw: file-race
        return !ec;
    }

    void report(const std::string& name) const
    {
        const fs::path p = fs::path(dir_) / name;
        std::error_code ec;
        if (fs::exists(p, ec))                             // fine: file-race
            std::cout << "size " << fs::file_size(p, ec) << '\n';
        else
            std::cout << "absent\n";
    }

private:
    static bool regular(const std::string& p)
    {
        struct stat st{};
        return ::lstat(p.c_str(), &st) == 0 && S_ISREG(st.st_mode);
    }

    std::string dir_;
    uid_t owner_;
};
