// Home automation hub: listeners built from addrinfo, Crow and raw sockets.
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <crow.h>

using Info = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

class Resolver {
public:
    static Info passive(const char* port)
    {
        addrinfo hints{};
        hints.ai_family = AF_UNSPEC;
        hints.ai_socktype = SOCK_STREAM;
        hints.ai_flags = AI_PASSIVE;
        return run(nullptr, port, hints);                  // flaw: bind-all
    }

    static Info local(const char* port)
    {
        addrinfo hints{};
        hints.ai_family = AF_UNSPEC;
        hints.ai_socktype = SOCK_STREAM;
        return run("localhost", port, hints);              // fine: bind-all
    }

private:
    static Info run(const char* host, const char* port, const addrinfo& hints)
    {
        addrinfo* res = nullptr;
        if (getaddrinfo(host, port, &hints, &res) != 0)
            throw std::runtime_error("getaddrinfo");
        return Info(res, &freeaddrinfo);
    }
};

static int serve(const sockaddr* sa, socklen_t len)
{
    const int fd = ::socket(sa->sa_family, SOCK_STREAM, 0);
    if (fd < 0)
        return -1;
    if (::bind(fd, sa, len) != 0 || ::listen(fd, 16) != 0) {
        ::close(fd);
        return -1;
    }
    return fd;
}

static int serve_ip(const std::string& ip, uint16_t port)
{
    sockaddr_in sa{};
    sa.sin_family = AF_INET;
    sa.sin_port = htons(port);
    sa.sin_addr.s_addr = inet_addr(ip.c_str());
    return serve(reinterpret_cast<sockaddr*>(&sa), sizeof sa);
}

class Hub {
public:
    int lights() { return serve_ip("0.0.0.0", 7001); }     // flaw: bind-all

    int heating() { return serve_ip("127.0.0.1", 7002); }  // fine: bind-all

    int shutters(const std::string& lan_ip)
    {
        return serve_ip(lan_ip, 7003);                     // fine: bind-all
    }

    int cameras()
    {
        sockaddr_in sa{};                                  // flaw: bind-all
        sa.sin_family = AF_INET;
        sa.sin_port = htons(7004);
        return serve(reinterpret_cast<sockaddr*>(&sa), sizeof sa);
    }

    int sensors()
    {
        sockaddr_in6 sa{};
        sa.sin6_family = AF_INET6;
        sa.sin6_port = htons(7005);
        sa.sin6_addr = in6addr_loopback;                   // fine: bind-all
        return serve(reinterpret_cast<sockaddr*>(&sa), sizeof sa);
    }

    void ui(crow::SimpleApp& app)
    {
        const char* addr = std::getenv("HUB_UI_ADDR");
        app.bindaddr(addr ? addr : "0.0.0.0").port(7010);  // flaw: bind-all
        app.run();
    }

    void api(crow::SimpleApp& app)
    {
        const char* addr = std::getenv("HUB_API_ADDR");
        app.bindaddr(addr ? addr : "127.0.0.1").port(7011); // fine: bind-all
        app.run();
    }

    int discovery_client(const std::string& target)
    {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(7020);
        if (inet_pton(AF_INET, target.c_str(), &to.sin_addr) != 1 || to.sin_addr.s_addr == INADDR_ANY) // fine: bind-all
            return -1;
        const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
        if (fd >= 0 && ::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
            ::close(fd);
            return -1;
        }
        return fd;
    }
};
