// Mail drop: queue directories, sockets and mailbox files.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <fcntl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;

struct Policy {
    mode_t dir = 0750;
    mode_t file = 0640;
    bool shared = false;
};

class UmaskGuard {
public:
    explicit UmaskGuard(mode_t m) : old_(::umask(m)) {}
    ~UmaskGuard() { ::umask(old_); }
    UmaskGuard(const UmaskGuard&) = delete;
    UmaskGuard& operator=(const UmaskGuard&) = delete;

private:
    mode_t old_;
};

class MailDrop {
public:
    explicit MailDrop(Policy p) : policy_(p) {}

    void prepare(const std::string& root)
    {
        UmaskGuard g(077);                                 // fine: permissions
        fs::create_directories(root + "/private");
    }

    void prepare_public(const std::string& root)
    {
        UmaskGuard g(0);                                   // flaw: permissions
        fs::create_directories(root + "/public");
    }

    bool queue(const std::string& p)
    {
        const mode_t m = policy_.shared ? (S_IRWXU | S_IRWXG | S_IRWXO) : policy_.dir;
        return ::mkdir(p.c_str(), 0700) == 0 && ::chmod(p.c_str(), m) == 0; // flaw: permissions
    }

    bool queue_private(const std::string& p)
    {
        return ::mkdir(p.c_str(), policy_.dir & 0750) == 0; // fine: permissions
    }

    int mailbox(const std::string& p)
    {
        const int fd = ::open(p.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR); // fine: permissions
        if (fd >= 0)
            ::fchmod(fd, 0666);                            // flaw: permissions
        return fd;
    }

    int index(const std::string& p)
    {
        const int fd = ::open(p.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (fd >= 0)
            ::fchmod(fd, 0644);                            // fine: permissions
        return fd;
    }

    void settings(const fs::path& p, const std::string& text)
    {
        std::ofstream(p) << text;
        const auto rw = fs::perms::owner_read | fs::perms::owner_write | fs::perms::others_read | fs::perms::others_write;
        fs::permissions(p, rw);                            // flaw: permissions
    }

    void secrets(const fs::path& p)
    {
        fs::permissions(p, fs::perms(0600));               // fine: permissions
    }

    int messages(key_t key)
    {
        return ::msgget(key, IPC_CREAT | 0666);            // flaw: permissions
    }

    int messages_private(key_t key)
    {
        constexpr int flags = IPC_CREAT | IPC_EXCL | 0600; // fine: permissions
        return ::msgget(key, flags);
    }

    bool widen(const std::string& p)
    {
        struct stat st{};
        const int fd = ::open(p.c_str(), O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            return false;
        bool ok = ::fstat(fd, &st) == 0;
        ok = ok && ::fchmod(fd, st.st_mode | 0002) == 0;   // flaw: permissions
        ::close(fd);
        return ok;
    }

private:
    Policy policy_;
};
