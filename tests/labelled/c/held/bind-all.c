/* Name service daemon: sockets from getaddrinfo, options and defaults. */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

struct options {
    const char *query_host;
    const char *admin_host;
    const char *port;
    int family;
};

static int bind_info(const struct addrinfo *ai)
{
    int fd = socket(ai->ai_family, ai->ai_socktype, ai->ai_protocol);

    if (fd < 0)
        return -1;
    if (bind(fd, ai->ai_addr, ai->ai_addrlen) != 0 || listen(fd, 32) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static int bind_host(const char *host, const char *port, int flags)
{
    struct addrinfo hints, *res = NULL;
    int fd;

    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    if (getaddrinfo(host, port, &hints, &res) != 0)
        return -1;
    fd = bind_info(res);
    freeaddrinfo(res);
    return fd;
}

void options_default(struct options *o)
{
    memset(o, 0, sizeof *o);
    o->query_host = "0.0.0.0";                             // flaw: bind-all
    o->admin_host = "localhost";                           // fine: bind-all
    o->port = "5353";
    o->family = AF_INET;
}

int open_query(const struct options *o)
{
    return bind_host(o->query_host, o->port, 0);
}

int open_admin(const struct options *o)
{
    return bind_host(o->admin_host, "5354", 0);
}

int open_transfer(void)
{
    return bind_host(NULL, "5355", AI_PASSIVE);            // flaw: bind-all
}

int open_metrics(void)
{
    return bind_host(NULL, "5356", 0);                     // fine: bind-all
}

int open_notify(void)
{
    return bind_host("::", "5357", AI_NUMERICHOST);        // flaw: bind-all
}

int open_journal(void)
{
    return bind_host("::1", "5358", AI_NUMERICHOST);       // fine: bind-all
}

int open_console(void)
{
    struct sockaddr_in sin = { .sin_family = AF_INET, .sin_port = htons(5359), .sin_addr = { 0 } }; // flaw: bind-all
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    if (fd < 0)
        return -1;
    if (bind(fd, (struct sockaddr *)&sin, sizeof sin) != 0 || listen(fd, 4) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

int open_console_local(void)
{
    struct sockaddr_un sun = { .sun_family = AF_UNIX, .sun_path = "/run/named/console" }; // fine: bind-all
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    if (fd < 0)
        return -1;
    if (bind(fd, (struct sockaddr *)&sun, sizeof sun) != 0 || listen(fd, 4) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

int open_stats(const char *iface_addr)
{
    struct sockaddr_in6 sin6;
    int fd = socket(AF_INET6, SOCK_STREAM, 0);

    if (fd < 0)
        return -1;
    memset(&sin6, 0, sizeof sin6);
    sin6.sin6_family = AF_INET6;
    sin6.sin6_port = htons(5360);
    if (iface_addr != NULL && inet_pton(AF_INET6, iface_addr, &sin6.sin6_addr) != 1) {
        close(fd);
        return -1;
    }
    if (iface_addr == NULL)
        memcpy(&sin6.sin6_addr, &in6addr_any, sizeof in6addr_any); // flaw: bind-all
    if (bind(fd, (struct sockaddr *)&sin6, sizeof sin6) != 0 || listen(fd, 8) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

int is_unset(const struct sockaddr_in *sin)
{
    return sin->sin_addr.s_addr == htonl(INADDR_ANY);      // fine: bind-all
}
