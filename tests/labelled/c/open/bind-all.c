/* Socket setup of the telemetry hub. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ADMIN_PORT 9090
#define STATS_ADDR "0.0.0.0"
#define DEBUG_ADDR "127.0.0.1"

struct listener {
    int fd;
    struct sockaddr_in sa;
};

static int start(struct listener *l, int type)
{
    int one = 1;

    l->fd = socket(AF_INET, type, 0);
    if (l->fd < 0)
        return -1;
    setsockopt(l->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(l->fd, (struct sockaddr *)&l->sa, sizeof l->sa) != 0) {
        close(l->fd);
        return -1;
    }
    return type == SOCK_STREAM ? listen(l->fd, 16) : 0;
}

static void fill(struct listener *l, uint16_t port)
{
    memset(l, 0, sizeof *l);
    l->sa.sin_family = AF_INET;
    l->sa.sin_port = htons(port);
}

int listen_admin(struct listener *l)
{
    fill(l, ADMIN_PORT);
    l->sa.sin_addr.s_addr = htonl(INADDR_ANY);             // flaw: bind-all
    return start(l, SOCK_STREAM);
}

int listen_control(struct listener *l)
{
    fill(l, ADMIN_PORT + 1);
    l->sa.sin_addr.s_addr = htonl(INADDR_LOOPBACK);        // fine: bind-all
    return start(l, SOCK_STREAM);
}

int listen_stats(struct listener *l)
{
    fill(l, 9100);
    if (inet_pton(AF_INET, STATS_ADDR, &l->sa.sin_addr) != 1) // flaw: bind-all
        return -1;
    return start(l, SOCK_STREAM);
}

int listen_debug(struct listener *l)
{
    fill(l, 9101);
    if (inet_pton(AF_INET, DEBUG_ADDR, &l->sa.sin_addr) != 1) // fine: bind-all
        return -1;
    return start(l, SOCK_STREAM);
}

int listen_ingest(struct listener *l, const char *configured)
{
    fill(l, 9200);
    if (configured == NULL || inet_aton(configured, &l->sa.sin_addr) == 0)
        l->sa.sin_addr.s_addr = INADDR_ANY;                // flaw: bind-all
    return start(l, SOCK_STREAM);
}

int listen_export(struct listener *l, const char *configured)
{
    fill(l, 9201);
    if (configured == NULL || inet_aton(configured, &l->sa.sin_addr) == 0)
        l->sa.sin_addr.s_addr = inet_addr("127.0.0.1");    // fine: bind-all
    return start(l, SOCK_STREAM);
}

int listen_v6(uint16_t port)
{
    struct sockaddr_in6 sa;
    int fd = socket(AF_INET6, SOCK_STREAM, 0);

    if (fd < 0)
        return -1;
    memset(&sa, 0, sizeof sa);
    sa.sin6_family = AF_INET6;
    sa.sin6_port = htons(port);
    sa.sin6_addr = in6addr_any;                            // flaw: bind-all
    if (bind(fd, (struct sockaddr *)&sa, sizeof sa) != 0 || listen(fd, 8) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

int listen_v6_local(uint16_t port)
{
    struct sockaddr_in6 sa;
    int fd = socket(AF_INET6, SOCK_STREAM, 0);

    if (fd < 0)
        return -1;
    memset(&sa, 0, sizeof sa);
    sa.sin6_family = AF_INET6;
    sa.sin6_port = htons(port);
    sa.sin6_addr = in6addr_loopback;                       // fine: bind-all
    if (bind(fd, (struct sockaddr *)&sa, sizeof sa) != 0 || listen(fd, 8) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

/* Join a multicast group; the interface is left to the routing table. */
int join_group(int fd, const char *group)
{
    struct ip_mreq mreq;

    if (inet_pton(AF_INET, group, &mreq.imr_multiaddr) != 1)
        return -1;
    mreq.imr_interface.s_addr = htonl(INADDR_ANY);         // fine: bind-all
    return setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &mreq, sizeof mreq);
}

int check_config(const char *addr)
{
    if (strcmp(addr, "0.0.0.0") == 0) {                    // fine: bind-all
        fprintf(stderr, "refusing wildcard listen address\n");
        return -1;
    }
    return 0;
}
