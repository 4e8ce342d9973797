// Listener set of a message broker.
#include <cstring>
#include <iostream>
#include <stdexcept>
#include <string>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <httplib.h>

struct Endpoint {
    std::string address = "127.0.0.1";                     // fine: bind-all
    uint16_t port = 0;
};

static const Endpoint kGossip{"0.0.0.0", 7946};            // flaw: bind-all

class Listener {
public:
    explicit Listener(const Endpoint& ep)
    {
        sockaddr_in sa = make(ep.port);
        if (inet_pton(AF_INET, ep.address.c_str(), &sa.sin_addr) != 1)
            throw std::invalid_argument(ep.address);
        open(sa);
    }

    explicit Listener(uint16_t port)
    {
        sockaddr_in sa = make(port);
        sa.sin_addr.s_addr = htonl(INADDR_ANY);            // flaw: bind-all
        open(sa);
    }

    Listener(uint16_t port, bool local)
    {
        sockaddr_in sa = make(port);
        if (!local)
            throw std::invalid_argument("only local listeners");
        sa.sin_addr.s_addr = htonl(INADDR_LOOPBACK);       // fine: bind-all
        open(sa);
    }

    ~Listener() { if (fd_ >= 0) ::close(fd_); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

private:
    static sockaddr_in make(uint16_t port)
    {
        sockaddr_in sa{};
        sa.sin_family = AF_INET;
        sa.sin_port = htons(port);
        return sa;
    }

    void open(const sockaddr_in& sa)
    {
        fd_ = ::socket(AF_INET, SOCK_STREAM, 0);
        if (fd_ < 0 || ::bind(fd_, reinterpret_cast<const sockaddr*>(&sa), sizeof sa) != 0 || ::listen(fd_, 64) != 0)
            throw std::runtime_error("listen");
    }

    int fd_ = -1;
};

void run_admin(httplib::Server& svr)
{
    svr.listen("0.0.0.0", 15672);                          // flaw: bind-all
}

void run_metrics(httplib::Server& svr)
{
    svr.listen("localhost", 15692);                        // fine: bind-all
}

void run_console(httplib::Server& svr, const char* host)
{
    std::string addr = host ? host : "";
    if (addr.empty())
        addr = "::";                                       // flaw: bind-all
    svr.listen(addr, 15673);
}

void run_shell(httplib::Server& svr, const char* host)
{
    std::string addr = host ? host : "";
    if (addr.empty())
        addr = "::1";                                      // fine: bind-all
    svr.listen(addr, 15674);
}

bool matches_all(const std::string& cidr)
{
    return cidr == "0.0.0.0/0" || cidr == "::/0";          // fine: bind-all
}

int open_peer_v6(uint16_t port)
{
    sockaddr_in6 sa{};
    sa.sin6_family = AF_INET6;
    sa.sin6_port = htons(port);
    sa.sin6_addr = IN6ADDR_ANY_INIT;                       // flaw: bind-all
    const int fd = ::socket(AF_INET6, SOCK_STREAM, 0);
    if (fd >= 0 && (::bind(fd, reinterpret_cast<sockaddr*>(&sa), sizeof sa) != 0 || ::listen(fd, 16) != 0)) {
        ::close(fd);
        return -1;
    }
    return fd;
}

int main()
{
    Listener gossip(kGossip), queue(5672), local(5671, true);
    Endpoint mgmt;
    mgmt.port = 5670;
    Listener m(mgmt);
    httplib::Server svr;
    run_metrics(svr);
    return 0;
}
