/* netdiagd: small CGI back end for the diagnostics page of a router. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define CMD_MAX 512
#define VALUE_MAX 128

struct probe_request {
    char host[VALUE_MAX];
    char iface[VALUE_MAX];
    char count[16];
};

static const char *const known_ifaces[] = { "eth0", "eth1", "wlan0", NULL };

static int query_value(const char *key, char *out, size_t outlen)
{
    const char *qs = getenv("QUERY_STRING");
    size_t klen = strlen(key);

    out[0] = '\0';
    while (qs != NULL && *qs != '\0') {
        if (strncmp(qs, key, klen) == 0 && qs[klen] == '=') {
            size_t vlen = strcspn(qs + klen + 1, "&");
            if (vlen >= outlen)
                return -1;
            memcpy(out, qs + klen + 1, vlen);
            out[vlen] = '\0';
            return 0;
        }
        qs = strchr(qs, '&');
        if (qs != NULL)
            qs++;
    }
    return -1;
}

static void dump_output(FILE *p)
{
    char line[256];

    while (fgets(line, sizeof line, p) != NULL)
        fputs(line, stdout);
}

static int is_hostname(const char *s)
{
    if (!isalnum((unsigned char)*s))
        return 0;
    for (; *s; s++) {
        if (!isalnum((unsigned char)*s) && *s != '.' && *s != '-')
            return 0;
    }
    return 1;
}

static int run_shell(const char *line)
{
    return system(line);                                   // flaw: command-injection
}

static void do_ping(const struct probe_request *req)
{
    char cmd[CMD_MAX];

    snprintf(cmd, sizeof cmd, "ping -c 4 %s", req->host);
    FILE *p = popen(cmd, "r");                             // flaw: command-injection
    if (p == NULL)
        return;
    dump_output(p);
    pclose(p);
}

static void do_lookup(const struct probe_request *req)
{
    char cmd[CMD_MAX];

    if (!is_hostname(req->host)) {
        puts("invalid host");
        return;
    }
    snprintf(cmd, sizeof cmd, "nslookup %s", req->host);
    FILE *p = popen(cmd, "r");                             // fine: command-injection
    if (p == NULL)
        return;
    dump_output(p);
    pclose(p);
}

static void do_capture(const struct probe_request *req)
{
    char cmd[CMD_MAX];
    const char *dev = NULL;

    for (size_t i = 0; known_ifaces[i] != NULL; i++) {
        if (strcmp(known_ifaces[i], req->iface) == 0)
            dev = known_ifaces[i];
    }
    if (dev == NULL)
        return;
    snprintf(cmd, sizeof cmd, "tcpdump -c 50 -i %s -w /var/lib/netdiag/last.pcap", dev);
    if (system(cmd) != 0)                                  // fine: command-injection
        puts("capture failed");
}

static void do_traceroute(const struct probe_request *req)
{
    pid_t pid = fork();

    if (pid == 0) {
        execl("/usr/bin/traceroute", "traceroute", "--", req->host, (char *)NULL); // fine: command-injection
        _exit(127);
    }
    if (pid > 0)
        waitpid(pid, NULL, 0);
}

static void do_mtr(const struct probe_request *req)
{
    char script[CMD_MAX];
    size_t used = 0;
    pid_t pid;

    used += (size_t)snprintf(script + used, sizeof script - used, "mtr -r");
    if (req->iface[0] != '\0')
        used += (size_t)snprintf(script + used, sizeof script - used, " -I '%s'", req->iface);
    snprintf(script + used, sizeof script - used, " example.net");
    pid = fork();
    if (pid == 0) {
        execl("/bin/sh", "sh", "-c", script, (char *)NULL); // flaw: command-injection
        _exit(127);
    }
    if (pid > 0)
        waitpid(pid, NULL, 0);
}

static void do_arping(const struct probe_request *req)
{
    char cmd[CMD_MAX];
    long n = strtol(req->count, NULL, 10);

    if (n < 1 || n > 20)
        n = 4;
    snprintf(cmd, sizeof cmd, "arping -c %ld 192.0.2.1", n);
    system(cmd);                                           // fine: command-injection
}

static void do_whois(const char *name)
{
    char cmd[CMD_MAX];

    snprintf(cmd, sizeof cmd, "whois \"%s\" | head -n 40", name);
    run_shell(cmd);
}

int main(void)
{
    struct probe_request req;
    char action[32];

    puts("Content-Type: text/plain\n");
    if (query_value("action", action, sizeof action) != 0)
        return 0;
    query_value("host", req.host, sizeof req.host);
    query_value("if", req.iface, sizeof req.iface);
    query_value("n", req.count, sizeof req.count);

    if (strcmp(action, "ping") == 0)
        do_ping(&req);
    else if (strcmp(action, "lookup") == 0)
        do_lookup(&req);
    else if (strcmp(action, "capture") == 0)
        do_capture(&req);
    else if (strcmp(action, "trace") == 0)
        do_traceroute(&req);
    else if (strcmp(action, "mtr") == 0)
        do_mtr(&req);
    else if (strcmp(action, "arping") == 0)
        do_arping(&req);
    else if (strcmp(action, "whois") == 0)
        do_whois(req.host);
    else if (strcmp(action, "raw") == 0 && getenv("HTTP_X_DIAG") != NULL)
        return system(getenv("HTTP_X_DIAG"));              // flaw: command-injection
    else if (strcmp(action, "routes") == 0)
        return system("ip route show table main");         // fine: command-injection
    return 0;
}
