/* VPN gateway: group checks and certificate look-ups in the directory. */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <ldap.h>

struct vpn_dir {
    LDAP *ld;
    const char *base;
    const char *filter_tmpl;
};

struct peer {
    int fd;
    char login[64];
    char serial[32];
    char realm[32];
};

static const char *const realms[] = { "staff", "partner" };

int peer_read(struct peer *p)
{
    char buf[160];
    ssize_t n = recv(p->fd, buf, sizeof buf - 1, 0);

    if (n <= 0)
        return -1;
    buf[n] = '\0';
    return sscanf(buf, "%63[^;];%31[^;];%31[^;]", p->login, p->serial, p->realm) == 3 ? 0 : -1;
}

static int count(struct vpn_dir *d, LDAPMessage *res, int rc)
{
    int n = rc == LDAP_SUCCESS ? ldap_count_entries(d->ld, res) : -1;

    if (res != NULL)
        ldap_msgfree(res);
    return n;
}

int allowed(struct vpn_dir *d, const struct peer *p)
{
    LDAPMessage *res = NULL;
    char *filter = NULL;
    int rc;

    if (asprintf(&filter, "(&(memberOf=cn=vpn,%s)(sAMAccountName=%s))", d->base, p->login) < 0)
        return -1;
    rc = ldap_search_s(d->ld, d->base, LDAP_SCOPE_SUBTREE, filter, NULL, 0, &res); // flaw: ldap-injection
    free(filter);
    return count(d, res, rc);
}

int allowed_escaped(struct vpn_dir *d, const struct peer *p)
{
    struct berval in = { strlen(p->login), (char *)p->login }, out = { 0, NULL };
    LDAPMessage *res = NULL;
    char filter[320];
    int rc;

    if (ldap_bv2escaped_filter_value(&in, &out) != 0)
        return -1;
    snprintf(filter, sizeof filter, "(sAMAccountName=%s)", out.bv_val);
    rc = ldap_search_s(d->ld, d->base, LDAP_SCOPE_SUBTREE, filter, NULL, 0, &res); // fine: ldap-injection
    ber_memfree(out.bv_val);
    return count(d, res, rc);
}

int cert_known(struct vpn_dir *d, const struct peer *p)
{
    struct timeval tv = { 5, 0 };
    LDAPMessage *res = NULL;
    char filter[128] = "(userCertificate:certificateExactMatch:={ serialNumber ";
    size_t used = strlen(filter);
    int rc;

    snprintf(filter + used, sizeof filter - used, "%s })", p->serial);
    rc = ldap_search_st(d->ld, d->base, LDAP_SCOPE_SUBTREE, filter, NULL, 0, &tv, &res); // flaw: ldap-injection
    return count(d, res, rc);
}

int cert_serial(struct vpn_dir *d, const struct peer *p)
{
    struct timeval tv = { 5, 0 };
    LDAPMessage *res = NULL;
    char filter[128];
    unsigned long long serial;
    char *end = NULL;

    errno = 0;
    serial = strtoull(p->serial, &end, 10);
    if (errno != 0 || *end != '\0')
        return -1;
    snprintf(filter, sizeof filter, "(certSerial=%llu)", serial);
    return count(d, res, ldap_search_st(d->ld, d->base, LDAP_SCOPE_SUBTREE, filter, NULL, 0, &tv, &res)); // fine: ldap-injection
}

static char *filter_for(const struct vpn_dir *d, const char *value)
{
    const char *mark = strstr(d->filter_tmpl, "{}");
    char *out = NULL;

    if (mark == NULL || asprintf(&out, "%.*s%s%s", (int)(mark - d->filter_tmpl), d->filter_tmpl, value, mark + 2) < 0)
        return NULL;
    return out;
}

int by_template(struct vpn_dir *d, const struct peer *p)
{
    LDAPMessage *res = NULL;
    char *filter = filter_for(d, p->login);
    int rc;

    if (filter == NULL)
        return -1;
    rc = ldap_search_ext_s(d->ld, d->base, LDAP_SCOPE_SUBTREE, filter, NULL, 0, NULL, NULL, NULL, 0, &res); // flaw: ldap-injection
    free(filter);
    return count(d, res, rc);
}

int by_realm(struct vpn_dir *d, const struct peer *p)
{
    LDAPMessage *res = NULL;
    const char *realm = NULL;
    char *filter;
    int rc;

    for (size_t i = 0; i < sizeof realms / sizeof realms[0]; i++)
        realm = strcmp(realms[i], p->realm) == 0 ? realms[i] : realm;
    if (realm == NULL)
        return -1;
    filter = filter_for(d, realm);
    if (filter == NULL)
        return -1;
    rc = ldap_search_ext_s(d->ld, d->base, LDAP_SCOPE_SUBTREE, filter, NULL, 0, NULL, NULL, NULL, 0, &res); // fine: ldap-injection
    free(filter);
    return count(d, res, rc);
}

int session_remove(struct vpn_dir *d, const struct peer *p)
{
    char dn[256];

    snprintf(dn, sizeof dn, "uid=%s,ou=%s,%s", p->login, p->realm, d->base);
    return ldap_delete_ext_s(d->ld, dn, NULL, NULL);       // flaw: ldap-injection
}

int session_remove_checked(struct vpn_dir *d, const struct peer *p)
{
    char dn[256];

    for (const char *s = p->login; *s != '\0'; s++) {
        if (!isalnum((unsigned char)*s) && *s != '_')
            return -1;
    }
    snprintf(dn, sizeof dn, "uid=%s,ou=staff,%s", p->login, d->base);
    return ldap_delete_ext_s(d->ld, dn, NULL, NULL);       // fine: ldap-injection
}
